
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// certbot 0.x to 3.x run by cron (<c>certbot/_internal/renewal.py</c>): <c>Failed to renew certificate NAME with error: …</c>,
/// older <c>Attempting to renew cert (NAME) from … produced an unexpected error: …</c>, and the list below <c>The following
/// certificates could not be renewed:</c>; <c>No renewals were attempted.</c> where none was due; also Let's Encrypt's own notices of expiry until 2025. All for root.
/// </summary>
public sealed class CertbotFormat : IFormat
{
    public string Source => "certbot";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.Subject.StartsWith("Let's Encrypt certificate expiration notice", StringComparison.Ordinal) && Naming.IsFrom(mail, "expiry"))
        {
            return Naming.Report(this, ReportKind.Report, null, mail, inventory) with
            {
                Machine = null,
                Severity = Severity.Warning,
                Says = [Phrase.Quote(mail.Title)],
            };
        }

        if (CronJob.Of(mail) is not { } job || !job.Ran(Source, mail.Text) && !job.Ran("letsencrypt", mail.Text))
        {
            return null;
        }

        var telling = Failed(mail.Text) ?? Nothing(mail.Text) ?? Wording.Telling(mail.Text);
        return Naming.Report(this, ReportKind.Cron, job.Host, mail, inventory) with
        {
            Severity = telling is null ? null : Wording.Of(telling) is Severity.Critical ? Severity.Critical : null,
            Says = [Phrase.Quote(telling ?? job.Program)],
        };
    }

    // Names of certificates stand above it, of which some tell what they are for.
    private static string? Nothing(string text) =>
        Shape.Holding(text, "No renewals were attempted") ?? Shape.Holding(text, "not due for renewal") ?? Shape.Holding(text, "not yet due for renewal");

    private static string? Failed(string text) =>
        Whole(text, "Failed to renew certificate ") ?? Whole(text, "Attempting to renew cert ");

    private static string? Whole(string text, string start) => Shape.After(text, start) is { } rest ? start + rest : null;
}
