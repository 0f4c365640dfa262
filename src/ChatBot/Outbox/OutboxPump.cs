using System.Collections.Concurrent;
using System.Data.Common;
using ChatBot.Async;
using ChatBot.Metrics;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>
/// Empties the outbox: each target by itself, in order, by the delivery of its kind. It wakes when rows are committed and when a
/// target is ready; nobody else needs to wake it.
/// </summary>
public sealed partial class OutboxPump
{
    internal const string NotConfigured = "not-configured";
    internal const string NotForThisAudience = "not-for-this-audience";

    // It does not grow: what waits is said soon after the store is back.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly OutboxLane.Services _services;
    private readonly Dictionary<string, IDelivery> _deliveries;
    private readonly ConcurrentDictionary<(string Kind, string Target), OutboxLane> _lanes = new();
    private readonly List<Task> _running = [];
    private readonly Backoff _retry;
    private readonly Signal _filled = new();
    private bool _isSwept;

    /// <param name="database">The store.</param>
    /// <param name="outbox">Where it says what is set aside.</param>
    /// <param name="deliveries">One of each kind; rows of other kinds wait, and the log says so at the start.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Never sees what is delivered.</param>
    /// <param name="lease">Without it nothing is delivered; null where no other bot can do so.</param>
    public OutboxPump(
        Database database, OutboxWriter outbox, IEnumerable<IDelivery> deliveries, BotMetrics metrics, TimeProvider time, ILogger<OutboxPump> logger,
        Lease? lease = null)
    {
        _services = new(database, outbox, metrics, time, logger, lease);
        _retry = new Backoff(time, Jitter.Next, RetryAfter, RetryAfter);
        _deliveries = deliveries.ToDictionary(delivery => delivery.Kind, StringComparer.Ordinal);
        foreach (var delivery in _deliveries.Values)
        {
            delivery.Ready += target => Wake(delivery.Kind, target);
        }

        database.Filled += Wake;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The first that fails ends them all: a target that nobody serves must not go unnoticed.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                await _filled.WaitAsync(await TryLookAsync(stop) ? null : _retry.Next(), _services.Time, stop.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A lane has failed, and throws below.
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running);
    }

    /// <summary>Carries what waits for one target as far as it goes now.</summary>
    /// <returns>When it is to be tried again; null where a new row or the target will say so.</returns>
    public async Task<TimeSpan?> CarryAsync(string kind, string target, CancellationToken cancellationToken)
    {
        TimeSpan? wait;
        do
        {
            wait = await Lane(kind, target).TurnAsync(cancellationToken);
        }
        while (wait == TimeSpan.Zero);
        return wait;
    }

    private OutboxLane Lane(string kind, string target) => _lanes.GetOrAdd(
        (kind, target), static (key, pump) => new OutboxLane(pump._deliveries[key.Kind], key.Target, pump._services), this);

    // Who serves a target looks by itself; for one that nobody serves yet all that waits is looked through.
    private void Wake(IReadOnlyCollection<(string Kind, string Target)> filled)
    {
        foreach (var target in filled)
        {
            if (_lanes.TryGetValue(target, out var lane) && lane.IsServed)
            {
                lane.Wake();
            }
            else
            {
                _filled.Set();
            }
        }
    }

    // The configuration may have spelled a channel otherwise when its rows were made.
    private void Wake(string kind, string target)
    {
        foreach (var ((itsKind, itsTarget), lane) in _lanes)
        {
            if (itsKind == kind && itsTarget.Equals(target, StringComparison.OrdinalIgnoreCase))
            {
                lane.Wake();
            }
        }
    }

    private async Task<bool> TryLookAsync(CancellationTokenSource stop)
    {
        try
        {
            await LookAsync(stop);
            return true;
        }
        catch (DbException e)
        {
            LogStore(_services.Logger, e.Message);
            return false;
        }
    }

    private async Task LookAsync(CancellationTokenSource stop)
    {
        var waiting = await _services.Database.ReadAsync(OutboxStore.CountPendingAsync, stop.Token);
        var known = waiting.Where(rows => _deliveries.ContainsKey(rows.Kind)).ToList();
        if (!_isSwept)
        {
            foreach (var rows in waiting.Except(known))
            {
                LogUnknown(_services.Logger, rows.Pending, rows.Kind, rows.Target);
            }

            known = await SweepAsync(known, stop.Token);
            _isSwept = true;
        }

        foreach (var rows in known)
        {
            var lane = Lane(rows.Kind, rows.Target);
            if (!lane.IsServed)
            {
                lane.IsServed = true;
                _running.Add(RunAsync(lane, stop));
            }
        }
    }

    private static async Task RunAsync(OutboxLane lane, CancellationTokenSource stop)
    {
        try
        {
            await lane.RunAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    /// <summary>
    /// What waits for a target that the configuration names no more, or that is open now to those who may not read it, will never be
    /// delivered: that is a loss, and the log says so. Only at the start: a person may still correct a configuration that is reloaded.
    /// </summary>
    private async Task<List<OutboxCount>> SweepAsync(List<OutboxCount> waiting, CancellationToken cancellationToken)
    {
        var dropped = waiting
            .Select(rows => (Rows: rows, Reason: _deliveries[rows.Kind].ReasonAgainst(rows.Target, Remarks.Read(rows.Audience))))
            .Where(one => one.Reason is not null)
            .ToList();
        if (dropped.Count == 0)
        {
            return waiting;
        }

        await _services.Database.WriteAsync(
            async transaction =>
            {
                foreach (var (rows, reason) in dropped)
                {
                    await OutboxStore.DropAsync(transaction, rows, reason!, _services.Time.GetUtcNow());
                }
            },
            cancellationToken);
        foreach (var (rows, reason) in dropped)
        {
            LogDropped(_services.Logger, rows.Pending, rows.Kind, rows.Target, rows.Audience, reason!);
        }

        return waiting.Except(dropped.Select(one => one.Rows)).ToList();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Rows of the outbox ({Kind} for {Target}, audience {Audience}: {Count}) are given up: by the configuration the bot may not deliver them there any more ({Reason})")]
    private static partial void LogDropped(ILogger logger, long count, string kind, string target, string audience, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rows of the outbox ({Kind} for {Target}: {Count}) wait: this version delivers none of that kind; a later one may have stored them")]
    private static partial void LogUnknown(ILogger logger, long count, string kind, string target);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be read or written, and is tried again: {Reason}")]
    private static partial void LogStore(ILogger logger, string reason);
}
