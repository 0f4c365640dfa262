
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Decides what a report of a monitor does to the incident of its check.
/// <code>
///            alert                 group wait over              recovery
///  (none) ----------> open, unannounced -----------> open, announced -----> closed, announced
///                          | recovery                  ^      |
///                          v                     changed      flapping start/end, ack: announced, still open
///                     closed, silent
/// </code>
/// Where the program never reports an end, time makes it silent, the next alert announces it again, and a person closes it.
/// </summary>
public static class IncidentRules
{
    /// <summary>How long an acknowledgement made in the monitor lasts here: it names no end, and every silence has one.</summary>
    public static readonly TimeSpan MonitorAckLasts = TimeSpan.FromHours(24);

    /// <summary>Decides; changes nothing.</summary>
    /// <param name="report">An alert, recovery, ack, flapping or downtime report that names its machine and state.</param>
    /// <param name="open">The open incident of that check, if there is one.</param>
    /// <param name="at">When the report arrived.</param>
    public static Decision Decide(Report report, Incident? open, DateTimeOffset at)
    {
        var decision = OfKind(report, open, at);
        return report.IsDrift ? decision with { Reason = OfDrift(decision.Reason) } : decision;
    }

    private static Reason OfDrift(Reason reason) => reason switch
    {
        Reason.Opened => Reason.FoundInMonitor,
        Reason.Changed or Reason.ChangedBeforeAnnounced => Reason.ChangedInMonitor,
        Reason.Recovered or Reason.RecoveredBeforeAnnounced => Reason.GoneInMonitor,
        _ => reason,
    };

    private static Decision OfKind(Report report, Incident? open, DateTimeOffset at) => report.Kind switch
    {
        ReportKind.Alert => Alert(report, open, at),
        ReportKind.Recovery => Recovery(report, open, at),
        ReportKind.Ack => Ack(report, open, at),
        ReportKind.Flapping => Flapping(report, open, at),
        ReportKind.Downtime => new Decision(Reason.Downtime, open, Announce.Now),
        _ => throw new ArgumentException($"A {report.Kind} report is not about an incident.", nameof(report)),
    };

    private static Decision Alert(Report report, Incident? open, DateTimeOffset at)
    {
        if (open is null)
        {
            return new Decision(Reason.Opened, New(report, at), Announce.AfterWait);
        }

        var after = open with
        {
            State = report.State!.Value,
            Detail = report.Detail ?? open.Detail,
            TimedOut = report.TimedOut,
            Repeats = open.Repeats?.Heard(at),
        };
        if (open.Repeats is { IsSilent: true })
        {
            return new Decision(Reason.ReportedAgain, after with { AnnouncedState = null }, Announce.AfterWait);
        }

        if (open.State == after.State)
        {
            return new Decision(Reason.Repeated, after, Announce.Nothing);
        }

        if (open.Flapping)
        {
            return new Decision(Reason.WhileFlapping, after, Announce.Nothing);
        }

        return open.AnnouncedState is null
            ? new Decision(Reason.ChangedBeforeAnnounced, after, Announce.Nothing)
            : new Decision(Reason.Changed, after, Announce.AfterWait);
    }

    private static Decision Recovery(Report report, Incident? open, DateTimeOffset at)
    {
        if (open is null)
        {
            return new Decision(Reason.NothingOpen, null, Announce.Nothing);
        }

        var after = Closed(open, report, at);
        return open.AnnouncedState is null
            ? new Decision(Reason.RecoveredBeforeAnnounced, after with { AnnounceAt = null }, Announce.Nothing)
            : new Decision(Reason.Recovered, after, Announce.Now);
    }

    private static Decision Ack(Report report, Incident? open, DateTimeOffset at)
    {
        // Ours comes back as an echo, even where somebody released it here meanwhile.
        var said = IncidentText.SaidInMonitor(report.Author, report.Comment);
        var known = open?.Acknowledgement;
        if ((known is not null && (said.IsEmpty || !known.IsUnexplained)) || MonitorMark.IsOurs(report.Comment))
        {
            return new Decision(Reason.AlreadyAcknowledged, open, Announce.Nothing);
        }

        // Who it was is free text of the monitor, for the root group alone: kept with their words.
        var incident = open ?? New(report, at);
        var reason = new Remark(said, Audience.Root);
        var acknowledgement = known is null
            ? new Acknowledgement(CheckText.Monitor(report.Source), reason, at, at + MonitorAckLasts)
            : known with { Reason = reason };
        return new Decision(
            Reason.AcknowledgedInMonitor,
            incident with { Acknowledgement = acknowledgement, AnnouncedState = incident.State, AnnounceAt = null },
            Announce.Now);
    }

    private static Decision Flapping(Report report, Incident? open, DateTimeOffset at)
    {
        if (report.Phase == Phase.Start)
        {
            if (open is { Flapping: true })
            {
                return new Decision(Reason.WhileFlapping, open with { State = report.State!.Value }, Announce.Nothing);
            }

            var incident = (open ?? New(report, at)) with { State = report.State!.Value, Flapping = true, AnnounceAt = null };
            return new Decision(Reason.FlappingStarted, incident with { AnnouncedState = incident.State }, Announce.Now);
        }

        if (open is null)
        {
            return new Decision(Reason.FlappingEnded, null, Announce.Now);
        }
        // The bot announced neither its flapping nor the incident: an alert or a recovery like any other.
        if (open.AnnouncedState is null)
        {
            return report.State!.Value.IsGood() ? Recovery(report, open, at) : Alert(report, open, at);
        }

        var after = open with { State = report.State!.Value, Flapping = false, AnnouncedState = report.State, AnnounceAt = null };
        return new Decision(Reason.FlappingEnded, after.State.IsGood() ? Closed(after, report, at) : after, Announce.Now);
    }

    internal static Incident New(Report report, DateTimeOffset at) => new()
    {
        Machine = report.Machine!.Value,
        Service = report.Service,
        Part = report.Check.Part,
        Source = report.Source,
        State = report.State!.Value,
        OpenedAt = at,
        Detail = report.Detail,
        TimedOut = report.TimedOut,
        Repeats = report.HasNoEnd ? RepeatHistory.Begun(at) : null,
    };

    private static Incident Closed(Incident open, Report report, DateTimeOffset at) =>
        open with { State = report.State ?? open.State, ClosedAt = at, Detail = report.Detail ?? open.Detail, Flapping = false };
}
