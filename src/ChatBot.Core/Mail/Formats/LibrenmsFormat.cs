using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// LibreNMS 1.x to 24.x, <c>LibreNMS/Alert/RunAlerts.php</c> and the default template. Subject <c>Alert for device HOST - RULE</c>, with <c> got
/// acknowledged</c>, <c> got worse</c>, <c> got better</c> behind where that is so (better is not well), or <c>Device HOST recovered from RULE</c>; the
/// body has <c>Severity:</c> (ok, warning, critical). Where a site has its own title the mail is one of an unknown program. Machine, rule and state are public;
/// the first fault is for root.
/// </summary>
public sealed class LibrenmsFormat : IFormat
{
    private static readonly string[] Changes = [" got acknowledged", " got worse", " got better", " got changed"];

    public string Source => "librenms";

    public Tracked Tracks => new("device and rule", "“Device … recovered from …” of the same rule");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var isOver = Shape.Read(mail.Subject, "Device ", " recovered from ", "") is not null;
        if ((isOver ? Shape.Read(mail.Subject, "Device ", " recovered from ", "") : Shape.Read(mail.Subject, "Alert for device ", " - ", "")) is not [var host, var rule]
            || Shape.After(mail.Text, "Severity:", 40) is not { } severity || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var change = Array.Find(Changes, words => rule.EndsWith(words, StringComparison.Ordinal));
        var kind = isOver ? ReportKind.Recovery : change == Changes[0] ? ReportKind.Ack : ReportKind.Alert;
        return Naming.Report(this, kind, host, mail, inventory) with
        {
            Machine = Naming.Machine(host, inventory),
            Service = Field.Service(change is null ? rule : rule[..^change.Length]),
            State = isOver ? CheckState.Ok : StateOf(severity),
            Detail = Shape.After(mail.Text, "#1:") is { } fault ? new RootText(fault) : null,
        };
    }

    private static CheckState StateOf(string severity) => severity.ToLowerInvariant() switch
    {
        "critical" => CheckState.Critical,
        "warning" => CheckState.Warning,
        _ => CheckState.Unknown,
    };
}
