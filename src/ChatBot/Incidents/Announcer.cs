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
    public async Task TellDueAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var speech = settings.Value.Settings.Speech;
        await SettleAsync(transaction, now);
        await UncoverAsync(transaction, now);
        var untold = await IncidentStore.UnannouncedAsync(transaction);
        if (untold.Any(incident => Announcement.IsDue(incident.AnnounceAt!.Value, now, Longest(speech))))
        {
            untold = await WithoutSilencedAsync(transaction, untold, now);
            untold = await WithoutCoveredAsync(transaction, untold, now);
            untold = await WithoutWaitingAsync(transaction, untold, now);
            await AnnounceAsync(transaction, await ChangesBefore.AddAsync(transaction, untold), now);
        }

        if (speech.Repeat > TimeSpan.Zero)
        {
            await RemindAsync(transaction, now - speech.Repeat, now);
        }
    }

    /// <summary>When there is something to tell next, alerts that wait for company apart; null where there is nothing.</summary>
    public async Task<DateTimeOffset?> NextAsync(StoreTransaction transaction)
    {
        var repeat = settings.Value.Settings.Speech.Repeat;
        DateTimeOffset?[] all =
        [
            await IncidentStore.NextUninhibitedAsync(transaction),
            await CheckHistoryStore.NextSettledAsync(transaction),
            repeat > TimeSpan.Zero ? await IncidentStore.FirstUnacknowledgedAsync(transaction) + repeat : null,
        ];
        return all.Min();
    }

    /// <summary>No alert waits longer for company.</summary>
    public static TimeSpan Longest(SpeechSettings speech) => speech.GroupWait > speech.GroupInterval ? speech.GroupWait : speech.GroupInterval;

    private async Task AnnounceAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (untold.Count == 0)
        {
            return;
        }

        var live = settings.Value;
        var covered = new Dictionary<long, InhibitedCount>();
        foreach (var incident in untold.Where(one => IsCause(one, live.Settings.Speech)))
        {
            if (await IncidentStore.CountInhibitedAsync(transaction, incident.Number) is { Total: > 0 } count)
            {
                covered[incident.Number] = new InhibitedCount(count.Total, count.Still, incident.Service is not null);
            }
        }

        var unheard = await IncidentStore.CountUnannouncedAsync(transaction, untold.Min(incident => incident.OpenedAt));
        foreach (var one in Announcement.Due(untold, now, Longest(live.Settings.Speech), live.Incidents, covered, unheard))
        {
            await SayAsync(transaction, one, now);
            if (one.About is { Topic: Topic.Recovery, Machine: null })
            {
                transaction.AfterCommit(() => _manyEndedAt = now);
            }
        }
    }

    private async Task SayAsync(StoreTransaction transaction, Announcement announcement, DateTimeOffset now)
    {
        foreach (var incident in announcement.Incidents)
        {
            await IncidentStore.SaveAsync(transaction, announcement.Line is null ? incident : incident with { AnnouncedAt = now });
            if (announcement.Line is not null)
            {
                await NoteAsync(transaction, incident, Reason.Announced, now);
            }
        }

        if (announcement.Line is { } line)
        {
            await outbox.SayAsync(
                transaction, line, announcement.Incidents.Max(incident => incident.ClosedAt ?? incident.OpenedAt), announcement.About);
        }
    }

    // A mute or an intervention may have begun while they waited for company.
    private async Task<IReadOnlyList<Incident>> WithoutSilencedAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var situation = await SuppressionEnds.SituationAsync(transaction, settings.Value.Settings.Inventory);
        var told = new List<Incident>();
        foreach (var incident in untold)
        {
            if (incident.IsOpen && SuppressionRules.Of(incident.Machine, incident.Service, situation) is { } hold)
            {
                await HoldAsync(transaction, incident with { SuppressedBy = hold }, now);
            }
            else
            {
                told.Add(incident);
            }
        }

        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutCoveredAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var covers = await CoversAsync(transaction);
        var (told, late) = (new List<Incident>(), new List<Incident>());
        foreach (var incident in untold)
        {
            if (incident.IsOpen && covers.Of(incident, now) is { } cause)
            {
                // What explains others may be told already, with nothing to explain then.
                if (covers.IsLoad(cause) && cause is { AnnouncedState: not null, AnnounceAt: null } && late.TrueForAll(one => one.Number != cause.Number)
                    && await IncidentStore.CountInhibitedAsync(transaction, cause.Number) is { Total: 0 })
                {
                    late.Add(cause);
                }

                await HoldAsync(transaction, incident with { SuppressedBy = covers.Kind(cause), InhibitedBy = cause.Number, AnnounceAt = null }, now);
            }
            else
            {
                told.Add(incident);
            }
        }

        foreach (var cause in late)
        {
            await SayOverloadAsync(transaction, cause, now);
        }

        return told;
    }

    private async Task SayOverloadAsync(StoreTransaction transaction, Incident cause, DateTimeOffset now)
    {
        var count = await IncidentStore.CountInhibitedAsync(transaction, cause.Number);
        var line = settings.Value.Incidents.Cause(cause, new InhibitedCount(count.Total, count.Still, IsLoad: true));
        await outbox.SayAsync(transaction, line, now, About.Whole(cause));
    }

    // More of a machine that was told a moment ago: they wait for its next line, unless they are urgent.
    private async Task<IReadOnlyList<Incident>> WithoutWaitingAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        var speech = settings.Value.Settings.Speech;
        if (speech.GroupWait == TimeSpan.Zero || speech.GroupInterval <= speech.GroupWait)
        {
            return untold;
        }

        untold = await WithoutEndsOfStormAsync(transaction, untold, now);
        var lately = (await IncidentStore.AnnouncedSinceAsync(transaction, now - speech.GroupInterval))
            .ToDictionary(one => one.Machine, one => Moment.Read(one.AnnouncedAt), StringComparer.Ordinal);
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
                    await HoldAsync(transaction, incident with { AnnounceAt = last + speech.GroupInterval }, now, Reason.WaitsForOthers);
                }
            }
        }

        return told;
    }

    private async Task<IReadOnlyList<Incident>> WithoutEndsOfStormAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold, DateTimeOffset now)
    {
        if (_manyEndedAt + settings.Value.Settings.Speech.GroupInterval is not { } until || now >= until || now < _manyEndedAt)
        {
            return untold;
        }

        foreach (var incident in untold.Where(incident => !incident.IsOpen && incident.AnnounceAt < until))
        {
            await IncidentStore.SaveAsync(transaction, incident with { AnnounceAt = until });
        }

        return untold.Where(incident => incident.IsOpen).ToList();
    }

    // What explained them is over: they are told a little later if they are not. Another cause may have come meanwhile.
    private async Task UncoverAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var orphans = await IncidentStore.UninhibitedAsync(transaction, now - Inhibition.Longest);
        if (orphans.Count == 0)
        {
            return;
        }

        var covers = await CoversAsync(transaction);
        foreach (var incident in orphans)
        {
            var grace = incident.SuppressedBy == Suppression.Overloaded ? settings.Value.Settings.Speech.OverloadWait : Inhibition.Grace;
            if (covers.Of(incident, now) is { } cause)
            {
                await IncidentStore.SaveAsync(transaction, incident with { SuppressedBy = covers.Kind(cause), InhibitedBy = cause.Number, AnnounceAt = null });
            }
            else if (incident.AnnounceAt is not { } tellAt)
            {
                await IncidentStore.SaveAsync(transaction, incident with { AnnounceAt = now + grace });
            }
            else if (Announcement.IsDue(tellAt, now, grace))
            {
                await HoldAsync(transaction, incident with { SuppressedBy = null, AnnounceAt = now }, now, Reason.InhibitionEnded);
            }
        }
    }

    // What changed too often does so no more: it is told as it stands.
    private async Task SettleAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var row in await CheckHistoryStore.SettledAsync(transaction, now))
        {
            var history = row.Read();
            await CheckHistoryStore.SaveAsync(transaction, row.ReadMachine(), row.ReadService(), history.Settled());
            if (await IncidentStore.OpenOneAsync(transaction, row.ReadMachine(), row.ReadService()) is not { Flapping: true } open)
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
            var situation = await SuppressionEnds.SituationAsync(transaction, settings.Value.Settings.Inventory);
            if (after.IsOpen && SuppressionRules.Of(open.Machine, open.Service, situation) is { } hold)
            {
                await HoldAsync(transaction, open with { Flapping = false, SuppressedBy = hold, AnnounceAt = now }, now);
                continue;
            }

            await IncidentStore.SaveAsync(transaction, after);
            await NoteAsync(transaction, after, Reason.FlappingEnded, now);
            await outbox.SayAsync(transaction, settings.Value.Incidents.Settled(after, history.Suppressed), now, About.Whole(after));
        }
    }

    private async Task RemindAsync(StoreTransaction transaction, DateTimeOffset until, DateTimeOffset now)
    {
        var forgotten = await IncidentStore.UnacknowledgedAsync(transaction, until);
        if (forgotten.Count == 0)
        {
            return;
        }

        foreach (var incident in forgotten)
        {
            await IncidentStore.SaveAsync(transaction, incident with { AnnouncedAt = now });
            await NoteAsync(transaction, incident, Reason.Reminded, now);
        }

        await outbox.SayAsync(transaction, settings.Value.Incidents.Reminder(forgotten), now, About.Whole(forgotten));
    }

    private async Task HoldAsync(StoreTransaction transaction, Incident incident, DateTimeOffset now, Reason? because = null)
    {
        var why = because ?? incident.SuppressedBy!.Value.Reason();
        await IncidentStore.SaveAsync(transaction, incident);
        await NoteAsync(transaction, incident, why, now);
        if (why != Reason.InhibitionEnded)
        {
            transaction.AfterCommit(() => metrics.Suppressed(why));
        }
    }

    private async Task<Inhibition> CoversAsync(StoreTransaction transaction)
    {
        var current = settings.Value.Settings;
        return new Inhibition(await IncidentStore.CausesAsync(transaction, current.Speech.LoadServices), current.Inventory, current.Speech.LoadServices);
    }

    private static bool IsCause(Incident incident, SpeechSettings speech) =>
        incident.Service is not { } service || speech.LoadServices.Contains(service.Value, StringComparer.OrdinalIgnoreCase);

    private static Task NoteAsync(StoreTransaction transaction, Incident incident, Reason why, DateTimeOffset at) =>
        IncidentStore.AddEventAsync(transaction, incident.Number, new IncidentEvent(at, why, incident.State, null, null));
}
