using System.Globalization;
using System.Text;

namespace ChatBot.Core.Text;

/// <summary>
/// Makes text from outside harmless for a line: no control, format, surrogate, private-use or line-separator character
/// (Unicode categories Cc, Cf, Cs, Co, Zl, Zp) survives, at most <see cref="MarksPerBase"/> combining marks follow a base
/// character, and runs of white space become one space.
/// </summary>
public static class Cleaner
{
    public const int MarksPerBase = 3;

    /// <summary>Cleans and shortens.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxLength">
    /// The longest result in UTF-16 units; what is longer is cut between grapheme clusters and ends in “…”.
    /// </param>
    /// <param name="keepsStates">Whether each <see cref="StateMark"/> stays: for what is made of cleaned parts.</param>
    public static string Clean(string text, int maxLength, bool keepsStates = false)
    {
        if (IsClean(text) && text.Length <= maxLength)
        {
            return text;
        }

        // Work stays proportional to what may be said, however long the input is.
        var builder = new StringBuilder(Math.Min(text.Length, maxLength));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (builder.Length - 16 > maxLength)
            {
                break;
            }

            if (keepsStates && rune.Value == StateMark.Sign)
            {
                builder.Append(StateMark.Sign);
            }
            else
            {
                Append(builder, rune, ref marks);
            }
        }

        while (builder.Length > 0 && builder[^1] == ' ')
        {
            builder.Length--;
        }

        return Cut(builder.ToString(), maxLength);
    }

    private static bool IsClean(string text)
    {
        var previous = ' ';
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && previous == ' '))
            {
                return false;
            }

            previous = c;
        }

        return text.Length == 0 || previous != ' ';
    }

    private static void Append(StringBuilder builder, Rune rune, ref int marks)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator:
                if (builder.Length > 0 && builder[^1] != ' ' && (rune.Value is '\t' or '\n' or '\r' || !Rune.IsControl(rune)))
                {
                    builder.Append(' ');
                }

                return;
            case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned:
                return;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark:
                if (++marks > MarksPerBase || builder.Length == 0)
                {
                    return;
                }

                break;
            default:
                marks = 0;
                break;
        }

        Span<char> units = stackalloc char[2];
        builder.Append(units[..rune.EncodeToUtf16(units)]);
    }

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = 0;
        while (end < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text, end);
            if (end + next > maxLength - 1)
            {
                break;
            }

            end += next;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd([' ', StateMark.Sign]), "…");
    }
}
