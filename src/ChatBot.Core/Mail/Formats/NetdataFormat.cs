using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Netdata's <c>health/notifications/alarm-notify.sh</c>, 1.5 to 2.x. Subject <c>HOST STATUS - NAME - CHART</c>, since 1.40 with a picture
/// <c>CRITICAL: NAME = VALUE, on HOST</c>. The text begins with <c>HOST STATUS</c> (<c>is critical</c>, <c>needs attention</c>, <c>recovered</c>), below it
/// <c>NAME = VALUE</c> and <c>Chart</c>, <c>Family</c>, <c>Severity</c>, <c>URL</c>. Since 1.19 <c>X-Netdata-Severity</c>, <c>-Alert-Name</c>, <c>-Chart</c> and
/// <c>-Host</c> say the same and come first; the mails of one alarm are threaded. <c>clear</c> alone is an end; undefined and removed tell nothing.
/// Machine, alarm with its chart, and state are public; the value is for root.
/// </summary>
public sealed class NetdataFormat : IFormat
{
    private const int MostLines = 60;

    private static readonly (string Words, string Status)[] Statuses =
        [(" is critical", "critical"), (" needs attention", "warning"), (" recovered", "clear")];

    public string Source => "netdata";

    public Tracked Tracks => new("host, alarm and chart", "`clear` of the same alarm and chart");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var severity = mail.Header("X-Netdata-Severity")?.Trim().ToLowerInvariant();
        var first = Lines(mail.Text, out var second);
        var (host, status) = Status(first);
        if (severity is null && (status is null || Label(mail.Text, "Chart") is null || Label(mail.Text, "Severity") is null)
            || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var state = StateOf(severity ?? status);
        var machine = mail.Header("X-Netdata-Host") ?? host;
        var name = (mail.Header("X-Netdata-Alert-Name") ?? NameIn(mail.Subject) ?? "?").Replace('_', ' ');
        return Naming.Report(this, KindOf(state), machine, mail, inventory) with
        {
            Service = Field.Service((mail.Header("X-Netdata-Chart") ?? Label(mail.Text, "Chart")) is { } chart ? $"{name} {chart}" : name),
            State = state,
            IsContradictory = Contradiction.Between(state, StateOf(status)) || Contradiction.Between(state, StateIn(mail.Subject)),
            Detail = second is null ? null : new RootText(second),
            Says = [Phrase.Quote(second ?? mail.Title)],
        };
    }

    // “hal is critical - load - system.load”, “CRITICAL: load = 12, on hal”, “CLEAR: …”
    private static CheckState? StateIn(string subject) =>
        Status(Shape.Read(subject, "", " - ", "") is [var begins, _] ? begins : null) is { Status: { } words } ? StateOf(words)
        : Shape.Read(subject, "", ": ", "") is [var word, _] ? StateOf(word.ToLowerInvariant()) : null;

    private static ReportKind KindOf(CheckState? state) => state switch
    {
        null => ReportKind.Report,
        CheckState.Ok => ReportKind.Recovery,
        _ => ReportKind.Alert,
    };

    private static CheckState? StateOf(string? status) => status switch
    {
        "critical" => CheckState.Critical,
        "warning" => CheckState.Warning,
        "clear" => CheckState.Ok,
        _ => null,
    };

    private static (string? Host, string? Status) Status(string? line)
    {
        foreach (var (words, status) in Statuses)
        {
            if (line?.EndsWith(words, StringComparison.OrdinalIgnoreCase) == true && line.Length > words.Length)
            {
                return (line[..^words.Length], status);
            }
        }

        return (null, null);
    }

    // “HOST STATUS - NAME - CHART”, “CRITICAL: NAME = VALUE, on HOST”
    private static string? NameIn(string subject) =>
        Shape.Read(subject, "", " - ", " - ", "") is [_, var old, _] ? old : Shape.Read(subject, "", ": ", " = ", "") is [_, var name, _] ? name : null;

    private static string? Label(string text, string label) =>
        Shape.After(text, label, MostLines)?.TrimStart() is [':', .. var value] && value.Trim() is { Length: > 0 } known ? known : null;

    // The first two lines that say something.
    private static string? Lines(string text, out string? second)
    {
        string? first = null;
        second = null;
        foreach (var written in text.AsSpan().EnumerateLines())
        {
            if (written.IsWhiteSpace())
            {
                continue;
            }

            if (first is not null)
            {
                second = new string(written.Trim());
                break;
            }

            first = new string(written.Trim());
        }

        return first;
    }
}
