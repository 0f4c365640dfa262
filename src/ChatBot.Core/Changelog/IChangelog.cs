namespace ChatBot.Core.Changelog;

/// <summary>The machines' changelogs, for commands.</summary>
public interface IChangelog
{
    /// <summary>Stores an entry, then appends it to the machine's file where that is on this machine.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up waiting; the entry is stored and goes out later.</param>
    Task<AppendResult> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken);

    /// <summary>The last entries, newest first.</summary>
    Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken);
}
