using System.Globalization;
using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// The last cleaning before text goes to IRC: what is left is one line that cannot hide, reorder or command anything.
/// </summary>
public static class IrcText
{
    // Enough for any language; more is written to cover the lines above.
    private const int MarksPerLetter = 3;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// Line ends, tabs and separators become spaces; other control, format, private and unpaired characters go (a joiner between
    /// two symbols stays: it makes one emoji); of more than three marks on a letter the rest goes.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsPlainAscii(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var marks = 0;
        var joinable = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (marks > MarksPerLetter)
            {
                continue;
            }

            if (IsBreak(rune, category))
            {
                clean.Append(' ');
            }
            else if (!IsHidden(category) || (rune.Value == ZeroWidthJoiner && joinable))
            {
                clean.Append(rune);
            }

            joinable = category is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol || (isMark && joinable);
        }
        return clean.ToString();
    }

    private static bool IsPlainAscii(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBreak(Rune rune, UnicodeCategory category) =>
        rune.Value is '\r' or '\n' or '\t' or 0x85
        || category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsHidden(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.Surrogate;
}
