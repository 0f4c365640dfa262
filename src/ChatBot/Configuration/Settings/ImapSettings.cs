using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration;

/// <summary>A mailbox on an IMAP server.</summary>
public sealed record ImapSettings(bool Closed) : MailSourceSettings(Closed)
{
    public override string Kind => "imap";

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>TLS from the first byte; without it, only to this machine.</summary>
    public required bool Tls { get; init; }

    public required string User { get; init; }

    public required SecretValue Password { get; init; }

    /// <summary>The folder that is read.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>Where a mail goes once it is stored; never the folder that is read.</summary>
    public required string ProcessedFolder { get; init; }

    /// <summary>How often the bot asks by itself, from 10 milliseconds to 1 hour; null leaves it to the server to tell.</summary>
    public TimeSpan? Poll { get; init; }
}
