using System.Globalization;
using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// Cuts a text into pieces of at most so many UTF-8 bytes: at line ends, then between words (the space at the cut goes), else
/// between grapheme clusters, and inside a cluster only between code points and only where the cluster alone is longer than a
/// piece. Takes time in proportion to the text.
/// </summary>
public static class LineSplitter
{
    // What the piece before left open, a reset, the codes of a part, a code point and a reset: 5 + 1 + 5 + 4 + 1.
    private const int LeastFormattedBudget = 16;

    /// <param name="text">Its line ends and empty lines are cuts, and in no piece.</param>
    /// <param name="budget">Bytes a piece may have, at least 4: the longest code point.</param>
    /// <returns>At least one piece.</returns>
    public static IReadOnlyList<string> Split(string text, int budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 4);
        var pieces = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line;
            while (!Fits(rest, budget))
            {
                var cut = Cut(rest, budget);
                pieces.Add(rest[..cut].ToString());
                rest = rest[cut..];
                if (rest is [' ', ..])
                {
                    rest = rest[1..];
                }
            }
            if (!rest.IsEmpty)
            {
                pieces.Add(rest.Length == text.Length ? text : rest.ToString());
            }
        }
        return pieces.Count == 0 ? [""] : pieces;
    }

    /// <summary>The same for a text with format, which ends at each cut and begins again after it.</summary>
    /// <param name="text">What to cut.</param>
    /// <param name="budget">Bytes a piece may have with its codes, at least 16.</param>
    public static IReadOnlyList<FormattedText> Split(FormattedText text, int budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, LeastFormattedBudget);
        var pieces = new List<FormattedText>();
        var rest = text.ToString().AsSpan();
        var open = "";
        while (!Fits(rest, budget - open.Length))
        {
            var cut = Cut(rest, budget - open.Length - 1);
            var piece = string.Concat(open, rest[..cut]);
            open = OpenAtEnd(piece);
            pieces.Add(new(open.Length == 0 ? piece : piece + IrcFormatting.Reset));
            rest = rest[cut..];
            // A reset that the piece already has would be all there is of the next one.
            EndFormat(ref rest, ref open);
            if (rest is [' ', ..])
            {
                rest = rest[1..];
            }

            EndFormat(ref rest, ref open);
        }
        if (!rest.IsEmpty || pieces.Count == 0)
        {
            pieces.Add(new(string.Concat(open, rest)));
        }

        return pieces;
    }

    private static void EndFormat(ref ReadOnlySpan<char> rest, ref string open)
    {
        if (open.Length == 0 || rest is not [IrcFormatting.Reset, ..])
        {
            return;
        }

        rest = rest[1..];
        open = "";
    }

    private static string OpenAtEnd(ReadOnlySpan<char> piece)
    {
        var part = piece[(piece.LastIndexOf(IrcFormatting.Reset) + 1)..];
        var open = new StringBuilder();
        for (var i = 0; i < part.Length;)
        {
            var length = IrcFormatting.CodeLength(part[i..]);
            open.Append(part.Slice(i, length));
            i += Math.Max(1, length);
        }
        return open.ToString();
    }

    // A char takes at least one byte: what is longer need not be counted.
    private static bool Fits(ReadOnlySpan<char> text, int budget) =>
        text.Length <= budget && Encoding.UTF8.GetByteCount(text) <= budget;

    private static int Cut(ReadOnlySpan<char> text, int budget)
    {
        var fits = Fitting(text, budget, wholeClusters: true);
        if (IsEmptyOnScreen(text[..fits]))
        {
            return Fitting(text, budget, wholeClusters: false);
        }

        if (text[fits] == ' ')
        {
            return fits;
        }

        var space = text[..fits].LastIndexOf(' ');
        return space > 0 && !IsEmptyOnScreen(text[..space]) ? space : fits;
    }

    private static bool IsEmptyOnScreen(ReadOnlySpan<char> text)
    {
        while (IrcFormatting.CodeLength(text) is > 0 and var length)
        {
            text = text[length..];
        }

        return text.IsEmpty;
    }

    private static int Fitting(ReadOnlySpan<char> text, int budget, bool wholeClusters)
    {
        int chars = 0, bytes = 0;
        while (chars < text.Length)
        {
            var step = wholeClusters ? Cluster(text[chars..Math.Min(text.Length, chars + budget + 1)]) : CodePoint(text[chars..]);
            bytes += Encoding.UTF8.GetByteCount(text.Slice(chars, step));
            if (bytes > budget)
            {
                break;
            }

            chars += step;
        }
        return chars;
    }

    private static int Cluster(ReadOnlySpan<char> text) =>
        IrcFormatting.CodeLength(text) is > 0 and var code ? code : StringInfo.GetNextTextElementLength(text);

    private static int CodePoint(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out _, out var consumed);
        return consumed;
    }
}
