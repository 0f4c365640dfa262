using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Decides what a person's acknowledgement, its release, or their word that it is over, does to incidents.</summary>
internal sealed class AcknowledgementPlan(IncidentLines lines, IReadOnlyList<Incident> known)
{
    private readonly Draft _draft = new(known);

    public (IReadOnlyList<AcknowledgeOutcome>, Outcome) Acknowledge(IReadOnlyList<long> numbers, Acknowledgement acknowledgement) => Each(
        numbers,
        incident =>
        {
            var after = _draft.Save(incident with { Acknowledgement = acknowledgement });
            _draft.Note(after, Reason.Acknowledged, acknowledgement.At, acknowledgement.By, acknowledgement.Reason);
            _draft.Ask(after, new MonitorOrder.Acknowledge(after.Number, acknowledgement.By, acknowledgement.Reason.Text), acknowledgement.At);
            return new AcknowledgeOutcome(after.Number, AcknowledgeResult.Done, after);
        },
        group => lines.AcknowledgedGroup(group, acknowledgement.At),
        acknowledgement.At,
        acknowledges: true);

    public (IReadOnlyList<AcknowledgeOutcome>, Outcome) Release(IReadOnlyList<long> numbers, PublicText by, DateTimeOffset now) => Each(
        numbers,
        incident =>
        {
            if (incident.Acknowledgement is null)
            {
                return new AcknowledgeOutcome(incident.Number, AcknowledgeResult.NotAcknowledged, incident);
            }

            var after = _draft.Save(incident with { Acknowledgement = null });
            _draft.Note(after, Reason.Unacknowledged, now, by);
            _draft.Ask(after, new MonitorOrder.Unacknowledge(after.Number), now);
            return new AcknowledgeOutcome(after.Number, AcknowledgeResult.Done, after);
        },
        group => lines.UnacknowledgedGroup(group, by, now),
        now);

    public (IReadOnlyList<AcknowledgeOutcome>, Outcome) Close(IReadOnlyList<long> numbers, PublicText by, Remark reason, DateTimeOffset now) => Each(
        numbers,
        incident =>
        {
            var after = _draft.Save(incident with { ClosedAt = now, AnnounceAt = null, SuppressedBy = null, Flapping = false });
            _draft.Note(after, Reason.Closed, now, by, reason);
            return new AcknowledgeOutcome(after.Number, AcknowledgeResult.Done, after);
        },
        group => lines.ClosedGroup(group, by, reason),
        now);

    private (IReadOnlyList<AcknowledgeOutcome>, Outcome) Each(
        IReadOnlyList<long> numbers, Func<Incident, AcknowledgeOutcome> change, Func<IReadOnlyList<Incident>, Line> words, DateTimeOffset at,
        bool acknowledges = false)
    {
        var each = new List<AcknowledgeOutcome>();
        foreach (var number in numbers)
        {
            each.Add(_draft.Find(number) switch
            {
                null => new AcknowledgeOutcome(number, AcknowledgeResult.NoSuchIncident, null),
                { IsOpen: false } closed => new AcknowledgeOutcome(number, AcknowledgeResult.AlreadyClosed, closed),
                var incident => change(incident),
            });
        }

        foreach (var machine in AcknowledgeOutcomes.DoneByMachine(each))
        {
            _draft.Say(new OutcomeLine(machine, words, at) { Acknowledges = acknowledges, Releases = !acknowledges });
        }

        return (each, _draft.Outcome());
    }
}
