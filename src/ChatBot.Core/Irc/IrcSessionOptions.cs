namespace ChatBot.Core.Irc;

/// <summary>What a session needs to know. User and realname default to the nick.</summary>
public sealed record IrcSessionOptions(string Nick, IReadOnlyList<IrcChannelOptions> Channels)
{
    public string? User { get; init; }

    public string? Realname { get; init; }

    public string? ServerPassword { get; init; }

    /// <summary>
    /// Where set, the bot identifies or does not stay: a bot with rights must not run under a name that anybody can take.
    /// </summary>
    public IrcSaslOptions? Sasl { get; init; }

    /// <summary>Null where the network has no services, or the bot is not to ask them.</summary>
    public IrcServicesOptions? Services { get; init; }

    public IrcPace Pace { get; init; } = IrcPace.Auto;

    // A record prints its members; these are passwords.
    public override string ToString() => $"{nameof(IrcSessionOptions)} {{ Nick = {Nick} }}";
}
