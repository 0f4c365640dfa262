
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Rootkit Hunter 1.3 to 1.4.6: <c>MAIL-ON-WARNING</c> sends <c>[rkhunter] Warnings found for HOST</c>; Debian's cron scripts
/// <c>[rkhunter] HOST - Daily report</c> and <c>- Weekly (rkhunter) database update</c>; Fedora's <c>rkhunter Daily Run on
/// HOST</c>. Root reads the first <c>Warning:</c> line.
/// </summary>
public sealed class RkhunterFormat : IFormat
{
    public string Source => "rkhunter";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var (host, isWarning, what) = Shape.Read(mail.Subject, "[rkhunter] Warnings found for ", "") is [var warned] ? (warned, true, "Warnings found")
            : Shape.Read(mail.Subject, "[rkhunter] ", " - ", "") is [var daily, var report] ? (daily, false, report)
            : Shape.Read(mail.Subject, "rkhunter Daily Run on ", "") is [var fedora] ? (fedora, false, "Daily Run") : (null, false, "");
        if (host is null)
        {
            return null;
        }

        var warning = Shape.After(mail.Text, "Warning:", 5000);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = isWarning || warning is not null ? Severity.Warning : null,
            Says = warning is null ? [Phrase.Quote(what)] : [Phrase.Quote(what), Phrase.Quote(warning)],
        };
    }
}
