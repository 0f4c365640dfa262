using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>Reads names as people type them: case, accents and hyphens apart, and with a slip of the finger.</summary>
public static class Typed
{
    /// <summary>The name by which two spellings are one: <c>État</c>, <c>etat</c>; <c>oublie-moi</c>, <c>oubliemoi</c>.</summary>
    public static string Fold(string name)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return name;
        }

        var folded = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var plain = Accents.Fold(c);
            if (plain is not ('-' or '_' or '\'' or '’') && char.GetUnicodeCategory(plain) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(plain);
            }
        }

        return folded.ToString();
    }

    /// <summary>Whether a word means all there is.</summary>
    public static bool IsAll(string word) => Fold(word) is "tout" or "tous" or "toutes" or "all" or "everything";

    /// <summary>The names that somebody may have meant, nearest first.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">Those there are.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>Those two slips away at most, one for short words: every word of three letters is near another.</returns>
    public static IReadOnlyList<string> Near(string typed, IEnumerable<string> names, int most = 3)
    {
        var word = Fold(typed);
        var slips = word.Length <= 4 ? 1 : 2;
        return word.Length > 40
            ? []
            : names
                .Select(name => (name, distance: Distance(word, Fold(name))))
                .Where(pair => pair.distance <= slips)
                .OrderBy(pair => pair.distance)
                .Take(most)
                .Select(pair => pair.name)
                .ToList();
    }

    // Optimal string alignment: a letter too many, too few, another one, or two swapped.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var other = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(other, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
