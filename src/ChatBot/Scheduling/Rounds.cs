using System.Data.Common;
using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>
/// Goes round once a minute: asks who changed what, looks whether those who watch are heard themselves, and looks again at mails whose
/// signature could not be checked.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="incidents">Opens and ends them.</param>
/// <param name="outbox">Where questions go.</param>
/// <param name="settings">The configuration in force.</param>
/// <param name="isListening">Whether every mailbox is watched now.</param>
/// <param name="lookAgain">Looks again at mails whose signature could not be checked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Its log.</param>
public sealed partial class Rounds(
    Database database, IncidentBook incidents, OutboxWriter outbox, CurrentSettings settings, Func<bool> isListening,
    Func<CancellationToken, Task> lookAgain, TimeProvider time, ILogger<Rounds> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>What waited in the mailboxes is read by then, so that only a silence from then on is one.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    // The process stood still for longer: what came meanwhile is not read yet.
    private static readonly TimeSpan StoodStill = TimeSpan.FromMinutes(5);

    private readonly ChangeQuestions _questions = new(outbox, settings);
    private readonly Heartbeats _watches = new(incidents, settings);
    private long _lastAt = time.GetTimestamp();
    private long? _listeningSince;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(cancellationToken);
            }
            catch (DbException e)
            {
                LogNotStored(logger, e.Message);
            }

            await Task.Delay(Every, time, cancellationToken);
        }
    }

    /// <summary>Does what is due now.</summary>
    internal async Task TurnAsync(CancellationToken cancellationToken)
    {
        await lookAgain(cancellationToken);
        var now = time.GetUtcNow();
        var listened = Listened();
        var (isToAsk, watches) = await database.ReadAsync(
            async transaction => (await ChangeQuestions.AreDueAsync(transaction, now), (await WatchStore.AllAsync(transaction)).Count), cancellationToken);
        var isToWatch = watches + settings.Value.Settings.Watches.Count > 0;
        if (!isToAsk && !isToWatch)
        {
            return;
        }

        await database.WriteAsync(
            async transaction =>
            {
                if (isToAsk)
                {
                    await _questions.AskDueAsync(transaction, now);
                }

                if (isToWatch)
                {
                    await _watches.PassAsync(transaction, listened, now);
                }
            },
            cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The round could not be stored, and is made again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
