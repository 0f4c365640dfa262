namespace ChatBot.Core.Commands;

/// <summary>
/// An hour of the day as people type it: <c>18h</c>, <c>18h30</c>, <c>9:05</c>, <c>9 h 30</c>, <c>11pm</c>, <c>11 pm</c>,
/// <c>midi</c>, <c>minuit</c>.
/// </summary>
/// <param name="Minutes">By the clock on the wall, since the day began; midnight is the end of the day, 1440.</param>
/// <param name="HasHalf">Whether it says which half of the day: <c>am</c> or <c>pm</c>.</param>
/// <param name="Used">Of how many words.</param>
internal readonly record struct TypedHour(int Minutes, bool HasHalf, int Used)
{
    /// <summary>Minutes of a day of 24 hours.</summary>
    public const int Day = 24 * 60;

    private const int MostWords = 3;

    /// <summary>The hour that begins there; null where none does.</summary>
    /// <param name="words">In lower case.</param>
    /// <param name="at">The first word to look at.</param>
    public static TypedHour? Read(IReadOnlyList<string> words, int at)
    {
        if (at >= words.Count)
        {
            return null;
        }

        var most = words[at].Length > 0 && words[at].All(char.IsAsciiDigit) ? Math.Min(MostWords, words.Count - at) : 1;
        for (var used = most; used > 0; used--)
        {
            if (Parse(string.Concat(words.Skip(at).Take(used))) is var (minutes, half))
            {
                return new TypedHour(minutes, half, used);
            }
        }

        return null;
    }

    private static (int Minutes, bool HasHalf)? Parse(string text)
    {
        if (text is "midi" or "noon")
        {
            return (Day / 2, true);
        }

        if (text is "minuit" or "midnight")
        {
            return (Day, true);
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 2 || digits == text.Length)
        {
            return null;
        }

        var (hour, rest) = (int.Parse(text.AsSpan(0, digits)), text[digits..]);
        var half = rest.EndsWith("am", StringComparison.Ordinal) ? "am" : rest.EndsWith("pm", StringComparison.Ordinal) ? "pm" : "";
        if (MinutesOf(rest[..^half.Length], half.Length > 0) is not { } minutes)
        {
            return null;
        }

        if (half.Length > 0)
        {
            return hour is >= 1 and <= 12 ? ((((hour % 12) + (half == "pm" ? 12 : 0)) * 60) + minutes, true) : null;
        }

        return hour < 24 || (hour == 24 && minutes == 0) ? ((hour * 60) + minutes, false) : null;
    }

    // What follows the hour: “:30”, “h30”, “h”, “heures”; nothing before am or pm.
    private static int? MinutesOf(string text, bool beforeHalf) => text switch
    {
        "" when beforeHalf => 0,
        "h" or "heure" or "heures" => 0,
        [':' or 'h', >= '0' and <= '5' and var tens, >= '0' and <= '9' and var ones] => ((tens - '0') * 10) + ones - '0',
        _ => null,
    };
}

/// <summary>The part of a day that somebody names beside or instead of the hour.</summary>
internal enum PartOfDay
{
    Any,
    Morning,
    Afternoon,
    Evening,
    Night,
}
