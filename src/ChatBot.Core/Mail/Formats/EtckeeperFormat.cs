
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// etckeeper 1.x, whose <c>/etc/cron.daily/etckeeper</c> commits what changed in /etc: git's <c>[BRANCH COMMIT] daily
/// autocommit</c> and <c>N files changed, …</c> in a mail of cron or anacron. The number is for root; names and contents are not
/// read.
/// </summary>
public sealed class EtckeeperFormat : IFormat
{
    public string Source => "etckeeper";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var host = CronJob.Of(mail) is { } job ? (job.Ran(Source, mail.Text) ? job.Host : null)
            : Shape.Read(mail.Subject, "Anacron job '", "' on ", "") is [_, var on] && RunParts.Only(mail.Text) == Source ? on : null;
        if (host is null)
        {
            return null;
        }

        return Naming.Report(this, ReportKind.Change, host, mail, inventory) with
        {
            Says = Files(mail.Text) is { } files ? [Phrase.Say(Sentences.FilesChanged, (PublicText)files)]
                : [Phrase.Quote(Wording.Telling(mail.Text) ?? "/etc")],
        };
    }

    private static long? Files(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Contains(" changed", StringComparison.Ordinal) && line.Contains(" file", StringComparison.Ordinal) && Shape.Number(line) is { } files)
            {
                return files;
            }
        }

        return null;
    }
}
