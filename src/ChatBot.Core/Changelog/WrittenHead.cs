using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>
/// The date at the beginning of a line, and what follows it: <c>2026-11-29 14:05 +0100: lunar</c>, <c>2005-11-03 - Name &lt;mail&gt;</c>,
/// <c>3 nov. 2005 : texte</c>, <c>Thu Nov  3 14:05:12 CET 2005</c>, <c>03/11/2005 14h05 lunar: texte</c>.
/// </summary>
/// <param name="At">When; of a day alone its beginning.</param>
/// <param name="Precision">Whether an hour stands there.</param>
/// <param name="IsSeparated">Whether a sign stands between the date and the rest.</param>
/// <param name="Rest">What follows.</param>
internal sealed record WrittenHead(DateTimeOffset At, WrittenPrecision Precision, bool IsSeparated, string Rest)
{
    private const int Longest = 400;
    private const int FirstYear = 1980;
    private const int LastYear = 2200;

    private static readonly string[][] Months =
    [
        ["janvier", "january", "janv", "jan"], ["fevrier", "february", "fevr", "fev", "feb"], ["mars", "march", "mar"], ["avril", "april", "avr", "apr"],
        ["mai", "may"], ["juin", "june", "jun"], ["juillet", "july", "juil", "jul"], ["aout", "august", "aug"],
        ["septembre", "september", "sept", "sep"], ["octobre", "october", "oct"], ["novembre", "november", "nov"], ["decembre", "december", "dec"],
    ];

    private static readonly string[] Weekdays =
    [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    ];

    /// <summary>The head that the line is; null where it begins with no date.</summary>
    /// <param name="line">One line, trimmed.</param>
    /// <param name="zone">Of dates without a zone.</param>
    public static WrittenHead? Read(string line, TimeZoneInfo zone)
    {
        if (line.Length is 0 or > Longest)
        {
            return null;
        }

        var scan = new Scan(line);
        scan.SkipAny("*#=-_[( \t");
        scan.SkipWord("le", "date:", "du", "on");
        var at = scan.At;
        if (scan.TakeWord() is not { } first || !Weekdays.Contains(Folded(first)))
        {
            scan.At = at;
        }

        scan.SkipAny("., ");
        var (time, offset) = (default(TimeSpan?), default(TimeSpan?));
        if ((IsoDate(scan) ?? SlashedDate(scan) ?? DayFirst(scan) ?? MonthFirst(scan, ref time, ref offset)) is not { } date)
        {
            return null;
        }

        time ??= TakeTime(scan);
        offset ??= time is null ? null : TakeOffset(scan);
        var end = scan.At;
        scan.SkipAny(" \t])=|");
        var isSeparated = scan.SkipAny(":-–—,|") > 0;
        if (scan.At == end && scan.Left > 0)
        {
            return null; // “2026-11-29x”: a name of a file or of a version.
        }

        var rest = line[scan.At..].Trim(' ', '\t', '=');
        var shown = date.ToDateTime(TimeOnly.MinValue) + (time ?? TimeSpan.Zero);
        return new WrittenHead(OnTheClock(shown, offset, zone), time is null ? WrittenPrecision.Day : WrittenPrecision.Minute, isSeparated, rest);
    }

    private static DateTimeOffset OnTheClock(DateTime shown, TimeSpan? offset, TimeZoneInfo zone) => new DateTimeOffset(
        shown,
        offset ?? (zone.IsInvalidTime(shown) ? zone.GetUtcOffset(shown.AddDays(-1))
            : zone.IsAmbiguousTime(shown) ? zone.GetAmbiguousTimeOffsets(shown).Max()
            : zone.GetUtcOffset(shown))).ToUniversalTime();

    // 2026-11-29, 2026/11/29, 2026.11.29, 20261129
    private static DateOnly? IsoDate(Scan scan)
    {
        var start = scan.At;
        if (scan.TakeDigits(8) is { } packed && packed is > 19_000_000 and < 22_010_000)
        {
            return Date(packed / 10_000, packed / 100 % 100, packed % 100) ?? Back(scan, start);
        }

        scan.At = start;
        if (scan.TakeDigits(4) is { } year && scan.TakeOneOf("-/.") is { } sign && scan.TakeDigits(2, least: 1) is { } month
            && scan.TakeSign(sign) && scan.TakeDigits(2, least: 1) is { } day)
        {
            return Date(year, month, day) ?? Back(scan, start);
        }

        return Back(scan, start);
    }

    // 29/11/2026, 29.11.2026, 29-11-2026, 29/11/26; 11/29/2026 only where it can be nothing else.
    private static DateOnly? SlashedDate(Scan scan)
    {
        var start = scan.At;
        if (scan.TakeDigits(2, least: 1) is not { } first || scan.TakeOneOf("/.-") is not { } sign || scan.TakeDigits(2, least: 1) is not { } second || !scan.TakeSign(sign))
        {
            return Back(scan, start);
        }

        var year = scan.TakeDigits(4);
        if (year is null)
        {
            year = sign is '/' ? scan.TakeDigits(2) + 2000 : null;
        }

        return (year is { } known ? Date(known, second, first) ?? Date(known, first, second) : null) ?? Back(scan, start);
    }

    // 3 nov. 2005, 1er décembre 2026, 3rd November 2005, 3-Nov-2005
    private static DateOnly? DayFirst(Scan scan)
    {
        var start = scan.At;
        if (scan.TakeDigits(2, least: 1) is not { } day)
        {
            return Back(scan, start);
        }

        scan.SkipWord("er", "st", "nd", "rd", "th");
        scan.SkipAny(" -");
        var month = MonthOf(scan.TakeWord());
        scan.SkipAny("., -");
        return (month is { } known && scan.TakeDigits(4) is { } year ? Date(year, known, day) : null) ?? Back(scan, start);
    }

    // Nov 3, 2005, and as date(1) prints it: Nov  3 14:05:12 CET 2005
    private static DateOnly? MonthFirst(Scan scan, ref TimeSpan? time, ref TimeSpan? offset)
    {
        var start = scan.At;
        if (MonthOf(scan.TakeWord()) is not { } month)
        {
            return Back(scan, start);
        }

        scan.SkipAny(". ");
        if (scan.TakeDigits(2, least: 1) is not { } day)
        {
            return Back(scan, start);
        }

        scan.SkipWord("st", "nd", "rd", "th");
        time = TakeTime(scan);
        offset = time is null ? null : TakeOffset(scan);
        scan.SkipAny(", ");
        if (scan.TakeDigits(4) is { } year && Date(year, month, day) is { } date)
        {
            return date;
        }

        (time, offset) = (null, null);
        return Back(scan, start);
    }

    // 14:05, 14:05:12, 14:05:12.345, 14h05, 14h; after a space, a T, a comma, “at” or “à”.
    private static TimeSpan? TakeTime(Scan scan)
    {
        var start = scan.At;
        scan.SkipAny(", ");
        scan.SkipWord("a", "at", "vers", "t");
        scan.SkipAny(" ");
        if (scan.At == start || scan.TakeDigits(2, least: 1) is not { } hour || hour > 23)
        {
            scan.At = start;
            return null;
        }

        var sign = scan.TakeOneOf(":hH");
        var minute = sign is null ? null : scan.TakeDigits(2);
        if (sign is null || minute > 59 || (sign is ':' && minute is null))
        {
            scan.At = start;
            return null;
        }

        var before = scan.At;
        if (sign is ':' && scan.TakeSign(':') && scan.TakeDigits(2) is { } second and < 60)
        {
            scan.SkipFraction();
            return new TimeSpan(hour, minute ?? 0, second);
        }

        scan.At = before;
        return new TimeSpan(hour, minute ?? 0, 0);
    }

    // +0100, +01:00, +01, Z, UTC, (CET)
    private static TimeSpan? TakeOffset(Scan scan)
    {
        var start = scan.At;
        scan.SkipAny(" (");
        if (scan.TakeOneOf("+-") is { } sign)
        {
            var packed = scan.TakeDigits(4);
            var hours = packed / 100 ?? scan.TakeDigits(2);
            var minutes = packed % 100 ?? (scan.TakeSign(':') ? scan.TakeDigits(2) : 0);
            if (hours < 14 && minutes < 60)
            {
                return (sign == '-' ? -1 : 1) * new TimeSpan(hours.Value, minutes.Value, 0);
            }
        }

        scan.At = start;
        scan.SkipAny(" (");
        switch (scan.TakeWord())
        {
            case "Z" or "UTC" or "GMT":
                return TimeSpan.Zero;
            case "CET":
                return TimeSpan.FromHours(1);
            case "CEST":
                return TimeSpan.FromHours(2);
            default:
                scan.At = start;
                return null;
        }
    }

    private static DateOnly? Back(Scan scan, int start)
    {
        scan.At = start;
        return null;
    }

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int? MonthOf(string? word) =>
        word is not null && Array.FindIndex(Months, names => Array.IndexOf(names, Folded(word)) >= 0) is >= 0 and var index ? index + 1 : null;

    private static string Folded(string word) => string.Create(word.Length, word, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Accents.Fold(from[i]);
        }
    });

    // A place in a line that only goes forward, but where a shape did not fit.
    private sealed class Scan(string text)
    {
        private const int LongestWord = 12;

        public int At { get; set; }

        public int Left => text.Length - At;

        public bool IsAtDigit => At < text.Length && char.IsAsciiDigit(text[At]);

        public int SkipAny(string signs)
        {
            var start = At;
            while (At < text.Length && signs.Contains(text[At]))
            {
                At++;
            }

            return At - start;
        }

        public void SkipWord(params ReadOnlySpan<string> words)
        {
            var start = At;
            var word = TakeWord();
            if (word is not null && At < text.Length && text[At] == ':')
            {
                word += ':';
                At++;
            }

            if (word is null || !words.Contains(Folded(word)))
            {
                At = start;
                return;
            }

            SkipAny(" .");
        }

        public void SkipFraction()
        {
            if (At + 1 < text.Length && text[At] is '.' or ',' && char.IsAsciiDigit(text[At + 1]))
            {
                At++;
                while (IsAtDigit)
                {
                    At++;
                }
            }
        }

        public bool TakeSign(char sign)
        {
            var isThere = At < text.Length && text[At] == sign;
            At += isThere ? 1 : 0;
            return isThere;
        }

        public char? TakeOneOf(string signs) => At < text.Length && signs.Contains(text[At]) ? text[At++] : null;

        // All digits there are, where they are neither more nor fewer.
        public int? TakeDigits(int most, int least = 0)
        {
            var (start, number) = (At, 0);
            while (IsAtDigit && At - start <= most)
            {
                number = (number * 10) + (text[At++] - '0');
            }

            if (At - start <= most && At - start >= (least == 0 ? most : least))
            {
                return number;
            }

            At = start;
            return null;
        }

        public string? TakeWord()
        {
            var start = At;
            while (At < text.Length && char.IsLetter(text[At]) && At - start <= LongestWord)
            {
                At++;
            }

            if (At > start && At - start <= LongestWord)
            {
                return text[start..At];
            }

            At = start;
            return null;
        }
    }
}
