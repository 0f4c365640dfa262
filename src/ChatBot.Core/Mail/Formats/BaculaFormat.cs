
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Bacula 5 to 15 and Bareos, by their stock <c>mailcommand</c>: <c>Bacula: TYPE RESULT of CLIENT LEVEL</c> (results of
/// <c>lib/edit.c</c>: OK, OK -- with warnings, Error, Fatal Error, Canceled, Differences), <c>Bacula: Intervention needed for JOB</c>,
/// <c>Bacula daemon message</c>. The client is <c>HOST-fd</c> by custom. All for root; the job's report is not kept.
/// </summary>
/// <param name="source">In lower case.</param>
/// <param name="name">As the subject spells it.</param>
public sealed class BaculaFormat(string source, string name) : IFormat
{
    public string Source => source;

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, name + ": Intervention needed for ", "") is [var job])
        {
            return Naming.Report(this, ReportKind.Backup, null, mail, inventory) with
            {
                Severity = Severity.Warning,
                Says = [Phrase.Quote($"Intervention needed for {job}")],
            };
        }

        if (mail.Subject.Trim() == name + " daemon message")
        {
            return Naming.Report(this, ReportKind.Report, null, mail, inventory) with { Says = [Phrase.Quote(Wording.Telling(mail.Text, 60) ?? mail.Title)] };
        }

        if (Shape.Read(mail.Subject, name + ": ", " of ", "") is not [var result, var target])
        {
            return null;
        }

        var client = target.Split(' ')[0];
        return Naming.Report(this, ReportKind.Backup, client.EndsWith("-fd", StringComparison.Ordinal) ? client[..^3] : client, mail, inventory) with
        {
            Severity = result.Contains("warnings", StringComparison.OrdinalIgnoreCase) || result.EndsWith("Differences", StringComparison.Ordinal)
                || result.EndsWith("Canceled", StringComparison.Ordinal) ? Severity.Warning
                : result.EndsWith(" OK", StringComparison.Ordinal) ? Severity.Ok
                : Severity.Critical,
            Says = [Phrase.Quote(result)],
        };
    }
}
