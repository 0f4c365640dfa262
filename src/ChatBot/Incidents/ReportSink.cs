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
    private static readonly Sentence2 ChangelogLeftOut = new(
        "[{0}] of its changelog I have read a part alone: the mail brings {1} more line{1:|s}",
        "[{0}] de son changelog je n'ai lu qu'une partie : le mail apporte encore {1} ligne{1:|s}");

    private readonly Heartbeats _heartbeats = new(incidents, settings);
    private readonly UnprovenMails _unproven = new(outbox, settings);

    public async Task<IReadOnlyList<bool>> TakeAsync(StoreTransaction transaction, IReadOnlyList<Arrival> arrivals)
    {
        var (live, now) = (settings.Value, time.GetUtcNow());
        var areNew = new bool[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            if (arrivals[i].IsUnproven && !await _unproven.MayStoreAsync(transaction, arrivals[i], now))
            {
                areNew[i] = true;
                continue;
            }

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
        if (arrival.Effect == ArrivalEffect.Full && (report.OnMachine().IsAboutIncident || report.Others.Count > 0 || report.IsHeartbeat))
        {
            await ApplyAlertsAsync(transaction, arrival, live, now);
            return;
        }

        if (arrival.Effect == ArrivalEffect.Full)
        {
            await StoreChangeAsync(transaction, report, live, now);
            await _heartbeats.RecordAsync(transaction, report, isHeartbeat: false, arrival.From, now);
        }

        if (await LineAsync(transaction, arrival, live, now) is { } line
            && (arrival.Effect != ArrivalEffect.UnprovenLine || (line.Root is not null && await _unproven.MaySayAsync(transaction, now))))
        {
            var about = arrival.Effect == ArrivalEffect.UnprovenLine ? About.Unproven
                : report is { HasEmptyName: false, Kind: ReportKind.Change, Machine: { } changed } ? About.Change(changed)
                : About.Nothing;
            await outbox.SayAsync(transaction, line, arrival.At, about);
        }
    }

    // Each alert of a mail is an incident, an end or a line of its own; what the mail names and no report holds is counted.
    private async Task ApplyAlertsAsync(StoreTransaction transaction, Arrival arrival, SettingsSnapshot live, DateTimeOffset now)
    {
        var report = arrival.Report;
        var writtenOn = arrival.From is { } from ? from[(from.LastIndexOf('@') + 1)..] : null;
        var all = report.Others.Append(report with { Others = [], LeftOut = 0, Unread = 0 }).Select(one => live.Reports.Worded(one.OnMachine()) with { WrittenOn = writtenOn }).ToList();
        var isHeartbeat = all.Exists(one => one is { IsHeartbeat: true, Kind: ReportKind.Alert });
        if (all.FindAll(one => one.IsAboutIncident) is { Count: > 0 } checks)
        {
            await incidents.ApplyAsync(transaction, [.. checks.OrderByDescending(one => one.State!.Value.IsGood()).ThenBy(one => one.State!.Value.Rank())], arrival.At, arrival.Mail);
        }

        await _heartbeats.RecordAsync(transaction, report, isHeartbeat, arrival.From, now);
        foreach (var one in all.Where(one => !one.IsAboutIncident))
        {
            if ((!one.IsHeartbeat || await IsFirstAsync(transaction, one))
                && await LineAsync(transaction, arrival with { Report = one }, live, now) is { } line)
            {
                await outbox.SayAsync(transaction, line, arrival.At, About.Nothing);
            }
        }

        if (live.Reports.LeftOut(report) is { } leftOut)
        {
            await outbox.SayAsync(transaction, leftOut, arrival.At, About.Nothing);
        }
    }

    // What fires for ever is announced once; that it stops is news each time, and so is that it fires again.
    private static async Task<bool> IsFirstAsync(StoreTransaction transaction, Report heartbeat)
    {
        var name = $"heartbeat:{heartbeat.Source.Value}:{heartbeat.Service?.Value}";
        var kind = heartbeat.Kind.Word();
        if (await SettingStore.GetAsync(transaction, name) == kind)
        {
            return false;
        }

        await SettingStore.SetAsync(transaction, name, kind);
        return true;
    }

    private async Task StoreChangeAsync(StoreTransaction transaction, Report report, SettingsSnapshot live, DateTimeOffset now)
    {
        if (report is not { HasEmptyName: false, Kind: ReportKind.Change, Machine: { } machine, Change: { Stable: false } summary })
        {
            return;
        }

        var change = new Change(machine, report.When is { } when && when < now ? when : now, summary);
        await ChangeStore.AddAsync(transaction, change, now, ChangeOrigin.AskAt(report, now), ChangeOrigin.IsAutomatic(report));
        if (await WrittenStore.AddAsync(transaction, change, live.Settings.People, live.Settings.TimeZone, now) is (_, > 0 and var leftOut))
        {
            await outbox.SayAsync(transaction, live.Phrases.Say(ChangelogLeftOut, machine, leftOut).ForRootAlone, now, About.Nothing);
        }
    }

    // Null where one of its thread was announced lately.
    private static async Task<Line?> LineAsync(StoreTransaction transaction, Arrival arrival, SettingsSnapshot live, DateTimeOffset now)
    {
        var line = live.Reports.Of(arrival.Report, arrival.From, now);
        if (arrival.Report.IsMessage)
        {
            var open = await IncidentStore.OpenOfAsync(transaction, arrival.Report.Machine!.Value, arrival.Report.Service);
            line = live.Incidents.Lookalikes.StillOpenBeside(line, [.. open.Select(one => one.Number)]);
        }

        if (arrival.Effect is ArrivalEffect.RootLine or ArrivalEffect.UnprovenLine || arrival.IsForRootAlone)
        {
            line = line.ForRootAlone;
        }

        if (arrival.Effect == ArrivalEffect.UnprovenLine && line.Root is { } words)
        {
            line = Links.Without(words);
            line = arrival.IsClaim ? live.Phrases.Say(Sentences.Unverified, line) : line;
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
