
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// automysqlbackup 2.x and autopostgresqlbackup 1.x, shell scripts alike: <c>MySQL Backup Log for HOST - DATE</c>, <c>ERRORS
/// REPORTED: MySQL Backup error Log for HOST - DATE</c>, and the same with PostgreSQL; with attached dumps <c>… Backup Log and
/// SQL Files for HOST - DATE</c>. The first line of the error log is for root.
/// </summary>
public sealed class SqlBackupFormat(string source, string database) : IFormat
{
    public string Source => source;

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        const string errors = "ERRORS REPORTED: ";
        var hasFailed = subject.StartsWith(errors, StringComparison.Ordinal);
        if (Shape.Read(hasFailed ? subject[errors.Length..] : subject, database + " Backup ", " for ", " - ", "") is not [var log, var host, _]
            || !log.Contains("Log", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Naming.Report(this, ReportKind.Backup, host, mail, inventory) with
        {
            Severity = hasFailed ? Severity.Critical : null,
            Says = hasFailed ? [Phrase.Say(Sentences.HasFailed, Phrase.Root(Wording.Telling(mail.Text) ?? "?"))] : [Phrase.Quote(log)],
        };
    }
}
