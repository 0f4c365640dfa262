
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What a cron job printed: Debian cron 3.0pl1 and cronie (<c>do_command.c</c>), systemd-cron (<c>mail_for_job</c>); see <see
/// cref="CronJob"/>. All for root: which job, and the line of its output that says most; the command's arguments, where
/// passwords stand, are not kept.
/// </summary>
/// <param name="jobs">The formats of programs that speak for themselves when cron runs them: their mails are theirs.</param>
public sealed class CronFormat(IReadOnlyList<IFormat> jobs) : IFormat
{
    public string Source => "cron";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (CronJob.Of(mail) is not { } job || jobs.Any(format => format.Recognise(mail, inventory) is not null))
        {
            return null;
        }

        var name = Phrase.Quote(RunParts.Only(mail.Text) ?? job.Program);
        return Naming.Report(this, ReportKind.Cron, job.Host, mail, inventory) with
        {
            Severity = job.HasFailed ? Severity.Critical : null,
            Says = Wording.Telling(Printed(mail)) is { } line ? [name, Phrase.Quote(line)] : [name],
        };
    }

    // systemd-cron puts the state of the unit above what the job printed, and a blank line between.
    private static string Printed(Mail mail) =>
        mail.Subject.StartsWith('[') && mail.Text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var blank ? mail.Text[blank..] : mail.Text;
}
