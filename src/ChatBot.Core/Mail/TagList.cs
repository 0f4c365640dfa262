namespace ChatBot.Core.Mail;

/// <summary>Reads <c>tag=value; tag=value</c> (RFC 6376 §3.2), which both signatures and keys are written in.</summary>
internal static class TagList
{
    private const int MostTags = 50;

    /// <summary>Names as written, values without white space; null where a tag stands twice or the form is another.</summary>
    public static Dictionary<string, string>? Read(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var parts = text.Split(';');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && i == parts.Length - 1 && string.IsNullOrWhiteSpace(part))
            {
                continue;
            }

            if (equals < 0 || tags.Count == MostTags)
            {
                return null;
            }

            var name = part[..equals].Trim();
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                return null;
            }

            if (!tags.TryAdd(name, string.Concat(part[(equals + 1)..].Where(c => !char.IsWhiteSpace(c)))))
            {
                return null;
            }
        }
        return tags;
    }
}
