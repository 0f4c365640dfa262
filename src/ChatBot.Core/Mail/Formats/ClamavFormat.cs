
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// ClamAV's clamscan and clamdscan 0.9x to 1.4 (<c>clamscan/clamscan.c</c>): <c>PATH: NAME FOUND</c>, then <c>----------- SCAN
/// SUMMARY -----------</c> with <c>Infected files:</c>; and freshclam's <c>ERROR:</c> and <c>WARNING:</c> lines; in mails of
/// cron, or of a script that root or clamav mails from. How many, and the first, are for root.
/// </summary>
public sealed class ClamavFormat : IFormat
{
    public string Source => "clamav";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var job = CronJob.Of(mail);
        var isScan = (job is not null || Naming.IsFrom(mail, "root") || Naming.IsFrom(mail, Source)) && !Writer.IsByPerson(mail, inventory)
            && mail.Text.Contains("- SCAN SUMMARY -", StringComparison.Ordinal);
        if (!isScan && job?.Program is not ("clamscan" or "clamdscan" or "freshclam"))
        {
            return null;
        }

        var infected = Shape.Number(Shape.After(mail.Text, "Infected files:", Shape.EveryLine));
        return Naming.Report(this, ReportKind.Security, job?.Host, mail, inventory) with
        {
            Severity = infected switch { 0 => Severity.Ok, null => null, _ => Severity.Critical },
            Says = infected is { } count ? [Phrase.Say(Sentences.Infected, (PublicText)count), .. First(mail.Text)]
                : [Phrase.Quote(Wording.Telling(mail.Text) ?? Source)],
        };
    }

    private static Phrase[] First(string text)
    {
        var left = Shape.EveryLine;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line.TrimEnd().EndsWith(" FOUND"))
            {
                return [Phrase.Quote(line.Trim())];
            }
        }
        return [];
    }
}
