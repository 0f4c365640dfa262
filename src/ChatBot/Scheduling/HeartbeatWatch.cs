using ChatBot.Configuration;
using ChatBot.Incidents;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>
/// Counts, once a minute, the time during which a program's mail would have been read, and lets be announced which programs are silent, and which
/// problems are no longer repeated.
/// </summary>
public sealed class HeartbeatWatch(
    Database database, Heartbeats heartbeats, IncidentBook incidents, CurrentSettings settings, Func<bool> isListening, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>What waited in the mailboxes is read by then, so that only a silence from then on is one.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    // The process stood still for longer: what came meanwhile is not read yet.
    private static readonly TimeSpan StoodStill = TimeSpan.FromMinutes(5);

    private long _lastAt = time.GetTimestamp();
    private long? _listeningSince;

    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var listened = Listened();
        var rows = await database.ReadAsync(WatchStore.AllAsync, cancellationToken);
        if (rows.Count + settings.Value.Settings.Watches.Count > 0)
        {
            await database.WriteAsync(transaction => heartbeats.PassAsync(transaction, listened, now), cancellationToken);
        }

        if (listened > TimeSpan.Zero && await database.ReadAsync(DueStore.IsAnyRepeatingAsync, cancellationToken))
        {
            await database.WriteAsync(transaction => incidents.PassAsync(transaction, listened, now), cancellationToken);
        }

        return Every;
    }

    private TimeSpan Listened()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(_lastAt, now);
        _lastAt = now;
        if (!isListening() || passed > StoodStill)
        {
            _listeningSince = null;
        }

        if (!isListening())
        {
            return TimeSpan.Zero;
        }

        var since = _listeningSince ??= now;
        return time.GetElapsedTime(since, now) > Settling ? passed : TimeSpan.Zero;
    }
}
