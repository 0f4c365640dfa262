using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Takes an archive, in the order of its dates: what it says about incidents, changes and changelogs becomes history, and nothing is announced. An
/// incident is stored as closed at its last report, and closed later as further ones report it: it is never open in the store, wherever the import ends, and one
/// whose recovery is not in the archive counts as ended with its last report. Incidents that were open before are left alone.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="time">The clock.</param>
internal sealed class HistorySink(BotSettings settings, TimeProvider time) : IReportSink
{
    private readonly Dictionary<CheckKey, Incident> _open = [];

    public int Incidents { get; private set; }

    public int Changes { get; private set; }

    /// <summary>Entries of changelogs that people wrote.</summary>
    public int Entries { get; private set; }

    /// <summary>Entries and lines of changelogs that are beyond the bound of one mail.</summary>
    public int LeftOut { get; private set; }

    public async Task<IReadOnlyList<bool>> TakeAsync(StoreTransaction transaction, IReadOnlyList<Arrival> arrivals)
    {
        var (areNew, now) = (new bool[arrivals.Count], time.GetUtcNow());
        for (var i = 0; i < arrivals.Count; i++)
        {
            areNew[i] = await SeenArrivals.AddAsync(transaction, arrivals[i], now);
            if (areNew[i] && arrivals[i].Effect == ArrivalEffect.Full)
            {
                await AddAsync(transaction, arrivals[i].Report, arrivals[i].At);
            }
        }

        return areNew;
    }

    private async Task AddAsync(StoreTransaction transaction, Report report, DateTimeOffset at)
    {
        foreach (var one in report.Others.Prepend(report).Select(one => one.OnMachine()).Where(one => one.IsAboutIncident))
        {
            await ApplyAsync(transaction, one, at);
        }

        if (report is { HasEmptyName: false, Kind: ReportKind.Change, Machine: { } machine, Change: { Stable: false } change })
        {
            var changedAt = report.When is { } when && when < at ? when : at;
            var changed = new Change(machine, changedAt, change);
            await ChangeStore.AddAsync(transaction, changed, learnedAt: changedAt);
            var (added, leftOut) = await WrittenStore.AddAsync(transaction, changed, settings.People, settings.TimeZone, changedAt);
            Changes++;
            Entries += added;
            LeftOut += leftOut;
        }
    }

    private async Task ApplyAsync(StoreTransaction transaction, Report report, DateTimeOffset at)
    {
        var check = report.Check;
        var decision = IncidentRules.Decide(report, _open.GetValueOrDefault(check), at);
        if (decision.After is not { } after)
        {
            return;
        }

        Incidents += after.Number == 0 ? 1 : 0;
        var saved = await IncidentStore.SaveAsync(transaction, after with { AnnouncedState = null, AnnounceAt = null, ClosedAt = at });
        if (decision.Reason is not (Reason.Repeated or Reason.WhileFlapping))
        {
            await IncidentStore.AddEventAsync(transaction, saved.Number, new IncidentEvent(at, Reason.Imported, saved.State, null, null));
        }

        if (after.IsOpen)
        {
            _open[check] = saved with { ClosedAt = null };
        }
        else
        {
            _open.Remove(check);
        }
    }
}
