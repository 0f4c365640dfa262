using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration;

/// <summary>How the bot sends mail.</summary>
/// <param name="Host">The mail server that relays for the bot.</param>
/// <param name="Port">From 1 to 65535.</param>
/// <param name="From">The bot's own address.</param>
/// <param name="RootAlias">The address that reaches the root group.</param>
public sealed record SmtpSettings(string Host, int Port, string From, string RootAlias)
{
    public SmtpTls Tls { get; init; } = SmtpTls.IfOffered;

    /// <summary>Full path of a PEM file with the authorities to believe instead of the system's.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>Null where the server relays without a login.</summary>
    public string? User { get; init; }

    public SecretValue? Password { get; init; }
}

/// <summary>Whether mail goes to the server encrypted; the certificate is verified wherever it does.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS where the server offers it; never to this machine itself, whose certificate is seldom one.</summary>
    IfOffered,

    /// <summary>STARTTLS, or no mail (RFC 3207).</summary>
    StartTls,

    /// <summary>From the first byte, port 465 by custom (RFC 8314).</summary>
    Implicit,

    None,
}
