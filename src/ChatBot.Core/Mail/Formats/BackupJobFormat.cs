
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Backups that cron runs and that speak by what they print; known by the program of the job, or of the one script that run-parts
/// ran.
/// <list type="bullet">
/// <item>rsnapshot 1.2 to 1.5: <c>ERROR: …</c> (<c>print_err</c>), <c>WARNING: …: completed, but with some warnings</c> (<c>print_warn</c>, exit 2); its
/// banner "encountered an error" says nothing useful.</item>
/// <item>borg 1.x, 2.x and borgmatic 1.5 and later: <c>CRITICAL</c>, <c>ERROR</c>, <c>… : Error running configuration</c>, <c>terminating with warning status,
/// rc 1</c> (<c>archiver.py</c>).</item>
/// <item>restic 0.9 to 0.17: <c>Fatal: …</c>; exit 3 <c>Warning: at least one source file could not be read</c> (<c>cmd_backup.go</c>).</item>
/// <item>duplicity 0.6 to 3.0 (<c>statistics.py</c>, <c>log.py</c>), and duply 1.x and 2.x around it: <c>Errors N</c> in the statistics of a backup that
/// was made, N files being unreadable; <c>Warning …</c> beside them; <c>Giving up after N attempts</c>, a traceback and <c>--- Finished state FAILED 'code
/// N' - …</c> from duply are a failure, whatever the statistics say.</item>
/// </list>
/// All for root.
/// </summary>
public sealed class BackupJobFormat(string source, params string[] errors) : IFormat
{
    // rsnapshot exits with 2, borg with 1, restic with 3: done, though not of every file.
    private static readonly string[] Warned =
        ["completed, but with some warnings", "terminating with warning status", "Warning: at least one source file could not be read"];

    private static readonly string[] Failed = ["Finished state FAILED", "Giving up after ", "Traceback (most recent call last)"];

    // How it went, where nothing went wrong: restic (cmd_backup.go, cmd_check.go), borg --stats (archive.py), duplicity and rdiff-backup (statistics.py).
    private static readonly string[] Outcomes =
    [
        "snapshot ", "processed ", "Added to the repo", "no errors were found", "Duration:", "Number of files:", "This archive:", "terminating with success status",
        "ElapsedTime ", "SourceFiles ", "TotalDestinationSizeChange ",
    ];

    public string Source => source;

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (CronJob.Of(mail) is not { } job || !job.Ran(source, mail.Text))
        {
            return null;
        }

        var error = errors.Select(start => Shape.After(mail.Text, start, 2000)).FirstOrDefault(found => found is not null);
        var telling = error ?? Completed(mail.Text) ?? Wording.Telling(mail.Text);
        var gravity = telling is null ? null : Wording.Of(telling);
        var isFailed = source is "duplicity" or "duply" && Array.Exists(Failed, words => Shape.Holding(mail.Text, words, Shape.EveryLine) is not null);
        if (error is null && !isFailed && Shape.Number(Shape.After(mail.Text, "Errors ", Shape.EveryLine)) is { } count)
        {
            var warning = Shape.After(mail.Text, "Warning", Shape.EveryLine);
            telling = count > 0 || warning is null ? $"Errors {count}" : $"Warning{(char.IsLetterOrDigit(warning[0]) ? " " : "")}{warning}";
            gravity = count > 0 || warning is not null ? Severity.Warning : null;
        }

        var hasFailed = job.HasFailed || error is not null || isFailed || gravity == Severity.Critical;
        var outcome = hasFailed || gravity is Severity.Warning ? null : Outcome(mail.Text);
        return Naming.Report(this, ReportKind.Backup, job.Host, mail, inventory) with
        {
            Severity = hasFailed ? Severity.Critical : gravity == Severity.Warning ? Severity.Warning : null,
            Says = outcome is not null ? [Phrase.Say(Sentences.HasCompleted, Phrase.Root(outcome))]
                : telling is null ? [Phrase.Quote(job.Program)]
                : [hasFailed ? Phrase.Say(Sentences.HasFailed, Phrase.Root(telling)) : Phrase.Quote(telling)],
        };
    }

    private static string? Outcome(string text)
    {
        var lines = new List<string>();
        foreach (var written in text.AsSpan().EnumerateLines())
        {
            foreach (var start in Outcomes)
            {
                if (written.TrimStart().StartsWith(start, StringComparison.Ordinal) && lines.Count < Outcomes.Length)
                {
                    lines.Add(string.Join(' ', written.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                    break;
                }
            }
        }

        return lines.Count == 0 ? null : string.Join(", ", lines);
    }

    // The program's own last word weighs more than what it printed of single files on the way.
    private static string? Completed(string text)
    {
        foreach (var words in Warned)
        {
            if (Shape.Holding(text, words, Shape.EveryLine) is { } line)
            {
                return line;
            }
        }

        return null;
    }
}
