using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>
/// Reads the monitor's state when it changes or is due, and compares it with the incidents; a slow turn, each time with a fresh watch,
/// finds what nothing announced. Orders reach the monitor through it, one at a time.
/// </summary>
public sealed partial class MonitorSync : IMonitor, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rewatch = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RewatchUnwatched = TimeSpan.FromSeconds(10);

    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<MonitorSync> _logger;
    private readonly DriftReconciler _drift;
    private readonly Backoff _retry;
    private readonly Signal _due = new();

    private readonly NagiosPeer _nagios;
    private readonly IcingaPeer _icinga;

    // A look and an order never cross each other.
    private readonly SemaphoreSlim _talking = new(1, 1);
    private (DateTimeOffset? At, MonitorTrouble? Trouble) _seen;

    public MonitorSync(
        Database database, IReportSink sink, CurrentSettings settings, TimeProvider time, ILogger<MonitorSync> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _retry = new Backoff(time, Jitter.Next, FirstRetry, Rewatch);
        _drift = new DriftReconciler(database, sink, settings, time);
        (_nagios, _icinga) = (new NagiosPeer(settings, logger), new IcingaPeer(settings, time, logger));
    }

    /// <summary>Its state is another; true where that shows that it lives, so that what it did not take can be tried again.</summary>
    internal event Action<bool>? Changed;

    public PublicText Name => _settings.Value.Settings.MonitorName;

    internal TimeSpan? ShowsAfter => Peer.ShowsAfter;

    private IMonitorPeer Peer => _settings.Value.Settings.Icinga is null ? _nagios : _icinga;

    public MonitorReading? Look() => Peer.Look();

    public void Dispose()
    {
        _icinga.Dispose();
        _talking.Dispose();
    }

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
                    _retry.Reset();
                }
                catch (DbException e)
                {
                    LogNotStored(_logger, e.Message);
                    wait = _retry.Next();
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(fresh.Token, cancellationToken);
                await _due.WaitAsync(wait, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Reads the state and compares it.</summary>
    /// <returns>How long nothing is due by itself; null for ever.</returns>
    internal async Task<TimeSpan?> TurnAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(newest: null, cancellationToken) is not { } reading)
        {
            return null;
        }

        var drift = reading.State is { } state ? await _drift.CompareAsync(state, cancellationToken) : null;
        return ReadAgainIn(waits: false) is { } again && !(drift < again) ? again : drift;
    }

    /// <inheritdoc cref="IMonitorPeer.ReadAsync"/>
    internal async Task<MonitorReading?> ReadAsync(long? newest, CancellationToken cancellationToken)
    {
        await _talking.WaitAsync(cancellationToken);
        try
        {
            var peer = Peer;
            var reading = await peer.ReadAsync(newest, cancellationToken);
            var (before, now) = (_seen, (reading?.State?.CreatedAt, reading?.Trouble));
            _seen = now;
            if (now != before)
            {
                Changed?.Invoke(now.CreatedAt is not null && (before.At is null || peer.RenewsItsState));
            }

            return reading;
        }
        finally
        {
            _talking.Release();
        }
    }

    /// <inheritdoc cref="IMonitorPeer.ReadAgainIn"/>
    internal TimeSpan? ReadAgainIn(bool waits) => Peer.ReadAgainIn(waits);

    /// <inheritdoc cref="IMonitorPeer.TellAsync"/>
    internal async Task<OrderReceipt> OrderAsync(MonitorAction action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _talking.WaitAsync(cancellationToken);
        try
        {
            return await Peer.TellAsync(action, now, cancellationToken);
        }
        finally
        {
            _talking.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the monitor shows could not be stored, and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
