using ChatBot.Core.Speech;

namespace ChatBot.Core.Commands;

/// <summary>One call of a command, checked for rights and number of words.</summary>
public sealed record CommandCall
{
    public required Caller Caller { get; init; }

    /// <summary>The name it was called by, without the prefix.</summary>
    public required string Name { get; init; }

    /// <summary>All that follows the name, trimmed, without formatting codes or control characters.</summary>
    public required string Arguments { get; init; }

    /// <summary>The same, cut at white space.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Who hears the answer: the channel's audience; root in private for an identified admin, else public.</summary>
    public required Audience Audience { get; init; }

    /// <summary>The channel it was called in; null for a private message.</summary>
    public required string? Channel { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What a command may use.</summary>
    public required World World { get; init; }

    public Voice Voice => World.Voice;

    /// <summary>Some words of the caller, with the audience that heard them.</summary>
    public Remark Remark(string words) => new(new RootText(words), Audience);
}
