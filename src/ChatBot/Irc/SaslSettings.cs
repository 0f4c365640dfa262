using ChatBot.Configuration;

namespace ChatBot.Irc;

/// <summary>The bot's services account.</summary>
public sealed record SaslSettings
{
    public required SaslMechanism Mechanism { get; init; }

    /// <summary>Never null with a mechanism that uses a password.</summary>
    public string? Account { get; init; }

    /// <summary>Never null with a mechanism that uses a password, null with External.</summary>
    public Secret? Password { get; init; }

    /// <summary>Full path of a PEM file with the client certificate and its key; never null with External.</summary>
    public string? CertificateFile { get; init; }
}
