namespace ChatBot.Core.Mail;

/// <summary>
/// What stands before a subject without being its program's or its author's: the name of a mailing list (<c>[root]</c>), the environment that a
/// monitor's site adds (<c>[Prod]</c>), and what filters write: SpamAssassin's <c>*****SPAM*****</c> (<c>rewrite_header</c>), MailScanner's
/// <c>{Spam?}</c>, rspamd's <c>*** SPAM ***</c>, Exchange's <c>[EXTERNAL]</c>, <c>EXTERNAL:</c>. Some programs write brackets themselves, so that a
/// mail is first read as it is.
/// </summary>
internal static class SubjectTags
{
    private const int MostTags = 4;
    private const int LongestTag = 40;

    private static readonly string[] FilterWords = ["SPAM", "JUNK", "BULK", "EXTERNAL", "EXTERNE", "EXT", "DISARMED", "VIRUS"];

    /// <summary>The mail as it is, then with one tag less at a time.</summary>
    public static IEnumerable<Mail> Readings(Mail mail)
    {
        yield return mail;
        for (var left = MostTags; left > 0 && Length(mail.Subject) is > 0 and var length; left--)
        {
            mail = mail with { Subject = mail.Subject[length..] };
            yield return mail;
        }
    }

    /// <summary>The subject behind all tags.</summary>
    public static string Behind(string subject)
    {
        for (var left = MostTags; left > 0 && Length(subject) is > 0 and var length; left--)
        {
            subject = subject[length..];
        }

        return subject;
    }

    /// <summary>
    /// The subject without what filters wrote in brackets or stars at its beginning: no program's and no author's. “SPAM: …” stays, which a program may say.
    /// </summary>
    public static string WithoutFilters(string subject)
    {
        for (var tags = MostTags; tags > 0 && Length(subject) is > 0 and var length; tags--)
        {
            var tag = subject.AsSpan(0, length).Trim();
            if (char.IsLetter(tag[0]) || IsFilter(tag, tag.Length) == 0 || tag.Contains("VIRUS", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }

            subject = subject[length..];
        }

        var left = subject.AsSpan().Trim();
        return left is ['[' or '{' or '(' or '*', ..] && IsFilter(left, left.Length) > 0 ? "" : subject;
    }

    /// <summary>Whether a subject is empty, or nothing but the tag of a list.</summary>
    public static bool IsLost(string subject) => subject.AsSpan().Trim() is var text
        && (text.IsEmpty || text is ['[', .., ']'] && text[1..^1].IndexOfAny("[]") < 0);

    // Of the first tag, white space around it included; 0 where there is none, or nothing behind it.
    private static int Length(string subject)
    {
        var text = subject.AsSpan().TrimStart();
        var tag = text.IsEmpty ? 0 : text[0] switch
        {
            '[' => Enclosed(text, ']'),
            '{' => Enclosed(text, '}'),
            '(' => IsFilter(text, Enclosed(text, ')')),
            '*' => IsFilter(text, Starred(text)),
            _ => IsFilter(text, text.IndexOf(':') is > 0 and < LongestTag and var colon ? colon + 1 : 0),
        };
        var behind = text[tag..].TrimStart();
        return tag == 0 || behind.IsEmpty ? 0 : subject.Length - behind.Length;
    }

    private static int Enclosed(ReadOnlySpan<char> text, char close) => text.IndexOf(close) is > 1 and < LongestTag and var end ? end + 1 : 0;

    private static int Starred(ReadOnlySpan<char> text)
    {
        var word = text.IndexOfAnyExcept('*');
        var stars = word < 2 ? -1 : text[word..].IndexOf("**", StringComparison.Ordinal);
        if (stars is < 0 or > LongestTag)
        {
            return 0;
        }

        var end = text[(word + stars)..].IndexOfAnyExcept('*');
        return end < 0 ? 0 : word + stars + end;
    }

    private static int IsFilter(ReadOnlySpan<char> text, int length)
    {
        var word = text[..length].Trim("*()[]{}:?! ");
        foreach (var known in FilterWords)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return length;
            }
        }

        return 0;
    }
}
