
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>What a command answers.</summary>
public sealed record Reply
{
    /// <summary>In order; of each the words for the audience of the call. None for no answer at all.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Said in private even where it was asked in a channel.</summary>
    public bool InPrivate { get; init; }

    /// <summary>Said in the channel where the lines go in private; the dispatcher sets it.</summary>
    public PublicText? Note { get; init; }

    /// <summary>Whether something that was asked for is not done, or not known. By mail nothing else of that mail is done then.</summary>
    public bool IsUndone { get; init; }

    /// <summary>What the caller may not do, for the short form of a refusal that was said a moment ago; null for any other answer.</summary>
    public PublicText? Refused { get; init; }

    public static implicit operator Reply(Line line) => new() { Lines = [line] };

    public static implicit operator Reply(PublicText text) => new() { Lines = [text] };

    /// <summary>Why it is not done.</summary>
    public static Reply Undone(Line why) => new() { Lines = [why], IsUndone = true };

    /// <summary>Several lines where it was asked.</summary>
    public static Reply Of(params IReadOnlyList<Line> lines) => new() { Lines = lines };

    /// <summary>In private, wherever it was asked.</summary>
    public static Reply Privately(params IReadOnlyList<Line> lines) => new() { Lines = lines, InPrivate = true };
}
