using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>One line that a person wrote about what they did on a machine.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">The person's name; empty once it is erased, which says “somebody”, and where <paramref name="Text"/> was written by hand.</param>
/// <param name="Text">The line.</param>
public sealed record ChangelogEntry(Name Machine, DateTimeOffset At, PublicText By, Remark Text)
{
    /// <summary>Who wrote it in the machine's own file, as a mail of the machine says; empty where that says nobody, and for what was typed here.</summary>
    public RootText WrittenBy { get; init; }

    /// <summary>How exact its time is.</summary>
    public WrittenPrecision Precision { get; init; }

    /// <summary>Of a machine with several changelogs, the folder of this one; else empty.</summary>
    public RootText Folder { get; init; }
}

/// <summary>What is open: an empty box in a changelog, <c>- [ ] doubler le DNS avant le 20/11</c>.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When its entry was written.</param>
/// <param name="Precision">How exact that is.</param>
/// <param name="Text">What stands behind the box.</param>
public sealed record OpenPoint(Name Machine, DateTimeOffset At, WrittenPrecision Precision, Remark Text);

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
    Task<Appending> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken);

    /// <summary>The last entries, newest first.</summary>
    Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken);

    /// <summary>The last entries of all machines that were written since then, newest first.</summary>
    /// <param name="machine">The short name; null for all.</param>
    /// <param name="since">The moment; of entries with a date alone those of the day before it come too.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ChangelogEntry>> SinceAsync(string? machine, DateTimeOffset since, int count, CancellationToken cancellationToken);

    /// <summary>What is open on all machines, the oldest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<OpenPoint>> OpenPointsAsync(int count, CancellationToken cancellationToken);

    /// <summary>Takes the last entry of a person back, by an entry that says so: nothing in a changelog is changed.</summary>
    /// <param name="undo">Who, when, and what the entry says.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up waiting; what is stored is carried out later.</param>
    Task<UndoResult> UndoAsync(Undo undo, string? askedIn, CancellationToken cancellationToken);
}

/// <summary>What machines were seen to have changed, for commands.</summary>
public interface IChanges
{
    /// <summary>The last changes of a machine, newest first; reports that say that nothing moves are none.</summary>
    Task<IReadOnlyList<Change>> LatestAsync(string machine, int count, CancellationToken cancellationToken);

    /// <summary>The last change of a machine within the hour before a moment; null where there was none.</summary>
    Task<Change?> BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken);
}
