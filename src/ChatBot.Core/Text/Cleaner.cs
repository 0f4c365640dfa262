using System.Buffers;
using System.Globalization;
using System.Text;

namespace ChatBot.Core.Text;

/// <summary>
/// Makes text from outside harmless. <see cref="Clean"/> is for a value that becomes part of a line, <see cref="CleanLine"/> for a line
/// that is written, <see cref="CleanTyped"/> for what people type at the bot. The rules of the first two are one: line ends, tabs and
/// separators become spaces; no other control, format, surrogate, private-use or unassigned character (Unicode categories Cc, Cf, Cs,
/// Co, Cn) survives, but a joiner between two symbols, which makes one emoji of them; at most <see cref="MarksPerBase"/> combining
/// marks follow a base character, and none begins the text.
/// </summary>
public static class Cleaner
{
    // Enough for any language; more is written to cover the lines above.
    public const int MarksPerBase = 3;

    private const int Joiner = 0x200D;
    private const int NextLine = 0x85;
    private const string Least = " ≥ ";

    // What stays as it is wherever it stands: ASCII that is seen, and what else French is written with.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), .. "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»‘’“”…–—·"]);

    /// <summary>Cleans a value, makes runs of white space one space, without any at its ends, and shortens.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxLength">
    /// The longest result in UTF-16 units; what is longer is cut between grapheme clusters and ends in “…”.
    /// </param>
    /// <param name="keepsStates">Whether each <see cref="StateMark"/> stays: for what is made of cleaned parts.</param>
    public static string Clean(string text, int maxLength, bool keepsStates = false) => Cut(Cleaned(text, maxLength, keepsStates, out _), maxLength);

    /// <summary>
    /// As <see cref="Clean"/>, but what is longer ends with how much is left out, “… (+123)”; a count with which it already ends is added.
    /// </summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxLength">The longest result in UTF-16 units, the count with it; where that is very little, half of it is text all the same.</param>
    public static string Shorten(string text, int maxLength)
    {
        var clean = Cleaned(text, maxLength, keepsStates: false, out var unread);
        if (clean.Length <= maxLength)
        {
            return clean;
        }

        var (end, before, isLeast) = CountAtEnd(unread > 0 ? text : clean);
        var whole = unread > 0 ? clean.Length + unread - (text.Length - end) : end;

        // A shorter text has a longer count, by one digit at most.
        var (shortened, room) = ("", maxLength);
        for (var tries = 0; tries == 0 || (tries < 3 && shortened.Length > maxLength); tries++)
        {
            var start = Cut(clean, room);
            var count = string.Create(CultureInfo.InvariantCulture, $" (+{(isLeast ? Least : "")}{before + whole - start.Length + 1})");
            shortened = start + count;
            room = Math.Max(maxLength - count.Length, maxLength / 2);
        }

        return shortened;
    }

    // Clean, and somewhat longer than the bound where the text is; what was not looked at is counted.
    private static string Cleaned(string text, int maxLength, bool keepsStates, out int unread)
    {
        unread = 0;
        if (text.Length <= maxLength && IsPlain(text) && HasSingleSpaces(text))
        {
            return text;
        }

        // Work stays proportional to what may be said, however long the input is.
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        var pass = new Pass(clean, keepsSpaces: false, keepsStates);
        var read = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length - 16 > maxLength)
            {
                unread = text.Length - read;
                break;
            }

            read += rune.Utf16SequenceLength;
            pass.Add(rune);
        }

        while (clean.Length > 0 && clean[^1] == ' ')
        {
            clean.Length--;
        }

        return clean.ToString();
    }

    // Where “… (+123)” or “… (+ ≥ 123)” begins at the end of a text, and its number.
    private static (int End, long Count, bool IsLeast) CountAtEnd(string text)
    {
        var start = text.LastIndexOf("… (+", StringComparison.Ordinal);
        if (start < 0 || text[^1] != ')')
        {
            return (text.Length, 0, false);
        }

        var digits = text.AsSpan(start + 4, text.Length - start - 5);
        var isLeast = digits.StartsWith(Least, StringComparison.Ordinal);
        return int.TryParse(isLeast ? digits[Least.Length..] : digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (start, count, isLeast)
            : (text.Length, 0, false);
    }

    /// <summary>Cleans a line, in which every space stays and nothing is cut: an echo must be the line that was written.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="keepsStates">Whether each <see cref="StateMark"/> stays.</param>
    public static string CleanLine(string text, bool keepsStates = false)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var pass = new Pass(clean, keepsSpaces: true, keepsStates);
        foreach (var rune in text.EnumerateRunes())
        {
            pass.Add(rune);
        }

        return clean.ToString();
    }

    /// <summary>
    /// What somebody typed, trimmed, without control characters. Other invisible characters stay, so that a name with one of them inside
    /// is not the name it looks like.
    /// </summary>
    /// <param name="text">One message without formatting codes.</param>
    /// <param name="maxLength">In UTF-16 units; what is longer is cut, never inside a surrogate pair.</param>
    public static string CleanTyped(string text, int maxLength)
    {
        if (text.Length <= maxLength && IsPlain(text))
        {
            return text.Trim();
        }

        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var letter in text)
        {
            if (clean.Length == maxLength)
            {
                break;
            }

            if (IsLineEndOrTab(letter))
            {
                clean.Append(' ');
            }
            else if (!char.IsControl(letter))
            {
                clean.Append(letter);
            }
        }

        if (clean.Length > 0 && char.IsHighSurrogate(clean[^1]))
        {
            clean.Length--;
        }

        return clean.ToString().Trim();
    }

    private static bool IsLineEndOrTab(int character) => character is '\t' or '\n' or '\r' or NextLine;

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.AsSpan().ContainsAnyExcept(Plain);

    private static bool HasSingleSpaces(string text) =>
        text is not [' ', ..] and not [.., ' '] && !text.Contains("  ", StringComparison.Ordinal);

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

    private sealed class Pass(StringBuilder clean, bool keepsSpaces, bool keepsStates)
    {
        private int _marks;
        private bool _followsSymbol;
        private bool _hasJoiner;

        public void Add(Rune rune)
        {
            // Nearly all of a text, and only these two of it are symbols that a joiner may follow.
            if (!_hasJoiner && rune.Value is > ' ' and <= '~')
            {
                (_marks, _followsSymbol) = (0, rune.Value is '^' or '`');
                clean.Append((char)rune.Value);
                return;
            }

            var category = Rune.GetUnicodeCategory(rune);
            if (_hasJoiner && category is (UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol))
            {
                clean.Append((char)Joiner);
            }

            // Whether it stays shows what follows.
            _hasJoiner = rune.Value == Joiner && _followsSymbol;
            if (_hasJoiner)
            {
                return;
            }

            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
            {
                AddMark(rune);
                return;
            }

            _followsSymbol = category is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
            if (IsLineEndOrTab(rune.Value) || category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                AddSpace(new Rune(' '));
            }
            else if (category == UnicodeCategory.SpaceSeparator)
            {
                AddSpace(keepsSpaces ? rune : new Rune(' '));
            }
            else if (!IsHidden(category) || (keepsStates && rune.Value == StateMark.Sign))
            {
                _marks = 0;
                clean.Append(rune);
            }
        }

        private void AddMark(Rune mark)
        {
            if (++_marks <= MarksPerBase && clean.Length > 0)
            {
                clean.Append(mark);
            }
        }

        private void AddSpace(Rune space)
        {
            if (keepsSpaces || (clean.Length > 0 && clean[^1] != ' '))
            {
                clean.Append(space);
            }
        }

        private static bool IsHidden(UnicodeCategory category) =>
            category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
    }
}
