
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// chkrootkit 0.49 to 0.58 by Debian's <c>chkrootkit-daily</c>: <c>[chkrootkit] alert for HOST</c>, older <c>chkrootkit report
/// for HOST</c> and the job of cron; a line that says <c>INFECTED</c> (in capitals: "not infected" is fine), <c>Vulnerable</c>,
/// <c>Warning:</c> or <c>suspicious</c> is what root reads.
/// </summary>
public sealed class ChkrootkitFormat : IFormat
{
    public string Source => "chkrootkit";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var host = Shape.Read(mail.Subject, "[chkrootkit] alert for ", "") is [var alerted] ? alerted
            : CronJob.Of(mail) is { } job && job.Ran(Source, mail.Text) ? job.Host : null;
        if (host is null)
        {
            return null;
        }

        var found = Found(mail.Text);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = found is null ? null : found.Contains("INFECTED", StringComparison.Ordinal) ? Severity.Critical : Severity.Warning,
            Says = [Phrase.Quote(found ?? Telling(mail.Text) ?? mail.Title)],
        };
    }

    private static string? Found(string text)
    {
        string? doubtful = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Contains("INFECTED", StringComparison.Ordinal))
            {
                return new string(line.Trim());
            }

            if (doubtful is null && (line.Contains("Vulnerable", StringComparison.Ordinal) || line.StartsWith("Warning:", StringComparison.OrdinalIgnoreCase)
                || line.Contains("suspicious", StringComparison.Ordinal) && !line.Contains("no suspicious", StringComparison.OrdinalIgnoreCase)
                    && !line.Contains("nothing", StringComparison.Ordinal)))
            {
                doubtful = new string(line.Trim());
            }
        }
        return doubtful;
    }

    private static string? Telling(string text) => Wording.Telling(text, 30);
}
