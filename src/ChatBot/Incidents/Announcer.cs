using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Puts into the outbox what the channel is to be told of incidents, and holds back what something else explains: all in the transaction
/// of the caller.
/// </summary>
internal sealed class Announcer(OutboxWriter outbox, CurrentSettings settings, BotMetrics metrics)
{
    // When ends of many machines were told last: those that follow at once wait for each other.
    private DateTimeOffset? _manyEndedAt;

    /// <summary>Tells what is due.</summary>
    public async Task TellDueAsync(StoreTransaction work, DateTimeOffset now)
    {
        var speech = settings.Value.Settings.Speech;
        await SettleAsync(work, now);
        await UncoverAsync(work, now);
        var untold = await IncidentStore.UntoldAsync(work);
        if (untold.Any(incident => Announcement.IsDue(incident.AnnounceAt!.Value, now, Longest(speech))))
        {
            untold = await WithoutSilencedAsync(work, untold, now);
            untold = await WithoutCoveredAsync(work, untold, now);
            untold = await WithoutWaitingAsync(work, untold, now);
            await AnnounceAsync(work, await ChangesBefore.AddAsync(work, untold), now);
        }

        if (speech.Repeat > TimeSpan.Zero)
        {
            await RemindAsync(work, now - speech.Repeat, now);
        }
    }

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public async Task<DateTimeOffset?> NextAsync(StoreTransaction work)
    {
        var repeat = settings.Value.Settings.Speech.Repeat;
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

    private async Task AnnounceAsync(StoreTransaction work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (untold.Count == 0)
        {
            return;
        }

        var live = settings.Value;
        var covered = new Dictionary<long, InhibitedCount>();
        foreach (var incident in untold.Where(one => IsCause(one, live.Settings.Speech)))
        {
            if (await IncidentStore.CountCoveredAsync(work, incident.Number) is { Total: > 0 } count)
            {
                covered[incident.Number] = new InhibitedCount(count.Total, count.Still, incident.Service is not null);
            }
        }

        var unheard = await IncidentStore.CountUnheardAsync(work, untold.Min(incident => incident.OpenedAt));
        foreach (var one in Announcement.Due(untold, now, Longest(live.Settings.Speech), live.Incidents, covered, unheard))
        {
            await SayAsync(work, one, now);
            if (one.About is { Topic: Topic.Recovery, Machine: null })
            {
                _manyEndedAt = now;
            }
        }
    }

    private async Task SayAsync(StoreTransaction work, Announcement announcement, DateTimeOffset now)
    {
        foreach (var incident in announcement.Incidents)
        {
            await IncidentStore.SaveAsync(work, announcement.Line is null ? incident : incident with { AnnouncedAt = now });
            if (announcement.Line is not null)
            {
                await NoteAsync(work, incident, Reason.Announced, now);
            }
        }

        if (announcement.Line is { } line)
        {
            await outbox.SayAsync(
                work, line, announcement.Incidents.Max(incident => incident.ClosedAt ?? incident.OpenedAt), announcement.About);
        }
    }

    // A mute or an intervention may have begun while they waited for company.
    private async Task<IReadOnlyList<Incident>> WithoutSilencedAsync(StoreTransaction work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var situation = await SuppressionEnds.SituationAsync(work, settings.Value.Settings.Inventory);
        var told = new List<Incident>();
        foreach (var incident in untold)
        {
            if (incident.IsOpen && SuppressionRules.Of(incident.Machine, incident.Service, situation) is { } hold)
            {
                await HoldAsync(work, incident with { SuppressedBy = hold }, now);
            }
            else
            {
                told.Add(incident);
            }
        }

        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutCoveredAsync(StoreTransaction work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var covers = await CoversAsync(work);
        var (told, late) = (new List<Incident>(), new List<Incident>());
        foreach (var incident in untold)
        {
            if (incident.IsOpen && covers.Of(incident, now) is { } cause)
            {
                // What explains others may be told already, with nothing to explain then.
                if (covers.IsLoad(cause) && cause is { AnnouncedState: not null, AnnounceAt: null } && late.TrueForAll(one => one.Number != cause.Number)
                    && await IncidentStore.CountCoveredAsync(work, cause.Number) is { Total: 0 })
                {
                    late.Add(cause);
                }

                await HoldAsync(work, incident with { SuppressedBy = covers.Kind(cause), InhibitedBy = cause.Number, AnnounceAt = null }, now);
            }
            else
            {
                told.Add(incident);
            }
        }

        foreach (var cause in late)
        {
            await SayOverloadAsync(work, cause, now);
        }

        return told;
    }

    private async Task SayOverloadAsync(StoreTransaction work, Incident cause, DateTimeOffset now)
    {
        var count = await IncidentStore.CountCoveredAsync(work, cause.Number);
        var line = settings.Value.Incidents.Cause(cause, new InhibitedCount(count.Total, count.Still, IsLoad: true));
        await outbox.SayAsync(work, line, now, About.Whole(cause));
    }

    // More of a machine that was told a moment ago: they wait for its next line, unless they are urgent.
    private async Task<IReadOnlyList<Incident>> WithoutWaitingAsync(StoreTransaction work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var speech = settings.Value.Settings.Speech;
        if (speech.GroupWait == TimeSpan.Zero || speech.GroupInterval <= speech.GroupWait)
        {
            return untold;
        }

        untold = await WithoutEndsOfStormAsync(work, untold, now);
        var lately = (await IncidentStore.ToldSinceAsync(work, now - speech.GroupInterval))
            .ToDictionary(one => one.Machine, one => Moment.Read(one.ToldAt), StringComparer.Ordinal);
        var told = new List<Incident>();
        foreach (var machine in untold.GroupBy(incident => incident.Machine))
        {
            var waits = lately.TryGetValue(machine.Key.Value, out var last) && last <= now && machine.All(one => one.IsOpen && !IncidentFact.Of(one, false).IsUrgent);
            foreach (var incident in machine)
            {
                if (!waits)
                {
                    told.Add(incident);
                }
                else if (incident.AnnounceAt < last + speech.GroupInterval)
                {
                    await HoldAsync(work, incident with { AnnounceAt = last + speech.GroupInterval }, now, Reason.WaitsForOthers);
                }
            }
        }

        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutEndsOfStormAsync(StoreTransaction work, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (_manyEndedAt + settings.Value.Settings.Speech.GroupInterval is not { } until || now >= until || now < _manyEndedAt)
        {
            return untold;
        }

        foreach (var incident in untold.Where(incident => !incident.IsOpen && incident.AnnounceAt < until))
        {
            await IncidentStore.SaveAsync(work, incident with { AnnounceAt = until });
        }

        return untold.Where(incident => incident.IsOpen).ToList();
    }

    // What explained them is over: they are told a little later if they are not. Another cause may have come meanwhile.
    private async Task UncoverAsync(StoreTransaction work, DateTimeOffset now)
    {
        var orphans = await IncidentStore.UncoveredAsync(work, now - Inhibition.Longest);
        if (orphans.Count == 0)
        {
            return;
        }

        var covers = await CoversAsync(work);
        foreach (var incident in orphans)
        {
            var grace = incident.SuppressedBy == Suppression.Overloaded ? settings.Value.Settings.Speech.OverloadWait : Inhibition.Grace;
            if (covers.Of(incident, now) is { } cause)
            {
                await IncidentStore.SaveAsync(work, incident with { SuppressedBy = covers.Kind(cause), InhibitedBy = cause.Number, AnnounceAt = null });
            }
            else if (incident.AnnounceAt is not { } tellAt)
            {
                await IncidentStore.SaveAsync(work, incident with { AnnounceAt = now + grace });
            }
            else if (Announcement.IsDue(tellAt, now, grace))
            {
                await HoldAsync(work, incident with { SuppressedBy = null, AnnounceAt = now }, now, Reason.InhibitionEnded);
            }
        }
    }

    // What changed too often does so no more: it is told as it stands.
    private async Task SettleAsync(StoreTransaction work, DateTimeOffset now)
    {
        foreach (var row in await CheckHistoryStore.SettledAsync(work, now))
        {
            var history = row.Read();
            await CheckHistoryStore.SaveAsync(work, row.ReadMachine(), row.ReadService(), history.Settled());
            if (await IncidentStore.OpenOneAsync(work, row.ReadMachine(), row.ReadService()) is not { Flapping: true } open)
            {
                continue;
            }

            var after = open with
            {
                Flapping = false,
                AnnouncedState = open.State,
                AnnounceAt = null,
                AnnouncedAt = now,
                ClosedAt = open.State.IsGood() ? history.LastAt : null,
            };
            var situation = await SuppressionEnds.SituationAsync(work, settings.Value.Settings.Inventory);
            if (after.IsOpen && SuppressionRules.Of(open.Machine, open.Service, situation) is { } hold)
            {
                await HoldAsync(work, open with { Flapping = false, SuppressedBy = hold, AnnounceAt = now }, now);
                continue;
            }

            await IncidentStore.SaveAsync(work, after);
            await NoteAsync(work, after, Reason.FlappingEnded, now);
            await outbox.SayAsync(work, settings.Value.Incidents.Settled(after, history.Held), now, About.Whole(after));
        }
    }

    private async Task RemindAsync(StoreTransaction work, DateTimeOffset until, DateTimeOffset now)
    {
        var forgotten = await IncidentStore.ForgottenAsync(work, until);
        if (forgotten.Count == 0)
        {
            return;
        }

        foreach (var incident in forgotten)
        {
            await IncidentStore.SaveAsync(work, incident with { AnnouncedAt = now });
            await NoteAsync(work, incident, Reason.Reminded, now);
        }

        await outbox.SayAsync(work, settings.Value.Incidents.Reminder(forgotten), now, About.Whole(forgotten));
    }

    private async Task HoldAsync(StoreTransaction work, Incident incident, DateTimeOffset now, Reason? because = null)
    {
        var why = because ?? incident.SuppressedBy!.Value.Reason();
        await IncidentStore.SaveAsync(work, incident);
        await NoteAsync(work, incident, why, now);
        if (why != Reason.InhibitionEnded)
        {
            metrics.HeldBack(why);
        }
    }

    private async Task<Inhibition> CoversAsync(StoreTransaction work)
    {
        var current = settings.Value.Settings;
        return new Inhibition(await IncidentStore.CausesAsync(work, current.Speech.LoadServices), current.Inventory, current.Speech.LoadServices);
    }

    private static bool IsCause(Incident incident, SpeechSettings speech) =>
        incident.Service is not { } service || speech.LoadServices.Contains(service.Value, StringComparer.OrdinalIgnoreCase);

    private static Task NoteAsync(StoreTransaction work, Incident incident, Reason why, DateTimeOffset at) =>
        IncidentStore.AddEventAsync(work, incident.Number, new IncidentEvent(at, why, incident.State, null, null));
}
