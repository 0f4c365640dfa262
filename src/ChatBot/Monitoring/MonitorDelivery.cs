using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>Carries orders to the monitor, each until its own state shows it.</summary>
public sealed class MonitorDelivery : IDelivery
{
    private const int MostOrders = 200;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly MonitorSync _monitor;
    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;

    // An order that the monitor does not accept now delays the other orders, but not the reading of its state.
    private readonly Backoff _retry;
    private (long At, TimeSpan For, MonitorTrouble By)? _blocked;
    private volatile bool _isRenewed;

    public MonitorDelivery(Database database, MonitorSync monitor, CurrentSettings settings, TimeProvider time)
    {
        (_database, _monitor, _settings, _time) = (database, monitor, settings, time);
        _retry = new Backoff(time, static () => 0, first: TimeSpan.FromSeconds(5));
        monitor.Changed += lives =>
        {
            _isRenewed |= lives;
            Ready?.Invoke(OutboxStore.MonitorKind);
        };
    }

    public event Action<string>? Ready;

    public string Kind => OutboxStore.MonitorKind;

    public string? ReasonAgainst(string target, Audience audience) => TakesOrders ? null : OutboxPump.NotConfigured;

    public OutboxRange? RangeWanted(string target) => TakesOrders ? new OutboxRange(MostOrders) : null;

    private bool TakesOrders => _settings.Value.Settings.MonitorTakesOrders;

    public async Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var waiting = await _database.ReadAsync(transaction => WaitingAsync(transaction, rows), cancellationToken);
        if (await _monitor.ReadAsync(rows[^1].Id, cancellationToken) is not { } reading)
        {
            return DeliveryReport.NothingTried;
        }

        if (_isRenewed)
        {
            (_isRenewed, _blocked) = (false, null);
        }

        var results = new List<OrderResult>();
        foreach (var (row, order) in waiting)
        {
            results.Add(order is null
                ? new OrderResult(row, null, OrderOutcome.CannotBeNamed, null)
                : await CarryAsync(row, order, reading, cancellationToken));
        }

        return OrderReporter.Report(results, Wait(results), _settings.Value);
    }

    private async Task<OrderResult> CarryAsync(OutboxRow row, WaitingOrder order, MonitorReading reading, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var step = OrderRules.Decide(order, reading.State, _settings.Value.Settings.Inventory, now);
        if (step.Action is not { } action)
        {
            var trouble = step.IsEnd || row.HandedAt is not null ? null : reading.Trouble;
            if (step.Outcome == OrderOutcome.NotConfirmed)
            {
                trouble = row.HandedAt is null ? reading.Trouble ?? MonitorTrouble.StatusStale : MonitorTrouble.NotConfirmed;
            }

            return new OrderResult(row, order, step.Outcome, trouble);
        }

        if (_blocked is { } blocked && Left(blocked.At, blocked.For) > TimeSpan.Zero)
        {
            return new OrderResult(row, order, OrderOutcome.Send, blocked.By);
        }

        await _database.WriteAsync(transaction => OutboxStore.HandedAsync(transaction, row.Id, now), cancellationToken);
        var (outcome, failed) = await _monitor.OrderAsync(action, now, cancellationToken);
        if (outcome == OrderOutcome.Wait)
        {
            _retry.Reset();
            return new OrderResult(row with { HandedAt = Moment.Store(now) }, order, outcome, null) { IsFresh = true };
        }

        await _database.WriteAsync(transaction => OutboxStore.HandedAsync(transaction, row.Id, Moment.Read(row.HandedAt)), cancellationToken);
        if (failed is { } why)
        {
            _blocked = (_time.GetTimestamp(), _retry.Next(), why);
        }

        return new OrderResult(row, order, outcome, failed);
    }

    private static async Task<IReadOnlyList<(OutboxRow Row, WaitingOrder? Order)>> WaitingAsync(StoreTransaction transaction, IReadOnlyList<OutboxRow> rows)
    {
        var orders = rows.Select(row => MonitorOrders.Read(row.Payload)).ToList();
        var cancelled = orders.OfType<MonitorOrder.CancelDowntime>().Select(order => order.Key).ToHashSet(StringComparer.Ordinal);
        var waiting = new List<(OutboxRow, WaitingOrder?)>();
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
                order, row.At, Moment.Read(row.HandedAt), incident,
                order is MonitorOrder.ScheduleDowntime { Key: var key } && cancelled.Contains(key))));
        }

        return waiting;
    }

    // When something can have changed for one of them.
    private TimeSpan Wait(List<OrderResult> results)
    {
        var waits = results.Where(result => !result.IsEnd).Select(Wait).ToList();
        if (results.Exists(result => result.IsFresh) && _monitor.ShowsAfter is { } shows)
        {
            waits.Add(shows);
        }

        if (_monitor.ReadAgainIn(waits: true) is { } again)
        {
            waits.Add(again);
        }

        return waits.DefaultIfEmpty(LookAgain).Min();
    }

    private TimeSpan Wait(OrderResult result)
    {
        if (_blocked is { } blocked && result.Outcome == OrderOutcome.Send)
        {
            return Left(blocked.At, blocked.For);
        }

        if (result.Outcome == OrderOutcome.NotConfirmed)
        {
            return LookAgain;
        }

        var left = Moment.Read(result.Row.HandedAt ?? result.Row.CreatedAt) + OrderRules.ConfirmedWithin - _time.GetUtcNow();
        return left > TimeSpan.Zero ? left : LookAgain;
    }

    private TimeSpan Left(long since, TimeSpan wait) => wait - _time.GetElapsedTime(since);
}
