using ChatBot.Configuration.Settings;
using ChatBot.Core.Mail;

namespace ChatBot.Configuration;

/// <summary>Where machine mail comes from and whom it is believed from.</summary>
public sealed record MailSettings
{
    /// <summary>Who is believed.</summary>
    public MailTrust Trust { get; init; } = new();

    /// <summary>Whether the DNS is asked for the key of a DKIM signature where that alone could show the origin of a mail.</summary>
    public bool Dkim { get; init; } = true;

    /// <summary>What a person writes into a subject to have it announced in public.</summary>
    public string PublicFlag { get; init; } = "[public]";

    public IReadOnlyList<MailSourceSettings> Sources { get; init; } = [];

    /// <summary>Null where the bot sends no mail.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>What people may ask for by mail.</summary>
    public MailDoorSettings Door { get; init; } = MailDoorSettings.Shut;
}

/// <summary>A mailbox the bot reads.</summary>
/// <param name="Closed">Whether only the group's machines can write to it, so that nothing more is checked.</param>
public abstract record MailSourceSettings(bool Closed)
{
    /// <summary>The word the configuration has for it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A Maildir on this machine.</summary>
/// <param name="Path">Full path of the folder that contains new, cur and tmp.</param>
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

/// <summary>How the bot sends mail.</summary>
/// <param name="Host">The mail server that relays for the bot; empty where <see cref="SmtpSettings.Sendmail"/> does.</param>
/// <param name="Port">From 1 to 65535.</param>
/// <param name="From">The bot's own address.</param>
/// <param name="RootAlias">The address that reaches the root group.</param>
public sealed record SmtpSettings(string Host, int Port, string From, string RootAlias)
{
    /// <summary>Full path of the program that takes mails over instead of a server; null where a server does.</summary>
    public string? Sendmail { get; init; }

    /// <summary>Where notices of non-delivery go; null for <see cref="From"/>.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>Whether acknowledgements and ends of incidents that came by mail are mailed to <see cref="RootAlias"/>, in the thread of their alert.</summary>
    public bool Threads { get; init; }

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
    /// <summary>STARTTLS where the server offers it; never to this machine itself, whose certificate is seldom valid.</summary>
    IfOffered,

    /// <summary>STARTTLS, or no mail (RFC 3207).</summary>
    StartTls,

    /// <summary>From the first byte, port 465 by custom (RFC 8314).</summary>
    Implicit,

    None,
}
