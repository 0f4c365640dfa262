using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Mail;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Speech;
using ChatBot.Hosting;
using ChatBot.Speech;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Incidents;

/// <summary>Carries out what is decided about incidents: the state, its story and what is to be said, in one transaction.</summary>
public sealed class IncidentDesk(
    Database database, Outbox outbox, LiveSettings settings, Metrics metrics, TimeProvider clock) : IIncidents
{
    private readonly IncidentTeller _teller = new(outbox, settings, metrics);

    /// <summary>Set when something may be due earlier than was thought.</summary>
    public Signal Due { get; } = new();

    /// <summary>Applies a report of a monitor that names its machine and state.</summary>
    public async Task ApplyAsync(Work work, Report report, DateTimeOffset at)
    {
        var open = await IncidentStore.OpenOneAsync(work, report.Machine!.Value, report.Service);
        var decided = await DecideAsync(work, report, open, at);
        var decision = Holds.Apply(decided, open, report.Machine.Value, report.Service, await SituationAsync(work), at);
        if (decision.Why == Why.Downtime && await IsOfInterventionAsync(work, report, at))
            decision = new Decision(Why.HeldIntervention, null, Tell.Nothing);
        if (decision.Tell == Tell.Nothing)
            metrics.HeldBack(decision.Why);
        if (decision.After is { } after)
        {
            if (decision.Tell == Tell.Now)
                after = after with { ToldAt = at };
            var saved = await IncidentStore.SaveAsync(work, Scheduled(decision, after));
            var there = decision.Why == Why.TakenInMonitor ? saved.Taken : null;
            await IncidentStore.AddEventAsync(
                work, saved.Number, new IncidentEvent(at, decision.Why, saved.State, there?.By, there?.Reason));
            decision = decision with { After = saved };
        }

        if (LineNow(decision, report, await HeldAsync(work, decision)) is { } line)
            await outbox.SayAsync(work, line, at, About.Whole(decision.After));
    }

    /// <summary>Puts into the outbox what the channel is to be told now.</summary>
    public Task TellDueAsync(Work work, DateTimeOffset now) => _teller.TellDueAsync(work, now);

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public Task<DateTimeOffset?> NextAsync(Work work) => _teller.NextAsync(work);

    /// <summary>Ends what somebody had in hand until now, and tells it.</summary>
    public async Task EndTakenAsync(Work work, DateTimeOffset now)
    {
        foreach (var incident in await IncidentStore.TakenUntilAsync(work, now))
        {
            var by = incident.Taken!.By;
            await ReleaseAsync(work, incident, Why.TakenEnded, by, now);
            if (!MonitorWords.IsMonitor(by)) // What somebody did there is theirs to end.
                await AskMonitorAsync(work, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
            await outbox.SayAsync(work, settings.Now.Incidents.TakenEnded(incident, by, now), now, About.Whole(incident));
        }
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.OpenAsync(work, machine), cancel);

    public Task<Incident?> FindAsync(long number, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.FindAsync(work, number), cancel);

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.StoryAsync(work, number), cancel);

    public Task<IReadOnlyList<TakeOutcome>> TakeAsync(
        IReadOnlyList<long> numbers, Taken taken, string? askedIn, CancellationToken cancel) => EachAsync(
            numbers,
            async (work, incident) =>
            {
                var after = incident with { Taken = taken };
                await IncidentStore.SaveAsync(work, after);
                await IncidentStore.AddEventAsync(
                    work, incident.Number, new IncidentEvent(taken.At, Why.Taken, after.State, taken.By, taken.Reason));
                await AskMonitorAsync(work, incident, new MonitorOrder.Acknowledge(incident.Number, taken.By, taken.Reason.Text), taken.At);
                return new TakeOutcome(incident.Number, TakeResult.Done, after);
            },
            taken.At,
            group => settings.Now.Incidents.TakenGroup(group, taken.At),
            askedIn,
            cancel);

    public Task<IReadOnlyList<TakeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return EachAsync(
            numbers,
            async (work, incident) =>
            {
                if (incident.Taken is null)
                    return new TakeOutcome(incident.Number, TakeResult.NotTaken, incident);
                var after = await ReleaseAsync(work, incident, Why.Released, by, now);
                await AskMonitorAsync(work, incident, new MonitorOrder.Unacknowledge(incident.Number), now);
                return new TakeOutcome(incident.Number, TakeResult.Done, after);
            },
            now,
            group => settings.Now.Incidents.ReleasedGroup(group, by, now),
            askedIn,
            cancel);
    }

    // In one transaction, and a line for each machine.
    private async Task<IReadOnlyList<TakeOutcome>> EachAsync(
        IReadOnlyList<long> numbers, Func<Work, Incident, Task<TakeOutcome>> change, DateTimeOffset at,
        Func<IReadOnlyList<Incident>, Line> lineOf, string? askedIn, CancellationToken cancel)
    {
        var outcomes = await database.WriteAsync<IReadOnlyList<TakeOutcome>>(
            async work =>
            {
                var results = new List<TakeOutcome>();
                foreach (var number in numbers)
                    results.Add(await IncidentStore.FindAsync(work, number) switch
                    {
                        null => new TakeOutcome(number, TakeResult.NoSuchIncident, null),
                        { IsOpen: false } closed => new TakeOutcome(number, TakeResult.AlreadyClosed, closed),
                        var incident => await change(work, incident),
                    });
                foreach (var group in TakeOutcomes.DoneByMachine(results))
                    await outbox.SayAsync(work, lineOf(group), at, About.Whole(group), askedIn);
                return results;
            },
            cancel);
        outbox.Wake();
        Due.Set();
        return outcomes;
    }

    // What another program told the monitor knows nothing of.
    private Task AskMonitorAsync(Work work, Incident incident, MonitorOrder order, DateTimeOffset at) =>
        incident.IsMonitored ? outbox.AskMonitorAsync(work, order, at) : Task.CompletedTask;

    // The downtime that an intervention asked for comes back as mails, around a beginning and an end that were told.
    private static async Task<bool> IsOfInterventionAsync(Work work, Report report, DateTimeOffset at) =>
        (await InterventionStore.AboutToBeginOrOverAsync(work, at + InterventionRules.Echo, at - InterventionRules.Echo))
            .Any(one => one.Machines.Contains(report.Machine!.Value));

    private static async Task<Decision> DecideAsync(Work work, Report report, Incident? open, DateTimeOffset at)
    {
        var decision = IncidentRules.Decide(report, open, at);
        var before = await CheckHistoryStore.FindAsync(work, report.Machine!.Value, report.Service);
        var (decided, after) = FlapRules.Apply(decision, report, open, before, at);
        if (after is not null && after != before)
            await CheckHistoryStore.SaveAsync(work, report.Machine.Value, report.Service, after);
        return decided;
    }

    private Task<Situation> SituationAsync(Work work) => Silences.SituationAsync(work, settings.Now.Settings.Inventory);

    private static async Task<Incident> ReleaseAsync(Work work, Incident incident, Why why, PublicText by, DateTimeOffset now)
    {
        var after = incident with { Taken = null };
        await IncidentStore.SaveAsync(work, after);
        await IncidentStore.AddEventAsync(work, incident.Number, new IncidentEvent(now, why, after.State, by, null));
        return after;
    }

    // Alerts wait for company from now on, however long their mails lay in the mailbox: thousands that waited there are told by
    // machine and not by batch. Ends are due at once, so that those of one batch go together.
    private Incident Scheduled(Decision decision, Incident after) => (decision.Tell, decision.Why) switch
    {
        (Tell.AfterWait, _) => after with { TellAt = after.TellAt ?? clock.GetUtcNow() + settings.Now.Settings.Speech.GroupWait },
        (_, Why.Recovered) => after with { TellAt = clock.GetUtcNow() },
        _ => after,
    };

    // How many changes were not told since it became unstable.
    private static async Task<long> HeldAsync(Work work, Decision decision) =>
        decision is { Why: Why.FlappingEnded, After: { } after }
            ? (await IncidentStore.StoryAsync(work, after.Number)).Reverse().TakeWhile(step => step.Why != Why.FlappingStarted)
                .Count(step => step.Why == Why.WhileFlapping)
            : 0;

    private Line? LineNow(Decision decision, Report report, long held)
    {
        var lines = settings.Now.Incidents;
        return decision.Why switch
        {
            Why.TakenInMonitor => lines.TakenInMonitor(decision.After!, report),
            Why.FlappingStarted => lines.FlappingStarted(decision.After!),
            Why.FlappingEnded => lines.FlappingEnded(report, decision.After, held),
            Why.Downtime => lines.Downtime(report),
            _ => null,
        };
    }
}
