
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// debsums 2.x and 3.0, run as <c>debsums -cs</c> by Debian's cron scripts: <c>debsums: changed file PATH (from PACKAGE
/// package)</c> and <c>debsums: missing file PATH (from …)</c>, in a mail of cron or anacron. How many, and the first, are for
/// root.
/// </summary>
public sealed class DebsumsFormat : IFormat
{
    public string Source => "debsums";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var host = CronJob.Of(mail) is { } job ? (job.Ran(Source, mail.Text) ? job.Host : null)
            : Shape.Read(mail.Subject, "Anacron job '", "' on ", "") is [_, var on] && RunParts.Only(mail.Text) == Source ? on : null;
        if (host is null)
        {
            return null;
        }

        var (files, first) = Changed(mail.Text);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = files > 0 ? Severity.Warning : null,
            Says = first is null ? [Phrase.Quote(Wording.Telling(mail.Text) ?? Source)]
                : [Phrase.Say(Sentences.FilesChanged, (PublicText)files), Phrase.Quote(first)],
        };
    }

    private static (long Files, string? First) Changed(string text)
    {
        string? first = null;
        var (files, left) = (0L, Shape.EveryLine);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (!line.StartsWith("debsums: changed file ") && !line.StartsWith("debsums: missing file "))
            {
                continue;
            }

            files++;
            first ??= new string(line[9..]);
        }
        return (files, first);
    }
}
