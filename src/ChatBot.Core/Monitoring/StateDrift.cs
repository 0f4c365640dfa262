using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>One difference between the monitor's state and the incidents here.</summary>
/// <param name="Reason">Found, changed, gone, or acknowledged in the monitor.</param>
/// <param name="Machine">Its short name where the inventory knows it.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="State">In the monitor.</param>
/// <param name="Incident">The number of the open incident; null where there is none.</param>
/// <param name="Ack">Who acknowledged it there; null for the other reasons.</param>
/// <param name="IsSilenced">An intervention keeps the monitor from mailing it: there is no mail to wait for.</param>
public sealed record StateDrift(
    Reason Reason, Name Machine, Name? Service, CheckState State, long? Incident, MonitoredAck? Ack, bool IsSilenced)
{
    /// <summary>Since when the check is in that state, by the monitor's clock; null where it does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Which of the checks that mails call alike; none where the incident does not say it either.</summary>
    public CheckPart Part { get; init; }

    /// <summary>What it says, as a message of the monitor would.</summary>
    /// <param name="monitor">What the monitor is called.</param>
    public Report ToReport(PublicText monitor) => new()
    {
        Source = PublicText.Declared(monitor.Value.ToLowerInvariant()),
        Kind = Ack is not null ? ReportKind.Ack : State.IsGood() ? ReportKind.Recovery : ReportKind.Alert,
        Machine = Machine,
        Service = Service,
        Part = Part,
        State = State,
        When = Ack?.At ?? Since,
        Author = Ack?.Author,
        Comment = Ack?.Comment,
        IsDrift = true,
    };

    /// <summary>
    /// Tells the same difference that is found twice: what the monitor shows since when, and all that was known here of the check. What
    /// it shows counts again once something else has happened to the check here.
    /// </summary>
    /// <param name="monitor">What the monitor is called.</param>
    /// <param name="known">The identifier of the last event of the check's incidents; 0 where there is none.</param>
    public string Key(PublicText monitor, long known)
    {
        var since = (Ack?.At ?? Since)?.ToUnixTimeSeconds() ?? 0;
        return string.Create(
            CultureInfo.InvariantCulture, $"drift:{monitor}:{Machine.Value}:{Service?.Value}:{Part.Key}:{(Ack is null ? State.Word() : "ack")}:{since}:{known}");
    }

    /// <summary>Whether it is an acknowledgement that somebody here acknowledged or released the incident after: that was the later word.</summary>
    /// <param name="story">What happened to the incident.</param>
    public bool IsOvertaken(IReadOnlyList<IncidentEvent> story) =>
        Ack is { } ack && story.Any(step => step.At >= ack.At
            && step.Reason is Reason.Acknowledged or Reason.Unacknowledged or Reason.AcknowledgementExpired);
}
