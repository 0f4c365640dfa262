
using ChatBot.Async;
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

    /// <summary>Set when something may be due earlier than was thought.</summary>
    public Signal Due { get; } = new();

    /// <summary>Applies a report of a monitor that names its machine and state.</summary>
    public async Task ApplyAsync(StoreTransaction work, Report report, DateTimeOffset at)
    {
        var open = await IncidentStore.OpenOneAsync(work, report.Machine!.Value, report.Service);
        var decided = await DecideAsync(work, report, open, at);
        var decision = SuppressionRules.Apply(decided, open, report.Machine.Value, report.Service, await SituationAsync(work), at);
        if (decision.Reason == Reason.Downtime && await IsOfInterventionAsync(work, report, at))
        {
            decision = new Decision(Reason.DuringIntervention, null, Announce.Nothing);
        }

        if (decision.Announce == Announce.Nothing)
        {
            metrics.HeldBack(decision.Reason);
        }

        if (decision.After is { } after)
        {
            if (decision.Announce == Announce.Now)
            {
                after = after with { AnnouncedAt = at };
            }

            var saved = await IncidentStore.SaveAsync(work, Scheduled(decision, after));
            var there = decision.Reason == Reason.AcknowledgedInMonitor ? saved.Acknowledgement : null;
            await IncidentStore.AddEventAsync(
                work, saved.Number, new IncidentEvent(at, decision.Reason, saved.State, there?.By, there?.Reason));
            decision = decision with { After = saved };
        }

        if (LineNow(decision, report, await HeldAsync(work, decision)) is { } line)
        {
            await outbox.SayAsync(work, line, at, About.Whole(decision.After));
        }
    }

    /// <summary>Puts into the outbox what the channel is to be told now.</summary>
    public Task TellDueAsync(StoreTransaction work, DateTimeOffset now) => _teller.TellDueAsync(work, now);

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public Task<DateTimeOffset?> NextAsync(StoreTransaction work) => _teller.NextAsync(work);

    /// <summary>Ends what somebody had in hand until now, and tells it.</summary>
    public async Task EndTakenAsync(StoreTransaction work, DateTimeOffset now)
    {
        foreach (var incident in await IncidentStore.TakenUntilAsync(work, now))
        {
            var by = incident.Acknowledgement!.By;
            await ReleaseAsync(work, incident, Reason.AcknowledgementExpired, by, now);
            if (!MonitorNames.IsMonitor(by)) // What somebody did there is theirs to end.
            {
                await AskMonitorAsync(work, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
            }

            await outbox.SayAsync(work, settings.Value.Incidents.TakenEnded(incident, by, now), now, About.Whole(incident));
        }
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancellationToken) =>
        database.ReadAsync(work => IncidentStore.OpenAsync(work, machine), cancellationToken);

    public Task<Incident?> FindAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(work => IncidentStore.FindAsync(work, number), cancellationToken);

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(work => IncidentStore.StoryAsync(work, number), cancellationToken);

    public Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(
        IReadOnlyList<long> numbers, Acknowledgement taken, string? askedIn, CancellationToken cancellationToken) => EachAsync(
            numbers,
            async (work, incident) =>
            {
                var after = incident with { Acknowledgement = taken };
                await IncidentStore.SaveAsync(work, after);
                await IncidentStore.AddEventAsync(
                    work, incident.Number, new IncidentEvent(taken.At, Reason.Acknowledged, after.State, taken.By, taken.Reason));
                await AskMonitorAsync(work, incident, new MonitorOrder.Acknowledge(incident.Number, taken.By, taken.Reason.Text), taken.At);
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
            async (work, incident) =>
            {
                if (incident.Acknowledgement is null)
                {
                    return new AcknowledgeOutcome(incident.Number, AcknowledgeResult.NotAcknowledged, incident);
                }

                var after = await ReleaseAsync(work, incident, Reason.Unacknowledged, by, now);
                await AskMonitorAsync(work, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
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
            async work =>
            {
                var results = new List<AcknowledgeOutcome>();
                foreach (var number in numbers)
                {
                    results.Add(await IncidentStore.FindAsync(work, number) switch
                    {
                        null => new AcknowledgeOutcome(number, AcknowledgeResult.NoSuchIncident, null),
                        { IsOpen: false } closed => new AcknowledgeOutcome(number, AcknowledgeResult.AlreadyClosed, closed),
                        var incident => await change(work, incident),
                    });
                }

                foreach (var group in AcknowledgeOutcomes.DoneByMachine(results))
                {
                    await outbox.SayAsync(work, lineOf(group), at, About.Whole(group), askedIn);
                }

                return results;
            },
            cancellationToken);
        outbox.Wake();
        Due.Set();
        return outcomes;
    }

    // What another program told the monitor knows nothing of.
    private Task AskMonitorAsync(StoreTransaction work, Incident incident, MonitorOrder order, DateTimeOffset at) =>
        incident.IsMonitored ? outbox.AskMonitorAsync(work, order, at) : Task.CompletedTask;

    // The downtime that an intervention asked for comes back as mails, around a beginning and an end that were told.
    private static async Task<bool> IsOfInterventionAsync(StoreTransaction work, Report report, DateTimeOffset at) =>
        (await InterventionStore.AboutToBeginOrOverAsync(work, at + InterventionRules.Echo, at - InterventionRules.Echo))
            .Any(one => one.Machines.Contains(report.Machine!.Value));

    private static async Task<Decision> DecideAsync(StoreTransaction work, Report report, Incident? open, DateTimeOffset at)
    {
        var decision = IncidentRules.Decide(report, open, at);
        var before = await CheckHistoryStore.FindAsync(work, report.Machine!.Value, report.Service);
        var (decided, after) = FlapRules.Apply(decision, report, open, before, at);
        if (after is not null && after != before)
        {
            await CheckHistoryStore.SaveAsync(work, report.Machine.Value, report.Service, after);
        }

        return decided;
    }

    private Task<Situation> SituationAsync(StoreTransaction work) => SuppressionEnds.SituationAsync(work, settings.Value.Settings.Inventory);

    private static async Task<Incident> ReleaseAsync(StoreTransaction work, Incident incident, Reason why, PublicText by, DateTimeOffset now)
    {
        var after = incident with { Acknowledgement = null };
        await IncidentStore.SaveAsync(work, after);
        await IncidentStore.AddEventAsync(work, incident.Number, new IncidentEvent(now, why, after.State, by, null));
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
    private static async Task<long> HeldAsync(StoreTransaction work, Decision decision) =>
        decision is { Reason: Reason.FlappingEnded, After: { } after }
            ? (await IncidentStore.StoryAsync(work, after.Number)).Reverse().TakeWhile(step => step.Reason != Reason.FlappingStarted)
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
