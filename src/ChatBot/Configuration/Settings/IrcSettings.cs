using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration.Settings;

/// <summary>The part [irc] of the configuration, with its secrets read.</summary>
public sealed record IrcSettings
{
    /// <summary>Tried in turn.</summary>
    public required IReadOnlyList<HostPort> Servers { get; init; }

    public required string Nick { get; init; }

    /// <summary>The nick under which it waits on IRC while another bot speaks; null where it does not.</summary>
    public string? StandbyNick { get; init; }

    public bool Tls { get; init; } = true;

    /// <summary>
    /// SHA-256 of the server's certificate, 64 hexadecimal digits, colons allowed: then only this certificate is accepted.
    /// </summary>
    public string? TlsFingerprint { get; init; }

    /// <summary>A PEM file with authorities that are trusted besides those of the system.</summary>
    public string? TlsCaFile { get; init; }

    public string? User { get; init; }

    public string? Realname { get; init; }

    /// <summary>The password of the server (PASS).</summary>
    public string? Password { get; init; }

    public string CommandPrefix { get; init; } = "!";

    public IrcPace Pace { get; init; } = IrcPace.Auto;

    public IrcSasl? Sasl { get; init; }

    public IReadOnlyList<IrcChannel> Channels { get; init; } = [];

    /// <summary>Nicks of other programs, which are never greeted.</summary>
    public IReadOnlyList<string> Bots { get; init; } = [];

    /// <summary>Where promises of TLS are kept (IRCv3 sts); null to keep them for this run only.</summary>
    public string? StsFile { get; init; }

    public IrcServices? Services { get; init; }

    // A record prints its members; some are secret.
    public override string ToString() => $"{nameof(IrcSettings)} {{ Nick = {Nick} }}";
}

/// <summary>A channel of the configuration. Greet: whether newcomers get the welcome there.</summary>
public sealed record IrcChannel(string Name, Audience Audience = Audience.Public, bool Greet = false, string? Key = null)
{
    /// <summary>Whether states have a colour too, where the channel's modes allow it.</summary>
    public bool Colours { get; init; }

    public override string ToString() => $"{nameof(IrcChannel)} {{ Name = {Name}, Audience = {Audience} }}";
}

/// <summary>How the bot identifies. CertificateFile is a PEM file with a certificate and its key, needed for EXTERNAL.</summary>
public sealed record IrcSasl(SaslMechanism Mechanism, string Account = "", string Password = "", string? CertificateFile = null)
{
    public override string ToString() => $"{nameof(IrcSasl)} {{ Mechanism = {Mechanism} }}";
}

/// <summary>
/// The part [irc.services] of the configuration: the nicks of the services, and the account to identify to NickServ where the server
/// has no SASL; "" where there is none.
/// </summary>
public sealed record IrcServices(string NickServ, string ChanServ, string Account = "", string Password = "")
{
    // A record prints its members; one is secret.
    public override string ToString() => $"{nameof(IrcServices)} {{ NickServ = {NickServ}, ChanServ = {ChanServ} }}";
}
