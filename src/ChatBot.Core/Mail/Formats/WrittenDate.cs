using System.Globalization;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Dates as programs write them in French and English: <c>date</c> and ctime (<c>dim. 22 nov. 2026 21:04:43 CET</c>, <c>Sun Nov
/// 22 21:04:43 UTC 2026</c>), RFC 5322, ISO 8601 with a space or a T, and syslog's without a year.
/// </summary>
internal static class WrittenDate
{
    private const int Longest = 80;

    // By their first letters, longer before shorter; accents as written.
    private static readonly (string Start, int Month)[] Months =
    [
        ("jan", 1), ("fév", 2), ("fev", 2), ("feb", 2), ("mar", 3), ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5), ("juin", 6), ("jun", 6),
        ("juil", 7), ("jul", 7), ("aoû", 8), ("aou", 8), ("aug", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("déc", 12), ("dec", 12),
    ];

    /// <summary>
    /// The moment written there. Without a zone it is in the offset of <paramref name="sent"/>, without a year in the one that
    /// brings it next to it; null where neither helps or it is no date.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text, DateTimeOffset? sent)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var (year, month, day) = (0, 0, 0);
        TimeSpan? time = null, offset = null;
        foreach (var range in text.SplitAny(" ,\t()"))
        {
            var word = text[range];
            if (word.IsEmpty)
            {
                continue;
            }

            if (word.Length > 11 && word[10] == 'T')
            {
                Take(word[..10], ref year, ref month, ref day);
                word = word[11..];
            }
            if (word.Contains(':') && Time(word, ref offset) is { } read)
            {
                time ??= read;
            }
            else if (time is not null && Offset(word) is { } zone)
            {
                offset ??= zone;
            }
            else
            {
                Take(word, ref year, ref month, ref day);
            }
        }
        if (time is null || month is < 1 or > 12 || day is < 1 or > 31 || (offset ?? sent?.Offset) is not { } known)
        {
            return null;
        }

        if (year == 0)
        {
            year = sent is null ? 0 : sent.Value.Year - (month > sent.Value.Month + 1 ? 1 : 0);
        }

        return year is >= 1970 and <= 9998 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time.Value, known)
            : null;
    }

    private static void Take(ReadOnlySpan<char> word, ref int year, ref int month, ref int day)
    {
        if (word.Length == 10 && DateTime.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            (year, month, day) = (date.Year, date.Month, date.Day);
        }
        else if (word.Length <= 2 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var small))
        {
            day = day == 0 ? small : day;
        }
        else if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var large))
        {
            year = year == 0 ? large : year;
        }
        else if (month == 0)
        {
            month = Month(word);
        }
    }

    private static int Month(ReadOnlySpan<char> word)
    {
        foreach (var (start, month) in Months)
        {
            if (word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return month;
            }
        }

        return 0;
    }

    // 21:04, 21:04:43, 21:04:43.117876982, and with the zone behind: 21:04:43+0100, 21:04:43Z.
    private static TimeSpan? Time(ReadOnlySpan<char> word, ref TimeSpan? offset)
    {
        var end = word.IndexOfAny("+-Zz.");
        if (end > 0 && word[end] != '.')
        {
            offset ??= Offset(word[end..]);
        }

        var clock = end < 0 ? word : word[..end];
        return TimeSpan.TryParseExact(clock, ["h\\:mm", "h\\:mm\\:ss"], CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> zone)
    {
        if (zone.StartsWith("UTC", StringComparison.Ordinal) && zone.Length > 3)
        {
            zone = zone[3..];
        }

        switch (zone)
        {
            case "UTC" or "GMT" or "Z" or "z":
                return TimeSpan.Zero;
            case "CET":
                return TimeSpan.FromHours(1);
            case "CEST":
                return TimeSpan.FromHours(2);
            default:
                var sign = zone[0] == '-' ? -1 : zone[0] == '+' ? 1 : 0;
                var digits = zone[1..];
                if (sign == 0 || digits.Length is not (2 or 4 or 5)
                    || !int.TryParse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 13)
                {
                    return null;
                }

                _ = int.TryParse(digits[^2..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes);
                return sign * new TimeSpan(hours, digits.Length == 2 || minutes > 59 ? 0 : minutes, 0);
        }
    }
}
