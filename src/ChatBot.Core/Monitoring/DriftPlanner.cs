using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>Decides what a difference between the monitor's state and the incidents here becomes, once it has lasted.</summary>
/// <param name="lines">The group's words.</param>
/// <param name="monitor">What the monitor is called.</param>
public sealed class DriftPlanner(IncidentLines lines, PublicText monitor)
{
    /// <summary>Decides about one.</summary>
    /// <param name="drift">The difference.</param>
    /// <param name="situation">The open incident of its check, its history and what happened to it.</param>
    /// <param name="now">The moment.</param>
    public Outcome Plan(StateDrift drift, Situation situation, DateTimeOffset now)
    {
        var draft = new Draft(situation);
        var open = draft.OpenOne(drift.Machine, drift.Service);
        if (open?.Number == drift.Incident) // What came by mail since it was compared is no drift any more.
        {
            Plan(draft, drift, open, situation, now);
        }

        return draft.Outcome();
    }

    private void Plan(Draft draft, StateDrift drift, Incident? open, Situation situation, DateTimeOffset now)
    {
        if (drift.Reason == Reason.FoundInMonitor)
        {
            Save(draft, drift, Found(drift, now), now);
        }
        else if (drift.Reason == Reason.ChangedInMonitor)
        {
            var announceAt = open!.AnnounceAt ?? (open.AnnouncedState is null || open.SuppressedBy is not null ? null : now);
            Save(draft, drift, open with { State = drift.State, AnnounceAt = announceAt }, now);
        }
        else if (drift.Reason == Reason.GoneInMonitor)
        {
            End(draft, drift, open!, now);
        }
        else if (drift.Ack is { } ack && IsNew(open!, ack, situation))
        {
            Acknowledge(draft, open!, ack, now);
        }
    }

    private Incident Found(StateDrift drift, DateTimeOffset now) => new()
    {
        Machine = drift.Machine,
        Service = drift.Service,
        Source = PublicText.Declared(monitor.Value.ToLowerInvariant()),
        State = drift.State,
        OpenedAt = now,
        AnnounceAt = now,
    };

    private static void End(Draft draft, StateDrift drift, Incident open, DateTimeOffset now)
    {
        // What changes too often by our own count ends when it has settled.
        if (open.Flapping && draft.History(open.Machine, open.Service) is { IsFlapping: true })
        {
            return;
        }

        DateTimeOffset? announceAt = open.AnnouncedState is null ? null : now;
        Save(draft, drift, open with { State = drift.State, ClosedAt = now, AnnounceAt = announceAt, SuppressedBy = null, Flapping = false }, now);
    }

    // Nobody acknowledged or released it here since: that was the later word.
    private static bool IsNew(Incident open, MonitoredAck ack, Situation situation) =>
        open.Acknowledgement is { } taken
            ? MonitorNames.IsMonitor(taken.By) && taken.Reason.Text.IsEmpty
            : !situation.Stories.GetValueOrDefault(open.Number, []).Any(step => IsOfAcknowledging(step.Reason) && step.At >= ack.At);

    private static bool IsOfAcknowledging(Reason reason) =>
        reason is Reason.Acknowledged or Reason.AcknowledgedInMonitor or Reason.Unacknowledged or Reason.AcknowledgementExpired;

    // The public heard of it by the mail already, where there was one.
    private void Acknowledge(Draft draft, Incident open, MonitoredAck ack, DateTimeOffset now)
    {
        var said = new Remark(IncidentText.SaidInMonitor(ack.Author, ack.Comment), Audience.Root);
        var taken = (open.Acknowledgement ?? new Acknowledgement(monitor, said, now, now + IncidentRules.MonitorAckLasts)) with { Reason = said };
        var after = draft.Save(open with { Acknowledgement = taken, AnnouncedState = open.State, AnnounceAt = null });
        draft.Note(after, Reason.AcknowledgedInMonitor, now, taken.By, taken.Reason);
        var line = lines.AcknowledgedInMonitor(after, ack, monitor);
        draft.Say(after, _ => open.Acknowledgement is null ? line : line.ForRootAlone, now);
    }

    private static void Save(Draft draft, StateDrift drift, Incident after, DateTimeOffset now) => draft.Note(draft.Save(after), drift.Reason, now);
}
