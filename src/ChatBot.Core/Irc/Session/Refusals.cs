namespace ChatBot.Core.Irc.Session;

/// <summary>Whether a refusal is of the very words, so that other lines to the same target may pass.</summary>
internal static class Refusals
{
    private static readonly HashSet<string> OfText = new(StringComparer.Ordinal)
    {
        "408", // colours, or control characters, are not allowed here (Bahamut, Unreal)
        "412", "417", "INVALID_UTF8", "INVALID_MESSAGE", "MESSAGE_TOO_LONG",
    };

    // Spam filters of Unreal and InspIRCd answer with the numeric of a closed channel, 404.
    private static readonly string[] Words = ["spam", "filter", "blocked", "colo", "caps"];

    // “Can't send colors”, “Color is not permitted”, “control codes are not permitted”.
    private static readonly string[] Formats = ["colo", "control code"];

    /// <summary>Whether the formatting codes were refused, and the same words without them may pass.</summary>
    public static bool IsOfColours(string code, string reason) =>
        code is "408"
        || (code is "404" && Array.Exists(Formats, word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <param name="code">The numeric, or the code of FAIL.</param>
    /// <param name="reason">What the server says of it.</param>
    public static bool IsOfText(string code, string reason) =>
        OfText.Contains(code)
        || (code is "404" && Array.Exists(Words, word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
