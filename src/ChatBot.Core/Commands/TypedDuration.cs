namespace ChatBot.Core.Commands;

/// <summary>Reads a duration as people type it: <c>2h</c>, <c>30m</c>, <c>1h30</c>, <c>1j</c> or <c>1d</c>, <c>2 heures</c>.</summary>
public static class TypedDuration
{
    private const int MostDigits = 5;

    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["m"] = TimeSpan.FromMinutes(1),
        ["mn"] = TimeSpan.FromMinutes(1),
        ["min"] = TimeSpan.FromMinutes(1),
        ["minute"] = TimeSpan.FromMinutes(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["heure"] = TimeSpan.FromHours(1),
        ["heures"] = TimeSpan.FromHours(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["j"] = TimeSpan.FromDays(1),
        ["jour"] = TimeSpan.FromDays(1),
        ["jours"] = TimeSpan.FromDays(1),
        ["d"] = TimeSpan.FromDays(1),
        ["day"] = TimeSpan.FromDays(1),
        ["days"] = TimeSpan.FromDays(1),
    };

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
            if (digits is 0 or > MostDigits)
            {
                return null;
            }

            var letters = Count(text[digits..], char.IsAsciiLetter);
            var unit = UnitOf(text.Slice(digits, letters).ToString(), last, text.Length == digits);
            if (unit is null)
            {
                return null;
            }

            last = unit.Value;
            total += last * int.Parse(text[..digits]);
            text = text[(digits + letters)..];
        }

        return total;
    }

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
