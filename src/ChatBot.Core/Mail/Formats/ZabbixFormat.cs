
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Zabbix's stock messages. Since 4.4: <c>Problem: NAME</c> and <c>Resolved in TIME: NAME</c>, the body <c>Problem started at TIME on
/// DATE</c> or <c>Problem has been resolved at …</c>, then <c>Problem name:</c>, <c>Host:</c>, <c>Severity:</c>, <c>Operational
/// data:</c>; <c>Updated problem in TIME: NAME</c> for who acts. Where a site has shortened the text, the subject says which it is. Before: <c>Trigger:</c>, <c>Trigger status: PROBLEM</c> or <c>OK</c>,
/// <c>Trigger severity:</c>, <c>Trigger host:</c> where a site adds it. Times are the server's, without zone. Host, name of the trigger
/// and state are public; data, author and message for root.
/// </summary>
public sealed class ZabbixFormat : IFormat
{
    private const int MostLines = 40;

    private static readonly string[] Begun = ["Problem: ", "PROBLEM - ", "[PROBLEM] "];

    private static readonly string[] Ended = ["Resolved: ", "Resolved in ", "OK: ", "OK - ", "[OK] "];

    private static readonly string[] Marks = ["Original problem ID:", "Problem name:", "Problem started at", "Problem has been resolved"];

    public string Source => "zabbix";

    public Tracked Tracks => new("host, trigger and, since 4.4, the number of the problem", "resolved with the same number; without one, only where one problem can be meant");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var isOld = Shape.After(mail.Text, "Trigger status:", MostLines) is { } status && status is "PROBLEM" or "OK";
        var host = Shape.After(mail.Text, isOld ? "Trigger host:" : "Host:", MostLines) ?? Shape.After(mail.Text, "Host:", MostLines);
        if ((isOld ? KindOfOld(mail.Text) : KindOf(mail)) is not { } kind
            || Shape.After(mail.Text, isOld ? "Trigger:" : "Problem name:", MostLines) is not { } name && (name = NameIn(mail.Subject)) is null)
        {
            return null;
        }

        var severity = Shape.After(mail.Text, isOld ? "Trigger severity:" : "Severity:", MostLines) ?? Shape.After(mail.Text, "Current problem severity is:", MostLines);
        return Naming.Report(this, kind, null, mail, inventory) with
        {
            Machine = host is null ? null : Naming.Machine(host, inventory),
            Service = Field.Service(name),
            Part = PartOf(mail.Text, isOld, kind),
            State = kind == ReportKind.Recovery ? CheckState.Ok : StateOf(severity),
            IsContradictory = Array.Exists(kind == ReportKind.Recovery ? Begun : Ended, words => mail.Subject.StartsWith(words, StringComparison.OrdinalIgnoreCase)),
            When = Moment(mail.Text, mail.Date) ?? mail.Date,
            Detail = Shape.After(mail.Text, "Operational data:", MostLines) is { } data ? new RootText(data) : null,
            Says = [Phrase.Quote(name)],
        };
    }

    // A trigger may have several problems at once, told apart by the number of each. Before 4.4 the number of an end was that of the end.
    private static CheckPart PartOf(string text, bool isOld, ReportKind kind) =>
        isOld ? default
        : Shape.After(text, "Original problem ID:", MostLines) is { } id ? CheckPart.Of("problem " + id)
        : kind == ReportKind.Alert ? CheckPart.Of("problem") : CheckPart.Unsaid();

    private static ReportKind? KindOfOld(string text) =>
        Shape.After(text, "Trigger status:", MostLines) == "OK" ? ReportKind.Recovery : ReportKind.Alert;

    private static ReportKind? KindOf(Mail mail) =>
        !Array.Exists(Marks, mark => Shape.After(mail.Text, mark, MostLines) is not null) && !IsUpdate(mail) && !IsOfZabbix(mail) ? null
        : Shape.After(mail.Text, "Problem has been resolved", MostLines) is not null ? ReportKind.Recovery
        : Shape.After(mail.Text, "Problem started at", MostLines) is not null ? ReportKind.Alert
        : IsUpdate(mail) ? mail.Text.Contains("acknowledged: Yes", StringComparison.Ordinal) ? ReportKind.Ack : ReportKind.Report
        : NameIn(mail.Subject) is null ? null
        : mail.Subject.StartsWith("Resolved", StringComparison.Ordinal) ? ReportKind.Recovery
        : mail.Subject.StartsWith("Problem: ", StringComparison.Ordinal) ? ReportKind.Alert
        : null;

    private static bool IsUpdate(Mail mail) => mail.Subject.StartsWith("Updated problem in ", StringComparison.Ordinal);

    private static bool IsOfZabbix(Mail mail) => mail.FromAddress?.StartsWith("zabbix@", StringComparison.OrdinalIgnoreCase) == true;

    private static string? NameIn(string subject) =>
        Shape.Read(subject, "Problem: ", "") is [var begun] ? begun
        : Shape.Read(subject, "Resolved: ", "") is [var ended] ? ended
        : Shape.Read(subject, "Resolved in ", ": ", "") is [_, var over] ? over
        : Shape.Read(subject, "Updated problem in ", ": ", "") is [_, var updated] ? updated : null;

    private static CheckState StateOf(string? severity)
    {
        if (severity is null)
        {
            return CheckState.Unknown;
        }

        return severity.Split(',', ' ')[0] switch
        {
            "Disaster" or "High" => CheckState.Critical,
            "Average" or "Warning" => CheckState.Warning,
            _ => CheckState.Unknown,
        };
    }

    // “Problem started at 21:04:43 on 2026.11.22”
    private static DateTimeOffset? Moment(string text, DateTimeOffset? sent)
    {
        var written = Shape.After(text, "Problem started at", MostLines) ?? Shape.After(text, "Problem has been resolved at", MostLines)
            ?? Shape.After(text, "Problem has been resolved in", MostLines);
        var at = written is null ? -1 : written.IndexOf(" at ", StringComparison.Ordinal) is >= 0 and var start ? start + 4 : 0;
        return at < 0 || Shape.Read(written.AsSpan(at), "", " on ", "") is not [var time, var date]
            ? null
            : WrittenDate.Parse($"{date.Replace('.', '-')} {time}", sent);
    }
}
