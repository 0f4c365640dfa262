using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Opens an incident where a program that is watched sends no mail for too long, and ends it with its next mail. Silence is
/// counted in time during which its mail would have been read, never as a difference of wall clocks.
/// </summary>
public sealed class Heartbeats(IncidentBook incidents, CurrentSettings settings)
{
    private static readonly PublicText Self = PublicText.Declared("chatbot");

    /// <summary>A report has come; what was read off a monitor's state is no mail of it.</summary>
    /// <param name="transaction">The transaction that stores it.</param>
    /// <param name="report">What it says.</param>
    /// <param name="isHeartbeat">Whether an alert is in it that fires for as long as all is well.</param>
    /// <param name="from">Its sender.</param>
    /// <param name="now">The moment.</param>
    public async Task RecordAsync(StoreTransaction transaction, Report report, bool isHeartbeat, string? from, DateTimeOffset now)
    {
        var live = settings.Value.Settings;
        var watched = live.Watches.Where(watch => watch.Source == report.Source.Value || isHeartbeat && watch.Source == WatchSettings.Watchdog).ToList();
        if (watched.Count == 0 || report.IsDrift)
        {
            return;
        }

        // A monitor's machine is the one it runs on, not the one it reports on. A sender that is no machine may be any of them.
        var host = from?[(from.LastIndexOf('@') + 1)..] ?? "";
        var writer = live.Inventory.Find(host)?.Name ?? (report.IsAboutIncident ? null : report.Machine?.Value);
        var rows = await WatchStore.AllAsync(transaction);
        foreach (var watch in watched.Where(watch => writer is null || watch.Machine == writer))
        {
            var row = Of(watch, rows);
            if (row.Incident is { } number && await IncidentStore.FindAsync(transaction, number) is { IsOpen: true })
            {
                await incidents.ApplyAsync(transaction, [Said(watch, ReportKind.Recovery, CheckState.Ok, null)], now);
            }

            await WatchStore.SaveAsync(transaction, row with { SilentFor = 0, Incident = null });
        }
    }

    /// <summary>Time has passed without a mail of the watches that are not listed as exceptions.</summary>
    /// <param name="transaction">A transaction.</param>
    /// <param name="listened">For how long every mailbox was watched since the last call.</param>
    /// <param name="now">The moment.</param>
    public async Task PassAsync(StoreTransaction transaction, TimeSpan listened, DateTimeOffset now)
    {
        var rows = await WatchStore.AllAsync(transaction);
        foreach (var watch in settings.Value.Settings.Watches)
        {
            var row = Of(watch, rows);
            row = row with { SilentFor = row.SilentFor + (long)listened.TotalMilliseconds };
            if (row.Incident is null && row.SilentFor >= (long)watch.SilentAfter.TotalMilliseconds)
            {
                row = row with { Incident = await OpenAsync(transaction, watch, now) };
            }

            await WatchStore.SaveAsync(transaction, row);
        }

        foreach (var row in rows)
        {
            if (!settings.Value.Settings.Watches.Any(watch => watch.Source == row.Source && watch.Machine == row.Machine))
            {
                await EndAsync(transaction, row, now);
            }
        }
    }

    private async Task<long?> OpenAsync(StoreTransaction transaction, WatchSettings watch, DateTimeOffset now)
    {
        // A check of that very name is the monitor's: it says more than a silence.
        var (machine, service) = (Name.OfMachine(watch.Machine), Name.OfService(watch.Source));
        if ((await IncidentStore.OpenOfAsync(transaction, machine, service)).Count > 0)
        {
            return null;
        }

        var phrases = settings.Value.Phrases;
        var detail = phrases.Say(Sentences.SourceSilent, service, phrases.Duration(watch.SilentAfter));
        var silent = Said(watch, ReportKind.Alert, CheckState.Unknown, detail.Root);
        await incidents.ApplyAsync(transaction, [silent], now);
        return (await IncidentStore.OpenOneAsync(transaction, silent.Check))?.Number;
    }

    private async Task EndAsync(StoreTransaction transaction, WatchRow row, DateTimeOffset now)
    {
        if (row.Incident is { } number && await IncidentStore.FindAsync(transaction, number) is { IsOpen: true } open)
        {
            await incidents.UnwatchAsync(transaction, open, now);
        }

        await WatchStore.DeleteAsync(transaction, row);
    }

    private static WatchRow Of(WatchSettings watch, IReadOnlyList<WatchRow> rows) =>
        rows.FirstOrDefault(row => row.Source == watch.Source && row.Machine == watch.Machine)
        ?? new WatchRow { Source = watch.Source, Machine = watch.Machine };

    private static Report Said(WatchSettings watch, ReportKind kind, CheckState state, RootText? detail) => new()
    {
        Source = Self,
        Kind = kind,
        Machine = Name.OfMachine(watch.Machine),
        Service = Name.OfService(watch.Source),
        State = state,
        Detail = detail,
    };
}
