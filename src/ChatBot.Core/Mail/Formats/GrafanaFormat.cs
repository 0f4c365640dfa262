using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Grafana 8 to 12, unified alerting, its own e-mail template in plain text (<c>ng_alert_notification.txt</c>): <c>[FIRING:n, RESOLVED:m]
/// NAME (COMMON)</c>, the body <c>You have n firing alert(s), and m resolved alert(s)</c> or <c>1 alert for</c>, headings <c>(n) FIRING</c>,
/// <c>(n) RESOLVED</c>, <c>(n) Firing</c>, and alerts as <c>Labels:</c>, one <c>- name = value</c> a line, then <c>Annotations:</c>,
/// <c>Summary:</c>, <c>Source:</c>. Names and audiences are those of <see cref="AlertmanagerFormat"/>.
/// </summary>
public sealed class GrafanaFormat : IFormat
{
    public string Source => "grafana";

    public Tracked Tracks => new("all labels", "resolved with the same labels; without labels, only where one alert can be meant");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!AlertList.IsSubject(mail.Subject) || !AlertList.IsOfGrafana(mail))
        {
            return null;
        }

        // Of alerts that cannot be read it is not even said that they end.
        return new AlertList(this, mail, inventory).Read() ?? Naming.Report(this, ReportKind.Report, null, mail, inventory) with
        {
            Machine = null,
            Severity = mail.Subject.Contains("FIRING", StringComparison.Ordinal) ? Severity.Critical : Severity.Unknown,
            Says = [Phrase.Quote(mail.Title)],
        };
    }
}
