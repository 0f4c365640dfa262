using ChatBot.Configuration;
using ChatBot.Core.Incidents;
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
    /// <summary>Set when something may be due earlier than was thought.</summary>
    public Signal Due { get; } = new();

    /// <summary>Applies a report of a monitor that names its machine and state.</summary>
    public async Task ApplyAsync(Work work, Report report, DateTimeOffset at)
    {
        var open = await IncidentStore.OpenOneAsync(work, report.Machine!.Value, report.Service);
        var decision = IncidentRules.Decide(report, open, at);
        if (decision.Tell == Tell.Nothing)
            metrics.HeldBack(decision.Why);
        if (decision.After is { } after)
        {
            var saved = await IncidentStore.SaveAsync(work, Scheduled(decision, after));
            var there = decision.Why == Why.TakenInMonitor ? saved.Taken : null;
            await IncidentStore.AddEventAsync(
                work, saved.Number, new IncidentEvent(at, decision.Why, saved.State, there?.By, there?.Reason));
            decision = decision with { After = saved };
        }

        if (LineNow(decision, report) is { } line)
            await outbox.SayAsync(work, line, at, About.Whole(decision.After));
    }

    /// <summary>Puts into the outbox what the channel is to be told now.</summary>
    public async Task TellDueAsync(Work work, DateTimeOffset now)
    {
        var live = settings.Now;
        var untold = await IncidentStore.UntoldAsync(work);
        foreach (var announcement in Announcement.Due(untold, now, live.Settings.Speech.GroupWait, live.Incidents))
        {
            foreach (var incident in announcement.Incidents)
                await IncidentStore.SaveAsync(work, incident);
            if (announcement.Line is not { } line)
                continue;
            foreach (var incident in announcement.Incidents)
                await IncidentStore.AddEventAsync(work, incident.Number, new IncidentEvent(now, Why.Told, incident.State, null, null));
            await outbox.SayAsync(
                work, line, announcement.Incidents.Max(incident => incident.ClosedAt ?? incident.OpenedAt), announcement.About);
        }
    }

    /// <summary>Ends what somebody had in hand until now, and tells it.</summary>
    public async Task EndTakenAsync(Work work, DateTimeOffset now)
    {
        foreach (var incident in await IncidentStore.TakenUntilAsync(work, now))
        {
            var by = incident.Taken!.By;
            await ReleaseAsync(work, incident, Why.TakenEnded, by, now);
            if (by != MonitorWords.Nagios) // What somebody did there is theirs to end.
                await outbox.AskMonitorAsync(work, new MonitorOrder.Unacknowledge(incident.Number), now);
            await outbox.SayAsync(work, settings.Now.Incidents.TakenEnded(incident, by, now), now, About.Whole(incident));
        }
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.OpenAsync(work, machine), cancel);

    public Task<Incident?> FindAsync(long number, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.FindAsync(work, number), cancel);

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancel) =>
        database.ReadAsync(work => IncidentStore.StoryAsync(work, number), cancel);

    public async Task<(TakeResult Result, Incident? Incident)> TakeAsync(
        long number, Taken taken, string? askedIn, CancellationToken cancel)
    {
        var outcome = await database.WriteAsync<(TakeResult, Incident?)>(
            async work =>
            {
                if (await IncidentStore.FindAsync(work, number) is not { } incident)
                    return (TakeResult.NoSuchIncident, null);
                if (!incident.IsOpen)
                    return (TakeResult.AlreadyClosed, incident);

                var after = incident with { Taken = taken };
                await IncidentStore.SaveAsync(work, after);
                await IncidentStore.AddEventAsync(
                    work, number, new IncidentEvent(taken.At, Why.Taken, after.State, taken.By, taken.Reason));
                await outbox.AskMonitorAsync(work, new MonitorOrder.Acknowledge(number, taken.By, taken.Reason.Text), taken.At);
                await outbox.SayAsync(work, settings.Now.Incidents.Taken(after, taken.At), taken.At, About.Whole(after), askedIn);
                return (TakeResult.Done, after);
            },
            cancel);
        outbox.Wake();
        Due.Set();
        return outcome;
    }

    public async Task<(TakeResult Result, Incident? Incident)> ReleaseAsync(
        long number, PublicText by, string? askedIn, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var outcome = await database.WriteAsync<(TakeResult, Incident?)>(
            async work =>
            {
                if (await IncidentStore.FindAsync(work, number) is not { } incident)
                    return (TakeResult.NoSuchIncident, null);
                if (!incident.IsOpen)
                    return (TakeResult.AlreadyClosed, incident);
                if (incident.Taken is null)
                    return (TakeResult.NotTaken, incident);

                var after = await ReleaseAsync(work, incident, Why.Released, by, now);
                await outbox.AskMonitorAsync(work, new MonitorOrder.Unacknowledge(number), now);
                await outbox.SayAsync(work, settings.Now.Incidents.Released(after, by, now), now, About.Whole(after), askedIn);
                return (TakeResult.Done, after);
            },
            cancel);
        outbox.Wake();
        return outcome;
    }

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

    private Line? LineNow(Decision decision, Report report)
    {
        var lines = settings.Now.Incidents;
        return decision.Why switch
        {
            Why.TakenInMonitor => lines.TakenInMonitor(decision.After!, report),
            Why.FlappingStarted => lines.FlappingStarted(decision.After!),
            Why.FlappingEnded => lines.FlappingEnded(report, decision.After),
            Why.Downtime => lines.Downtime(report),
            _ => null,
        };
    }
}
