using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>What changed on a machine: names only. The contents of files never get this far.</summary>
public sealed record ChangeSummary
{
    /// <summary>The machine says that nothing has changed for days; there is nothing to announce.</summary>
    public bool Stable { get; init; }

    /// <summary>The body was encrypted: that something changed is all that is known.</summary>
    public bool Encrypted { get; init; }

    public IReadOnlyList<ChangedFile> Files { get; init; } = [];

    /// <summary>Names of packages installed, removed or of another version; each once.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>What people wrote in the machine's own changelog.</summary>
    public IReadOnlyList<RootText> ChangelogLines { get; init; } = [];

    /// <summary>The same as it stands there, to be read with author and time; of a change that comes from the store nothing.</summary>
    public IReadOnlyList<ChangelogExcerpt> Excerpts { get; init; } = [];
}

/// <summary>One file that a machine saw modified.</summary>
/// <param name="How"><c>+</c> added, <c>-</c> removed, <c>~</c> modified.</param>
/// <param name="Path">Absolute, <c>/etc/postfix/main.cf</c>.</param>
public sealed record ChangedFile(char How, string Path);
