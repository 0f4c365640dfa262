using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Delivery;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Irc;

/// <summary>
/// Says what waits in the outbox, each channel by itself. A row is done when the server has shown that it took the lines that tell
/// it; after a lost connection or a kill at most <see cref="Backlog.Window"/> lines of a channel are said again.
/// </summary>
public sealed partial class Speaker
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    private readonly Database _database;
    private readonly ChannelSpeaker.Services _services;
    private readonly TimeProvider _time;
    private readonly ILogger<Speaker> _logger;
    private readonly IReadOnlyList<IrcChannel> _channels;
    private readonly Dictionary<string, Signal> _signals;

    public Speaker(
        Database database, OutboxWriter outbox, IrcClient irc, CurrentSettings settings, BotMetrics metrics, TimeProvider time,
        ILogger<Speaker> logger)
    {
        (_database, _time, _logger) = (database, time, logger);
        _services = new(database, outbox, irc, settings, metrics, time, logger);
        _channels = settings.Value.Settings.Irc.Channels;
        _signals = _channels.ToDictionary(channel => channel.Name, _ => new Signal(), StringComparer.Ordinal);
        database.Woken += wakeups =>
        {
            if (wakeups.HasFlag(Wakeup.Outbox))
            {
                WakeAll();
            }
        };
    }

    /// <summary>Takes what happened; never waits: a channel that we have joined can be spoken in.</summary>
    public void Hear(IrcEvent happened)
    {
        if (happened is IrcEvent.Joined joined && _signals.TryGetValue(joined.Channel, out var signal))
        {
            signal.Set();
        }
    }

    private void WakeAll()
    {
        foreach (var signal in _signals.Values)
        {
            signal.Set();
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!await DropUnsayableAsync(cancellationToken))
        {
            await Task.Delay(FirstRetry, _time, cancellationToken);
        }

        // The first that fails ends them all: a channel that nobody speaks in must not go unnoticed.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channels = _channels.Select(channel => RunAsync(channel, _signals[channel.Name], stop.Token)).ToList();
        var first = await Task.WhenAny(channels);
        await stop.CancelAsync();
        await Task.WhenAll(channels).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task RunAsync(IrcChannel channel, Signal signal, CancellationToken cancellationToken)
    {
        var speaker = new ChannelSpeaker(channel, _services);
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var turn = PumpState.NotNow;
            try
            {
                turn = await speaker.TakeTurnAsync(cancellationToken);
            }
            catch (DbException e)
            {
                LogStore(_logger, channel.Name, e.Message);
            }

            failures = turn == PumpState.NotNow ? failures + 1 : 0;
            if (turn != PumpState.More)
            {
                await signal.WaitAsync(turn == PumpState.AllSaid ? speaker.Rest : Wait(turn, failures), _time, cancellationToken);
            }
        }
    }

    private static TimeSpan Wait(PumpState turn, int failures) => turn switch
    {
        PumpState.NotNow => Min(FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10)), LastRetry),
        _ => LastRetry,
    };

    /// <summary>
    /// What waits for a channel that the configuration names no more, or that is open now to those who may not read it, will never
    /// be said there: that is a loss, and is told.
    /// </summary>
    /// <returns>False where the store does not answer.</returns>
    private async Task<bool> DropUnsayableAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = _time.GetUtcNow();
            var dropped = await _database.WriteAsync(
                async transaction =>
                {
                    var unsayable = (await OutboxStore.CountPendingAsync(transaction, OutboxStore.LineKind)).Where(row => !MaySay(row)).ToList();
                    foreach (var row in unsayable)
                    {
                        await OutboxStore.DropAsync(transaction, OutboxStore.LineKind, row.Target, row.Audience, now);
                    }

                    return unsayable;
                },
                cancellationToken);
            foreach (var row in dropped)
            {
                LogDropped(_logger, row.Pending, row.Target, row.Audience);
            }

            return true;
        }
        catch (DbException e)
        {
            LogStore(_logger, "*", e.Message);
            return false;
        }
    }

    private bool MaySay(OutboxCount row)
    {
        foreach (var channel in _channels)
        {
            if (channel.Name.Equals(row.Target, StringComparison.OrdinalIgnoreCase))
            {
                return channel.Audience == Audience.Root || Remarks.Read(row.Audience) == Audience.Public;
            }
        }

        return false;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines for {Channel} (audience {Audience}) are given up: by the configuration the bot may not say them there any more")]
    private static partial void LogDropped(ILogger logger, long count, string channel, string audience);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of {Channel} cannot be read or written, and is tried again: {Reason}")]
    private static partial void LogStore(ILogger logger, string channel, string reason);
}
