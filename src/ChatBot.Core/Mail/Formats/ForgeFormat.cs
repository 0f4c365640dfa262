
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Tickets of a forge that names itself by a header field: GitLab (<c>X-GitLab-Project</c>, <c>app/mailers/notify.rb</c>), GitHub
/// (<c>X-GitHub-Sender</c>, <c>X-GitHub-Reason</c>), Redmine (<c>X-Redmine-Host</c>, <c>app/models/mailer.rb</c>). The subject is
/// for root; nothing else is read.
/// </summary>
public sealed class ForgeFormat(string source, string field) : IFormat
{
    public string Source => source;

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory) => mail.Header(field) is null ? null : new Report
    {
        Source = Field.Public(source),
        Kind = ReportKind.Ticket,
        When = mail.Date,
        Says = [Phrase.Quote(mail.Subject)],
    };
}
