using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>Makes good what mails did not bring: what the monitor's state shows and lasts becomes an incident, an end or an acknowledgement.</summary>
internal sealed class DriftReconciler(Database database, OutboxWriter outbox, CurrentSettings settings, TimeProvider time)
{
    // How long each difference has been seen; in memory alone, so that after a start mails that waited come first.
    private readonly Dictionary<(string, string, Reason), long> _since = [];

    /// <summary>Compares, and carries out what has lasted.</summary>
    /// <returns>How long until the next difference has lasted; null where there is none.</returns>
    public async Task<TimeSpan?> CompareAsync(MonitorState state, CancellationToken cancellationToken)
    {
        var inventory = settings.Value.Settings.Inventory;
        var (open, coming) = await database.ReadAsync(
            async transaction => (await IncidentStore.OpenAsync(transaction, null), await InterventionStore.ComingAsync(transaction)), cancellationToken);
        var missed = DriftFinder.Of(state, open, coming.Where(one => one.IsInCourse).ToList(), inventory);
        var present = missed.Select(Key).ToHashSet();
        foreach (var gone in _since.Keys.Where(key => !present.Contains(key)).ToList())
        {
            _since.Remove(gone);
        }

        foreach (var one in missed)
        {
            _since.TryAdd(Key(one), time.GetTimestamp());
        }

        var due = missed.Where(one => one.Reason == Reason.AcknowledgedInMonitor || one.IsSilenced || Left(one) <= TimeSpan.Zero).ToList();
        if (due.Count > 0)
        {
            await CarryOutAsync(due, cancellationToken);
        }

        return missed.Except(due).Select(one => (TimeSpan?)Left(one)).Min();
    }

    private async Task CarryOutAsync(List<StateDrift> due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var one in due)
                {
                    await CarryOutAsync(transaction, one, now);
                }
            },
            cancellationToken);
        foreach (var one in due)
        {
            _since.Remove(Key(one));
        }
    }

    private async Task CarryOutAsync(StoreTransaction transaction, StateDrift missed, DateTimeOffset now)
    {
        // What came by mail since it was compared is no longer missed.
        var open = await IncidentStore.OpenOneAsync(transaction, missed.Machine, missed.Service);
        if (open?.Number != missed.Incident)
        {
            return;
        }

        if (missed.Reason == Reason.FoundInMonitor)
        {
            await KeepAsync(transaction, missed.Reason, now, new Incident
            {
                Machine = missed.Machine,
                Service = missed.Service,
                Source = PublicText.Declared(settings.Value.Settings.MonitorName.Value.ToLowerInvariant()),
                State = missed.State,
                OpenedAt = now,
                AnnounceAt = now,
            });
        }
        else if (missed.Reason == Reason.ChangedInMonitor)
        {
            var tellAt = open!.AnnounceAt ?? (open.AnnouncedState is null || open.SuppressedBy is not null ? null : now);
            await KeepAsync(transaction, missed.Reason, now, open with { State = missed.State, AnnounceAt = tellAt });
        }
        else if (missed.Reason == Reason.GoneInMonitor && !await EndsByItselfAsync(transaction, open!))
        {
            DateTimeOffset? tellAt = open!.AnnouncedState is null ? null : now;
            await KeepAsync(transaction, missed.Reason, now, open with { State = missed.State, ClosedAt = now, AnnounceAt = tellAt, SuppressedBy = null, Flapping = false });
        }
        else if (missed.Ack is { } ack && await IsNewAsync(transaction, open!, ack))
        {
            await TakeAsync(transaction, open!, ack, now);
        }
    }

    // What changes too often by our own count is over when it has settled.
    private static async Task<bool> EndsByItselfAsync(StoreTransaction transaction, Incident open) =>
        open.Flapping && await CheckHistoryStore.FindAsync(transaction, open.Machine, open.Service) is { IsFlapping: true };

    // Nobody took it or let it go here since: that was the later word.
    private static async Task<bool> IsNewAsync(StoreTransaction transaction, Incident open, MonitoredAck ack) =>
        open.Acknowledgement is { } taken
            ? MonitorNames.IsMonitor(taken.By) && taken.Reason.Text.IsEmpty
            : !(await IncidentStore.StoryAsync(transaction, open.Number)).Any(step =>
                step.Reason is Reason.Acknowledged or Reason.AcknowledgedInMonitor or Reason.Unacknowledged or Reason.AcknowledgementExpired && step.At >= ack.At);

    // The public heard of it by the mail already, where there was one.
    private async Task TakeAsync(StoreTransaction transaction, Incident open, MonitoredAck ack, DateTimeOffset now)
    {
        var live = settings.Value;
        var said = new Remark(IncidentText.SaidInMonitor(ack.Author, ack.Comment), Audience.Root);
        var taken = open.Acknowledgement ?? new Acknowledgement(live.Settings.MonitorName, said, now, now + IncidentRules.MonitorAckLasts);
        var after = open with { Acknowledgement = taken with { Reason = said }, AnnouncedState = open.State, AnnounceAt = null };
        await KeepAsync(transaction, Reason.AcknowledgedInMonitor, now, after);
        var line = live.Incidents.TakenInMonitor(after, ack, live.Settings.MonitorName);
        await outbox.SayAsync(transaction, open.Acknowledgement is null ? line : line.ForRootAlone, now, About.Whole(after));
    }

    private static async Task KeepAsync(StoreTransaction transaction, Reason why, DateTimeOffset at, Incident after)
    {
        var saved = await IncidentStore.SaveAsync(transaction, after);
        var (by, said) = why == Reason.AcknowledgedInMonitor ? ((PublicText?)after.Acknowledgement!.By, (Remark?)after.Acknowledgement.Reason) : (null, null);
        await IncidentStore.AddEventAsync(transaction, saved.Number, new IncidentEvent(at, why, saved.State, by, said));
    }

    private TimeSpan Left(StateDrift missed) =>
        DriftFinder.Patience - time.GetElapsedTime(_since.GetValueOrDefault(Key(missed), time.GetTimestamp()));

    private static (string, string, Reason) Key(StateDrift missed) => (missed.Machine.Value, missed.Service?.Value ?? "", missed.Reason);
}
