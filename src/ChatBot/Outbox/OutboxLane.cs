using System.Data.Common;
using ChatBot.Async;
using ChatBot.Core.Incidents;
using ChatBot.Metrics;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>
/// What waits for one target of one delivery, in order. What the target itself refuses delays only what announces the
/// same incidents after it.
/// </summary>
#pragma warning disable CA1001 // The semaphore never makes a wait handle: there is nothing to dispose of.
internal sealed partial class OutboxLane(IDelivery delivery, string target, OutboxLane.Services services)
#pragma warning restore CA1001
{
    private const int MostRefusals = 3;
    private const int MostRows = 5000;

    private static readonly TimeSpan StoreTime = TimeSpan.FromSeconds(5);

    // After the first refusal and after the second.
    private static readonly TimeSpan[] Rests = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    // Tried, and not yet so in the store: it is not tried again while the store is away.
    private readonly List<DeliveryReport> _unstored = [];
    private readonly Backoff _retry = new(services.Time, Jitter.Next, first: StoreTime);

    // What waits is delivered soon after the store is back.
    private readonly Backoff _storeRetry = new(services.Time, Jitter.Next, StoreTime, StoreTime);
    private readonly Signal _signal = new();
    private bool _isServed;
    private readonly SemaphoreSlim _turning = new(1, 1);

    /// <summary>Whether somebody turns it: from then on it is enough to wake it.</summary>
    public bool IsServed
    {
        get => Volatile.Read(ref _isServed);
        set => Volatile.Write(ref _isServed, value);
    }

    public void Wake() => _signal.Set();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = await TurnAsync(cancellationToken);
            if (wait != TimeSpan.Zero)
            {
                await _signal.WaitAsync(wait, services.Time, cancellationToken);
            }
        }
    }

    /// <summary>Tries what may be tried now.</summary>
    /// <returns>When to try again; zero at once, null where a new row or the target will say so.</returns>
    public async Task<TimeSpan?> TurnAsync(CancellationToken cancellationToken)
    {
        await _turning.WaitAsync(cancellationToken);
        try
        {
            return await TryAsync(cancellationToken);
        }
        catch (DbException e)
        {
            LogStore(services.Logger, delivery.Kind, target, e.Message);
            return _storeRetry.Next();
        }
        finally
        {
            _turning.Release();
        }
    }

    private async Task<TimeSpan?> TryAsync(CancellationToken cancellationToken)
    {
        await StoreAsync();
        if (delivery.RangeWanted(target) is not { } range)
        {
            _retry.Reset();
            return null;
        }

        var now = services.Time.GetUtcNow();
        var rows = await ReadAsync(range, cancellationToken);
        var rest = rows.Where(row => Rest(row, now) > TimeSpan.Zero).Select(row => (TimeSpan?)Rest(row, now)).Min();
        var ready = Ready(rows, now);
        if (services.Lease is { } lease)
        {
            await lease.HeldAsync(cancellationToken);
        }

        var report = ready.Count > 0 || range.After > 0 ? await delivery.TryAsync(target, ready, cancellationToken) : DeliveryReport.NothingTried;
        _unstored.Add(report);
        await StoreAsync();
        return IsEmptied(range, rows.Count, report) ? null : Wait(report) is { } wait && !(rest < wait) ? wait : rest;
    }

    // All that waited is settled, and what is committed from then on says so.
    private bool IsEmptied(OutboxRange range, int rows, DeliveryReport report)
    {
        if (rows == 0 || rows >= range.Count || range.After > 0 || delivery.RangeWanted(target) is not { After: 0 }
            || rows != report.Attempts.Where(attempt => attempt.Result is DeliveryResult.Sent or DeliveryResult.GivenUp).Sum(attempt => attempt.Rows.Count))
        {
            return false;
        }

        _retry.Reset();
        return true;
    }

    private TimeSpan? Wait(DeliveryReport report)
    {
        var later = report.Attempts.Select(attempt => attempt.Result).OfType<DeliveryResult.TryLater>().ToList();
        if (later.Exists(one => one.In is null))
        {
            return _retry.Next();
        }

        _retry.Reset();
        return later.Count > 0 ? later.Min(one => one.In) : report.Attempts.Count > 0 ? TimeSpan.Zero : null;
    }

    // Those that rest must not fill the range.
    private async Task<IReadOnlyList<OutboxRow>> ReadAsync(OutboxRange range, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<OutboxRow>> UpToAsync(int count) => services.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, delivery.Kind, target, count, range.After), cancellationToken);
        var rows = await UpToAsync(range.Count);
        return rows.Count == range.Count && range.Count < MostRows && rows.Any(row => row.IsAlone) ? await UpToAsync(MostRows) : rows;
    }

    // A recovery announced before its alert would leave the problem as the last word.
    private static List<OutboxRow> Ready(IReadOnlyList<OutboxRow> rows, DateTimeOffset now)
    {
        var (ready, resting) = (new List<OutboxRow>(), new HashSet<long>());
        foreach (var row in rows)
        {
            if (Rest(row, now) > TimeSpan.Zero || row.About.Numbers.Any(resting.Contains))
            {
                resting.UnionWith(row.About.Numbers);
            }
            else
            {
                ready.Add(row);
            }
        }

        return ready;
    }

    // Longer than any rest is a clock that was put back.
    private static TimeSpan Rest(OutboxRow row, DateTimeOffset now) =>
        row.NextTry is { } next && Moment.Read(next) - now is var left && left <= Rests[^1] ? left : TimeSpan.Zero;

    // Not given up when the bot stops: what the target has, it has.
    private async Task StoreAsync()
    {
        var reports = _unstored.Where(IsToStore).ToList();
        if (reports.Count > 0)
        {
            await services.Database.WriteAsync(transaction => StoreAsync(transaction, reports), CancellationToken.None);
        }

        _unstored.Clear();
    }

    private static bool IsToStore(DeliveryReport report) =>
        report.Announcements.Count > 0 || report.Attempts.Any(attempt => attempt.Result is not DeliveryResult.TryLater { Reason: null });

    private async Task StoreAsync(StoreTransaction transaction, List<DeliveryReport> reports)
    {
        var now = services.Time.GetUtcNow();
        foreach (var attempt in reports.SelectMany(report => report.Attempts))
        {
            foreach (var row in attempt.Rows)
            {
                await StoreAsync(transaction, row, attempt, now);
            }
        }

        foreach (var line in reports.SelectMany(report => report.Announcements))
        {
            await services.Outbox.SayAsync(transaction, line, now, About.Nothing);
        }
    }

    private Task StoreAsync(StoreTransaction transaction, long row, DeliveryAttempt attempt, DateTimeOffset now) => attempt.Result switch
    {
        DeliveryResult.Sent => OutboxStore.DoneAsync(transaction, row, now),
        DeliveryResult.GivenUp(var reason) => OutboxStore.DoneAsync(transaction, row, now, reason),
        DeliveryResult.TryLater { Reason: { } reason } => OutboxStore.WaitsAsync(transaction, row, reason),
        // Which of several it was shows when each is tried by itself.
        DeliveryResult.Refused when attempt.Rows.Count > 1 => OutboxStore.RestAsync(transaction, row, now),
        DeliveryResult.Refused(var reason) => RefusedAsync(transaction, row, reason, now),
        _ => Task.CompletedTask,
    };

    private async Task RefusedAsync(StoreTransaction transaction, long row, string reason, DateTimeOffset now)
    {
        var refusals = await OutboxStore.RefusedAsync(transaction, row);
        if (refusals < MostRefusals)
        {
            await OutboxStore.RestAsync(transaction, row, now + Rests[refusals - 1]);
            return;
        }

        await OutboxStore.DoneAsync(transaction, row, now, reason);
        // The code and not the text, which may contain what is refused.
        await services.Outbox.SayAsync(transaction, delivery.SetAside, row, target, reason.Split(' ')[0], now);
        transaction.AfterCommit(() =>
        {
            LogSetAside(services.Logger, row, delivery.Kind, target, reason);
            services.Metrics.LineSetAside();
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox ({Kind} for {Target}) cannot be read or written, and is tried again: {Reason}")]
    private static partial void LogStore(ILogger logger, string kind, string target, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {Row} ({Kind} for {Target}) is set aside and never delivered: it was refused three times: {Reason}")]
    private static partial void LogSetAside(ILogger logger, long row, string kind, string target, string reason);

    /// <summary>What it works with.</summary>
    internal sealed record Services(Database Database, OutboxWriter Outbox, BotMetrics Metrics, TimeProvider Time, ILogger Logger, Lease? Lease);
}
