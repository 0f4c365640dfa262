
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Postfix 2.x to 3.9: bounce(8)'s notices after <c>bounce.cf.default</c> (subjects <c>Undelivered Mail Returned to Sender</c>,
/// <c>Delayed Mail (still being retried)</c>, <c>Successful Mail Delivery Report</c>, <c>Mail Delivery Status Report</c>,
/// <c>Postmaster Copy: Undelivered Mail</c>, <c>Postmaster Warning: Delayed Mail</c>) and the transcripts of smtpd(8) and smtp(8)
/// for postmaster (<c>Postfix SMTP server: errors from …</c>). The machine is the one that reports. Recipient and reason stand on
/// <c>&lt;ADDRESS&gt;: REASON</c>, folded; they are for root; the returned mail is not read.
/// </summary>
public sealed class PostfixFormat : IFormat
{
    private const int MostLines = 200;

    private static readonly string[] Notices =
    [
        "Undelivered Mail Returned to Sender", "Delayed Mail (still being retried)", "Successful Mail Delivery Report",
        "Mail Delivery Status Report", "Postmaster Copy: Undelivered Mail", "Postmaster Warning: Delayed Mail",
    ];

    public string Source => "postfix";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.FromAddress is not null && !Naming.IsFrom(mail, "mailer-daemon") && !Naming.IsFrom(mail, "double-bounce")
            && !Naming.IsFrom(mail, "postmaster"))
        {
            return null;
        }

        var subject = mail.Subject.Trim();
        if (Shape.Read(subject, "Postfix SMTP ", ": errors from ", "") is [var side, var peer] && side is "server" or "client")
        {
            return Naming.Report(this, ReportKind.Report, null, mail, inventory) with
            {
                Says = [Phrase.Say(Sentences.SmtpErrors, Phrase.Root(peer)), .. Reason(mail.Text)],
            };
        }

        if (Array.IndexOf(Notices, subject) < 0)
        {
            return null;
        }

        var sentence = subject.Contains("Delayed", StringComparison.Ordinal) ? Sentences.MailDelayed
            : subject.StartsWith("Success", StringComparison.Ordinal) ? Sentences.MailDelivered : Sentences.MailReturned;
        return Naming.Report(this, ReportKind.Bounce, null, mail, inventory) with
        {
            Says = Failure(mail.Text) is var (to, why) ? [Phrase.Say(sentence, Phrase.Root(to), Phrase.Root(why))] : [Phrase.Quote(subject)],
        };
    }

    private static Phrase[] Reason(string text) => Shape.After(text, "Session aborted, reason:") is { } reason ? [Phrase.Quote(reason)] : [];

    // “<marie@example>: <marie@example>: Recipient address” and, indented, “rejected: User unknown”.
    private static (string To, string Why)? Failure(string text)
    {
        string? to = null;
        var why = "";
        var left = MostLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0 || why.Length > 2 * Phrase.Longest)
            {
                break;
            }

            if (to is null && line.StartsWith('<') && line.IndexOf('>') is > 1 and var end)
            {
                (to, why) = (new string(line[1..end]), new string(line[(end + 1)..].TrimStart(": ")));
            }
            else if (to is not null && line.StartsWith("    "))
            {
                why += " " + new string(line.Trim());
            }
            else if (to is not null)
            {
                break;
            }
        }
        return to is null ? null : (to, why);
    }
}
