
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Mailman 2.1 and 3.x: every mail of theirs has <c>X-Mailman-Version</c> (<c>Handlers/CookHeaders.py</c>,
/// <c>handlers/cook_headers.py</c>, <c>UserNotification</c>), the administrative ones <c>X-List-Administrivia</c> as well.
/// Requests, approvals, subscriptions, bounce actions and digests are worded by catalogues of forty languages, always with the
/// list in the subject, which is what root reads without its tags; who asked, and what was posted, is not read. What a
/// program wrote to a list is that program's.
/// </summary>
public sealed class MailmanFormat(IReadOnlyList<IFormat> programs) : IFormat
{
    public string Source => "mailman";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.Header("X-Mailman-Version") is null || ListedMail.IsOfProgram(mail, programs, inventory))
        {
            return null;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = ReportKind.List,
            When = mail.Date,
            Says = [Phrase.Quote(mail.Title)],
        };
    }
}
