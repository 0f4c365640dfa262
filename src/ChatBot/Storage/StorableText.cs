namespace ChatBot.Storage;

/// <summary>What every engine can hold.</summary>
internal static class StorableText
{
    /// <summary>What PostgreSQL holds in no text, NUL and half a character, as a question mark.</summary>
    public static string Of(string text)
    {
        text = text.Replace('\0', '\uFFFD');
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(text.EnumerateRunes()) : text;
    }
}
