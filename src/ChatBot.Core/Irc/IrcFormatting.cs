using System.Buffers;
using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// mIRC formatting codes (modern.ircdocs.horse/formatting): bold, italic, underline, strike, monospace, reverse, colour, reset.
/// </summary>
public static class IrcFormatting
{
    private static readonly SearchValues<char> Codes = SearchValues.Create("\x02\x03\x04\x0f\x11\x16\x1d\x1e\x1f");

    private const char Colour = '\x03';
    private const char HexColour = '\x04';

    /// <summary>
    /// The text without its formatting codes. At most two digits follow a colour, six hexadecimal ones a hex colour.
    /// </summary>
    public static string Strip(string text)
    {
        if (!text.AsSpan().ContainsAny(Codes)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\x02' or '\x0f' or '\x11' or '\x16' or '\x1d' or '\x1e' or '\x1f':
                    break;
                case Colour:
                    i = AfterColour(text, i, 2, char.IsAsciiDigit);
                    break;
                case HexColour:
                    i = AfterColour(text, i, 6, char.IsAsciiHexDigit);
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }
        return plain.ToString();
    }

    private static int AfterColour(string text, int at, int digits, Func<char, bool> isDigit)
    {
        var foreground = Digits(text, at + 1, digits, isDigit);
        var end = at + foreground;
        if (foreground == 0 || end + 1 >= text.Length || text[end + 1] != ',') return end;
        var background = Digits(text, end + 2, digits, isDigit);
        return background == 0 ? end : end + 1 + background;
    }

    private static int Digits(string text, int from, int most, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < most && from + count < text.Length && isDigit(text[from + count])) count++;
        return count;
    }
}
