using System.Globalization;
using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// Cuts a text into pieces of at most so many UTF-8 bytes: between words (the space at the cut goes), else between grapheme
/// clusters, and inside a cluster only between code points and only where the cluster alone is longer than a piece.
/// </summary>
public static class LineSplitter
{
    /// <param name="text">One line of text; line ends are treated like any character.</param>
    /// <param name="budget">Bytes a piece may have, at least 4: the longest code point.</param>
    public static IReadOnlyList<string> Split(string text, int budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 4);
        var pieces = new List<string>();
        var rest = text.AsSpan();
        while (Encoding.UTF8.GetByteCount(rest) > budget)
        {
            var cut = Cut(rest, budget);
            pieces.Add(rest[..cut].ToString());
            rest = rest[cut..];
            if (rest is [' ', ..]) rest = rest[1..];
        }
        if (!rest.IsEmpty || pieces.Count == 0) pieces.Add(rest.ToString());
        return pieces;
    }

    private static int Cut(ReadOnlySpan<char> text, int budget)
    {
        var fits = Fitting(text, budget, wholeClusters: true);
        if (fits == 0) return Fitting(text, budget, wholeClusters: false);
        if (text[fits] == ' ') return fits;
        var space = text[..fits].LastIndexOf(' ');
        return space > 0 ? space : fits;
    }

    private static int Fitting(ReadOnlySpan<char> text, int budget, bool wholeClusters)
    {
        int chars = 0, bytes = 0;
        while (chars < text.Length)
        {
            var rest = text[chars..];
            var step = wholeClusters ? StringInfo.GetNextTextElementLength(rest) : CodePoint(rest);
            bytes += Encoding.UTF8.GetByteCount(rest[..step]);
            if (bytes > budget) break;
            chars += step;
        }
        return chars;
    }

    private static int CodePoint(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out _, out var consumed);
        return consumed;
    }
}
