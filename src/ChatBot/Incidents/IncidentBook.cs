
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Carries out what is decided about incidents: the state, its story and what is to be said, in one transaction.</summary>
public sealed class IncidentBook(
    Database database, OutboxWriter outbox, CurrentSettings settings, BotMetrics metrics, TimeProvider time) : IIncidents
{
    private readonly Announcer _teller = new(outbox, settings, metrics);

    /// <summary>Applies reports that name their machine and state, in order.</summary>
    public async Task ApplyAsync(StoreTransaction transaction, IReadOnlyList<Report> reports, DateTimeOffset at)
    {
        foreach (var report in reports)
        {
            await ApplyAsync(transaction, report, at);
        }
    }

    /// <summary>Applies a report of a monitor that names its machine and state.</summary>
    public async Task ApplyAsync(StoreTransaction transaction, Report report, DateTimeOffset at)
    {
        var open = await IncidentStore.OpenOneAsync(transaction, report.Machine!.Value, report.Service);
        var decided = await DecideAsync(transaction, report, open, at);
        var decision = SuppressionRules.Apply(decided, open, report.Machine.Value, report.Service, await SituationAsync(transaction), at);
        if (decision.Reason == Reason.Downtime && await IsOfInterventionAsync(transaction, report, at))
        {
            decision = new Decision(Reason.DuringIntervention, null, Announce.Nothing);
        }

        if (decision.Announce == Announce.Nothing)
        {
            var reason = decision.Reason;
            transaction.AfterCommit(() => metrics.Suppressed(reason));
        }

        if (decision.After is { } after)
        {
            if (decision.Announce == Announce.Now)
            {
                after = after with { AnnouncedAt = at };
            }

            var saved = await IncidentStore.SaveAsync(transaction, Scheduled(decision, after));
            var there = decision.Reason == Reason.AcknowledgedInMonitor ? saved.Acknowledgement : null;
            await IncidentStore.AddEventAsync(
                transaction, saved.Number, new IncidentEvent(at, decision.Reason, saved.State, there?.By, there?.Reason));
            decision = decision with { After = saved };
        }

        if (LineNow(decision, report, await HeldAsync(transaction, decision)) is { } line)
        {
            await outbox.SayAsync(transaction, line, at, About.Whole(decision.After));
        }
    }

    /// <summary>Puts into the outbox what the channel is to be told now.</summary>
    public Task TellDueAsync(StoreTransaction transaction, DateTimeOffset now) => _teller.TellDueAsync(transaction, now);

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public Task<DateTimeOffset?> NextAsync(StoreTransaction transaction) => _teller.NextAsync(transaction);

    /// <summary>Ends what somebody had in hand until now, and tells it.</summary>
    public async Task EndTakenAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var incident in await IncidentStore.AcknowledgedUntilAsync(transaction, now))
        {
            var by = incident.Acknowledgement!.By;
            await ReleaseAsync(transaction, incident, Reason.AcknowledgementExpired, by, now);
            if (!MonitorNames.IsMonitor(by)) // What somebody did there is theirs to end.
            {
                await AskMonitorAsync(transaction, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
            }

            await outbox.SayAsync(transaction, settings.Value.Incidents.TakenEnded(incident, by, now), now, About.Whole(incident));
        }
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => IncidentStore.OpenAsync(transaction, machine), cancellationToken);

    public Task<Incident?> FindAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => IncidentStore.FindAsync(transaction, number), cancellationToken);

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => IncidentStore.StoryAsync(transaction, number), cancellationToken);

    public Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(
        IReadOnlyList<long> numbers, Acknowledgement taken, string? askedIn, CancellationToken cancellationToken) => EachAsync(
            numbers,
            async (transaction, incident) =>
            {
                var after = incident with { Acknowledgement = taken };
                await IncidentStore.SaveAsync(transaction, after);
                await IncidentStore.AddEventAsync(
                    transaction, incident.Number, new IncidentEvent(taken.At, Reason.Acknowledged, after.State, taken.By, taken.Reason));
                await AskMonitorAsync(transaction, incident, new MonitorOrder.Acknowledge(incident.Number, taken.By, taken.Reason.Text), taken.At);
                return new AcknowledgeOutcome(incident.Number, AcknowledgeResult.Done, after);
            },
            taken.At,
            group => settings.Value.Incidents.TakenGroup(group, taken.At),
            askedIn,
            cancellationToken);

    public Task<IReadOnlyList<AcknowledgeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return EachAsync(
            numbers,
            async (transaction, incident) =>
            {
                if (incident.Acknowledgement is null)
                {
                    return new AcknowledgeOutcome(incident.Number, AcknowledgeResult.NotAcknowledged, incident);
                }

                var after = await ReleaseAsync(transaction, incident, Reason.Unacknowledged, by, now);
                await AskMonitorAsync(transaction, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
                return new AcknowledgeOutcome(incident.Number, AcknowledgeResult.Done, after);
            },
            now,
            group => settings.Value.Incidents.ReleasedGroup(group, by, now),
            askedIn,
            cancellationToken);
    }

    // In one transaction, and a line for each machine.
    private async Task<IReadOnlyList<AcknowledgeOutcome>> EachAsync(
        IReadOnlyList<long> numbers, Func<StoreTransaction, Incident, Task<AcknowledgeOutcome>> change, DateTimeOffset at,
        Func<IReadOnlyList<Incident>, Line> lineOf, string? askedIn, CancellationToken cancellationToken)
    {
        var outcomes = await database.WriteAsync<IReadOnlyList<AcknowledgeOutcome>>(
            async transaction =>
            {
                var results = new List<AcknowledgeOutcome>();
                foreach (var number in numbers)
                {
                    results.Add(await IncidentStore.FindAsync(transaction, number) switch
                    {
                        null => new AcknowledgeOutcome(number, AcknowledgeResult.NoSuchIncident, null),
                        { IsOpen: false } closed => new AcknowledgeOutcome(number, AcknowledgeResult.AlreadyClosed, closed),
                        var incident => await change(transaction, incident),
                    });
                }

                foreach (var group in AcknowledgeOutcomes.DoneByMachine(results))
                {
                    await outbox.SayAsync(transaction, lineOf(group), at, About.Whole(group), askedIn);
                }

                return results;
            },
            cancellationToken);
        return outcomes;
    }

    // What another program told the monitor knows nothing of.
    private Task AskMonitorAsync(StoreTransaction transaction, Incident incident, MonitorOrder order, DateTimeOffset at) =>
        incident.IsMonitored ? outbox.AskMonitorAsync(transaction, order, at) : Task.CompletedTask;

    // The downtime that an intervention asked for comes back as mails, around a beginning and an end that were told.
    private static async Task<bool> IsOfInterventionAsync(StoreTransaction transaction, Report report, DateTimeOffset at) =>
        (await InterventionStore.AboutToBeginOrOverAsync(transaction, at + InterventionRules.Echo, at - InterventionRules.Echo))
            .Any(one => one.Machines.Contains(report.Machine!.Value));

    private static async Task<Decision> DecideAsync(StoreTransaction transaction, Report report, Incident? open, DateTimeOffset at)
    {
        var decision = IncidentRules.Decide(report, open, at);
        var before = await CheckHistoryStore.FindAsync(transaction, report.Machine!.Value, report.Service);
        var (decided, after) = FlapRules.Apply(decision, report, open, before, at);
        if (after is not null && after != before)
        {
            await CheckHistoryStore.SaveAsync(transaction, report.Machine.Value, report.Service, after);
        }

        return decided;
    }

    private Task<Situation> SituationAsync(StoreTransaction transaction) => SuppressionEnds.SituationAsync(transaction, settings.Value.Settings.Inventory);

    private static async Task<Incident> ReleaseAsync(StoreTransaction transaction, Incident incident, Reason why, PublicText by, DateTimeOffset now)
    {
        var after = incident with { Acknowledgement = null };
        await IncidentStore.SaveAsync(transaction, after);
        await IncidentStore.AddEventAsync(transaction, incident.Number, new IncidentEvent(now, why, after.State, by, null));
        return after;
    }

    // Alerts wait for company from now on, however long their mails lay in the mailbox: thousands that waited there are told by
    // machine and not by batch. Ends are due at once, so that those of one batch go together.
    private Incident Scheduled(Decision decision, Incident after) => (decision.Announce, decision.Reason) switch
    {
        (Announce.AfterWait, _) => after with { AnnounceAt = after.AnnounceAt ?? time.GetUtcNow() + settings.Value.Settings.Speech.GroupWait },
        (_, Reason.Recovered) => after with { AnnounceAt = time.GetUtcNow() },
        _ => after,
    };

    // How many changes were not told since it became unstable.
    private static async Task<long> HeldAsync(StoreTransaction transaction, Decision decision) =>
        decision is { Reason: Reason.FlappingEnded, After: { } after }
            ? (await IncidentStore.StoryAsync(transaction, after.Number)).Reverse().TakeWhile(step => step.Reason != Reason.FlappingStarted)
                .Count(step => step.Reason == Reason.WhileFlapping)
            : 0;

    private Line? LineNow(Decision decision, Report report, long held)
    {
        var lines = settings.Value.Incidents;
        return decision.Reason switch
        {
            Reason.AcknowledgedInMonitor => lines.TakenInMonitor(decision.After!, report),
            Reason.FlappingStarted => lines.FlappingStarted(decision.After!),
            Reason.FlappingEnded => lines.FlappingEnded(report, decision.After, held),
            Reason.Downtime => lines.Downtime(report),
            _ => null,
        };
    }
}
