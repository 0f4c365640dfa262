using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Mail;

/// <summary>One <c>[[mail.sources]]</c> table of kind <c>pop3</c>.</summary>
public sealed record Pop3Settings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>TLS from the first byte (RFC 8314 §3.3), the certificate verified; false sends everything in clear.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Certificates that are believed beside the system's own; empty where none was added.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>From the end of one session to the beginning of the next.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a mail stays on the server once it is stored; the server must then name its mails (UIDL).</summary>
    public bool LeaveOnServer { get; init; }

    /// <summary>Never the password.</summary>
    public override string ToString() => $"pop3 {Host}:{Port}";
}
