using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>Reports what mails did not bring: what the monitor's state shows, differs from the incidents here, and lasts.</summary>
internal sealed class DriftReconciler(Database database, IReportSink sink, CurrentSettings settings, TimeProvider time)
{
    // How long each difference has been seen; in memory alone, so that after a start mails that waited come first.
    private readonly Dictionary<(Name, Name?, CheckPart, Reason), long> _since = [];

    /// <summary>Compares, and reports what has lasted.</summary>
    /// <returns>How long until the next difference has lasted; null where there is none.</returns>
    public async Task<TimeSpan?> CompareAsync(MonitorState state, CancellationToken cancellationToken)
    {
        var missed = await database.ReadAsync(transaction => FindAsync(transaction, state), cancellationToken);
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
            await database.WriteAsync(transaction => ReportAsync(transaction, state, due.Select(Key).ToHashSet()), cancellationToken);
            due.ForEach(one => _since.Remove(Key(one)));
        }

        return missed.Except(due).Select(one => (TimeSpan?)Left(one)).Min();
    }

    private async Task<IReadOnlyList<StateDrift>> FindAsync(StoreTransaction transaction, MonitorState state) => DriftFinder.Of(
        state,
        await IncidentStore.OpenAsync(transaction, null),
        (await InterventionStore.ComingAsync(transaction)).Where(one => one.IsInCourse).ToList(),
        settings.Value.Settings.Inventory);

    // What came by mail since it was compared is no drift any more.
    private async Task ReportAsync(StoreTransaction transaction, MonitorState state, HashSet<(Name, Name?, CheckPart, Reason)> due)
    {
        var arrivals = new List<Arrival>();
        foreach (var one in (await FindAsync(transaction, state)).Where(one => due.Contains(Key(one))))
        {
            if (one is not { Ack: not null, Incident: { } number } || !one.IsOvertaken(await IncidentStore.StoryAsync(transaction, number)))
            {
                arrivals.Add(await ArrivedAsync(transaction, one));
            }
        }

        if (arrivals.Count > 0)
        {
            await sink.TakeAsync(transaction, arrivals);
        }
    }

    private async Task<Arrival> ArrivedAsync(StoreTransaction transaction, StateDrift drift)
    {
        var monitor = settings.Value.Settings.MonitorName;
        return new Arrival
        {
            Key = drift.Key(monitor, await IncidentStore.LastEventAsync(transaction, drift.Machine, drift.Service)),
            Report = drift.ToReport(monitor),
            Effect = ArrivalEffect.Full,
            At = time.GetUtcNow(),
        };
    }

    private TimeSpan Left(StateDrift missed) =>
        DriftFinder.Patience - time.GetElapsedTime(_since.GetValueOrDefault(Key(missed), time.GetTimestamp()));

    private static (Name, Name?, CheckPart, Reason) Key(StateDrift missed) =>
        (missed.Machine, missed.Service, missed.Part, missed.Reason);
}
