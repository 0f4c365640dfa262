using ChatBot.Core.Machines;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What no format claims. A person's mail is told from a program's by the marks of automatic mail: Auto-Submitted (RFC 3834 §5),
/// multipart/report (RFC 6522), List-Id (RFC 2919), Precedence, cron's X-Cron-Env, and the local parts that only programs write
/// from.
/// The text of such a mail goes nowhere: subject and name are for root, the rest is not kept.
/// </summary>
internal static class Unrecognised
{
    private static readonly string[] Monitors = ["nagios", "icinga", "munin", "alertmanager", "prometheus", "zabbix", "shinken", "centreon", "monitoring"];

    public static Report Report(Mail mail, Inventory inventory)
    {
        var kind = KindOf(mail);
        var isPersonal = kind is ReportKind.Human or ReportKind.AutoReply;
        return new Report
        {
            Source = PublicText.Declared(isPersonal ? "human" : "unknown"),
            Kind = kind,
            Machine = isPersonal ? null : MachineOf(mail, inventory),
            When = mail.Date,
            Subject = new RootText(mail.Subject),
            Author = isPersonal ? AuthorOf(mail) : null,
            IsAnswer = kind == ReportKind.Human && Naming.IsAnswer(mail),
            Severity = isPersonal ? null : Wording.Of(mail.Subject),
        };
    }

    private static ReportKind KindOf(Mail mail)
    {
        if (IsBounce(mail))
            return ReportKind.Bounce;
        if (IsAutoReply(mail))
            return ReportKind.AutoReply;
        if (mail.Header("List-Id") is not null || mail.Header("List-Unsubscribe") is not null || mail.Header("Precedence") is "list")
            return ReportKind.List;
        if (mail.Header("X-Cron-Env") is not null)
            return ReportKind.Cron;
        return IsAutomatic(mail) ? ReportKind.Unknown : ReportKind.Human;
    }

    private static bool IsBounce(Mail mail) =>
        Starts(mail.Header("Content-Type"), "multipart/report") && !Contains(mail.Header("Content-Type"), "disposition-notification")
        || Contains(mail.FromAddress, "mailer-daemon@");

    private static bool IsAutoReply(Mail mail) =>
        Starts(mail.Header("Auto-Submitted"), "auto-replied")
        || Starts(mail.Header("Content-Type"), "multipart/report")
        || mail.Header("X-Autoreply") is not null
        || mail.Header("Precedence") is "auto_reply"
        || StartsWithAny(mail.Subject, "Absence", "Out of office", "Out of the office",
            "Réponse automatique", "Automatic reply", "Auto:", "Autoreply");

    private static bool IsAutomatic(Mail mail) =>
        mail.Header("Auto-Submitted") is { } submitted && !Starts(submitted, "no")
        || mail.Header("Precedence") is "bulk" or "junk"
        || mail.FromAddress is not { } address
        || IsProgram(address[..address.LastIndexOf('@')]);

    private static bool IsProgram(string localPart) => localPart.ToLowerInvariant()
        is "root" or "nagios" or "icinga" or "cron" or "daemon" or "nobody" or "www-data" or "apache" or "postmaster" or "logcheck" or "munin"
        or "fail2ban" or "smartd" or "smartmontools" or "mdadm" or "monit" or "alertmanager" or "prometheus" or "trac" or "backup" or "amavis"
        or "noreply" or "no-reply" or "double-bounce" or "mail" or "mailman" or "postfix" or "clamav" or "etckeeper";

    /// <summary>
    /// The machine it was written on, of which a program mostly writes; a monitor would write of another.
    /// </summary>
    private static PublicText? MachineOf(Mail mail, Inventory inventory) =>
        Array.Exists(Monitors, monitor => Naming.IsFrom(mail, monitor)) ? null : Naming.Origin(mail, inventory);

    private static RootText? AuthorOf(Mail mail)
    {
        if (mail.FromName is { Length: > 0 } name)
            return new RootText(name);
        return mail.FromAddress is { } address ? new RootText(address[..address.LastIndexOf('@')]) : null;
    }

    private static bool Starts(string? value, string start) => value?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Contains(string? value, string part) => value?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsWithAny(string value, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
            if (Starts(value, start))
                return true;
        return false;
    }
}
