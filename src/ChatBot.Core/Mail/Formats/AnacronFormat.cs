
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// anacron 2.3, <c>runjob.c</c>: <c>Anacron job 'JOB' on HOST</c>, the body the job's output; the script that printed is named by
/// run-parts on a line of its own, <c>/etc/cron.daily/NAME:</c>. All for root.
/// </summary>
/// <param name="jobs">The formats of programs that speak for themselves when cron runs them: their mails are theirs.</param>
public sealed class AnacronFormat(IReadOnlyList<IFormat> jobs) : IFormat
{
    public string Source => "anacron";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "Anacron job '", "' on ", "") is not [var job, var host]
            || jobs.Any(format => format.Recognise(mail, inventory) is not null))
        {
            return null;
        }

        var script = RunParts.Only(mail.Text);
        var name = Phrase.Quote(script is null ? job : $"{job}/{script}");
        return Naming.Report(this, ReportKind.Cron, host, mail, inventory) with
        {
            Says = Wording.Telling(mail.Text) is { } line ? [name, Phrase.Quote(line)] : [name],
        };
    }
}
