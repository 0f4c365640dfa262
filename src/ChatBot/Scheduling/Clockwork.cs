using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Mail;
using ChatBot.Mutes;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>
/// Does what is due: alerts whose wait for company is over, ends of what somebody had in hand or muted, the steps of
/// interventions, what an hour counted, deletion of what is old.
/// </summary>
public sealed partial class Clockwork(
    Database database, IncidentBook incidents, MuteBook mutes, InterventionBook interventions, OutboxWriter outbox, CurrentSettings settings,
    TimeProvider time, ILogger<Clockwork> logger)
{
    // Also how soon a wall clock that was put forward is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeleteEvery = TimeSpan.FromHours(6);

    private readonly RejectedMailNotice _refusals = new(outbox, settings);
    private readonly Signal _due = new();
    private long? _deletedAt;
    private long? _turnedAt;

    /// <summary>Whether this loop, and with it the store, has worked within the last minute.</summary>
    public bool HasTurned => _turnedAt is { } at && time.GetElapsedTime(at) < LongestWait * 6;

    /// <summary>What waits in the outbox, by kind, as of the last turn.</summary>
    public IReadOnlyList<(string Kind, long Count)> Pending { get; private set; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        database.Woken += wakeups =>
        {
            if (wakeups.HasFlag(Wakeup.Schedule))
            {
                _due.Set();
            }
        };
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await TurnAsync(cancellationToken);
            }
            catch (DbException e)
            {
                LogNotStored(logger, e.Message);
                wait = RetryAfter;
            }

            await _due.WaitAsync(wait, time, cancellationToken);
        }
    }

    /// <summary>Does what is due now.</summary>
    /// <returns>How long nothing is due.</returns>
    internal async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (toTell, other) = await NextAsync(cancellationToken);
        if (await database.ReadAsync(transaction => RejectedMailNotice.IsDueAsync(transaction, now), cancellationToken))
        {
            await database.WriteAsync(transaction => _refusals.TellDueAsync(transaction, now), cancellationToken);
        }

        var wait = Announcer.Longest(settings.Value.Settings.Speech);
        if ((toTell is { } tellAt && Announcement.IsDue(tellAt, now, wait)) || other <= now)
        {
            await database.WriteAsync(
                async transaction =>
                {
                    await interventions.TurnAsync(transaction, now);
                    await mutes.EndDueAsync(transaction, now);
                    await incidents.TellDueAsync(transaction, now);
                    await incidents.EndTakenAsync(transaction, now);
                },
                cancellationToken);
            (toTell, other) = await NextAsync(cancellationToken);
        }

        if (_deletedAt is not { } last || time.GetElapsedTime(last) > DeleteEvery)
        {
            await database.WriteAsync(transaction => Retention.DeleteAsync(transaction, now), cancellationToken);
            _deletedAt = time.GetTimestamp();
        }

        Pending = (await database.ReadAsync(OutboxStore.CountPendingAsync, cancellationToken))
            .GroupBy(row => row.Kind)
            .Select(kind => (kind.Key, kind.Sum(row => row.Pending)))
            .ToList();
        _turnedAt = time.GetTimestamp();
        return Min(Min(LongestWait, toTell - now), other - now);
    }

    // Alerts apart, for which a time that lies too far ahead means that the clock was put back.
    private Task<(DateTimeOffset? ToTell, DateTimeOffset? Other)> NextAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async transaction =>
        {
            DateTimeOffset?[] others =
            [
                await IncidentStore.NextAcknowledgedUntilAsync(transaction),
                await incidents.NextAsync(transaction),
                await MuteStore.NextEndAsync(transaction),
                .. (await InterventionStore.ComingAsync(transaction)).Select(InterventionRules.NextDue),
            ];
            return (await IncidentStore.NextToAnnounceAsync(transaction), others.Min());
        },
        cancellationToken);

    private static TimeSpan Min(TimeSpan wait, TimeSpan? other) => other < wait ? other.Value : wait;

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due could not be stored, and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
