using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration;

/// <summary>A mailbox on a POP3 server.</summary>
public sealed record Pop3Settings(bool Closed) : MailSourceSettings(Closed)
{
    public override string Kind => "pop3";

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>TLS from the first byte; without it, only to this machine.</summary>
    public required bool Tls { get; init; }

    public required string User { get; init; }

    public required SecretValue Password { get; init; }

    /// <summary>How often the bot asks, from 1 second to 1 hour: a POP3 server tells nothing by itself.</summary>
    public required TimeSpan Poll { get; init; }

    /// <summary>Whether a mail stays on the server once it is stored.</summary>
    public bool LeaveOnServer { get; init; }
}
