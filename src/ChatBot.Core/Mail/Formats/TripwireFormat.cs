
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Open Source Tripwire 2.x, <c>tripwire --check --email-report</c> (<c>src/tripwire/mailmessage.cpp</c>): <c>TWReport HOST DATE
/// V:n S:n A:n R:n C:n</c>, violations, highest severity, added, removed, changed; also cron's mail of the check, with <c>Host
/// name:</c> and <c>Total violations found:</c>. Numbers are for root; names are not read.
/// </summary>
public sealed class TripwireFormat : IFormat
{
    public string Source => "tripwire";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "TWReport ", " ", "") is [var host, var counts])
        {
            return Report(host, Value(counts, "A:"), Value(counts, "R:"), Value(counts, "C:"), Value(counts, "V:"), mail, inventory);
        }

        return CronJob.Of(mail) is { } job && job.Ran(Source, mail.Text)
            ? Report(job.Host, null, null, null, Shape.Number(Shape.After(mail.Text, "Total violations found:", 2000)), mail, inventory)
            : null;
    }

    private Report Report(string host, long? added, long? removed, long? changed, long? violations, Mail mail, Inventory inventory) =>
        Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = violations switch { 0 => Severity.Ok, null => null, _ => Severity.Warning },
            Says = added is { } a && removed is { } r && changed is { } c
                ? [Phrase.Say(Sentences.Entries, (PublicText)a, (PublicText)r, (PublicText)c)]
                : [violations is { } count ? Phrase.Say(Sentences.Violations, (PublicText)count) : Phrase.Quote(Wording.Telling(mail.Text) ?? mail.Title)],
        };

    private static long? Value(string counts, string label)
    {
        var start = counts.IndexOf(' ' + label, StringComparison.Ordinal);
        return start < 0 ? null : Shape.Number(counts.AsSpan(start + 1 + label.Length));
    }
}
