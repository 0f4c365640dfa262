using System.Globalization;
using System.Text;

namespace ChatBot.Core.Speech;

/// <summary>Makes any text harmless on one line: what it lets through moves no cursor and ends no line.</summary>
public static class Cleaner
{
    private const int MostMarks = 3;

    /// <summary>Drops control, format, surrogate, private and separator characters; cuts at <paramref name="maxLength"/> UTF-16 units with an ellipsis.</summary>
    public static string Clean(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength + 1));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length > maxLength)
                break;
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
                continue;
            }
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
                continue;
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MostMarks)
                clean.Append(rune.ToString());
        }
        return Cut(clean.ToString().TrimEnd(), maxLength);
    }

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var end = 0;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > maxLength - 1)
                break;
            end = next;
        }
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
