namespace ChatBot.Core.Changelog;

/// <summary>What machines were seen to have changed, for commands.</summary>
public interface IChanges
{
    /// <summary>The last changes of a machine, newest first; reports that say that nothing moves are none.</summary>
    Task<IReadOnlyList<Change>> LatestAsync(string machine, int count, CancellationToken cancellationToken);

    /// <summary>The last change of a machine within the hour before a moment; null where there was none.</summary>
    Task<Change?> BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken);
}
