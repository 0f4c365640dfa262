using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration;

/// <summary>A mailbox the bot reads.</summary>
/// <param name="Closed">Whether only the group's machines can write to it, so that nothing more is checked.</param>
public abstract record MailSourceSettings(bool Closed)
{
    /// <summary>The word the configuration has for it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A Maildir on this machine.</summary>
/// <param name="Path">Full path of the folder that holds new, cur and tmp.</param>
/// <param name="Closed">Whether only the group's machines can write to it.</param>
public sealed record MaildirSettings(string Path, bool Closed) : MailSourceSettings(Closed)
{
    public override string Kind => "maildir";
}

/// <summary>A mailbox on a server.</summary>
public abstract record MailServerSettings(bool Closed) : MailSourceSettings(Closed)
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>TLS from the first byte (RFC 8314 §3.3), the certificate verified; without it, only to this machine.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Full path of a PEM file with authorities that are trusted beside the system's; null for none.</summary>
    public string? TlsCaFile { get; init; }

    public required string User { get; init; }

    public required SecretValue Password { get; init; }
}

/// <summary>A mailbox on an IMAP server.</summary>
public sealed record ImapSettings(bool Closed) : MailServerSettings(Closed)
{
    public override string Kind => "imap";

    /// <summary>The folder that is read.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>Where a mail goes once it is stored, made where it is missing; never the folder that is read.</summary>
    public required string ProcessedFolder { get; init; }

    /// <summary>How often the bot asks by itself, from 10 milliseconds to 1 hour; null relies on IDLE.</summary>
    public TimeSpan? Poll { get; init; }
}

/// <summary>A mailbox on a POP3 server.</summary>
public sealed record Pop3Settings(bool Closed) : MailServerSettings(Closed)
{
    public override string Kind => "pop3";

    /// <summary>From the end of one session to the beginning of the next: from 1 second to 1 hour.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a mail stays on the server once it is stored; the server must then name its mails (UIDL).</summary>
    public bool LeaveOnServer { get; init; }
}
