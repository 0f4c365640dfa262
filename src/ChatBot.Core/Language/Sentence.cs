using System.Runtime.CompilerServices;

namespace ChatBot.Core.Language;

/// <summary>
/// One sentence in both languages. Facts stand in its places <c>{0}</c>, <c>{1}</c>…; <c>{1:alert|alerts}</c> is one of two
/// words by the number in place 1. How many places there are is part of the type, so that a fact too few does not compile.
/// </summary>
public abstract record Template(string English, string French)
{
    // In UTF-16 units; nearly all that is said.
    private const int OnStack = 256;

    public string In(Locale locale) => locale == Locale.French ? French : English;

    /// <summary>The sentence with its facts; braces in a fact are only braces.</summary>
    public string Fill(Locale locale, ReadOnlySpan<string> facts)
    {
        var whole = In(locale);
        if (!whole.Contains('{'))
        {
            return whole;
        }

        var rest = whole.AsSpan();
        var filled = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[OnStack]);
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            filled.AppendFormatted(rest[..open]);
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('}');
            var fact = facts[rest[0] - '0'];
            filled.AppendFormatted(close == 1 ? fact : Form(rest[2..close], IsSingular(fact, locale)));
            rest = rest[(close + 1)..];
        }

        filled.AppendFormatted(rest);
        return filled.ToStringAndClear();
    }

    private static bool IsSingular(string number, Locale locale) => number == "1" || locale == Locale.French && number == "0";

    private static ReadOnlySpan<char> Form(ReadOnlySpan<char> forms, bool isSingular)
    {
        var bar = forms.IndexOf('|');
        return isSingular ? forms[..bar] : forms[(bar + 1)..];
    }
}

/// <summary>A sentence without places.</summary>
public sealed record Sentence(string English, string French) : Template(English, French);

/// <summary>A sentence with the place <c>{0}</c>.</summary>
public sealed record Sentence1(string English, string French) : Template(English, French);

/// <summary>A sentence with the places <c>{0}</c> and <c>{1}</c>.</summary>
public sealed record Sentence2(string English, string French) : Template(English, French);

/// <summary>A sentence with the places <c>{0}</c> to <c>{2}</c>.</summary>
public sealed record Sentence3(string English, string French) : Template(English, French);

/// <summary>A sentence with the places <c>{0}</c> to <c>{3}</c>.</summary>
public sealed record Sentence4(string English, string French) : Template(English, French);

/// <summary>A sentence with the places <c>{0}</c> to <c>{4}</c>.</summary>
public sealed record Sentence5(string English, string French) : Template(English, French);

/// <summary>A sentence with the places <c>{0}</c> to <c>{5}</c>.</summary>
public sealed record Sentence6(string English, string French) : Template(English, French);
