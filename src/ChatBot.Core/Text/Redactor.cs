using System.Collections.Frozen;

namespace ChatBot.Core.Text;

/// <summary>
/// The one door from <see cref="RootText"/> to <see cref="PublicText"/>, for groups that want what a check said in public. It
/// knows what is harmless, not what is secret: the words that monitoring plugins print (<see cref="PluginWords"/>), and numbers that are
/// small or have their unit. One word that is neither, and the whole text stays private; so does a text that was cut.
/// </summary>
public static class Redactor
{
    private const string Before = "([«\"'*-–—";
    private const string After = ")],;.:!?»\"'*-–—";
    private const int LongestNumber = 6;

    private const int Longest = 200;

    // A code, a port, an identifier: what is longer must say of what it is the number, as “4711 processes” does.
    private const int LongestAlone = 3;

    // A load average is three numbers with commas between; what has more, or no comma, may be an address, a telephone, an account.
    private const int MostInARow = 3;

    // “s d a 1”: letters one by one spell anything.
    private const int MostSingles = 2;

    private static readonly FrozenSet<string> Words = PluginWords.All.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text where all of it is harmless; null where any of it is in doubt.</summary>
    public static PublicText? Release(RootText text)
    {
        var words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        var (inARow, singles, goesOn, needsUnit) = (0, 0, false, false);
        foreach (var range in text.Value.AsSpan().Split(' '))
        {
            var written = text.Value.AsSpan()[range];
            var word = written.TrimStart(Before).TrimEnd(After);
            if (word.IsEmpty)
            {
                continue;
            }

            var isNumber = IsNumber(word);
            singles = word.Length == 1 && char.IsLetterOrDigit(word[0]) ? singles + 1 : 0;
            if (singles > MostSingles || (!isNumber && !IsHarmless(word, words)))
            {
                return null;
            }

            if (isNumber)
            {
                inARow++;
            }
            else if (word.ContainsAnyInRange('A', 'ÿ'))
            {
                inARow = 0;
            }

            if (isNumber && inARow > 1 && (!goesOn || inARow > MostInARow || !word.Contains('.')))
            {
                return null;
            }

            if (needsUnit && !isNumber && !PluginWords.Counted.Contains(word.ToString()))
            {
                return null;
            }

            needsUnit = isNumber && !goesOn && word.Length - word.Count('.') - word.Count(',') > LongestAlone;
            goesOn = isNumber && word.Contains('.') && written.EndsWith(',');
        }

        return text.IsEmpty || needsUnit ? null : PublicText.Declared(Cleaner.Shorten(text.Value, Longest), Longest);
    }

    private static bool IsHarmless(ReadOnlySpan<char> word, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words)
    {
        if (words.Contains(word) || PluginWords.Units.Contains(word.ToString()))
        {
            return true;
        }

        // A number with its unit: 80%, 1543.22ms.
        var end = word.LastIndexOfAnyInRange('0', '9') + 1;
        return end > 0 && end < word.Length && IsNumber(word[..end]) && PluginWords.Units.Contains(word[end..].ToString());
    }

    // Digits with one decimal sign at most, so that neither an address nor a date nor a telephone number is one.
    private static bool IsNumber(ReadOnlySpan<char> number)
    {
        var signs = 0;
        foreach (var c in number)
        {
            if (c is '.' or ',')
            {
                signs++;
            }
            else if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return signs <= 1 && number.Length - signs is > 0 and <= LongestNumber;
    }
}
