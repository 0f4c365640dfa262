using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Prometheus Alertmanager 0.15 to 0.28: <c>template/default.tmpl</c> (<c>__subject</c>: <c>[FIRING:n] GROUP (COMMON)</c>,
/// <c>[RESOLVED] …</c>) and <c>template/email.tmpl</c>, an HTML page whose text is blocks of <c>Labels</c> and
/// <c>Annotations</c>, one <c>name = value</c> a line, under <c>[n] Firing</c> and <c>[n] Resolved</c>. A site's text template
/// mostly has one alert per line, <c>[firing] NAME … HOST (SEVERITY)</c>. The machine is in the label node, host, hostname,
/// nodename or instance (<c>HOST:PORT</c>). Machine, alertname, state and the name of a disk, a mount point or the like are public; annotations
/// are for root; of the other labels the check's key is made. <c>Watchdog</c> and <c>DeadMansSwitch</c>, which fire for ever, are no trouble.
/// </summary>
public sealed class AlertmanagerFormat : IFormat
{
    public string Source => "alertmanager";

    public Tracked Tracks => new("all labels", "resolved with the same labels; without labels, only where one alert can be meant");

    public Report? Recognise(Mail mail, Inventory inventory) =>
        AlertList.IsSubject(mail.Subject) && !AlertList.IsOfGrafana(mail) ? new AlertList(this, mail, inventory).Read() : null;
}
