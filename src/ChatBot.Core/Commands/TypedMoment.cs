namespace ChatBot.Core.Commands;

/// <summary>
/// A moment as people type it: <c>samedi 23h</c>, <c>demain 14:00</c>, <c>2026-12-12 23:00</c>, <c>12/12 23h</c>,
/// <c>ce soir 22h</c>, <c>dans 2h</c>, <c>saturday 11pm</c>, <c>18h demain</c>, <c>18h</c>.
/// </summary>
/// <param name="At">
/// The next such moment by the clock of the group's zone. Of an hour that comes twice when the clock is put back, the first that
/// is still to come; an hour that is skipped is as much later as the clock is put forward. Past only where the words name a day
/// that is: today, or a date with its year.
/// </param>
/// <param name="Used">How many words from the first one.</param>
public readonly record struct TypedMoment(DateTimeOffset At, int Used)
{
    /// <summary>Whether a day of the week names it, which comes again seven days later.</summary>
    public bool IsWeekday { get; init; }

    // More words than the longest moment has.
    private const int Looked = 10;
    private const int LongestWord = 20;

    /// <summary>The moment that the first words name; null where they name none.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="zone">The group's zone.</param>
    /// <param name="hour">The hour of a day that is named without one; null where the hour is needed.</param>
    /// <param name="grace">What was so short a time ago is meant too, though it is past.</param>
    public static TypedMoment? Parse(
        IReadOnlyList<string> words, DateTimeOffset now, TimeZoneInfo zone, TimeOnly? hour = null, TimeSpan grace = default)
    {
        var plain = words.Take(Looked).Select(Plain).ToList();
        if (plain.Count == 0)
        {
            return null;
        }

        if (plain[0] is "maintenant" or "now")
        {
            return new TypedMoment(now, 1);
        }

        if (plain[0] is "dans" or "in")
        {
            return After(plain, now);
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Read(plain, today) is var (day, time, used) && Moments(day, time, hour, today, zone).ToList() is [.., var last] all
            ? new TypedMoment(all.Where(at => at > now - grace).DefaultIfEmpty(last).First(), used) { IsWeekday = day is { IsWeekday: true } }
            : null;
    }

    private static TypedMoment? After(List<string> words, DateTimeOffset now)
    {
        // Of “dans 2h 30m” the second word is how long it lasts.
        if (words.Count > 1 && TypedDuration.Parse(words[1]) is { } first)
        {
            return new TypedMoment(now + first, 2);
        }

        return TypedDuration.Read(words, 1) is var (span, used) ? new TypedMoment(now + span, used + 1) : null;
    }

    // The day before the hour or after it; an hour that stands before a day with an hour of its own is none: “2h samedi 23h”.
    private static (TypedDay? Day, TypedHour? Hour, int Used)? Read(List<string> words, DateOnly today)
    {
        if (TypedDay.Read(words, 0, today) is { } day)
        {
            var start = day.Used + (IsAt(words, day.Used) ? 1 : 0);
            return TypedHour.Read(words, start) is { } its ? (day, its, start + its.Used) : (day, null, day.Used);
        }

        var skipped = IsAt(words, 0) ? 1 : 0;
        if (TypedHour.Read(words, skipped) is not { } hour)
        {
            return null;
        }

        var end = skipped + hour.Used;
        if (TypedDay.Read(words, end, today) is not { } after)
        {
            return (null, hour, end);
        }

        var next = end + after.Used;
        return TypedHour.Read(words, next + (IsAt(words, next) ? 1 : 0)) is null ? (after, hour, next) : null;
    }

    internal static bool IsAt(List<string> words, int at) => at < words.Count && words[at] is "a" or "at" or "vers";

    private static IEnumerable<DateTimeOffset> Moments(
        TypedDay? day, TypedHour? time, TimeOnly? hour, DateOnly today, TimeZoneInfo zone)
    {
        if (day is null)
        {
            return new[] { today, today.AddDays(1) }.SelectMany(date => OnTheClock(date, time!.Value.Minutes, zone));
        }

        if (time is { } typed)
        {
            return day.Days.SelectMany(date => MinutesOf(day.Part, typed, date == today).SelectMany(at => OnTheClock(date, at, zone)));
        }

        return Usual(day.Part, hour) is { } usual
            ? day.Days.Where(date => !day.IsWeekday || date != today).SelectMany(date => OnTheClock(date, usual, zone))
            : [];
    }

    // “ce soir 8h” is at 20:00, “samedi soir 1h” in the night to Sunday.
    internal static IEnumerable<int> MinutesOf(PartOfDay part, TypedHour typed, bool isToday)
    {
        var minutes = typed.Minutes;
        var isLate = part is PartOfDay.Night && minutes < TypedHour.Day / 2;
        if (part is PartOfDay.Evening && minutes < 5 * 60)
        {
            isLate = true;
        }
        else if (part is PartOfDay.Evening or PartOfDay.Afternoon && !typed.HasHalf && minutes < TypedHour.Day / 2)
        {
            minutes += TypedHour.Day / 2;
        }

        if (!isLate)
        {
            return [minutes];
        }

        return isToday ? [minutes, minutes + TypedHour.Day] : [minutes + TypedHour.Day];
    }

    private static int? Usual(PartOfDay part, TimeOnly? hour) => hour is null ? null : part switch
    {
        PartOfDay.Any => (hour.Value.Hour * 60) + hour.Value.Minute,
        PartOfDay.Morning => 9 * 60,
        PartOfDay.Afternoon => 14 * 60,
        PartOfDay.Evening => 20 * 60,
        _ => null,
    };

    /// <summary>The moments at which the clock shows it: one, or two where it is put back.</summary>
    internal static IEnumerable<DateTimeOffset> OnTheClock(DateOnly day, int minutes, TimeZoneInfo zone)
    {
        var shown = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified).AddMinutes(minutes);
        if (zone.IsInvalidTime(shown))
        {
            return [Utc(shown, zone.GetUtcOffset(shown.AddDays(-1)))];
        }

        return zone.IsAmbiguousTime(shown)
            ? zone.GetAmbiguousTimeOffsets(shown).OrderDescending().Select(offset => Utc(shown, offset))
            : [Utc(shown, zone.GetUtcOffset(shown))];
    }

    private static DateTimeOffset Utc(DateTime shown, TimeSpan offset) => new(shown - offset, TimeSpan.Zero);

    internal static string Plain(string word)
    {
        var bare = word.Length > LongestWord ? "" : word.Trim(',', ';', '.').ToLowerInvariant();
        if (bare.Length > 0 && char.IsAsciiDigit(bare[0]))
        {
            return bare;
        }

        // “-1h” is no hour of the day.
        var folded = Typed.Fold(bare);
        return folded.Length > 0 && char.IsAsciiDigit(folded[0]) ? "" : folded;
    }
}
