using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>A box in a changelog line: <c>- [ ] doubler le DNS avant le 20/11</c> is to be done, <c>- [x] doubler le DNS</c> is done.</summary>
/// <param name="IsDone">Ticked, or struck through (<c>~~- [ ] …~~</c>, <c>- [-] …</c>).</param>
/// <param name="Text">What stands behind it, until the next box or the end.</param>
public sealed record ChangelogBox(bool IsDone, RootText Text)
{
    /// <summary>So many boxes of one line count.</summary>
    public const int Most = 20;

    /// <summary>The longest text, in UTF-16 units; what is longer ends with how much is left out.</summary>
    public const int LongestText = WrittenEntry.LongestText;

    /// <summary>What two spellings of one thing have in common: its letters and digits, in lower case without accents.</summary>
    public string Key => KeyOf(Text.Value);

    /// <summary>The boxes of a line, in order.</summary>
    /// <param name="text">The text of an entry.</param>
    public static IReadOnlyList<ChangelogBox> In(string text)
    {
        var boxes = new List<ChangelogBox>();
        var at = Next(text, 0);
        while (at >= 0 && boxes.Count < Most)
        {
            var next = Next(text, at + 3);
            var words = text[(at + 3)..(next < 0 ? text.Length : next)].Trim(' ', '\t', '\n', '-', '*', '~', ';', ',');
            var isStruck = at >= 2 && text.AsSpan(0, at).TrimEnd("-* ").EndsWith("~~");
            if (words.Any(char.IsLetterOrDigit))
            {
                boxes.Add(new ChangelogBox(isStruck || text[at + 1] != ' ', new RootText(words, LongestText)));
            }

            at = next;
        }

        return boxes;
    }

    /// <summary>The one open thing that a ticked box means; null for none, or where it may be several.</summary>
    /// <param name="done">The key of the ticked one.</param>
    /// <param name="open">The keys of those that are open.</param>
    /// <returns>Its place: the same text, or the only one that begins so (<c>doubler le DNS</c> of <c>doubler le DNS avant le 20/11</c>).</returns>
    public static int? Meant(string done, IReadOnlyList<string> open)
    {
        int? begins = null;
        for (var i = 0; i < open.Count; i++)
        {
            if (open[i] == done)
            {
                return i;
            }

            if (done.Contains(' ') && open[i].StartsWith(done + " ", StringComparison.Ordinal))
            {
                begins = begins is null ? i : -1;
            }
        }

        return begins is >= 0 ? begins : null;
    }

    internal static string KeyOf(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                key.Append(Accents.Fold(letter));
            }
            else if (key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }

    // A box stands at the beginning or behind a space: “a[ ]” is code.
    private static int Next(string text, int from)
    {
        for (var at = text.IndexOf('[', Math.Min(from, text.Length)); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (at + 2 < text.Length && text[at + 2] == ']' && text[at + 1] is ' ' or 'x' or 'X' or '-' or '✓' or '✔'
                && (at == 0 || text[at - 1] is ' ' or '\t' or '\n' or '~') && (at + 3 == text.Length || text[at + 3] is ' ' or '\t'))
            {
                return at;
            }
        }

        return -1;
    }
}
