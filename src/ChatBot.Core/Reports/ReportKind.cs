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

/// <summary>Writes <see cref="ReportKind"/> as <c>chatbot classify</c> does.</summary>
public static class ReportKinds
{
    private static readonly string[] Words =
    [
        "alert", "recovery", "ack", "flapping", "downtime", "change", "changelog", "report", "cron", "backup", "security",
        "bounce", "human", "auto-reply", "ticket", "list", "unknown",
    ];

    public static string Word(this ReportKind kind) => Words[(int)kind];
}
