using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What a cron job printed: Debian cron 3.0pl1 and cronie (<c>do_command.c</c>), systemd-cron (<c>mail_for_job</c>); see <see
/// cref="CronJob"/>. All for root: which job, and the line of its output that tells most; the command's arguments, where
/// passwords stand, are not kept.
/// </summary>
/// <param name="jobs">The formats of programs that speak for themselves when cron runs them: their mails are theirs.</param>
public sealed class CronFormat(IReadOnlyList<IFormat> jobs) : IFormat
{
    public string Source => "cron";

    public Report? Recognise(Mail mail, Inventory inventory) => 
        CronJob.Of(mail) is { } job && jobs.All(format => format.Recognise(mail, inventory) is null)
        ? Naming.Report(this, ReportKind.Cron, job.Host, mail, inventory) with
        {
            Severity = job.HasFailed ? Severity.Critical : null,
            Says = Wording.Telling(mail.Text) is { } line ? [Phrase.Quote(job.Program), Phrase.Quote(line)] : [Phrase.Quote(job.Program)],
        }
        : null;
}
