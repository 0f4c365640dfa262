using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Incidents;
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
        var (live, now) = (settings.Value, time.GetUtcNow());
        var planner = new DriftPlanner(live.Incidents, live.Settings.MonitorName);
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var one in due)
                {
                    var situation = await SituationLoader.OfDriftAsync(
                        transaction, live.Settings.Inventory, (one.Machine, one.Service), withStory: one.Ack is not null);
                    await OutcomeSaver.SaveAsync(transaction, outbox, planner.Plan(one, situation, now));
                }
            },
            cancellationToken);
        foreach (var one in due)
        {
            _since.Remove(Key(one));
        }
    }

    private TimeSpan Left(StateDrift missed) =>
        DriftFinder.Patience - time.GetElapsedTime(_since.GetValueOrDefault(Key(missed), time.GetTimestamp()));

    private static (string, string, Reason) Key(StateDrift missed) => (missed.Machine.Value, missed.Service?.Value ?? "", missed.Reason);
}
