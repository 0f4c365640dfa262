namespace ChatBot.Core.Commands;

/// <summary>What follows <c>ack</c>: an incident, for how long, and why.</summary>
/// <param name="Number">The incident; null where it is not told by its number, and <paramref name="Rest"/> begins with a machine.</param>
/// <param name="Lasts">How long; a day where it is not told.</param>
/// <param name="Rest">The other words: the reason.</param>
public sealed record AckArguments(long? Number, TimeSpan Lasts, IReadOnlyList<string> Rest)
{
    public static readonly TimeSpan Usually = TimeSpan.FromHours(24);
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Most = TimeSpan.FromDays(30);

    // After one of these a duration at the end belongs to the reason: “je redémarre dans 2h”.
    private static readonly HashSet<string> OfTheReason = new(StringComparer.OrdinalIgnoreCase)
    {
        "dans", "depuis", "après", "apres", "vers", "toutes", "les", "chaque", "a", "à", "de", "environ",
        "in", "since", "after", "at", "every", "of", "about", "last", "~",
    };

    /// <summary>Whether it lasts as long as is allowed; every silence ends.</summary>
    public bool LastsIsAllowed => Lasts >= Least && Lasts <= Most;

    /// <summary>The number and the duration in either order before the reason, or the duration after it.</summary>
    public static AckArguments Parse(IReadOnlyList<string> words)
    {
        var rest = words.ToList();
        var lasts = TakeFirst(rest, 1);
        var number = rest.Count > 0 ? IncidentNumber.Parse(rest[0]) : null;
        if (number is not null)
            rest.RemoveAt(0);
        lasts ??= TakeFirst(rest, 2) ?? TakeLast(rest);
        return new AckArguments(number, lasts ?? Usually, rest);
    }

    // Of one word or two: “2h”, “2 h”. Before the number one only, for “42 j arrive” is no duration.
    private static TimeSpan? TakeFirst(List<string> words, int most)
    {
        for (var used = 1; used <= most && used <= words.Count; used++)
        {
            if ((used == 2 && !IsNumber(words[0])) || TypedDuration.Parse(string.Concat(words.Take(used))) is not { } lasts)
                continue;
            words.RemoveRange(0, used);
            return lasts;
        }

        return null;
    }

    private static TimeSpan? TakeLast(List<string> words)
    {
        for (var used = 1; used <= 2 && words.Count > used; used++)
        {
            var start = words.Count - used;
            if ((used == 2 && !IsNumber(words[start])) || OfTheReason.Contains(words[start - 1]))
                continue;
            if (TypedDuration.Parse(string.Concat(words.Skip(start))) is not { } lasts)
                continue;
            words.RemoveRange(start, used);
            return lasts;
        }

        return null;
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
