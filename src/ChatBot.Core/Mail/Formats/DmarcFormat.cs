
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What receivers of mail report of a domain: DMARC (RFC 7489 §7.2.1.1) and SMTP TLS (RFC 8460 §5.3), both with the subject
/// <c>Report Domain: DOMAIN Submitter: DOMAIN Report-ID: ID</c>, case-insensitive. Domain and submitter are for root; the attached report
/// is not read.
/// </summary>
public sealed class DmarcFormat : IFormat
{
    public string Source => "dmarc";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.Replace("Report domain:", "Report Domain:", StringComparison.OrdinalIgnoreCase)
            .Replace("Submitter:", "Submitter:", StringComparison.OrdinalIgnoreCase).Replace("Report-ID:", "Report-ID:", StringComparison.OrdinalIgnoreCase);
        if (!mail.HasAttachments || Naming.IsAnswer(mail.Subject)
            || Shape.Read(subject, "Report Domain:", "Submitter:", "Report-ID:", "") is not [var domain, var submitter, _])
        {
            return null;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = ReportKind.Report,
            When = mail.Date,
            Says = [Phrase.Quote(domain), Phrase.Quote(submitter)],
        };
    }
}
