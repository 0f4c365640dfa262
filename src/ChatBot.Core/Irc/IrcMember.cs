namespace ChatBot.Core.Irc;

/// <summary>
/// Somebody in our channels, as far as the server has told. UserHost is "user@host" and never logged. Account is for display, never
/// for rights. Channels gives the marks of each channel, highest first, such as "@+"; names are those of the configuration.
/// </summary>
public sealed record IrcMember(
    string Nick, string? UserHost, string? Account, string? Realname, bool IsAway, bool IsBot,
    IReadOnlyDictionary<string, string> Channels)
{
    // A record prints its members; an address is nobody's business.
    public override string ToString() => Nick;
}
