using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>One line that a person wrote about what they did on a machine.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">The person's name; empty once it is erased, which says “somebody”.</param>
/// <param name="Text">The line.</param>
public sealed record ChangelogEntry(Name Machine, DateTimeOffset At, PublicText By, Remark Text);

/// <summary>What a machine was seen to have changed.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When the machine reported it.</param>
/// <param name="Summary">What changed.</param>
public sealed record Change(Name Machine, DateTimeOffset At, ChangeSummary Summary);

/// <summary>The machines' changelogs, for commands.</summary>
public interface IChangelog
{
    /// <summary>Stores an entry, then appends it to the machine's file: at once where that is on this machine.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up waiting; the entry is stored and goes out later.</param>
    Task<AppendResult> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken);

    /// <summary>The last entries, newest first.</summary>
    Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken);
}

/// <summary>What machines were seen to have changed, for commands.</summary>
public interface IChanges
{
    /// <summary>The last changes of a machine, newest first; reports that say that nothing moves are none.</summary>
    Task<IReadOnlyList<Change>> LatestAsync(string machine, int count, CancellationToken cancellationToken);

    /// <summary>The last change of a machine within the hour before a moment; null where there was none.</summary>
    Task<Change?> BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken);
}
