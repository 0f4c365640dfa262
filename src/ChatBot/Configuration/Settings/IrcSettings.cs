
using ChatBot.Core.Irc;
using ChatBot.Net;

namespace ChatBot.Configuration.Settings;

/// <summary>The part [irc] of the configuration, with its secrets read.</summary>
public sealed record IrcSettings
{
    /// <summary>Tried in turn.</summary>
    public required IReadOnlyList<HostPort> Servers { get; init; }

    public required string Nick { get; init; }

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
