using System.Globalization;
using System.Text;

namespace ChatBot.Tests.Mail;

/// <summary>
/// A text without its disguises: compatibility characters plain (NFKC), no control or format character, no case. The tests run without
/// ICU, whose tables .NET takes NFKC from, so the ranges that disguise ASCII are undone by hand.
/// </summary>
internal static class Bared
{
    // First of each run of A–Z and a–z among the mathematical alphanumerics (Unicode 16, U+1D400 to U+1D6A3).
    private const int FirstMathematical = 0x1D400;
    private const int LastMathematical = 0x1D6A3;
    private const int FirstMathematicalDigit = 0x1D7CE;
    private const int LastMathematicalDigit = 0x1D7FF;

    private static readonly Dictionary<int, string> Others = new()
    {
        [0xFB00] = "ff",
        [0xFB01] = "fi",
        [0xFB02] = "fl",
        [0xFB03] = "ffi",
        [0xFB04] = "ffl",
        [0xFB05] = "st",
        [0xFB06] = "st",
        [0x3000] = " ",
        [0x00A0] = " ",
        [0x202F] = " ",
        [0x2102] = "C",
        [0x210A] = "g",
        [0x210B] = "H",
        [0x210D] = "H",
        [0x210E] = "h",
        [0x2110] = "I",
        [0x2112] = "L",
        [0x2113] = "l",
        [0x2115] = "N",
        [0x2119] = "P",
        [0x211A] = "Q",
        [0x211B] = "R",
        [0x211D] = "R",
        [0x2124] = "Z",
        [0x212C] = "B",
        [0x212F] = "e",
        [0x2130] = "E",
        [0x2131] = "F",
        [0x2133] = "M",
        [0x2134] = "o",
        [0x2139] = "i",
        [0x00AA] = "a",
        [0x00BA] = "o",
        [0x00B2] = "2",
        [0x00B3] = "3",
        [0x00B9] = "1",
        [0x017F] = "s",
        [0x2024] = ".",
        [0xFE52] = ".",
        [0xFE6B] = "@",
    };

    public static string Of(string text)
    {
        var bare = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                bare.Append(Plain(rune.Value));
            }
        }

        return bare.ToString().ToLowerInvariant();
    }

    public static string WithoutSpace(string text) => string.Concat(Of(text).Where(c => !char.IsWhiteSpace(c)));

    private static string Plain(int rune) => rune switch
    {
        >= 0xFF01 and <= 0xFF5E => ((char)(rune - 0xFEE0)).ToString(),
        >= FirstMathematical and <= LastMathematical => Letter((rune - FirstMathematical) % 52),
        >= FirstMathematicalDigit and <= LastMathematicalDigit => ((char)('0' + (rune - FirstMathematicalDigit) % 10)).ToString(),
        >= 0x24B6 and <= 0x24CF => ((char)('A' + rune - 0x24B6)).ToString(),
        >= 0x24D0 and <= 0x24E9 => ((char)('a' + rune - 0x24D0)).ToString(),
        >= 0x1F130 and <= 0x1F149 => ((char)('A' + rune - 0x1F130)).ToString(),
        >= 0x2080 and <= 0x2089 => ((char)('0' + rune - 0x2080)).ToString(),
        >= 0x2074 and <= 0x2079 => ((char)('4' + rune - 0x2074)).ToString(),
        _ => Others.TryGetValue(rune, out var plain) ? plain : char.ConvertFromUtf32(rune),
    };

    private static string Letter(int place) => ((char)(place < 26 ? 'A' + place : 'a' + place - 26)).ToString();
}
