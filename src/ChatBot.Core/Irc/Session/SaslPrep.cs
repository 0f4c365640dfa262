using System.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The parts of SASLprep (RFC 4013) that need no tables of Unicode's decompositions, which this program does not carry: other spaces
/// become the plain one, characters mapped to nothing go, forbidden ones are refused. Neither NFKC nor the check of mixed
/// directions is done: a password with a ligature, or a letter and its accent apart, is not the one that the server knows.
/// </summary>
internal static class SaslPrep
{
    /// <summary>Null where the text holds a forbidden character (RFC 4013 §2.3).</summary>
    public static string? Prepare(string text)
    {
        var prepared = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsNothing(rune.Value))
            {
                continue;
            }

            if (IsForbidden(rune.Value))
            {
                return null;
            }

            if (IsSpace(rune.Value))
            {
                prepared.Append(' ');
            }
            else
            {
                prepared.Append(rune);
            }
        }
        return prepared.ToString();
    }

    // RFC 3454, table B.1.
    private static bool IsNothing(int c) =>
        c is 0xAD or 0x34F or 0x1806 or (>= 0x180B and <= 0x180D) or (>= 0x200B and <= 0x200D) or 0x2060
            or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // Table C.1.2, but for U+200B, which is nothing above.
    private static bool IsSpace(int c) => c is 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000;

    // Tables C.2.1 to C.9. Lone surrogates (C.5) come as U+FFFD, which C.6 forbids.
    private static bool IsForbidden(int c) =>
        c is <= 0x1F or (>= 0x7F and <= 0x9F) or 0x340 or 0x341 or 0x6DD or 0x70F or 0x180E or 0x200E or 0x200F
            or (>= 0x2028 and <= 0x202E) or (>= 0x2061 and <= 0x2063) or (>= 0x206A and <= 0x206F) or (>= 0x2FF0 and <= 0x2FFB)
            or (>= 0xE000 and <= 0xF8FF) or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A)
            or 0xE0001 or (>= 0xE0020 and <= 0xE007F) or >= 0xF0000
        || (c & 0xFFFE) == 0xFFFE;
}
