using ChatBot.Core.Mail;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Decides what a report of a monitor does to the incident of its check.
/// <code>
///            alert                 group wait over              recovery
///  (none) ----------> open, untold ----------------> open, told ----------> closed, end told
///                          | recovery                  ^      |
///                          v                     changed      flapping start/end, ack: told, still open
///                     closed, silent
/// </code>
/// </summary>
public static class IncidentRules
{
    /// <summary>How long an acknowledgement made in the monitor holds here: it names no end, and every silence has one.</summary>
    public static readonly TimeSpan MonitorAckLasts = TimeSpan.FromHours(24);

    /// <summary>Decides; changes nothing.</summary>
    /// <param name="report">An alert, recovery, ack, flapping or downtime report that names its machine and state.</param>
    /// <param name="open">The open incident of that check, if there is one.</param>
    /// <param name="at">When the report arrived.</param>
    public static Decision Decide(Report report, Incident? open, DateTimeOffset at) => report.Kind switch
    {
        ReportKind.Alert => Alert(report, open, at),
        ReportKind.Recovery => Recovery(report, open, at),
        ReportKind.Ack => Ack(report, open, at),
        ReportKind.Flapping => Flapping(report, open, at),
        ReportKind.Downtime => new Decision(Why.Downtime, open, Tell.Now),
        _ => throw new ArgumentException($"A {report.Kind} report is not about an incident.", nameof(report)),
    };

    private static Decision Alert(Report report, Incident? open, DateTimeOffset at)
    {
        if (open is null)
            return new Decision(Why.Opened, New(report, at), Tell.AfterWait);

        var after = open with { State = report.State!.Value, Detail = report.Detail ?? open.Detail, TimedOut = report.TimedOut };
        if (open.State == after.State)
            return new Decision(Why.Repeated, after, Tell.Nothing);
        if (open.Flapping)
            return new Decision(Why.WhileFlapping, after, Tell.Nothing);
        return open.ToldState is null
            ? new Decision(Why.ChangedBeforeTold, after, Tell.Nothing)
            : new Decision(Why.Changed, after, Tell.AfterWait);
    }

    private static Decision Recovery(Report report, Incident? open, DateTimeOffset at)
    {
        if (open is null)
            return new Decision(Why.NothingOpen, null, Tell.Nothing);

        var after = Closed(open, report, at);
        return open.ToldState is null
            ? new Decision(Why.GoneBeforeTold, after with { TellAt = null }, Tell.Nothing)
            : new Decision(Why.Recovered, after, Tell.Now);
    }

    private static Decision Ack(Report report, Incident? open, DateTimeOffset at)
    {
        // Ours comes back as an echo, be it let go here meanwhile.
        if (open?.Taken is not null || MonitorMark.IsOurs(report.Comment))
            return new Decision(Why.AlreadyTaken, open, Tell.Nothing);

        // Who it was is free text of the monitor, for the root group alone: kept with their words.
        var incident = open ?? New(report, at);
        var reason = new Remark(IncidentText.SaidInMonitor(report.Author, report.Comment), Audience.Root);
        return new Decision(
            Why.TakenInMonitor,
            incident with { Taken = new Taken(CheckText.Monitor(report), reason, at, at + MonitorAckLasts), ToldState = incident.State, TellAt = null },
            Tell.Now);
    }

    private static Decision Flapping(Report report, Incident? open, DateTimeOffset at)
    {
        if (report.Phase == Phase.Start)
        {
            if (open is { Flapping: true })
                return new Decision(Why.WhileFlapping, open with { State = report.State!.Value }, Tell.Nothing);
            var incident = (open ?? New(report, at)) with { State = report.State!.Value, Flapping = true, TellAt = null };
            return new Decision(Why.FlappingStarted, incident with { ToldState = incident.State }, Tell.Now);
        }

        if (open is null)
            return new Decision(Why.FlappingEnded, null, Tell.Now);
        // Nobody was told that it is unstable, nor that it is at all: an alert or an end like any other.
        if (open.ToldState is null)
            return report.State!.Value.IsGood() ? Recovery(report, open, at) : Alert(report, open, at);
        var after = open with { State = report.State!.Value, Flapping = false, ToldState = report.State, TellAt = null };
        return new Decision(Why.FlappingEnded, after.State.IsGood() ? Closed(after, report, at) : after, Tell.Now);
    }

    private static Incident New(Report report, DateTimeOffset at) => new()
    {
        Machine = report.Machine!.Value,
        Service = report.Service,
        Source = report.Source,
        State = report.State!.Value,
        OpenedAt = at,
        Detail = report.Detail,
        TimedOut = report.TimedOut,
    };

    private static Incident Closed(Incident open, Report report, DateTimeOffset at) =>
        open with { State = report.State ?? open.State, ClosedAt = at, Detail = report.Detail ?? open.Detail };
}
