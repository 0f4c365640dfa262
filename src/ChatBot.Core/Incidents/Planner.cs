using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// The one place where it is decided what reports and time do to incidents, and what is announced, when and to whom. It is pure: a situation
/// in, an outcome out. <see cref="IncidentRules"/>, <see cref="FlapRules"/>, <see cref="SuppressionRules"/>, <see cref="Inhibition"/> and
/// <see cref="Announcement"/> each answer one question of it.
/// </summary>
/// <param name="rules">How long it waits.</param>
/// <param name="lines">The group's words.</param>
public sealed class Planner(SpeechRules rules, IncidentLines lines)
{
    public SpeechRules Rules => rules;

    /// <summary>What reports do to the incidents of their checks.</summary>
    /// <param name="situation">What concerns these checks.</param>
    /// <param name="reports">Those for which <see cref="Report.IsAboutIncident"/> holds, in order.</param>
    /// <param name="at">When they arrived.</param>
    /// <param name="now">The moment; later than <paramref name="at"/> where they lay in a mailbox.</param>
    public Outcome Plan(Situation situation, IReadOnlyList<Report> reports, DateTimeOffset at, DateTimeOffset now)
    {
        var plan = new ReportPlan(rules, lines, situation, now);
        foreach (var report in reports)
        {
            plan.Apply(report, at);
        }

        return plan.Outcome();
    }

    /// <summary>What is announced by now, and what keeps the rest from it.</summary>
    /// <param name="situation">
    /// What may be announced; where <see cref="IsDue"/> holds of its incidents, also what may keep them from it.
    /// </param>
    /// <param name="now">The moment.</param>
    public Outcome Due(Situation situation, DateTimeOffset now) => new DuePlan(rules, lines, situation, now).Make();

    /// <summary>Whether anything may be announced now, reminders apart: else <see cref="Due"/> needs to know of nothing that keeps it from it.</summary>
    /// <param name="incidents">Those that wait to be announced.</param>
    /// <param name="orphans">How many inhibited incidents have lost their cause.</param>
    /// <param name="now">The moment.</param>
    public bool IsDue(IEnumerable<Incident> incidents, int orphans, DateTimeOffset now) =>
        orphans > 0 || incidents.Any(one => Announcement.IsDue(one.AnnounceAt!.Value, now, rules.LongestWait));

    /// <summary>Ends the flapping of checks that are stable again, and announces how they stand.</summary>
    /// <param name="situation">The histories of those checks, their open incidents, what is silenced.</param>
    /// <param name="now">The moment.</param>
    public Outcome Settle(Situation situation, DateTimeOffset now)
    {
        var draft = new Draft(situation);
        foreach (var unstable in situation.Histories)
        {
            draft.Save(unstable with { Flapping = unstable.Flapping.Settled() });
            if (draft.OpenOne(unstable.Check) is { Flapping: true } open)
            {
                Settle(draft, open, unstable.Flapping, situation.Silences, now);
            }
        }

        return draft.Outcome();
    }

    /// <summary>Ends the expired acknowledgements of these incidents.</summary>
    public Outcome Expire(IReadOnlyList<Incident> acknowledged, DateTimeOffset now)
    {
        var draft = new Draft(acknowledged);
        foreach (var incident in acknowledged)
        {
            var by = incident.Acknowledgement!.By;
            draft.Note(draft.Save(incident with { Acknowledgement = null }), Reason.AcknowledgementExpired, now, by);
            if (!MonitorNames.IsMonitor(by)) // What somebody did there is theirs to end.
            {
                draft.Ask(incident, new MonitorOrder.Unacknowledge(incident.Number), now);
            }

            draft.Say(new OutcomeLine([incident], numbered => lines.AcknowledgementExpired(numbered[0], by, now), now) { Releases = true });
        }

        return draft.Outcome();
    }

    /// <summary>A person acknowledges incidents.</summary>
    /// <param name="numbers">Those that they named.</param>
    /// <param name="known">Those of them that there are.</param>
    /// <param name="acknowledgement">By whom, until when.</param>
    /// <returns>The result for each number; the outcome has a line for each machine.</returns>
    public (IReadOnlyList<AcknowledgeOutcome> Each, Outcome All) Acknowledge(
        IReadOnlyList<long> numbers, IReadOnlyList<Incident> known, Acknowledgement acknowledgement) =>
        new AcknowledgementPlan(lines, known).Acknowledge(numbers, acknowledgement);

    /// <summary>A person releases incidents that somebody acknowledged.</summary>
    /// <inheritdoc cref="Acknowledge"/>
    public (IReadOnlyList<AcknowledgeOutcome> Each, Outcome All) Release(
        IReadOnlyList<long> numbers, IReadOnlyList<Incident> known, PublicText by, DateTimeOffset now) =>
        new AcknowledgementPlan(lines, known).Release(numbers, by, now);

    /// <summary>A person closes incidents: what they say of it is all that is known, so that the state stays the last reported.</summary>
    /// <inheritdoc cref="Acknowledge"/>
    public (IReadOnlyList<AcknowledgeOutcome> Each, Outcome All) Close(
        IReadOnlyList<long> numbers, IReadOnlyList<Incident> known, PublicText by, Remark reason, DateTimeOffset now) =>
        new AcknowledgementPlan(lines, known).Close(numbers, by, reason, now);

    /// <summary>
    /// Finds the incidents silent whose program never reports an end and has not repeated them for longer than usual: one quiet line a
    /// machine, and they stay open.
    /// </summary>
    /// <param name="situation">Such incidents, and what is silenced.</param>
    /// <param name="now">The moment.</param>
    public Outcome FallSilent(Situation situation, DateTimeOffset now)
    {
        var draft = new Draft(situation);
        var said = new List<Incident>();
        foreach (var incident in situation.Incidents.Where(one => one is { IsOpen: true, Repeats.IsOverdue: true }))
        {
            var after = draft.Save(incident with { Repeats = incident.Repeats! with { IsSilent = true } });
            draft.Note(after, Reason.FellSilent, now);
            if (after is { AnnouncedState: not null, AnnounceAt: null } && SuppressionRules.Of(after.Machine, after.Service, situation.Silences) is null)
            {
                said.Add(after);
            }
            else
            {
                draft.Suppress(Reason.FellSilent);
            }
        }

        foreach (var machine in said.GroupBy(incident => incident.Machine))
        {
            draft.Say(new OutcomeLine([.. machine], numbered => lines.FellSilent(numbered, now), now));
        }

        return draft.Outcome();
    }

    /// <summary>Ends an incident that nobody watches any more: nobody knows whether it has recovered, and nobody asks.</summary>
    public static Outcome Unwatch(Incident open, DateTimeOffset now)
    {
        var after = open with { ClosedAt = now, AnnounceAt = null };
        return new Outcome { Incidents = [after], Events = [(after.Number, new IncidentEvent(now, Reason.Unwatched, after.State, null, null))] };
    }

    /// <summary>When something is due next, by the first of each kind; null where nothing is.</summary>
    /// <param name="acknowledged">Until when somebody has an incident.</param>
    /// <param name="uninhibited">When an incident whose cause has ended is to be announced.</param>
    /// <param name="settled">When a flapping check is stable again if it does not change.</param>
    /// <param name="unacknowledged">When the first of those that wait for somebody was announced.</param>
    public DateTimeOffset? NextAt(
        DateTimeOffset? acknowledged, DateTimeOffset? uninhibited, DateTimeOffset? settled, DateTimeOffset? unacknowledged) =>
        new[] { acknowledged, uninhibited, settled, rules.Repeat > TimeSpan.Zero ? unacknowledged + rules.Repeat : null }.Min();

    private void Settle(Draft draft, Incident open, FlapHistory history, Silences silences, DateTimeOffset now)
    {
        var stable = open with { Flapping = false };
        if (!open.State.IsGood() && SuppressionRules.Of(open.Machine, open.Service, silences) is { } suppression)
        {
            draft.Suppress(stable with { SuppressedBy = suppression, AnnounceAt = now }, suppression.Reason(), now);
            return;
        }

        var after = draft.Save(stable with
        {
            AnnouncedState = open.State,
            AnnounceAt = null,
            AnnouncedAt = now,
            ClosedAt = open.State.IsGood() ? history.LastAt : null,
        });
        draft.Note(after, Reason.FlappingEnded, now);
        draft.Say(after, one => lines.Settled(one, history.Suppressed), now);
    }
}
