
using System.Text;
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
    private const int MostPrinted = 64 * 1024;

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
            Says = Wording.Telling(Printed(mail)) is not { } line ? [name]
                : job.Program == CronJob.Unknown && RunParts.Only(mail.Text) is null ? [Phrase.Quote(line)]
                : [name, Phrase.Quote(line)],
        };
    }

    // systemd-cron puts the state of the unit above what the job printed: before 2.0 with a blank line between, since as lines of the journal.
    private static string Printed(Mail mail)
    {
        if (!mail.Subject.StartsWith('['))
        {
            return mail.Text;
        }

        var printed = new StringBuilder();
        var isJournal = false;
        foreach (var line in mail.Text.AsSpan().EnumerateLines())
        {
            if (printed.Length < MostPrinted && Journal(line, out var identifier, out var message))
            {
                isJournal = true;
                printed.Append(identifier is "systemd" ? "" : message).Append('\n');
            }
        }

        return isJournal ? printed.ToString()
            : mail.Text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var blank ? mail.Text[blank..]
            : mail.Text.AsSpan().TrimStart() is ['○' or '●' or '×' or '*', ..] ? "" : mail.Text;
    }

    // journalctl(1), -o short and short-iso: “TIME HOST IDENTIFIER[PID]: MESSAGE”; the lines of a state are indented.
    private static bool Journal(ReadOnlySpan<char> line, out ReadOnlySpan<char> identifier, out ReadOnlySpan<char> message)
    {
        identifier = message = default;
        var end = line.IndexOf("]: ", StringComparison.Ordinal);
        var pid = end < 0 ? -1 : line[..end].LastIndexOf('[');
        if (pid <= 0 || !char.IsLetterOrDigit(line[0]) || line[(pid + 1)..end].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        identifier = line[(line[..pid].LastIndexOf(' ') + 1)..pid];
        message = line[(end + 3)..];
        return line[..pid].Contains(':') && !identifier.IsEmpty;
    }
}
