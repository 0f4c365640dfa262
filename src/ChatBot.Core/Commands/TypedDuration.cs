using System.Collections.Frozen;
using System.Globalization;

namespace ChatBot.Core.Commands;

/// <summary>
/// Reads a duration as people type it: <c>2h</c>, <c>90 min</c>, <c>1h30</c>, <c>1,5h</c>, <c>1j</c>, <c>2d</c>, <c>1w</c>,
/// <c>2 heures</c>, <c>une heure</c>, <c>half an hour</c>.
/// </summary>
public static class TypedDuration
{
    private const int MostDigits = 5;

    // Too long for whoever asks, and no date that there is none of.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);
    private const int MostWords = 5;
    private static readonly char[] Signs = [.. "-+~−–—‐‑"];

    private static readonly FrozenDictionary<string, TimeSpan> Units = new Dictionary<TimeSpan, string[]>
    {
        [TimeSpan.FromSeconds(1)] = ["s", "sec", "secs", "seconde", "secondes", "second", "seconds"],
        [TimeSpan.FromMinutes(1)] = ["m", "mn", "min", "mins", "minute", "minutes"],
        [TimeSpan.FromHours(1)] = ["h", "hr", "hrs", "heure", "heures", "hour", "hours"],
        [TimeSpan.FromDays(1)] = ["j", "jour", "jours", "journee", "d", "day", "days"],
        [TimeSpan.FromDays(7)] = ["w", "wk", "week", "weeks", "sem", "semaine", "semaines"],
        [TimeSpan.FromDays(30)] = ["mois", "month", "months"],
    }.SelectMany(pair => pair.Value.Select(name => (name, pair.Key))).ToFrozenDictionary(pair => pair.name, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["un"] = 1,
        ["une"] = 1,
        ["deux"] = 2,
        ["trois"] = 3,
        ["quatre"] = 4,
        ["cinq"] = 5,
        ["six"] = 6,
        ["dix"] = 10,
        ["quinze"] = 15,
        ["vingt"] = 20,
        ["trente"] = 30,
        ["a"] = 1,
        ["an"] = 1,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["ten"] = 10,
        ["fifteen"] = 15,
        ["twenty"] = 20,
        ["thirty"] = 30,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Minutes = new Dictionary<string, int>
    {
        ["unedemiheure"] = 30,
        ["demiheure"] = 30,
        ["halfanhour"] = 30,
        ["halfhour"] = 30,
        ["ahalfhour"] = 30,
        ["unquartdheure"] = 15,
        ["quartdheure"] = 15,
        ["troisquartsdheure"] = 45,
        ["aquarterofanhour"] = 15,
        ["quarterofanhour"] = 15,
        ["threequartersofanhour"] = 45,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Behind a number and its unit: “une heure et demie”.
    private static readonly (string[] Words, double Of)[] Fractions =
    [
        (["et", "demie"], 0.5), (["et", "demi"], 0.5), (["and", "a", "half"], 0.5), (["et", "quart"], 0.25), (["and", "a", "quarter"], 0.25),
    ];

    /// <summary>The duration; null for anything else, a bare number too.</summary>
    /// <param name="text">Without white space.</param>
    public static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        var total = TimeSpan.Zero;
        var last = TimeSpan.Zero;
        if (text.IsEmpty)
        {
            return null;
        }

        while (!text.IsEmpty)
        {
            var digits = Count(text, char.IsAsciiDigit);
            var fraction = digits > 0 && digits + 1 < text.Length && text[digits] is ',' or '.' ? 1 + Count(text[(digits + 1)..], char.IsAsciiDigit) : 0;
            if (digits is 0 or > MostDigits || fraction is 1 or > 3)
            {
                return null;
            }

            var number = digits + fraction;
            var letters = Count(text[number..], char.IsAsciiLetter);
            var unit = UnitOf(text.Slice(number, letters).ToString(), last, text.Length == digits);
            if (unit is null || (fraction > 0 && (last > TimeSpan.Zero || number + letters < text.Length)))
            {
                return null;
            }

            last = unit.Value;
            total += last * double.Parse(text[..number].ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            text = text[(number + letters)..];
        }

        return total < Longest ? total : Longest;
    }

    /// <summary>Whether a word begins with a number: an hour, a date or a duration.</summary>
    internal static bool IsTimed(string word) => word.Length > 0 && char.IsAsciiDigit(word[0]) && !IsNearlyOne(word);

    /// <summary>The duration that begins there, of as many words as it has; null where none does.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="at">The first word to look at.</param>
    public static (TimeSpan Lasts, int Used)? Read(IReadOnlyList<string> words, int at)
    {
        for (var used = Math.Min(MostWords, words.Count - at); used > 0; used--)
        {
            if (OfAll(words, at, used) is { } lasts)
            {
                return Fraction(words, at + used) is var (more, of) && UnitOf(words[at + used - 1]) is { } unit ? (lasts + (of * unit), used + more) : (lasts, used);
            }
        }

        return null;
    }

    /// <summary>Whether a number and a word of time stand there, <c>2 jours</c>, so that the number is no incident; <c>42 j arrive</c> is none.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="at">Where the number is.</param>
    internal static bool IsCounted(IReadOnlyList<string> words, int at) =>
        at + 1 < words.Count && words[at].Length > 0 && words[at].All(char.IsAsciiDigit) && Read(words, at) is var (lasts, used) && used > 1
        && Typed.Fold(CommandLine.Bare(words[at + 1])) is var unit && (unit.Length > 1 || unit is "h" || (unit is "j" && lasts <= TypedUntil.Most));

    private static (int Used, double Of)? Fraction(IReadOnlyList<string> words, int at)
    {
        foreach (var (its, of) in Fractions)
        {
            if (at + its.Length <= words.Count && its.Select((word, index) => Typed.Fold(CommandLine.Bare(words[at + index])) == word).All(same => same))
            {
                return (its.Length, of);
            }
        }

        return null;
    }

    private static TimeSpan? UnitOf(string word) =>
        Units.TryGetValue(Typed.Fold(CommandLine.Bare(word)).TrimStart([.. "0123456789"]), out var unit) ? unit : null;

    private static TimeSpan? OfAll(IReadOnlyList<string> words, int at, int used)
    {
        var plain = words.Skip(at).Take(used).Select((word, index) => CommandLine.Bare(index == 0 ? word.TrimStart('+') : word)).ToList();
        var joined = string.Concat(plain);
        if (plain.Any(word => word.Length is 0 or > 12))
        {
            return used == 1 ? Parse(joined) : null;
        }

        if (Minutes.TryGetValue(Typed.Fold(joined), out var minutes))
        {
            return TimeSpan.FromMinutes(minutes);
        }

        if (used == 2 && Numbers.TryGetValue(plain[0].ToLowerInvariant(), out var number))
        {
            return Units.TryGetValue(Typed.Fold(plain[1]), out var unit) && plain[1].Length > 1 && (plain[0].Length > 2 || plain[0] is not ("a" or "an") || IsEnglish(plain[1]))
                ? number * unit
                : null;
        }

        return used == 1 || AreParts(plain) ? Parse(joined) : null;
    }

    // “a jour” is French.
    private static bool IsEnglish(string unit) => unit is "minute" or "hour" or "day" or "week" or "month";

    // “2 h 30”: numbers and units alternate. “1h 30min”: each with its unit, for in “2h 42” the number is another thing.
    private static bool AreParts(List<string> words) => words[0].All(IsOfNumber)
        ? words.Select((word, index) => index % 2 == 0 ? word.All(IsOfNumber) : word.All(char.IsAsciiLetter)).All(fits => fits)
            && (words.Count % 2 == 0 || words[^1].Length == 2)
        : words.All(word => char.IsAsciiDigit(word[0]) && char.IsAsciiLetter(word[^1]));

    private static bool IsOfNumber(char c) => char.IsAsciiDigit(c) || c is ',' or '.';

    /// <summary>
    /// Whether a word looks like a time, and is no duration: <c>30:00</c>, <c>9:99</c>, <c>-2h</c>, <c>999999999d</c>, <c>13pm</c>,
    /// <c>31/02</c>. It is asked back and never part of a reason.
    /// </summary>
    public static bool IsNearlyOne(string word)
    {
        var bare = CommandLine.Bare(word).TrimStart('+');
        var text = bare.TrimStart(Signs).AsSpan();
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]) || Parse(bare) is not null)
        {
            return false;
        }

        var number = Count(text, IsOfNumber);
        var rest = text[number..];
        if (rest is "am" or "pm" || IsDate(text))
        {
            return true;
        }

        return rest is [':', .. var minutes] && (minutes.IsEmpty || char.IsAsciiDigit(minutes[0])) && Count(minutes, c => char.IsAsciiDigit(c) || c == ':') == minutes.Length
            || (!rest.IsEmpty && Units.ContainsKey(rest[..Count(rest, char.IsAsciiLetter)].ToString()) && Count(rest, char.IsAsciiLetterOrDigit) == rest.Length);
    }

    /// <summary>The same of a word and the one after it, which may have the unit: <c>-2 h</c>.</summary>
    public static bool IsNearlyOne(string word, string next) =>
        IsNearlyOne(word) || (word.Split('/') is [{ Length: > 0 and < 3 } left, { Length: > 0 and < 3 } right] && (left + right).All(char.IsAsciiDigit) && UnitOf(next) is not null) || (word.Length > 1 && Array.IndexOf(Signs, word[0]) >= 0 && word.TrimStart(Signs).All(IsOfNumber) && IsNearlyOne(word + next));

    // What can be no fraction: “31/02”.
    private static bool IsDate(ReadOnlySpan<char> text) =>
        Count(text, char.IsAsciiDigit) is 2 && text[2..] is ['/', >= '0' and <= '9', .. { Length: <= 6 } rest]
        && Count(rest, c => char.IsAsciiDigit(c) || c == '/') == rest.Length && int.Parse(text[..2], CultureInfo.InvariantCulture) is > 12 and < 32;

    // Units get smaller from left to right; minutes need no letter after hours: 1h30.
    private static TimeSpan? UnitOf(string letters, TimeSpan before, bool isLast)
    {
        if (letters.Length == 0)
        {
            return isLast && before == TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(1) : null;
        }

        return Units.TryGetValue(letters, out var unit) && (before == TimeSpan.Zero || unit < before) ? unit : null;
    }

    private static int Count(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var count = 0;
        while (count < text.Length && belongs(text[count]))
        {
            count++;
        }

        return count;
    }
}
