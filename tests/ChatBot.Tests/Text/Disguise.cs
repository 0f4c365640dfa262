using System.Globalization;
using System.Text;

namespace ChatBot.Tests.Text;

/// <summary>Ways in which a text is written so that a search does not find it, and the reading that finds it all the same.</summary>
internal static class Disguise
{
    private const string Latin = "aceopxyijsABCEHIKMOPTXS";
    private const string Cyrillic = "асеорхуіјѕАВСЕНІКМОРТХЅ";

    public static readonly (string Name, Func<string, string> Of)[] All =
    [
        ("plain", text => text),
        ("upper case", text => text.ToUpperInvariant()),
        ("lower case", text => text.ToLowerInvariant()),
        ("zero-width spaces", text => Between(text, "\u200b")),
        ("soft hyphens", text => Between(text, "\u00ad")),
        ("no-break spaces", text => Between(text, "\u00a0")),
        ("spaces", text => Between(text, " ")),
        ("full width", text => Map(text, c => c is > ' ' and <= '~' ? ((char)(c + 0xFEE0)).ToString() : null)),
        ("mathematical letters", text => Map(text, c =>
            char.IsAsciiLetterUpper(c) ? char.ConvertFromUtf32(0x1D400 + c - 'A')
            : char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + c - 'a') : null)),
        ("Cyrillic letters", text => Map(text, c => Latin.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Cyrillic[i].ToString() : null)),
        ("combining marks", text => Between(text, "\u0323")),
        ("right-to-left override", text => "\u202e" + text + "\u202c"),
        ("cut in half by a line end", text => text.Insert(text.Length / 2, "\r\n")),
        ("joined to a harmless word", text => "timeout" + text),
        ("among brackets", text => $"[({text})]"),
        ("after a label on the line before", text => "mot de passe :\r\n" + text),
        ("dots for at signs", text => text.Replace("@", "(at)", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Without format, control and combining characters, compatibility forms and look-alikes as the letters they stand for, in lower
    /// case. (NFKC is not to be had: the bot runs without ICU.)
    /// </summary>
    public static string Undo(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            plain.Append(char.ToLowerInvariant(Letter(rune.Value)));
        }

        return plain.ToString();
    }

    public static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static char Letter(int value) => value switch
    {
        >= 0xFF01 and <= 0xFF5E => (char)(value - 0xFEE0),
        >= 0x1D400 and < 0x1D434 => value < 0x1D41A ? (char)('A' + value - 0x1D400) : (char)('a' + value - 0x1D41A),
        < 0x10000 when Cyrillic.IndexOf((char)value, StringComparison.Ordinal) is >= 0 and var i => Latin[i],
        < 0x10000 => (char)value,
        _ => '\uFFFD',
    };

    private static string Between(string text, string what) => string.Join(what, text.EnumerateRunes().Select(rune => rune.ToString()));

    private static string Map(string text, Func<char, string?> letter) => string.Concat(text.Select(c => letter(c) ?? c.ToString()));
}
