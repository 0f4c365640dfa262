namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What the text of an ERROR means. Each server words it its own way, and some put an operator's words inside; so what is looked for
/// first matters: a kill may quote anything, a ban may speak of speed.
/// </summary>
internal static class Farewell
{
    private static readonly string[] Kills = ["killed (", "nick collision", "nickname collision", "ghost command used", "nickname regained"];

    private static readonly string[] Floods = ["excess flood", "recvq exceeded", "max recvq", "flooding"];

    private static readonly string[] Bans =
    [
        "k-line", "g-line", "z-line", "d-line", "q-line", "e-line", "shun", "k:line", "g:line", "klined", "glined", "zlined", "dlined",
        "autokill", "akill", "banned", "dnsbl", "blacklist",
    ];

    private static readonly string[] Throttles =
    [
        "too fast", "throttled", "throttling", "too many", "trying to reconnect", "(re)connect", "no more connections", "connection limit",
        "all connections in use", "server is full", "server full", "connect too", "try again later",
    ];

    private static readonly string[] Refusals =
        ["password", "not authori", "unauthori", "access denied", "authentication required", "sasl", "account required"];

    /// <summary>A refusal counts only before we were let in: after that the words are those of an operator.</summary>
    public static CloseCause CauseOf(string error, bool isRegistered) =>
        Says(error, Kills) ? CloseCause.Killed
        : Says(error, Floods) ? CloseCause.Flooded
        : Says(error, Bans) ? CloseCause.Banned
        : Says(error, Throttles) ? CloseCause.Throttled
        : !isRegistered && Says(error, Refusals) ? CloseCause.NotIdentified
        : CloseCause.Lost;

    private static bool Says(string error, string[] words) =>
        Array.Exists(words, word => error.Contains(word, StringComparison.OrdinalIgnoreCase));
}
