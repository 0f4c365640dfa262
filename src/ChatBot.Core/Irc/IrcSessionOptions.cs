namespace ChatBot.Core.Irc;

/// <summary>What a session needs to know. User and realname default to the nick.</summary>
public sealed record IrcSessionOptions(string Nick, IReadOnlyList<IrcChannelOptions> Channels)
{
    public string? User { get; init; }

    public string? Realname { get; init; }

    /// <summary>
    /// The nick under which it waits, in no channel, until <see cref="Session.IrcSession.TakeOver"/>; null where it does not wait.
    /// </summary>
    public string? StandbyNick { get; init; }

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

/// <summary>
/// Account and password are not used by <see cref="SaslMechanism.External"/>, whose certificate the TLS connection carries.
/// </summary>
public sealed record IrcSaslOptions(SaslMechanism Mechanism, string Account, string Password)
{
    public override string ToString() => $"{nameof(IrcSaslOptions)} {{ Mechanism = {Mechanism} }}";
}

/// <summary>
/// The network's services, which the bot may ask for help; null names are not asked. NickServ may be "nick@host", by which the server
/// delivers to a service on that host and to nobody else. Account and Password are for NickServ
/// IDENTIFY where the server offers no SASL.
/// </summary>
public sealed record IrcServicesOptions(string? NickServ = null, string? ChanServ = null, string Account = "", string Password = "")
{
    /// <summary>NickServ without its host.</summary>
    public string Nick => NickServ?.Split('@')[0] ?? "";

    public override string ToString() => $"{nameof(IrcServicesOptions)} {{ NickServ = {NickServ}, ChanServ = {ChanServ} }}";
}

/// <summary>How the bot proves who it is: RFC 4616, the TLS client certificate (RFC 4422 appendix A), RFC 7677.</summary>
public enum SaslMechanism { Plain, External, ScramSha256 }

/// <summary>
/// How fast the bot may write: slowly enough for any server's defaults, or as fast as it can where the server exempts it.
/// </summary>
public enum IrcPace { Auto, Off }
