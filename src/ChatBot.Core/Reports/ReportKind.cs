namespace ChatBot.Core.Reports;

/// <summary>What a mail is about.</summary>
public enum ReportKind
{
    Alert,
    Recovery,
    Ack,
    Flapping,
    Downtime,
    Change,
    Changelog,
    Report,
    Cron,
    Backup,
    Security,
    Bounce,
    Human,
    AutoReply,
    Ticket,
    List,
    Unknown,
}
