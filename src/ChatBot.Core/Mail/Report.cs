using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail;

/// <summary>The facts of one mail.</summary>
public sealed record Report
{
    public required PublicText Source { get; init; }

    public required ReportKind Kind { get; init; }

    public PublicText? Machine { get; init; }

    public PublicText? Service { get; init; }

    public CheckState? State { get; init; }

    public DateTimeOffset? When { get; init; }

    /// <summary>Plugin output.</summary>
    public RootText? Detail { get; init; }

    public RootText? Author { get; init; }

    public RootText? Comment { get; init; }

    public Phase? Phase { get; init; }

    public ChangeSummary? Change { get; init; }

    public RootText? Subject { get; init; }
}
