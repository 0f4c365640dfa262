
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>
/// One thing that a report says besides machine and program: a sentence of ours with facts in it, or the program's own words.
/// </summary>
public sealed class Phrase
{
    /// <summary>What of one piece of free text fits into one line beside the rest, in UTF-16 units.</summary>
    public const int Longest = 220;

    private const int ShortestToken = 20;

    private readonly Template? _sentence;
    private readonly Line[] _facts;

    private Phrase(Template? sentence, Line[] facts)
    {
        _sentence = sentence;
        _facts = facts;
    }

    /// <summary>The program's own words, for the root group.</summary>
    public static Phrase Quote(ReadOnlySpan<char> text) => new(null, [Root(text)]);

    /// <summary>Words that their author gave to everybody.</summary>
    public static Phrase ForEverybody(string text) => new(null, [PublicText.Declared(Cleaner.Shorten(text, Longest), Longest)]);

    /// <summary>Our words; each fact keeps its audience.</summary>
    public static Phrase Say(Sentence sentence) => new(sentence, []);

    public static Phrase Say(Sentence1 sentence, Line a) => new(sentence, [a]);

    public static Phrase Say(Sentence2 sentence, Line a, Line b) => new(sentence, [a, b]);

    public static Phrase Say(Sentence3 sentence, Line a, Line b, Line c) => new(sentence, [a, b, c]);

    /// <summary>Free text as a fact, cut to what fits; none of it where it looks like a password or a key: root's channel keeps logs too.</summary>
    public static Line Root(ReadOnlySpan<char> text)
    {
        var words = new RootText(new string(text), Longest);
        return LooksSecret(words.Value) ? new RootText("[…]") : words;
    }

    /// <summary>Whether a line holds a password, a key, or a long word of mixed letters and digits that may be one.</summary>
    public static bool LooksSecret(string line)
    {
        foreach (var range in line.AsSpan().SplitAny(" \t\"'=:,;()"))
        {
            if (IsToken(line.AsSpan()[range]))
            {
                return true;
            }
        }

        return Secret.IsIn(line);
    }

    private static bool IsToken(ReadOnlySpan<char> word) =>
        word.StartsWith("$") && word.LastIndexOf('$') > 1
        || word.Length >= ShortestToken && !word.Contains('.') && !word.StartsWith('/') && word.ContainsAnyInRange('0', '9')
            && word.ContainsAnyInRange('A', 'Z') && word.ContainsAnyInRange('a', 'z') && !word.Contains('[') && !word.Contains('@');

    public Line In(Phrasebook phrases) => _sentence is { } sentence ? phrases.SayFilled(sentence, [.. _facts]) : _facts[0];

    public override string ToString() => string.Join('|', _facts.Select(fact => fact.For(Audience.Root)));
}
