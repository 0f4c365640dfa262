using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>One thing that a person wrote by hand in a machine's changelog.</summary>
/// <param name="Line">Where its text begins, from 1.</param>
/// <param name="By">The author as written, without an address; empty where nobody is named.</param>
/// <param name="At">When, as written; null where no date stands above it. Of a day its beginning in the group's zone.</param>
/// <param name="Precision">How exact that is.</param>
/// <param name="Text">The words, without the bullet before them and without the mark of the bot's own entries.</param>
/// <param name="Number">Of an entry that the bot wrote: its number in the store, as the file says; null for all others.</param>
public sealed record WrittenEntry(int Line, RootText By, DateTimeOffset? At, WrittenPrecision Precision, RootText Text, long? Number)
{
    /// <summary>The longest text, in UTF-16 units; what is longer ends with how much is left out.</summary>
    public const int LongestText = 1000;

    /// <summary>The longest name of an author, in UTF-16 units.</summary>
    public const int LongestName = 60;

    /// <summary>The mail address beside the author's name; empty where none stands there.</summary>
    public RootText Address { get; init; }
}

/// <summary>How exact the time of a changelog entry is.</summary>
public enum WrittenPrecision
{
    /// <summary>A date with an hour.</summary>
    Minute,

    /// <summary>A date alone.</summary>
    Day,

    /// <summary>No date: the time is that of the mail that brought it.</summary>
    Unknown,
}

/// <summary>An entry that stands out of the order of its file.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Before">The line of the entry above it.</param>
/// <param name="IsOlder">Whether it is older than that one; younger, in a file whose newest entry is the first.</param>
public sealed record OrderFault(int Line, int Before, bool IsOlder);

/// <summary>What stands in a changelog.</summary>
/// <param name="Entries">In the order of the file.</param>
/// <param name="Faults">Each place that is out of order, once.</param>
/// <param name="Unread">How many lines were left unread at the end, because the file has too many.</param>
public sealed record WrittenChangelog(IReadOnlyList<WrittenEntry> Entries, IReadOnlyList<OrderFault> Faults, int Unread);
