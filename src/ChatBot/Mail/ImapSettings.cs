using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Mail;

/// <summary>One <c>[[mail.sources]]</c> table of kind <c>imap</c>.</summary>
public sealed record ImapSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>TLS from the first byte (RFC 8314 §3.3), the certificate verified; false sends everything in clear.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Certificates that are believed beside the system's own; empty where none was added.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    public required string User { get; init; }

    public required string Password { get; init; }

    public string Folder { get; init; } = "INBOX";

    /// <summary>Where mails are moved once stored; created where it is missing.</summary>
    public required string ProcessedFolder { get; init; }

    /// <summary>How often to ask where the server is slow to tell; null relies on IDLE.</summary>
    public TimeSpan? Poll { get; init; }

    /// <summary>Never the password.</summary>
    public override string ToString() => $"imap {Host}:{Port}";
}
