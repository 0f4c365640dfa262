namespace ChatBot.Configuration.Toml;

/// <summary>Finds the word somebody meant.</summary>
internal static class Nearest
{
    /// <summary>The closest of <paramref name="words"/>, if a third of the letters or fewer differ; else null.</summary>
    public static string? To(string written, IEnumerable<string> words)
    {
        var best = words.Select(word => (Word: word, Distance: Distance(written, word)))
            .OrderBy(candidate => candidate.Distance).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, written.Length / 3) ? best.Word : null;
    }

    /// <summary>
    /// Letters to insert, delete, replace or swap with their neighbour, case ignored (optimal string alignment).
    /// </summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                cost[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
        }

        return cost[a.Length, b.Length];

        int Step(int i, int j)
        {
            var same = Same(i - 1, j - 1);
            var least = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (same ? 0 : 1));
            var swapped = i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1);
            return swapped ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
        }

        bool Same(int i, int j) => char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]);
    }
}
