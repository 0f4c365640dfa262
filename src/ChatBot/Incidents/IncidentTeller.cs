using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Core.Speech;
using ChatBot.Speech;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Incidents;

/// <summary>
/// Puts into the outbox what the channel is to be told of incidents, and holds back what something else explains: all in the transaction
/// of the caller.
/// </summary>
internal sealed class IncidentTeller(Outbox outbox, LiveSettings settings, Metrics metrics)
{
    // When ends of many machines were told last: those that follow at once wait for each other.
    private DateTimeOffset? _manyEndedAt;

    /// <summary>Tells what is due.</summary>
    public async Task TellDueAsync(Work work, DateTimeOffset now)
    {
        var speech = settings.Now.Settings.Speech;
        await SettleAsync(work, now);
        await UncoverAsync(work, now);
        var untold = await IncidentStore.UntoldAsync(work);
        if (untold.Any(incident => Announcement.IsDue(incident.TellAt!.Value, now, Longest(speech))))
        {
            untold = await WithoutSilencedAsync(work, untold, now);
            untold = await WithoutCoveredAsync(work, untold, now);
            untold = await WithoutWaitingAsync(work, untold, now);
            await AnnounceAsync(work, await ChangesBefore.AddAsync(work, untold), now);
        }

        if (speech.Repeat > TimeSpan.Zero)
            await RemindAsync(work, now - speech.Repeat, now);
    }

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public async Task<DateTimeOffset?> NextAsync(Work work)
    {
        var repeat = settings.Now.Settings.Speech.Repeat;
        DateTimeOffset?[] all =
        [
            await IncidentStore.NextUncoveredAsync(work),
            await CheckHistoryStore.NextSettledAsync(work),
            repeat > TimeSpan.Zero ? await IncidentStore.FirstForgottenAsync(work) + repeat : null,
        ];
        return all.Min();
    }

    /// <summary>No alert waits longer for company.</summary>
    public static TimeSpan Longest(SpeechSettings speech) => speech.GroupWait > speech.GroupInterval ? speech.GroupWait : speech.GroupInterval;

    private async Task AnnounceAsync(Work work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (untold.Count == 0)
            return;
        var live = settings.Now;
        var covered = new Dictionary<long, Covered>();
        foreach (var incident in untold.Where(one => IsCause(one, live.Settings.Speech)))
            if (await IncidentStore.CountCoveredAsync(work, incident.Number) is { Total: > 0 } count)
                covered[incident.Number] = new Covered(count.Total, count.Still, incident.Service is not null);
        var unheard = await IncidentStore.CountUnheardAsync(work, untold.Min(incident => incident.OpenedAt));
        foreach (var one in Announcement.Due(untold, now, Longest(live.Settings.Speech), live.Incidents, covered, unheard))
        {
            await SayAsync(work, one, now);
            if (one.About is { Topic: Topic.Recovery, Machine: null })
                _manyEndedAt = now;
        }
    }

    private async Task SayAsync(Work work, Announcement announcement, DateTimeOffset now)
    {
        foreach (var incident in announcement.Incidents)
        {
            await IncidentStore.SaveAsync(work, announcement.Line is null ? incident : incident with { ToldAt = now });
            if (announcement.Line is not null)
                await NoteAsync(work, incident, Why.Told, now);
        }

        if (announcement.Line is { } line)
            await outbox.SayAsync(
                work, line, announcement.Incidents.Max(incident => incident.ClosedAt ?? incident.OpenedAt), announcement.About);
    }

    // A mute or an intervention may have begun while they waited for company.
    private async Task<IReadOnlyList<Incident>> WithoutSilencedAsync(Work work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var situation = await Silences.SituationAsync(work, settings.Now.Settings.Inventory);
        var told = new List<Incident>();
        foreach (var incident in untold)
            if (incident.IsOpen && Holds.Of(incident.Machine, incident.Service, situation) is { } hold)
                await HoldAsync(work, incident with { Held = hold }, now);
            else
                told.Add(incident);
        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutCoveredAsync(Work work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var covers = await CoversAsync(work);
        var (told, late) = (new List<Incident>(), new List<Incident>());
        foreach (var incident in untold)
            if (incident.IsOpen && covers.Of(incident, now) is { } cause)
            {
                // What explains others may be told already, with nothing to explain then.
                if (covers.IsLoad(cause) && cause is { ToldState: not null, TellAt: null } && late.TrueForAll(one => one.Number != cause.Number)
                    && await IncidentStore.CountCoveredAsync(work, cause.Number) is { Total: 0 })
                    late.Add(cause);
                await HoldAsync(work, incident with { Held = covers.Kind(cause), CoveredBy = cause.Number, TellAt = null }, now);
            }
            else
                told.Add(incident);
        foreach (var cause in late)
            await SayOverloadAsync(work, cause, now);
        return told;
    }

    private async Task SayOverloadAsync(Work work, Incident cause, DateTimeOffset now)
    {
        var count = await IncidentStore.CountCoveredAsync(work, cause.Number);
        var line = settings.Now.Incidents.Cause(cause, new Covered(count.Total, count.Still, IsLoad: true));
        await outbox.SayAsync(work, line, now, About.Whole(cause));
    }

    // More of a machine that was told a moment ago: they wait for its next line, unless they are urgent.
    private async Task<IReadOnlyList<Incident>> WithoutWaitingAsync(Work work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var speech = settings.Now.Settings.Speech;
        if (speech.GroupWait == TimeSpan.Zero || speech.GroupInterval <= speech.GroupWait)
            return untold;
        untold = await WithoutEndsOfStormAsync(work, untold, now);
        var lately = (await IncidentStore.ToldSinceAsync(work, now - speech.GroupInterval))
            .ToDictionary(one => one.Machine, one => Moment.Read(one.ToldAt), StringComparer.Ordinal);
        var told = new List<Incident>();
        foreach (var machine in untold.GroupBy(incident => incident.Machine))
        {
            var waits = lately.TryGetValue(machine.Key.Value, out var last) && last <= now && machine.All(one => one.IsOpen && !IncidentFact.Of(one, false).IsUrgent);
            foreach (var incident in machine)
                if (!waits)
                    told.Add(incident);
                else if (incident.TellAt < last + speech.GroupInterval)
                    await HoldAsync(work, incident with { TellAt = last + speech.GroupInterval }, now, Why.WaitsForOthers);
        }

        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutEndsOfStormAsync(Work work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (_manyEndedAt + settings.Now.Settings.Speech.GroupInterval is not { } until || now >= until || now < _manyEndedAt)
            return untold;
        foreach (var incident in untold.Where(incident => !incident.IsOpen && incident.TellAt < until))
            await IncidentStore.SaveAsync(work, incident with { TellAt = until });
        return untold.Where(incident => incident.IsOpen).ToList();
    }

    // What explained them is over: they are told a little later if they are not. Another cause may have come meanwhile.
    private async Task UncoverAsync(Work work, DateTimeOffset now)
    {
        var orphans = await IncidentStore.UncoveredAsync(work, now - Covers.Longest);
        if (orphans.Count == 0)
            return;
        var covers = await CoversAsync(work);
        foreach (var incident in orphans)
        {
            var grace = incident.Held == Hold.Overloaded ? settings.Now.Settings.Speech.OverloadWait : Covers.Grace;
            if (covers.Of(incident, now) is { } cause)
                await IncidentStore.SaveAsync(work, incident with { Held = covers.Kind(cause), CoveredBy = cause.Number, TellAt = null });
            else if (incident.TellAt is not { } tellAt)
                await IncidentStore.SaveAsync(work, incident with { TellAt = now + grace });
            else if (Announcement.IsDue(tellAt, now, grace))
                await HoldAsync(work, incident with { Held = null, TellAt = now }, now, Why.Uncovered);
        }
    }

    // What changed too often does so no more: it is told as it stands.
    private async Task SettleAsync(Work work, DateTimeOffset now)
    {
        foreach (var row in await CheckHistoryStore.SettledAsync(work, now))
        {
            var history = row.Read();
            await CheckHistoryStore.SaveAsync(work, row.ReadMachine(), row.ReadService(), history.Settled());
            if (await IncidentStore.OpenOneAsync(work, row.ReadMachine(), row.ReadService()) is not { Flapping: true } open)
                continue;
            var after = open with
            {
                Flapping = false,
                ToldState = open.State,
                TellAt = null,
                ToldAt = now,
                ClosedAt = open.State.IsGood() ? history.LastAt : null,
            };
            var situation = await Silences.SituationAsync(work, settings.Now.Settings.Inventory);
            if (after.IsOpen && Holds.Of(open.Machine, open.Service, situation) is { } hold)
            {
                await HoldAsync(work, open with { Flapping = false, Held = hold, TellAt = now }, now);
                continue;
            }

            await IncidentStore.SaveAsync(work, after);
            await NoteAsync(work, after, Why.FlappingEnded, now);
            await outbox.SayAsync(work, settings.Now.Incidents.Settled(after, history.Held), now, About.Whole(after));
        }
    }

    private async Task RemindAsync(Work work, DateTimeOffset until, DateTimeOffset now)
    {
        var forgotten = await IncidentStore.ForgottenAsync(work, until);
        if (forgotten.Count == 0)
            return;
        foreach (var incident in forgotten)
        {
            await IncidentStore.SaveAsync(work, incident with { ToldAt = now });
            await NoteAsync(work, incident, Why.Reminded, now);
        }

        await outbox.SayAsync(work, settings.Now.Incidents.Reminder(forgotten), now, About.Whole(forgotten));
    }

    private async Task HoldAsync(Work work, Incident incident, DateTimeOffset now, Why? because = null)
    {
        var why = because ?? incident.Held!.Value.Reason();
        await IncidentStore.SaveAsync(work, incident);
        await NoteAsync(work, incident, why, now);
        if (why != Why.Uncovered)
            metrics.HeldBack(why);
    }

    private async Task<Covers> CoversAsync(Work work)
    {
        var current = settings.Now.Settings;
        return new Covers(await IncidentStore.CausesAsync(work, current.Speech.LoadServices), current.Inventory, current.Speech.LoadServices);
    }

    private static bool IsCause(Incident incident, SpeechSettings speech) =>
        incident.Service is not { } service || speech.LoadServices.Contains(service.Value, StringComparer.OrdinalIgnoreCase);

    private static Task NoteAsync(Work work, Incident incident, Why why, DateTimeOffset at) =>
        IncidentStore.AddEventAsync(work, incident.Number, new IncidentEvent(at, why, incident.State, null, null));
}
