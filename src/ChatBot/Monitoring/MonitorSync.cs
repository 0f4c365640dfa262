using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>
/// Carries the orders of the outbox to the monitor until its own state shows them, and compares that state with the incidents. It works
/// when something is ordered and when the state changes or is due; a slow turn, each time with a fresh watch, finds what nothing told.
/// </summary>
public sealed partial class MonitorSync : IMonitor, IDisposable
{
    private const int MostOrders = 200;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Rewatch = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RewatchUnwatched = TimeSpan.FromSeconds(10);

    private readonly Database _database;
    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<MonitorSync> _logger;
    private readonly DriftReconciler _missed;
    private readonly OrderReporter _tidings;
    private readonly Signal _due = new();

    private readonly NagiosPeer _nagios;
    private readonly IcingaPeer _icinga;

    private int _failures;
    private TimeSpan _retry = FirstRetry;
    private long? _blockedAt;
    private MonitorTrouble _blockedBy;
    private DateTimeOffset? _seen;

    public MonitorSync(
        Database database, OutboxWriter outbox, CurrentSettings settings, TimeProvider time, ILogger<MonitorSync> logger)
    {
        (_database, _settings, _time, _logger) = (database, settings, time, logger);
        _missed = new DriftReconciler(database, outbox, settings, time);
        _tidings = new OrderReporter(database, outbox, settings);
        (_nagios, _icinga) = (new NagiosPeer(settings, logger), new IcingaPeer(settings, time, logger));
        database.Woken += wakeups =>
        {
            if (wakeups.HasFlag(Wakeup.Outbox))
            {
                _due.Set();
            }
        };
    }

    public PublicText Name => _settings.Value.Settings.MonitorName;

    private IMonitorPeer Peer => _settings.Value.Settings.Icinga is null ? _nagios : _icinga;

    public MonitorReading? Look() => Peer.Look();

    public void Dispose() => _icinga.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var watcher = Peer.Watch(_due.Set);
            using var fresh = new CancellationTokenSource(watcher is null ? RewatchUnwatched : Rewatch, _time);
            while (!fresh.IsCancellationRequested)
            {
                TimeSpan? wait;
                try
                {
                    wait = await TurnAsync(cancellationToken);
                }
                catch (DbException e)
                {
                    LogNotStored(_logger, e.Message);
                    wait = FirstRetry;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(fresh.Token, cancellationToken);
                await _due.WaitAsync(wait, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Does what can be done now.</summary>
    /// <returns>How long nothing is due by itself; null for ever.</returns>
    internal async Task<TimeSpan?> TurnAsync(CancellationToken cancellationToken)
    {
        var peer = Peer;
        var waiting = _settings.Value.Settings.MonitorTakesOrders ? await _database.ReadAsync(transaction => WaitingAsync(transaction), cancellationToken) : [];
        if (await peer.ReadAsync(waiting.Count > 0 ? waiting.Max(one => one.Row.Id) : null, cancellationToken) is not { } reading)
        {
            return null;
        }

        if (reading.State is { } state && (_seen is null || (peer.RenewsItsState && state.CreatedAt != _seen)))
        {
            _blockedAt = null;
        }

        _seen = reading.State?.CreatedAt;

        var missed = reading.State is { } now ? await _missed.CompareAsync(now, cancellationToken) : null;
        var orders = await CarryAsync(peer, waiting, reading, cancellationToken);
        return Sooner(Sooner(missed, orders), peer.ReadAgainIn(waiting.Count > 0));
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private async Task<TimeSpan?> CarryAsync(
        IMonitorPeer peer, IReadOnlyList<(OrderRow Row, WaitingOrder? Order)> waiting, MonitorReading reading, CancellationToken cancellationToken)
    {
        var results = new List<OrderResult>();
        TimeSpan? wait = null;
        foreach (var (row, order) in waiting)
        {
            var result = order is null
                ? new OrderResult(row, null, OrderOutcome.CannotBeNamed, null)
                : await CarryAsync(peer, row, order, reading, cancellationToken);
            results.Add(result);
            if (!new OrderStep(result.Outcome).IsEnd)
            {
                wait = Sooner(wait, Wait(row, result));
            }

            if (result.Row.WrittenAt != row.WrittenAt)
            {
                wait = Sooner(wait, peer.ShowsAfter);
            }
        }

        await _tidings.TellAsync(results, _time.GetUtcNow(), cancellationToken);
        return wait;
    }

    private async Task<OrderResult> CarryAsync(
        IMonitorPeer peer, OrderRow row, WaitingOrder order, MonitorReading reading, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var step = OrderRules.Decide(order, reading.State, _settings.Value.Settings.Inventory, now);
        if (step.Action is not { } action)
        {
            var trouble = step.IsEnd || row.WrittenAt is not null ? null : reading.Trouble;
            if (step.Outcome == OrderOutcome.NotConfirmed)
            {
                trouble = row.WrittenAt is null ? reading.Trouble ?? MonitorTrouble.StatusStale : MonitorTrouble.NotConfirmed;
            }

            return new OrderResult(row, order, step.Outcome, trouble);
        }

        if (IsBlocked())
        {
            return new OrderResult(row, order, OrderOutcome.Send, _blockedBy);
        }

        await _database.WriteAsync(transaction => OrderStore.WrittenAsync(transaction, row.Id, now), cancellationToken);
        var (outcome, failed) = await peer.TellAsync(action, now, cancellationToken);
        if (outcome == OrderOutcome.Wait)
        {
            _failures = 0;
            return new OrderResult(row with { WrittenAt = Moment.Store(now) }, order, outcome, null);
        }

        await _database.WriteAsync(transaction => OrderStore.WrittenAsync(transaction, row.Id, Moment.Read(row.WrittenAt)), cancellationToken);
        if (failed is { } why)
        {
            Block(why);
        }

        return new OrderResult(row, order, outcome, failed);
    }

    private static async Task<IReadOnlyList<(OrderRow Row, WaitingOrder? Order)>> WaitingAsync(StoreTransaction transaction)
    {
        var rows = await OrderStore.PendingAsync(transaction, MostOrders);
        var orders = rows.Select(row => MonitorOrders.Read(row.Text)).ToList();
        var cancelled = orders.OfType<MonitorOrder.CancelDowntime>().Select(order => order.Key).ToHashSet(StringComparer.Ordinal);
        var waiting = new List<(OrderRow, WaitingOrder?)>();
        foreach (var (row, order) in rows.Zip(orders))
        {
            var number = order switch
            {
                MonitorOrder.Acknowledge it => it.Incident,
                MonitorOrder.Unacknowledge it => it.Incident,
                _ => 0,
            };
            var incident = number == 0 ? null : await IncidentStore.FindAsync(transaction, number);
            waiting.Add((row, order is null ? null : new WaitingOrder(
                order, Moment.Read(row.CreatedAt), Moment.Read(row.WrittenAt), incident,
                order is MonitorOrder.ScheduleDowntime { Key: var key } && cancelled.Contains(key))));
        }

        return waiting;
    }

    private bool IsBlocked() => _blockedAt is { } at && _time.GetElapsedTime(at) < _retry;

    private void Block(MonitorTrouble trouble)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Min(_failures++, 10));
        _retry = wait < LongestRetry ? wait : LongestRetry;
        (_blockedAt, _blockedBy) = (_time.GetTimestamp(), trouble);
    }

    private TimeSpan Wait(OrderRow row, OrderResult result)
    {
        if (_blockedAt is { } at && result.Outcome == OrderOutcome.Send)
        {
            return _retry - _time.GetElapsedTime(at);
        }

        if (result.Outcome == OrderOutcome.NotConfirmed)
        {
            return Rewatch;
        }

        var since = Moment.Read(result.Row.WrittenAt ?? row.CreatedAt);
        var left = since + OrderRules.ConfirmedWithin - _time.GetUtcNow();
        return left > TimeSpan.Zero ? left : Rewatch;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the monitor was asked could not be stored, and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
