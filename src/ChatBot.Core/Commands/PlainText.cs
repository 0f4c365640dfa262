using System.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// What people type, without the formatting codes of IRC clients (mIRC bold, colour, hexadecimal colour and so on,
/// https://modern.ircdocs.horse/formatting) and without control characters. Other invisible characters stay, so that a
/// name with one of them inside is not the name it looks like.
/// </summary>
internal static class PlainText
{
    private const char Colour = '\u0003';
    private const char HexColour = '\u0004';

    /// <param name="text">One message.</param>
    /// <param name="maxLength">In UTF-16 units; what is longer is cut, never inside a surrogate pair.</param>
    public static string Of(string text, int maxLength)
    {
        var plain = new StringBuilder(Math.Min(text.Length, maxLength));
        for (var i = 0; i < text.Length && plain.Length < maxLength; i++)
        {
            if (text[i] == Colour)
            {
                i += Parameters(text, i + 1, 2, char.IsAsciiDigit);
            }
            else if (text[i] == HexColour)
            {
                i += Parameters(text, i + 1, 6, char.IsAsciiHexDigit);
            }
            else if (text[i] is '\t' or '\r' or '\n')
            {
                plain.Append(' ');
            }
            else if (!char.IsControl(text[i]))
            {
                plain.Append(text[i]);
            }
        }

        if (plain.Length > 0 && char.IsHighSurrogate(plain[^1]))
        {
            plain.Length--;
        }

        return plain.ToString().Trim();
    }

    // “04,01” after a colour code: foreground, and background where a digit follows the comma.
    private static int Parameters(string text, int start, int most, Func<char, bool> isDigit)
    {
        var end = Digits(text, start, most, isDigit);
        if (end > start && end + 1 < text.Length && text[end] == ',' && isDigit(text[end + 1]))
        {
            end = Digits(text, end + 1, most, isDigit);
        }

        return end - start;
    }

    private static int Digits(string text, int start, int most, Func<char, bool> isDigit)
    {
        var end = start;
        while (end < text.Length && end - start < most && isDigit(text[end]))
        {
            end++;
        }

        return end;
    }
}
