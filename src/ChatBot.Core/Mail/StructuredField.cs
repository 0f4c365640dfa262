using System.Text;

namespace ChatBot.Core.Mail;

/// <summary>Words, comments and quoted strings of a structured header field (RFC 5322 §3.2).</summary>
internal static class StructuredField
{
    private const int MostWords = 500;
    private const string Specials = ";=";

    /// <summary>
    /// One word; a comment comes without its outer parentheses, a quoted string unquoted, and <c>;</c> and <c>=</c> each stand
    /// alone.
    /// </summary>
    internal readonly record struct Word(string Text, bool IsComment, bool IsQuoted)
    {
        public bool Is(string word) => !IsComment && !IsQuoted && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>At most 500 words; what follows an unclosed comment or quotation is part of it.</summary>
    public static List<Word> Words(string value)
    {
        var words = new List<Word>();
        var at = 0;
        while (at < value.Length && words.Count < MostWords)
        {
            if (char.IsWhiteSpace(value[at]))
            {
                at++;
            }
            else if (value[at] == '(')
            {
                words.Add(new Word(Enclosed(value, ref at, '(', ')'), true, false));
            }
            else if (value[at] == '"')
            {
                words.Add(new Word(Enclosed(value, ref at, '\0', '"'), false, true));
            }
            else
            {
                words.Add(new Word(Plain(value, ref at), false, false));
            }
        }
        return words;
    }

    private static string Enclosed(string value, ref int at, char open, char close)
    {
        var text = new StringBuilder();
        var depth = 1;
        for (at++; at < value.Length; at++)
        {
            if (value[at] == close && --depth == 0)
            {
                break;
            }

            if (value[at] == open)
            {
                depth++;
            }
            else if (value[at] == '\\' && at + 1 < value.Length)
            {
                at++;
            }

            text.Append(value[at]);
        }
        at++;
        return text.ToString();
    }

    private static string Plain(string value, ref int at)
    {
        var start = at++;
        if (Specials.Contains(value[start], StringComparison.Ordinal))
        {
            return value[start].ToString();
        }

        while (at < value.Length && !EndsPlain(value[at]))
        {
            at++;
        }

        return value[start..at];
    }

    private static bool EndsPlain(char next) =>
        char.IsWhiteSpace(next) || next is '(' or '"' || Specials.Contains(next, StringComparison.Ordinal);
}
