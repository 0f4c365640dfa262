using System.Buffers;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>A word or a sign of a subject.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Folded">In lower case, without accents.</param>
internal sealed record SubjectWord(string Text, string Folded)
{
    /// <summary>A single character that is no part of a word.</summary>
    public bool IsSign { get; init; }

    /// <summary>Nothing stands between it and what is before it.</summary>
    public bool IsGlued { get; init; }

    /// <summary>Number of its bracket, from 1; 0 outside brackets.</summary>
    public int Bracket { get; init; }
}

/// <summary>Cuts a subject into words, addresses of the web, paths and signs. Linear.</summary>
internal static class SubjectWords
{
    private const string Open = "[({";
    private const string Close = "])}";

    private static readonly SearchValues<char> EndsOfAddress = SearchValues.Create(" \t)]}>,;\"");

    // Of two words or three, one.
    private static readonly (string[] Words, string One)[] Phrases =
    [
        (["hors", "ligne"], "hors-ligne"), (["hors", "service"], "hors-service"), (["en", "panne"], "en-panne"), (["en", "ligne"], "en-ligne"),
        (["not", "responding"], "not-responding"), (["ne", "repond", "pas"], "ne-repond"), (["ne", "repond", "plus"], "ne-repond"),
        (["back", "up"], "back-up"), (["back", "online"], "back-online"), (["all", "clear"], "all-clear"), (["end", "of"], "end-of"), (["fin", "de"], "fin-de"), (["fin", "d"], "fin-de"),
        (["de", "nouveau"], "de-nouveau"),
    ];

    public static List<SubjectWord> Of(string subject)
    {
        var words = new List<SubjectWord>();
        var (at, bracket, brackets) = (0, 0, 0);
        var isGlued = false;
        while (at < subject.Length)
        {
            var length = LengthAt(subject, at);
            if (length == 0)
            {
                (at, isGlued) = (at + 1, false);
                continue;
            }

            var text = subject.Substring(at, length);
            var isSign = !char.IsLetterOrDigit(text[0]) && text[0] != '/' || text is "/";
            bracket = isSign && Open.Contains(text[0], StringComparison.Ordinal) ? ++brackets : bracket;
            words.Add(new SubjectWord(text, string.Concat(text.Select(Accents.Fold))) { IsSign = isSign, IsGlued = isGlued, Bracket = bracket });
            bracket = isSign && Close.Contains(text[0], StringComparison.Ordinal) ? 0 : bracket;
            (at, isGlued) = (at + length, true);
        }

        return Joined(words);
    }

    private static int LengthAt(string subject, int at)
    {
        var rest = subject.AsSpan(at);
        if (char.IsWhiteSpace(rest[0]))
        {
            return 0;
        }

        var isAddress = rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (isAddress || rest[0] == '/' && (at == 0 || !char.IsLetterOrDigit(subject[at - 1])) && rest.Length > 1 && char.IsLetterOrDigit(rest[1]))
        {
            var end = rest.IndexOfAny(EndsOfAddress) is >= 0 and var stop ? stop : rest.Length;
            return rest[..end].TrimEnd(".:!?").Length;
        }

        var length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '%' or '°' || length > 0 && rest[length] is '.' or '-' or ','
            && length + 1 < rest.Length && char.IsLetterOrDigit(rest[length + 1]) && (rest[length] != ',' || char.IsDigit(rest[length + 1]) && char.IsDigit(rest[length - 1]))))
        {
            length++;
        }

        return length > 0 ? length : char.IsHighSurrogate(rest[0]) && rest.Length > 1 ? 2 : 1;
    }

    private static List<SubjectWord> Joined(List<SubjectWord> words)
    {
        var joined = new List<SubjectWord>();
        for (var at = 0; at < words.Count; at++)
        {
            var phrase = Array.Find(Phrases, one => Stands(one.Words, words, at));
            if (phrase.Words is null)
            {
                joined.Add(words[at]);
                continue;
            }

            var plain = phrase.Words.Length;
            var last = at;
            for (; plain > 0; last++)
            {
                plain -= words[last].IsSign ? 0 : 1;
            }

            joined.Add(words[at] with { Text = string.Join(' ', words.GetRange(at, last - at).Select(word => word.Text)), Folded = phrase.One });
            at = last - 1;
        }

        return joined;
    }

    // « n'est », « fin d'alerte »: an apostrophe is no word. None is looked past before the first word, which keeps it linear.
    private static bool Stands(string[] phrase, List<SubjectWord> words, int at)
    {
        var first = at;
        foreach (var word in phrase)
        {
            while (at > first && at < words.Count && words[at].Text is "'" or "’")
            {
                at++;
            }

            if (at >= words.Count || words[at++].Folded != word)
            {
                return false;
            }
        }

        return true;
    }
}
