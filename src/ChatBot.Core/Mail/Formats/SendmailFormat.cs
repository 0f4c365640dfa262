
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// sendmail 8 (<c>savemail.c</c>): <c>Returned mail: REASON</c>, <c>Warning: could not send message for past TIME</c>,
/// <c>Postmaster notify: REASON</c>, from "Mail Delivery Subsystem". Below <c>----- The following addresses had …</c> stand the
/// address in angle brackets and <c>(reason: …)</c>, both for root. The machine is the one that reports.
/// </summary>
public sealed class SendmailFormat : IFormat
{
    public string Source => "sendmail";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.Trim();
        var isDelayed = Shape.Read(subject, "Warning: could not send message for past ", "") is not null;
        if (!Naming.IsFrom(mail, "mailer-daemon") && !Naming.IsFrom(mail, "postmaster")
            || !isDelayed && Shape.Read(subject, "Returned mail: ", "") is null && Shape.Read(subject, "Postmaster notify: ", "") is null)
        {
            return null;
        }

        var to = Shape.Read(Shape.After(mail.Text, "<", 60), "", ">");
        var why = Shape.Read(Shape.After(mail.Text, "(reason:", 60), "", ")");
        return Naming.Report(this, ReportKind.Bounce, null, mail, inventory) with
        {
            Says = to is [var address] && why is [var reason]
                ? [Phrase.Say(isDelayed ? Sentences.MailDelayed : Sentences.MailReturned, Phrase.Root(address), Phrase.Root(reason))]
                : [Phrase.Quote(subject)],
        };
    }
}
