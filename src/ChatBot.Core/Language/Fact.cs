using ChatBot.Core.Text;

namespace ChatBot.Core.Language;

/// <summary>One fact of a sentence: words with their audience, or a name, of which the phrasebook says to each audience what it may read.</summary>
public readonly struct Fact
{
    private Fact(Line words) => Words = words;

    private Fact(Name name, Line? after) => (Named, After) = (name, after);

    internal Line Words { get; }

    internal Name? Named { get; }

    internal Line? After { get; }

    /// <summary>A name and what follows it after a space.</summary>
    public static Fact Of(Name name, Line after) => new(name, after);

    public static implicit operator Fact(Line words) => new(words);

    public static implicit operator Fact(PublicText words) => new((Line)words);

    public static implicit operator Fact(RootText words) => new((Line)words);

    public static implicit operator Fact(Remark words) => new((Line)words);

    public static implicit operator Fact(long number) => new((Line)(PublicText)number);

    public static implicit operator Fact(Name name) => new(name, null);
}
