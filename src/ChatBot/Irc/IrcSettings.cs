using ChatBot.Configuration;

namespace ChatBot.Irc;

/// <summary>Where the bot connects on IRC, as whom, and where it sits.</summary>
public sealed record IrcSettings
{
    /// <summary>Tried in turn; at least one.</summary>
    public required IReadOnlyList<IrcEndpoint> Servers { get; init; }

    public bool Tls { get; init; } = true;

    /// <summary>
    /// SHA-256 of the one certificate to accept: 64 hexadecimal digits in lower case; null accepts any that verifies.
    /// </summary>
    public string? TlsFingerprint { get; init; }

    /// <summary>Full path of a PEM file with an authority to trust beside the system's; null for the system's alone.</summary>
    public string? TlsCaFile { get; init; }

    public required string Nick { get; init; }

    /// <summary>The user name; null takes the nick.</summary>
    public string? User { get; init; }

    /// <summary>What WHOIS shows as the real name; null takes the nick.</summary>
    public string? RealName { get; init; }

    /// <summary>The password of the server itself (PASS), not of the services account.</summary>
    public Secret? Password { get; init; }

    /// <summary>What a line in a channel begins with to be a command: one to three signs.</summary>
    public string CommandPrefix { get; init; } = "!";

    public Pace Pace { get; init; } = Pace.Auto;

    /// <summary>Null where the bot has no services account.</summary>
    public SaslSettings? Sasl { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ChannelSettings> Channels { get; init; }

    /// <summary>Nicks of other bots, which are never greeted.</summary>
    public IReadOnlyList<string> Bots { get; init; } = [];
}
