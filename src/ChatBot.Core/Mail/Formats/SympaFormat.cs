
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Sympa 5 and 6: what a list hands on has <c>List-Help: &lt;mailto:sympa@…&gt;</c>, and its own notices (moderation, subscriptions,
/// errors, digests) come from <c>sympa@</c> or <c>LIST-request@</c> with <c>X-Loop</c>, worded by catalogues. The subject is for root;
/// who asked, and what was posted, is not read.
/// </summary>
public sealed class SympaFormat(IReadOnlyList<IFormat> programs) : IFormat
{
    public string Source => "sympa";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.Header("List-Help")?.Contains("mailto:sympa@", StringComparison.OrdinalIgnoreCase) != true && !Naming.IsFrom(mail, Source)
            || ListedMail.IsOfProgram(mail, programs, inventory))
        {
            return null;
        }

        return new Report { Source = Field.Public(Source), Kind = ReportKind.List, When = mail.Date, Says = [Phrase.Quote(mail.Title)] };
    }
}
