namespace ChatBot.Core.Changelog;

/// <summary>Who wrote an entry, and what else stands in its head.</summary>
/// <param name="Name">As written; empty where nobody is named.</param>
/// <param name="Address">The mail address beside it; empty where none stands there.</param>
/// <param name="Text">What is neither.</param>
internal readonly record struct WrittenAuthor(string Name, string Address, string Text)
{
    private const int MostWords = 3;

    /// <summary>Reads what follows the date of a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="hasBody">Whether what was done stands below it.</param>
    public static WrittenAuthor Of(WrittenHead head, bool hasBody)
    {
        var rest = head.Rest;
        if (Addressed(rest) is { } addressed)
        {
            return addressed;
        }

        if (Enclosed(rest) is { } enclosed)
        {
            return enclosed;
        }

        // “14:05 lunar: texte”; behind a colon it would be a topic, “: postfix : relais”.
        if (head is { Precision: WrittenPrecision.Minute, IsSeparated: false } && rest.IndexOf(':') is > 0 and var colon && IsLogin(rest[..colon].Trim()))
        {
            return new WrittenAuthor(rest[..colon].Trim(), "", rest[(colon + 1)..].Trim());
        }

        var bare = rest.TrimEnd(':', ' ', '-');
        return hasBody && IsName(bare) ? new WrittenAuthor(bare, "", "") : new WrittenAuthor("", "", rest);
    }

    /// <summary>“Name &lt;mail&gt;”, and what follows it; null where no address stands there.</summary>
    public static WrittenAuthor? Addressed(string text)
    {
        var open = text.IndexOf('<');
        var close = open < 0 ? -1 : text.IndexOf('>', open);
        if (close < 0 || open > WrittenEntry.LongestName || text.IndexOf('@', open, close - open) < 0)
        {
            return null;
        }

        var name = text[..open].Trim(' ', '\t', ':', '-', '"');
        var address = text[(open + 1)..close].Trim();
        return new WrittenAuthor(name.Length > 0 ? name : address[..address.IndexOf('@')], address, text[(close + 1)..].Trim(' ', '\t', ':', '-', '–', '—'));
    }

    // “(lunar) texte”, “[lunar] texte”, “<lunar> texte”, “par lunar : texte”
    private static WrittenAuthor? Enclosed(string text)
    {
        var close = text.Length == 0 ? -1 : text[0] switch { '(' => text.IndexOf(')'), '[' => text.IndexOf(']'), '<' => text.IndexOf('>'), _ => -1 };
        if (close > 2 && IsLogin(text[1..close].Trim()))
        {
            return new WrittenAuthor(text[1..close].Trim(), "", text[(close + 1)..].Trim(' ', ':', '-'));
        }

        var colon = text.IndexOf(':');
        return colon > 4 && text[..4] is "par " or "Par " && IsLogin(text[4..colon].Trim()) || (colon > 3 && text[..3] is "by " or "By " && IsLogin(text[3..colon].Trim()))
            ? new WrittenAuthor(text[(text[0] is 'p' or 'P' ? 4 : 3)..colon].Trim(), "", text[(colon + 1)..].Trim())
            : null;
    }

    private static bool IsLogin(string word) =>
        word.Length is > 0 and <= 32 && char.IsLetter(word[0]) && word.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_');

    // One word, or some that each begin with a capital letter.
    private static bool IsName(string text)
    {
        if (IsLogin(text))
        {
            return true;
        }

        var words = text.Length > WrittenEntry.LongestName ? [] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= MostWords && words.All(word => char.IsUpper(word[0]) && word.All(letter => char.IsLetter(letter) || letter is '-' or '\'' or '’' or '.'));
    }
}
