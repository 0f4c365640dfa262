using System.Data.Common;
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
    private long? _deletedAt;
    private long? _turnedAt;

    /// <summary>Whether this loop, and with it the store, has worked within the last minute.</summary>
    public bool HasTurned => _turnedAt is { } at && time.GetElapsedTime(at) < LongestWait * 6;

    /// <summary>What waits in the outbox, by kind, as of the last turn.</summary>
    public IReadOnlyList<(string Kind, long Count)> Pending { get; private set; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
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

            await incidents.Due.WaitAsync(wait, time, cancellationToken);
        }
    }

    /// <summary>Does what is due now.</summary>
    /// <returns>How long nothing is due.</returns>
    internal async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (toTell, other) = await NextAsync(cancellationToken);
        if (await database.ReadAsync(work => RejectedMailNotice.IsDueAsync(work, now), cancellationToken))
        {
            await database.WriteAsync(work => _refusals.TellDueAsync(work, now), cancellationToken);
            outbox.Wake();
        }

        var wait = Announcer.Longest(settings.Value.Settings.Speech);
        if ((toTell is { } tellAt && Announcement.IsDue(tellAt, now, wait)) || other <= now)
        {
            await database.WriteAsync(
                async work =>
                {
                    await interventions.TurnAsync(work, now);
                    await mutes.EndDueAsync(work, now);
                    await incidents.TellDueAsync(work, now);
                    await incidents.EndTakenAsync(work, now);
                },
                cancellationToken);
            outbox.Wake();
            (toTell, other) = await NextAsync(cancellationToken);
        }

        if (_deletedAt is not { } last || time.GetElapsedTime(last) > DeleteEvery)
        {
            await database.WriteAsync(work => Retention.DeleteAsync(work, now), cancellationToken);
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
        async work =>
        {
            DateTimeOffset?[] others =
            [
                await IncidentStore.NextTakenUntilAsync(work),
                await incidents.NextAsync(work),
                await MuteStore.NextEndAsync(work),
                .. (await InterventionStore.ComingAsync(work)).Select(InterventionRules.NextDue),
            ];
            return (await IncidentStore.NextToTellAsync(work), others.Min());
        },
        cancellationToken);

    private static TimeSpan Min(TimeSpan wait, TimeSpan? other) => other < wait ? other.Value : wait;

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due could not be stored, and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
