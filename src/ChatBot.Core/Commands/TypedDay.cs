using System.Globalization;

namespace ChatBot.Core.Commands;

/// <summary>
/// A day as people type it: <c>demain</c>, <c>samedi</c>, <c>samedi soir</c>, <c>ce soir</c>, <c>12/12</c>, <c>12 décembre</c>,
/// <c>2026-12-12</c>, English alike.
/// </summary>
/// <param name="Days">Those it may mean, the nearest first; several where the day that is over is not meant.</param>
/// <param name="Part">The part of the day, where it is named.</param>
/// <param name="IsWeekday">Whether it is a day of the week: today only where an hour follows.</param>
/// <param name="Used">Of how many words.</param>
internal sealed record TypedDay(IReadOnlyList<DateOnly> Days, PartOfDay Part, bool IsWeekday, int Used)
{
    // A date that may be a 29 February comes again within eight years.
    private const int YearsAhead = 8;
    private const int FirstYear = 2000;
    private const int LastYear = 2200;

    private static readonly string[][] Weekdays =
    [
        ["dimanche", "sunday"], ["lundi", "monday"], ["mardi", "tuesday"], ["mercredi", "wednesday"], ["jeudi", "thursday"],
        ["vendredi", "friday"], ["samedi", "saturday"],
    ];

    private static readonly string[][] Months =
    [
        ["janvier", "january", "janv", "jan"], ["fevrier", "february", "fev", "fevr", "feb"], ["mars", "march", "mar"], ["avril", "april", "avr", "apr"],
        ["mai", "may"], ["juin", "june", "jun"], ["juillet", "july", "juil", "jul"], ["aout", "august", "aug"],
        ["septembre", "september", "sept", "sep"], ["octobre", "october", "oct"], ["novembre", "november", "nov"], ["decembre", "december", "dec"],
    ];

    /// <summary>The day that begins there; null where none does.</summary>
    /// <param name="words">In lower case.</param>
    /// <param name="at">The first word to look at.</param>
    /// <param name="today">In the group's zone.</param>
    public static TypedDay? Read(IReadOnlyList<string> words, int at, DateOnly today)
    {
        var skipped = Word(words, at) is "le" or "on" or "ce" or "this" || (Word(words, at) is "next" && IndexOf(Weekdays, Word(words, at + 1)) is not null) ? 1 : 0;
        if (ReadPart(words, at, skipped) is var (part, used))
        {
            return new TypedDay([today], part, false, used);
        }

        if (Named(words, at + skipped, today) is not { } day)
        {
            return null;
        }

        var end = at + skipped + day.Used;
        if (Word(words, end) is "prochain" && day.IsWeekday)
        {
            end++;
        }

        return Parts(Word(words, end)) is { } named
            ? day with { Part = named, Used = end + 1 - at }
            : day with { Used = end - at };
    }

    // “ce soir”, “cet après-midi”, “tonight”: of today.
    private static (PartOfDay Part, int Used)? ReadPart(IReadOnlyList<string> words, int at, int skipped)
    {
        if (Word(words, at) is "tonight")
        {
            return (PartOfDay.Evening, 1);
        }

        var isThis = skipped == 1 && Word(words, at) is "ce" or "this" || Word(words, at) is "cet" or "cette";
        return isThis && Parts(Word(words, at + 1)) is { } part ? (part, 2) : null;
    }

    /// <summary>The part of a day that this word names.</summary>
    public static PartOfDay? Parts(string word) => word switch
    {
        "matin" or "morning" => PartOfDay.Morning,
        "apresmidi" or "afternoon" => PartOfDay.Afternoon,
        "soir" or "evening" => PartOfDay.Evening,
        "nuit" or "night" => PartOfDay.Night,
        _ => null,
    };

    private static TypedDay? Named(IReadOnlyList<string> words, int at, DateOnly today)
    {
        var word = Word(words, at);
        if (word is "aujourdhui" or "today")
        {
            return Of([today], 1);
        }

        if (word is "demain" or "tomorrow")
        {
            return Of([today.AddDays(1)], 1);
        }

        if (word is "apresdemain" || (word is "apres" && Word(words, at + 1) is "demain"))
        {
            return Of([today.AddDays(2)], word is "apres" ? 2 : 1);
        }

        if (IndexOf(Weekdays, word) is { } weekday)
        {
            var next = today.AddDays((weekday - (int)today.DayOfWeek + 7) % 7);
            return Of([next, next.AddDays(7)], 1) with { IsWeekday = true };
        }

        return Written(word) is { } date ? Of([date], 1) : OfMonth(words, at, today);
    }

    // “12/12”, “12 décembre”, “12 décembre 2026”, “december 12”.
    private static TypedDay? OfMonth(IReadOnlyList<string> words, int at, DateOnly today)
    {
        var (first, second) = (Word(words, at), Word(words, at + 1));
        if (first.Split('/') is [var left, var right] && Number(left) is { } day && Number(right) is { } month)
        {
            return Coming(day, month, today, 1);
        }

        if (IndexOf(Months, second) is { } after && Ordinal(first) is { } before)
        {
            return OfYear(words, at, before, after + 1, today);
        }

        return IndexOf(Months, first) is { } index && Ordinal(second) is { } ordinal
            ? OfYear(words, at, ordinal, index + 1, today)
            : null;
    }

    private static TypedDay? OfYear(IReadOnlyList<string> words, int at, int day, int month, DateOnly today) =>
        Word(words, at + 2) is { Length: 4 } year && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Date(number, month, day) is { } date ? Of([date], 3) : null
            : Coming(day, month, today, 2);

    private static TypedDay? Coming(int day, int month, DateOnly today, int used)
    {
        var days = Enumerable.Range(today.Year, YearsAhead + 1)
            .Select(year => Date(year, month, day)).OfType<DateOnly>().Where(date => date >= today).ToList();
        return days.Count > 0 ? Of(days, used) : null;
    }

    private static DateOnly? Written(string word) =>
        (DateOnly.TryParseExact(word, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || DateOnly.TryParseExact(word, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
        && date.Year is >= FirstYear and <= LastYear ? date : null;

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static TypedDay Of(IReadOnlyList<DateOnly> days, int used) => new(days, PartOfDay.Any, false, used);

    // “1er”, “1st”, “5th”.
    private static int? Ordinal(string text) =>
        Number(text is "1er" ? "1" : text.Length > 2 && text[^2..] is "st" or "nd" or "rd" or "th" ? text[..^2] : text);

    private static int? Number(string text) =>
        text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? IndexOf(string[][] names, string word) =>
        Array.FindIndex(names, name => Array.IndexOf(name, word) >= 0) is >= 0 and var index ? index : null;

    private static string Word(IReadOnlyList<string> words, int at) => at < words.Count ? words[at] : "";
}
