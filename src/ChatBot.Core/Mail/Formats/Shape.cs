namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Texts made by a template of fixed words: what stands between the words. Linear, and declines at the first word.
/// </summary>
internal static class Shape
{
    /// <summary>All there are: the bytes of a mail are bounded where it is read.</summary>
    public const int EveryLine = int.MaxValue;

    /// <summary>
    /// The pieces between the words, trimmed, none empty: before the second word, the third… An empty last word takes the rest.
    /// </summary>
    /// <param name="text">As it came; white space around it counts for nothing.</param>
    /// <param name="words">The first begins the text, the last ends it, each found as early as possible but the last.</param>
    /// <returns>Null where the text has another shape.</returns>
    public static string[]? Read(ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        text = text.Trim();
        if (!text.StartsWith(words[0], StringComparison.Ordinal))
        {
            return null;
        }

        text = text[words[0].Length..];
        var pieces = new string[words.Length - 1];
        for (var i = 1; i < words.Length; i++)
        {
            var end = i < words.Length - 1 ? text.IndexOf(words[i], StringComparison.Ordinal)
                : text.EndsWith(words[i], StringComparison.Ordinal) ? text.Length - words[i].Length : -1;
            if (end < 0 || text[..end].Trim() is not { IsEmpty: false } piece)
            {
                return null;
            }

            pieces[i - 1] = new string(piece);
            text = text[(end + words[i].Length)..];
        }
        return pieces;
    }

    /// <summary>What follows the label on the first line that begins with it, white space before it apart.</summary>
    public static string? After(string text, string label, int mostLines = 200)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (mostLines-- == 0)
            {
                break;
            }

            var start = line.TrimStart();
            if (start.StartsWith(label, StringComparison.Ordinal) && start[label.Length..].Trim() is { IsEmpty: false } value)
            {
                return new string(value);
            }
        }
        return null;
    }

    /// <summary>The first line that holds these words, trimmed.</summary>
    public static string? Holding(string text, string words, int mostLines = 200)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (mostLines-- == 0)
            {
                break;
            }

            if (line.Contains(words, StringComparison.Ordinal))
            {
                return new string(line.Trim());
            }
        }
        return null;
    }

    /// <summary>The number that a text begins with; null where it begins with none, or one past a million million.</summary>
    public static long? Number(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        return digits is > 0 and < 13 ? long.Parse(text[..digits], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
