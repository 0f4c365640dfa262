namespace ChatBot.Core.Speech;

/// <summary>One thing to say, in the words of each audience; null where that audience is told nothing.</summary>
public readonly record struct Line(PublicText? Public, RootText? Root)
{
    /// <summary>The same words for everybody.</summary>
    public static implicit operator Line(PublicText text) => new(text, text);

    /// <summary>For the root group alone.</summary>
    public static implicit operator Line(RootText text) => new(null, text);

    /// <summary>The words for one audience, ready for a sink of that audience; null where it is told nothing.</summary>
    public string? For(Audience audience) => audience == Audience.Public ? Public?.Value : (Root ?? Public)?.Value;
}
