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

    // “a quarter of an hour”, “two hours and a half”.
    private const int MostWords = 5;

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
    /// <param name="beforeTarget">Whether the number of an incident may stand there: “42 j arrive” is no duration, “2 jours” is one.</param>
    public DateTimeOffset? TakeFirst(List<string> words, bool beforeTarget = false)
    {
        if (words.Count == 0)
        {
            return null;
        }

        if ((IsUntil(words[0]) || Typed.Fold(words[0]) is "by") && Moment(words.Skip(1).ToList()) is { } moment)
        {
            words.RemoveRange(0, moment.Used + 1);
            return moment.At;
        }

        var start = IsFiller(words[0]) ? 1 : 0;
        if (TypedDuration.Read(words, start) is var (lasts, used) && (used == 1 || !beforeTarget || !IsNumber(words[start]) || TypedDuration.IsCounted(words, start)))
        {
            words.RemoveRange(0, start + used);
            return now + lasts;
        }

        // “lundi”, “demain 9h”, “18:30” alone; an hour of one word is a duration.
        if (start == 0 && (words[0].Contains(':') || IsHalfDay(words[0]) || !char.IsAsciiDigit(words[0][0])) && !IsNow(words[0]) && Moment(words) is { } named)
        {
            words.RemoveRange(0, named.Used);
            return named.At;
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

        for (var start = Math.Max(1, words.Count - MostWords); start < words.Count; start++)
        {
            if (TypedDuration.Read(words, start) is not var (lasts, used) || start + used != words.Count)
            {
                continue;
            }

            var filler = start > 1 && IsFiller(words[start - 1]) ? 1 : 0;
            if (filler == 0 && OfTheReason.Contains(words[start - 1]))
            {
                return null;
            }

            words.RemoveRange(start - filler, used + filler);
            return now + lasts;
        }

        return null;
    }

    /// <summary>
    /// Whether a time seems to stand at the front or the end of the words that were not understood as one: it is asked back, so that
    /// nobody believes in another end than the one that is kept.
    /// </summary>
    public static bool IsSlip(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return false;
        }

        var first = words.Count > 1 && (IsFiller(words[0]) || IsUntil(words[0]) || Typed.Fold(words[0]) is "by") ? 1 : 0;
        return IsUnknownEnd(words) || IsEndless(words, first) || IsNothingElse(words) || TypedDuration.IsNearlyOne(words[first], first + 1 < words.Count ? words[first + 1] : "")
            || (TypedDuration.IsNearlyOne(words[^1]) && !(words.Count > 1 && OfTheReason.Contains(words[^2])))
            || (words.Count > 1 && TypedDuration.IsNearlyOne(words[^2], words[^1]) && !TypedDuration.IsNearlyOne(words[^2]));
    }

    // What stands behind “jusqu'à” at the front, or is all that is left behind it, and was not taken; “jusqu'à ce que ça marche” is a reason.
    private static bool IsUnknownEnd(IReadOnlyList<string> words)
    {
        var until = words.Select((word, index) => IsUntil(word) && !(index + 1 < words.Count && Typed.Fold(words[index + 1]) is "ce" or "cequ" or "que") ? index : -1).Max();
        return until == 0 || (until > 0 && words.Count - until - 1 is > 0 and <= 2 && !TypedDuration.IsTimed(words[until + 1]));
    }

    private static bool IsEndless(IReadOnlyList<string> words, int first) => words.Count == first + 1
        && Typed.Fold(CommandLine.Bare(words[first])) is "toujours" or "jamais" or "indefiniment" or "definitivement" or "forever" or "always" or "indefinitely" or "permanently";

    // “dans 2h” alone.
    private static bool IsNothingElse(IReadOnlyList<string> words) =>
        words.Count > 1 && OfTheReason.Contains(words[0]) && TypedDuration.Read(words, 1) is var (_, used) && used == words.Count - 1;

    /// <summary>
    /// Takes what only separates off the front of the words, so that a time behind it is found: <c>: 2h - vu</c>, <c>:2h vu</c>. A
    /// quotation mark begins the reason.
    /// </summary>
    public static void SkipSeparators(List<string> words)
    {
        while (words.Count > 0 && !words[0].Any(char.IsLetterOrDigit) && words[0] is not ("«" or "\"" or "“"))
        {
            words.RemoveAt(0);
        }

        if (words.Count > 0)
        {
            words[0] = words[0].TrimStart(':', ',', ';');
        }
    }

    private TypedMoment? Moment(List<string> words) => TypedMoment.Parse(words, now, zone, Morning);

    internal static bool IsUntil(string word) =>
        word.Length <= 12 && Typed.Fold(word) is "jusqua" or "jusquau" or "jusquen" or "until" or "till" or "til";

    // “pendant 2h”, “for 2 hours”, “pour 2h”: the word says nothing that the time does not.
    private static bool IsFiller(string word) =>
        word.Length <= 8 && Typed.Fold(word) is "pendant" or "durant" or "pour" or "for" or "during";

    // “maintenant” and “dans 2h” are beginnings.
    private static bool IsNow(string word) => Typed.Fold(word) is "maintenant" or "now" or "dans" or "in" or "a" or "at" or "vers";

    private static bool IsHalfDay(string word) =>
        word.Length <= 6 && (word.EndsWith("am", StringComparison.OrdinalIgnoreCase) || word.EndsWith("pm", StringComparison.OrdinalIgnoreCase));

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
