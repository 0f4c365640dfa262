using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// mIRC formatting codes (modern.ircdocs.horse/formatting): bold, italic, underline, strike, monospace, reverse, colour, reset.
/// </summary>
public static class IrcFormatting
{
    private static readonly SearchValues<char> Codes = SearchValues.Create("\x02\x03\x04\x0f\x11\x16\x1d\x1e\x1f");

    internal const char Reset = '\x0f';

    private const uint LastColour = 15;
    private const char Bold = '\x02';
    private const char Colour = '\x03';
    private const char HexColour = '\x04';

    /// <summary>The text without format, cleaned.</summary>
    public static FormattedText Plain(string text) => new(Cleaner.CleanLine(text));

    public static FormattedText InBold(string text) => Part($"{Bold}", Cleaner.CleanLine(text));

    /// <summary>A colour says nothing to those who cannot see it: let the words say it too.</summary>
    public static FormattedText InColour(IrcColour colour, string text, bool isBold = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)colour, LastColour, nameof(colour));
        // Bold, or bold begun and ended, stands between the two digits and a text that may look like a background.
        var bold = isBold ? $"{Bold}" : $"{Bold}{Bold}";
        return Part(string.Create(CultureInfo.InvariantCulture, $"{Colour}{(int)colour:00}{bold}"), Cleaner.CleanLine(text));
    }

    /// <summary>
    /// The text without its formatting codes. At most two digits follow a colour, six hexadecimal ones a hex colour.
    /// </summary>
    public static string Strip(string text)
    {
        var next = text.AsSpan().IndexOfAny(Codes);
        if (next < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (; next >= 0; next = rest.IndexOfAny(Codes))
        {
            plain.Append(rest[..next]);
            rest = rest[(next + CodeLength(rest[next..]))..];
        }
        return plain.Append(rest).ToString();
    }

    /// <summary>Characters of the code that stands at the beginning of this, with its digits; 0 where none does.</summary>
    internal static int CodeLength(ReadOnlySpan<char> text) =>
        text switch
        {
            [Colour, ..] => 1 + ColourLength(text[1..], 2, char.IsAsciiDigit),
            [HexColour, ..] => 1 + ColourLength(text[1..], 6, char.IsAsciiHexDigit),
            [var first, ..] when Codes.Contains(first) => 1,
            _ => 0,
        };

    private static FormattedText Part(string codes, string clean) => clean.Length == 0 ? default : new(codes + clean + Reset);

    private static int ColourLength(ReadOnlySpan<char> text, int digits, Func<char, bool> isDigit)
    {
        var foreground = Digits(text, digits, isDigit);
        if (foreground == 0 || foreground == text.Length || text[foreground] != ',')
        {
            return foreground;
        }

        var background = Digits(text[(foreground + 1)..], digits, isDigit);
        return background == 0 ? foreground : foreground + 1 + background;
    }

    private static int Digits(ReadOnlySpan<char> text, int most, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < most && count < text.Length && isDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}
