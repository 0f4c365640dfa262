
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What no format claims. Its kind comes from multipart/report (RFC 6522), List-Id (RFC 2919), the fields of vacation programs and
/// trackers, cron's X-Cron-Env, and else from whether a program or a person wrote it; see <see cref="Writer"/>.
/// The text of such a mail goes nowhere: subject and name are for root, the rest is not kept. A program that says in its subject how a machine is raises
/// and ends an alert, see <see cref="StatedSubject"/>.
/// </summary>
internal static class Unrecognised
{
    /// <summary>As <see cref="Report.Source"/>.</summary>
    public const string Source = "unknown";

    private static readonly string[] Monitors =
        ["nagios", "icinga", "munin", "alertmanager", "prometheus", "zabbix", "shinken", "centreon", "naemon", "monitoring", "supervision"];

    private static readonly string[] TrackerFields =
    [
        "X-RT-Ticket", "X-Bugzilla-URL", "X-JIRA-FingerPrint", "X-Gitea-Reason", "X-Debian-PR-Message", "X-Launchpad-Bug", "X-Gitlab-Project",
        "X-Phabricator-Sent-This-Message",
    ];

    public static Report Report(Mail mail, Inventory inventory)
    {
        var kind = KindOf(mail, inventory);
        var isPersonal = kind is ReportKind.Human or ReportKind.AutoReply;
        var report = new Report
        {
            Source = Field.Public(isPersonal ? "human" : Source),
            Kind = kind,
            Machine = isPersonal || kind is ReportKind.List or ReportKind.Ticket ? null : MachineOf(mail, inventory),
            When = mail.Date,
            Subject = SubjectTags.IsLost(mail.Subject) ? null : new RootText(mail.Subject),
            Detail = !isPersonal && SubjectTags.IsLost(mail.Subject) && LostSubject.FirstLine(mail.Text) is { } first ? Phrase.Root(first).Root : null,
            Author = isPersonal ? AuthorOf(mail) : null,
            IsAnswer = kind == ReportKind.Human && Naming.IsAnswer(mail),
            Severity = isPersonal || kind is ReportKind.List ? null : Wording.OfSubject(Heading(mail)),
        };
        return (kind == ReportKind.Unknown || kind == ReportKind.List && mail.IsFromMonitor ? StatedSubject.Read(report, mail, Heading(mail), inventory) : null) ?? report;
    }

    private static ReportKind KindOf(Mail mail, Inventory inventory)
    {
        var content = mail.Header("Content-Type");
        var isReport = Starts(content, "multipart/report");
        if (isReport && Contains(content, "feedback-report"))
        {
            return ReportKind.Report;
        }

        if (IsBounce(mail, isReport && !Contains(content, "disposition-notification")))
        {
            return ReportKind.Bounce;
        }

        if (isReport || Writer.IsAutoReply(mail))
        {
            return ReportKind.AutoReply;
        }

        if (Has(mail, TrackerFields))
        {
            return ReportKind.Ticket;
        }

        if (mail.Header("List-Id") is not null || mail.Header("List-Unsubscribe") is not null || Is(mail.Header("Precedence"), "list"))
        {
            return ReportKind.List;
        }

        if (mail.Header("X-Cron-Env") is not null)
        {
            return ReportKind.Cron;
        }

        return Writer.IsProgram(mail, inventory) ? ReportKind.Unknown : ReportKind.Human;
    }

    // A notice that is no multipart/report has no sender to return it to, and a subject that says what it is.
    private static bool IsBounce(Mail mail, bool isReport) =>
        isReport || Contains(mail.FromAddress, "mailer-daemon@")
        || (Writer.IsFromNobody(mail) || Naming.IsFrom(mail, "postmaster")) && StartsWithAny(SubjectTags.Behind(mail.Subject), "Undeliverable", "Undelivered", "Non remis", "failure notice",
            "Delivery Status Notification", "Mail delivery failed", "Returned mail", "Delivery Failure", "Rejected:", "Échec de la remise", "Non distribuable");

    /// <summary>
    /// The machine that the subject names, where it names one; else the one it was written on, of which a program mostly writes,
    /// but a monitor does not.
    /// </summary>
    private static Name? MachineOf(Mail mail, Inventory inventory) =>
        Named(Heading(mail), inventory) ?? (Array.Exists(Monitors, monitor => Naming.IsFrom(mail, monitor)) ? null : Naming.Origin(mail, inventory));

    private static string Heading(Mail mail) => SubjectTags.IsLost(mail.Subject) ? LostSubject.FirstLine(mail.Text) ?? "" : mail.Subject;

    // A full name anywhere; a short one, which may be an ordinary word, only behind a word that makes it a machine or in brackets.
    internal static Name? Named(string subject, Inventory inventory)
    {
        string? named = null;
        var isNext = false;
        var left = 60;
        foreach (var range in subject.AsSpan().SplitAny(" \t"))
        {
            var written = subject.AsSpan()[range];
            if (written.IsEmpty || left-- == 0)
            {
                continue;
            }

            var word = written.Trim("[]()<>:;,!?\"'");
            var isBracketed = written.StartsWith('[') && written.IndexOf(']') > 0;
            if ((isNext || isBracketed || word.Contains('.')) && inventory.Find(new string(word)) is { } machine)
            {
                if (named is not null && named != machine.Name)
                {
                    return null;
                }

                named = machine.Name;
            }
            isNext = word is "on" or "sur" or "host" or "hôte" or "machine" or "serveur" or "server" or "at" or "for" or "pour";
        }
        return named is null ? null : Name.OfMachine(named);
    }

    private static RootText? AuthorOf(Mail mail)
    {
        if (mail.FromName is { Length: > 0 } name)
        {
            return new RootText(name);
        }

        return mail.FromAddress is { } address ? new RootText(address[..address.LastIndexOf('@')]) : null;
    }

    private static bool Has(Mail mail, string[] fields) => Array.Exists(fields, field => mail.Header(field) is not null);

    private static bool Is(string? value, string word) => value?.Equals(word, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Starts(string? value, string start) => value?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Contains(string? value, string part) => value?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsWithAny(string value, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (Starts(value, start))
            {
                return true;
            }
        }

        return false;
    }
}
