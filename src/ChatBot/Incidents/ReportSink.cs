using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Does with arrivals what is the same for every source.</summary>
internal sealed class ReportSink(IncidentBook incidents, OutboxWriter outbox, CurrentSettings settings, TimeProvider time) : IReportSink
{
    private readonly Heartbeats _heartbeats = new(incidents, settings);

    public async Task<IReadOnlyList<bool>> TakeAsync(StoreTransaction transaction, IReadOnlyList<Arrival> arrivals)
    {
        var (live, now) = (settings.Value, time.GetUtcNow());
        var areNew = new bool[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            areNew[i] = await SeenArrivals.AddAsync(transaction, arrivals[i], now);
            if (areNew[i] && arrivals[i].Effect != ArrivalEffect.None)
            {
                await ApplyAsync(transaction, arrivals[i], live, now);
            }
        }

        await incidents.AnnounceDueAsync(transaction, time.GetUtcNow());
        return areNew;
    }

    private async Task ApplyAsync(StoreTransaction transaction, Arrival arrival, SettingsSnapshot live, DateTimeOffset now)
    {
        var report = arrival.Report;
        if (arrival.Effect == ArrivalEffect.Full)
        {
            if (report.IsAboutIncident)
            {
                await incidents.ApplyAsync(transaction, [report, .. report.Others], arrival.At);
            }
            else
            {
                await StoreChangeAsync(transaction, report, now);
            }

            await _heartbeats.RecordAsync(transaction, report, arrival.From, now);
        }

        if ((arrival.Effect != ArrivalEffect.Full || !report.IsAboutIncident) && await LineAsync(transaction, arrival, live, now) is { } line)
        {
            var about = report is { Kind: ReportKind.Change, Machine: { } changed } ? About.Change(changed) : About.Nothing;
            await outbox.SayAsync(transaction, line, arrival.At, about);
        }
    }

    private static async Task StoreChangeAsync(StoreTransaction transaction, Report report, DateTimeOffset now)
    {
        if (report is { Kind: ReportKind.Change, Machine: { } machine, Change: { Stable: false } change })
        {
            var at = report.When is { } when && when < now ? when : now;
            await ChangeStore.AddAsync(transaction, new Change(machine, at, change), ChangeOrigin.AskAt(report, now), ChangeOrigin.IsAutomatic(report));
        }
    }

    // Null where one of its thread was announced lately.
    private static async Task<Line?> LineAsync(StoreTransaction transaction, Arrival arrival, SettingsSnapshot live, DateTimeOffset now)
    {
        var line = live.Reports.Of(arrival.Report, arrival.From, now);
        if (arrival.Effect == ArrivalEffect.RootLine)
        {
            line = line.ForRootAlone;
        }

        if (arrival.Thread is not { } thread)
        {
            return line;
        }

        return await ThreadStore.AddAsync(transaction, thread, now) switch
        {
            null => null,
            0 => line,
            { } more => live.Phrases.Say(Sentences.InThread, line, (PublicText)more),
        };
    }
}
