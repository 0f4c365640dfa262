namespace ChatBot.Core.Commands;

/// <summary>
/// Since when, as people type it: <c>hier</c>, <c>hier soir</c>, <c>lundi</c>, <c>ce matin</c>, <c>vendredi 18h</c>, <c>20/11</c>,
/// <c>14:00</c>, English alike.
/// </summary>
public static class TypedPast
{
    // More words than the longest has.
    private const int Most = 10;

    /// <summary>The last such moment by the clock of the group's zone; null where the words name none, or more than one.</summary>
    /// <param name="words">As typed, all of them.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="zone">The group's zone.</param>
    /// <returns>
    /// Of a day without an hour its beginning, and of a part of a day the part's. A day of the week is never today. Of an hour that came
    /// twice when the clock was put back, the first.
    /// </returns>
    public static DateTimeOffset? Read(IReadOnlyList<string> words, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (words.Count is 0 or > Most)
        {
            return null;
        }

        var plain = words.Select(TypedMoment.Plain).ToList();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var hour = TakeHour(plain);
        if ((plain.Count == 0 ? (today, PartOfDay.Any) : Day(plain, today)) is not var (day, part) || (plain.Count == 0 && hour is null))
        {
            return null;
        }

        var minutes = hour is { } typed ? TypedMoment.MinutesOf(part, typed, isToday: false).First() : Begin(part);
        var at = TypedMoment.OnTheClock(day, minutes, zone).First();

        // “14:00” in the morning is yesterday's.
        if (at > now && (plain.Count == 0 || part is PartOfDay.Night))
        {
            at = TypedMoment.OnTheClock(day.AddDays(-1), minutes, zone).First();
        }

        return at <= now ? at : null;
    }

    // Before the day or behind it: “18h hier”, “hier à 18h”.
    private static TypedHour? TakeHour(List<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (TypedHour.Read(words, at) is not { } hour || (at > 0 && at + hour.Used < words.Count))
            {
                continue;
            }

            words.RemoveRange(at, hour.Used);
            var before = at > 0 ? at - 1 : 0;
            if (TypedMoment.IsAt(words, before))
            {
                words.RemoveAt(before);
            }

            return hour;
        }

        return null;
    }

    private static (DateOnly Day, PartOfDay Part)? Day(List<string> words, DateOnly today)
    {
        words = words is ["last" or "depuis" or "since", _, ..] && words is not ["last", "night" or "week"] ? words[1..] : words;
        switch (words)
        {
            case ["hier" or "yesterday", .. var rest]:
                return rest switch
                {
                    [] => (today.AddDays(-1), PartOfDay.Any),
                    [var part] when TypedDay.Parts(part) is { } named => (today.AddDays(-1), named),
                    _ => null,
                };
            case ["avanthier"] or ["avant", "hier"]:
                return (today.AddDays(-2), PartOfDay.Any);
            case ["last", "night"]:
                return (today.AddDays(-1), PartOfDay.Night);
            case ["last", "week"] or ["semaine", "derniere"]:
                return (today.AddDays(-7), PartOfDay.Any);
            case [.. var named, "dernier"]:
                words = [.. named];
                break;
        }

        if (TypedDay.Read(words, 0, today) is not { } day || day.Used < words.Count)
        {
            return null;
        }

        // What comes again is meant as it was last.
        var last = day.IsWeekday ? day.Days[0].AddDays(-7)
            : day.Days.Count > 1 ? TypedDay.Read(words, 0, today.AddYears(-1))?.Days.Where(date => date <= today).Cast<DateOnly?>().LastOrDefault()
            : day.Days[0];
        return last is { } date ? (date, day.Part) : null;
    }

    private static int Begin(PartOfDay part) => 60 * part switch
    {
        PartOfDay.Morning => 6,
        PartOfDay.Afternoon => 12,
        PartOfDay.Evening => 18,
        PartOfDay.Night => 22,
        _ => 0,
    };
}
