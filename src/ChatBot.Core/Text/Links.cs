namespace ChatBot.Core.Text;

/// <summary>Takes out of a text what leads a reader elsewhere.</summary>
public static class Links
{
    private const string Instead = "…";
    private const int MaxLength = 2000;

    /// <summary>The same text with « … » for each word that is a link or a mail address, or looks like one.</summary>
    public static RootText Without(RootText text) =>
        new(string.Join(' ', text.Value.Split(' ').Select(word => LeadsElsewhere(word) ? Instead : word)), MaxLength);

    /// <summary>Whether a word of the text is a link or a mail address, or looks like one.</summary>
    public static bool AreIn(string text) => text.Split(' ').Any(LeadsElsewhere);

    private static bool LeadsElsewhere(string word) =>
        word.Contains('@', StringComparison.Ordinal) || word.Contains('\uFF20', StringComparison.Ordinal)
        || word.Contains("://", StringComparison.Ordinal) || word.Contains("www.", StringComparison.OrdinalIgnoreCase)
        || word.Contains("mailto:", StringComparison.OrdinalIgnoreCase) || IsHostWithPath(word);

    // “evil.example/login”, “x:evil.example:80/”, and not “/etc/cron.d/x”, “/srv/vhosts/site.example/x” nor “1.5/2.0”.
    private static bool IsHostWithPath(string word) => !word.StartsWith('/') && word.Split('/')[..^1].SelectMany(piece => piece.Split(':')).Any(IsHost);

    private static bool IsHost(string piece)
    {
        var host = piece.TrimEnd('.');
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.Length - dot > 2 && host.AsSpan(dot + 1).IndexOfAnyInRange('0', '9') < 0;
    }
}
