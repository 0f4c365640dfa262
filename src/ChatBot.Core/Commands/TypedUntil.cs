namespace ChatBot.Core.Commands;

/// <summary>
/// Takes out of some words for how long something is to last: <c>2h</c>, <c>2 h</c>, <c>1h30</c>, <c>jusqu'à 18h</c>,
/// <c>jusqu'au 12/12</c>, <c>until tomorrow 9:00</c>.
/// </summary>
/// <param name="now">From when a duration counts.</param>
/// <param name="zone">In which hours are meant.</param>
public sealed class TypedUntil(DateTimeOffset now, TimeZoneInfo zone)
{
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Most = TimeSpan.FromDays(30);

    // “jusqu'à lundi”: until people are at work again.
    private static readonly TimeOnly Morning = new(9, 0);

    // After one of these a duration at the end belongs to the reason: “je redémarre dans 2h”.
    private static readonly HashSet<string> OfTheReason = new(StringComparer.OrdinalIgnoreCase)
    {
        "dans", "depuis", "après", "apres", "vers", "toutes", "les", "chaque", "a", "à", "de", "environ",
        "in", "since", "after", "at", "every", "of", "about", "last", "~",
    };

    /// <summary>Whether it ends and lasts as long as is allowed; every silence ends.</summary>
    public bool Allows(DateTimeOffset until) => until >= now + Least && until <= now + Most;

    /// <summary>Takes it from the front of the words; null where it does not stand there.</summary>
    /// <param name="words">Without it afterwards.</param>
    /// <param name="most">2 where a duration may be of two words; 1 before a number, for “42 j arrive” is no duration.</param>
    public DateTimeOffset? TakeFirst(List<string> words, int most)
    {
        if (words.Count > 0 && IsUntil(words[0]) && Moment(words.Skip(1).ToList()) is { } moment)
        {
            words.RemoveRange(0, moment.Used + 1);
            return moment.At;
        }

        for (var used = 1; used <= most && used <= words.Count; used++)
        {
            if ((used == 2 && !IsNumber(words[0])) || TypedDuration.Parse(string.Concat(words.Take(used))) is not { } lasts)
            {
                continue;
            }

            words.RemoveRange(0, used);
            return now + lasts;
        }

        return null;
    }

    /// <summary>Takes it from the end of the words, behind a reason; null where it does not stand there.</summary>
    public DateTimeOffset? TakeLast(List<string> words)
    {
        var until = words.FindLastIndex(IsUntil);
        if (until > 0 && Moment(words.Skip(until + 1).ToList()) is { } moment && until + 1 + moment.Used == words.Count)
        {
            words.RemoveRange(until, words.Count - until);
            return moment.At;
        }

        for (var used = 1; used <= 2 && words.Count > used; used++)
        {
            var start = words.Count - used;
            if ((used == 2 && !IsNumber(words[start])) || OfTheReason.Contains(words[start - 1]))
            {
                continue;
            }

            if (TypedDuration.Parse(string.Concat(words.Skip(start))) is not { } lasts)
            {
                continue;
            }

            words.RemoveRange(start, used);
            return now + lasts;
        }

        return null;
    }

    private TypedMoment? Moment(List<string> words) => TypedMoment.Parse(words, now, zone, Morning);

    internal static bool IsUntil(string word) =>
        word.Length <= 12 && Typed.Fold(word) is "jusqua" or "jusquau" or "jusquen" or "until" or "till" or "til";

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
