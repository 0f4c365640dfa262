using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>
/// What changed in a changelog of a machine, line by line as it stands there, for whom changelogs are read; nobody else may look at it, for
/// it holds what people wrote for the root group.
/// </summary>
public sealed class ChangelogExcerpt
{
    private readonly List<string> _added = [];
    private readonly List<string> _removed = [];

    /// <param name="folder">Of a machine with several changelogs, the folder of this one; else empty.</param>
    internal ChangelogExcerpt(RootText folder) => Folder = folder;

    /// <summary>Of a machine with several changelogs, the folder of this one; else empty.</summary>
    public RootText Folder { get; }

    /// <summary>Whether it is what stands at the end of a file, most of it known, and not what was added.</summary>
    public bool IsTail { get; private init; }

    /// <summary>Whether it begins in the midst of the file.</summary>
    public bool IsCut { get; private init; }

    /// <summary>The end of a changelog.</summary>
    /// <param name="bytes">A line that has no end is not written to its end yet.</param>
    /// <param name="isCut">Whether they begin in the midst of the file.</param>
    public static ChangelogExcerpt OfTail(ReadOnlySpan<byte> bytes, bool isCut)
    {
        var excerpt = new ChangelogExcerpt(default) { IsTail = true, IsCut = isCut };
        bytes = bytes[..(bytes.LastIndexOf((byte)'\n') + 1)];
        bytes = isCut ? bytes[(bytes.IndexOf((byte)'\n') + 1)..] : bytes;
        excerpt._added.AddRange(UnknownCharset.Read(bytes).Split('\n'));
        return excerpt;
    }

    /// <summary>In the order of the file, with the spaces before them; empty ones too.</summary>
    internal IReadOnlyList<string> Added => _added;

    internal IReadOnlyList<string> Removed => _removed;

    /// <summary>Says how many, not which.</summary>
    public override string ToString() => $"({_added.Count} lines added, {_removed.Count} removed)";

    internal void Add(string line) => _added.Add(line);

    internal void Remove(string line) => _removed.Add(line);
}
