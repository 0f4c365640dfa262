using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;
using ChatBot.Hosting;
using ChatBot.Incidents;
using ChatBot.Speech;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>
/// Carries the orders of the outbox to Nagios until its own state shows them, and compares that state with the incidents. It works when
/// something is ordered and when the status file changes; a slow turn, each time with a fresh watch, finds what the kernel did not tell.
/// </summary>
public sealed partial class MonitorDesk : IMonitor
{
    private const int MostOrders = 200;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Rewatch = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RewatchUnwatched = TimeSpan.FromSeconds(10);

    private readonly Database _database;
    private readonly LiveSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<MonitorDesk> _logger;
    private readonly MissedDesk _missed;
    private readonly OrderTidings _tidings;
    private readonly Signal _due = new();

    private readonly StatusFile _status = new();

    private int _failures;
    private TimeSpan _retry = FirstRetry;
    private long? _blockedAt;
    private MonitorTrouble _blockedBy;
    private DateTimeOffset? _seen;

    public MonitorDesk(
        Database database, Outbox outbox, IncidentDesk incidents, LiveSettings settings, TimeProvider clock, ILogger<MonitorDesk> logger)
    {
        (_database, _settings, _clock, _logger) = (database, settings, clock, logger);
        _missed = new MissedDesk(database, outbox, incidents, settings, clock);
        _tidings = new OrderTidings(database, outbox, settings);
        outbox.Filled += _due.Set;
    }

    public MonitorReading? Look() => _settings.Now.Settings.Nagios.StatusFile is { } file ? _status.Read(file) : null;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            using var watcher = Watch();
            using var fresh = new CancellationTokenSource(watcher is null ? RewatchUnwatched : Rewatch, _clock);
            while (!fresh.IsCancellationRequested)
            {
                TimeSpan? wait;
                try
                {
                    wait = await TurnAsync(cancel);
                }
                catch (DbException e)
                {
                    LogNotStored(_logger, e.Message);
                    wait = FirstRetry;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(fresh.Token, cancel);
                await _due.WaitAsync(wait, _clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Does what can be done now.</summary>
    /// <returns>How long nothing is due by itself; null for ever.</returns>
    internal async Task<TimeSpan?> TurnAsync(CancellationToken cancel)
    {
        if (Look() is not { } reading)
            return null;
        if (reading.State is { } state && state.CreatedAt != _seen)
        {
            _seen = state.CreatedAt;
            _blockedAt = null; // It lives: whatever kept us from telling it may be over.
        }

        var missed = reading.State is { } now ? await _missed.CompareAsync(now, cancel) : null;
        var orders = _settings.Now.Settings.Nagios.CommandFile is { } file ? await CarryAsync(file, reading, cancel) : null;
        return missed is null || orders < missed ? orders : missed;
    }

    private async Task<TimeSpan?> CarryAsync(string file, MonitorReading reading, CancellationToken cancel)
    {
        var waiting = await _database.ReadAsync(work => WaitingAsync(work), cancel);
        var results = new List<OrderResult>();
        TimeSpan? wait = null;
        foreach (var (row, order) in waiting)
        {
            var result = order is null
                ? new OrderResult(row, null, OrderOutcome.CannotBeNamed, null)
                : await CarryAsync(file, row, order, reading, cancel);
            results.Add(result);
            if (result.Outcome is OrderOutcome.Wait or OrderOutcome.Send or OrderOutcome.NotConfirmed && Wait(row, result) is var next)
                wait = wait is null || next < wait ? next : wait;
        }

        await _tidings.TellAsync(results, _clock.GetUtcNow(), cancel);
        return wait;
    }

    private async Task<OrderResult> CarryAsync(
        string file, OrderRow row, WaitingOrder order, MonitorReading reading, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        var step = OrderRules.Decide(order, reading.State, _settings.Now.Settings.Inventory, now);
        if (step.Action is not { } action)
        {
            var trouble = step.IsEnd || row.WrittenAt is not null ? null : reading.Trouble;
            if (step.Outcome == OrderOutcome.NotConfirmed)
                trouble = row.WrittenAt is null ? reading.Trouble ?? MonitorTrouble.StatusStale : MonitorTrouble.NotConfirmed;
            return new OrderResult(row, order, step.Outcome, trouble);
        }

        if (NagiosCommands.Write(action, now) is not { } commands)
            return new OrderResult(row, order, OrderOutcome.CannotBeNamed, null);
        if (IsBlocked())
            return new OrderResult(row, order, OrderOutcome.Send, _blockedBy);
        await _database.WriteAsync(work => OrderStore.WrittenAsync(work, row.Id, now), cancel);
        if (CommandFile.Write(file, commands) is not { } failed)
        {
            _failures = 0;
            return new OrderResult(row with { WrittenAt = Moment.Store(now) }, order, OrderOutcome.Wait, null);
        }

        await _database.WriteAsync(work => OrderStore.WrittenAsync(work, row.Id, Moment.Read(row.WrittenAt)), cancel);
        Block(failed);
        return new OrderResult(row, order, OrderOutcome.Send, failed);
    }

    private static async Task<IReadOnlyList<(OrderRow, WaitingOrder?)>> WaitingAsync(Work work)
    {
        var rows = await OrderStore.PendingAsync(work, MostOrders);
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
            var incident = number == 0 ? null : await IncidentStore.FindAsync(work, number);
            waiting.Add((row, order is null ? null : new WaitingOrder(
                order, Moment.Read(row.CreatedAt), Moment.Read(row.WrittenAt), incident,
                order is MonitorOrder.ScheduleDowntime { Key: var key } && cancelled.Contains(key))));
        }

        return waiting;
    }

    private bool IsBlocked() => _blockedAt is { } at && _clock.GetElapsedTime(at) < _retry;

    private void Block(MonitorTrouble trouble)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Min(_failures++, 10));
        _retry = wait < LongestRetry ? wait : LongestRetry;
        (_blockedAt, _blockedBy) = (_clock.GetTimestamp(), trouble);
    }

    private TimeSpan Wait(OrderRow row, OrderResult result)
    {
        if (_blockedAt is { } at && result.Outcome == OrderOutcome.Send)
            return _retry - _clock.GetElapsedTime(at);
        if (result.Outcome == OrderOutcome.NotConfirmed)
            return Rewatch;
        var since = Moment.Read(result.Row.WrittenAt ?? row.CreatedAt);
        var left = since + OrderRules.ConfirmedWithin - _clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : Rewatch;
    }

    /// <summary>Null where the folder is not there, or the kernel has no watch left to give.</summary>
    private FileSystemWatcher? Watch()
    {
        if (_settings.Now.Settings.Nagios.StatusFile is not { } file || Path.GetDirectoryName(file) is not { } folder || !Directory.Exists(folder))
            return null;
        var watcher = new FileSystemWatcher(folder, Path.GetFileName(file)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        watcher.Created += (_, _) => _due.Set();
        watcher.Changed += (_, _) => _due.Set();
        watcher.Renamed += (_, _) => _due.Set();
        watcher.Deleted += (_, _) => _due.Set();
        watcher.Error += (_, _) => _due.Set();
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher.Dispose();
            LogUnwatched(_logger, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the monitor was asked could not be stored, and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of the status file cannot be watched, it is looked at every 10 s: {Reason}")]
    private static partial void LogUnwatched(ILogger logger, string reason);
}
