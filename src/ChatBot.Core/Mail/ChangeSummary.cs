using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail;

/// <summary>What was seen modified on a machine.</summary>
public sealed record ChangeSummary
{
    public bool Stable { get; init; }

    public IReadOnlyList<ChangedFile> Files { get; init; } = [];

    /// <summary>Distinct names of the packages whose version line changed.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    public IReadOnlyList<RootText> ChangelogLines { get; init; } = [];

    public bool Encrypted { get; init; }
}
