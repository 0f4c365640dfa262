using System.Data.Common;
using ChatBot.Core.Irc;
using ChatBot.Core.Speech;
using ChatBot.Hosting;
using ChatBot.Irc;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Speech;

/// <summary>
/// Says what waits in the outbox, in order, each channel by itself. A line is done when the server has shown that it took it;
/// after a lost connection or a kill at most <see cref="Window"/> lines of a channel are said again.
/// </summary>
public sealed partial class Speaker
{
    /// <summary>How many lines of a channel may be under way without proof.</summary>
    public const int Window = 6;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    private readonly Database _database;
    private readonly IrcClient _irc;
    private readonly Metrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<Speaker> _logger;
    private readonly IReadOnlyList<IrcChannel> _channels;
    private readonly Dictionary<string, Signal> _signals;

    public Speaker(
        Database database, Outbox outbox, IrcClient irc, IrcSettings settings, Metrics metrics, TimeProvider clock, ILogger<Speaker> logger)
    {
        (_database, _irc, _metrics, _clock, _logger) = (database, irc, metrics, clock, logger);
        _channels = settings.Channels;
        _signals = settings.Channels.ToDictionary(channel => channel.Name, _ => new Signal(), StringComparer.OrdinalIgnoreCase);
        outbox.Filled += WakeAll;
    }

    /// <summary>A channel can be spoken in now.</summary>
    public void Wake(string channel)
    {
        if (_signals.TryGetValue(channel, out var signal))
            signal.Set();
    }

    private void WakeAll()
    {
        foreach (var signal in _signals.Values)
            signal.Set();
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!await DropUnsayableAsync(cancel))
            await Task.Delay(FirstRetry, _clock, cancel);

        // The first that fails ends them all: a channel that nobody speaks in must not go unnoticed.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var channels = _signals.Select(channel => RunAsync(channel.Key, channel.Value, stop.Token)).ToList();
        var first = await Task.WhenAny(channels);
        await stop.CancelAsync();
        await Task.WhenAll(channels).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task RunAsync(string channel, Signal signal, CancellationToken cancel)
    {
        // Said, and not yet so in the store: it is not said again while the store is away.
        var said = new List<OutboxRow>();
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            var turn = Turn.NotNow;
            try
            {
                await DoneAsync(said);
                turn = _irc.IsJoined(channel) ? await SayNextAsync(channel, said, cancel) : Turn.Away;
            }
            catch (DbException e)
            {
                LogStore(_logger, channel, e.Message);
            }

            failures = turn == Turn.NotNow ? failures + 1 : 0;
            if (turn != Turn.More)
                await signal.WaitAsync(Wait(turn, failures), _clock, cancel);
        }
    }

    private static TimeSpan? Wait(Turn turn, int failures) => turn switch
    {
        Turn.AllSaid => null,
        Turn.NotNow => Min(FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10)), LastRetry),
        _ => LastRetry,
    };

    /// <summary>
    /// What waits for a channel that the configuration names no more, or that is open now to those who may not read it, will never
    /// be said there: that is a loss, and is told.
    /// </summary>
    /// <returns>False where the store does not answer.</returns>
    private async Task<bool> DropUnsayableAsync(CancellationToken cancel)
    {
        try
        {
            var now = _clock.GetUtcNow();
            var dropped = await _database.WriteAsync(
                async work =>
                {
                    var unsayable = (await OutboxStore.CountPendingAsync(work, OutboxStore.LineKind)).Where(row => !MaySay(row)).ToList();
                    foreach (var row in unsayable)
                        await OutboxStore.DropAsync(work, OutboxStore.LineKind, row.Target, row.Audience, now);
                    return unsayable;
                },
                cancel);
            foreach (var row in dropped)
                LogDropped(_logger, row.Pending, row.Target, row.Audience);
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
            if (channel.Name.Equals(row.Target, StringComparison.OrdinalIgnoreCase))
                return channel.Audience == Audience.Root || Remarks.Read(row.Audience) == Audience.Public;
        return false;
    }

    private async Task<Turn> SayNextAsync(string channel, List<OutboxRow> said, CancellationToken cancel)
    {
        var rows = await _database.ReadAsync(
            work => OutboxStore.PendingAsync(work, OutboxStore.LineKind, channel, Window), cancel);
        if (rows.Count == 0)
            return Turn.AllSaid;

        // Not given up when the bot stops: what the server takes while we say goodbye is said, and the client answers in any case.
        var results = await Task.WhenAll(rows.Select(
            row => _irc.SayAsync(channel, row.Text, SayKind.Privmsg, SayPriority.Relay, CancellationToken.None)));
        foreach (var refused in results.OfType<SayResult.Refused>())
            LogRefused(_logger, channel, refused.Reason);
        said.AddRange(rows.Where((_, i) => results[i] is SayResult.Sent));
        var all = said.Count == rows.Count;
        await DoneAsync(said);
        return all ? Turn.More : Turn.NotNow;
    }

    private async Task DoneAsync(List<OutboxRow> said)
    {
        if (said.Count == 0)
            return;
        var now = _clock.GetUtcNow();
        await _database.WriteAsync(
            async work =>
            {
                foreach (var row in said)
                    await OutboxStore.DoneAsync(work, row.Id, now);
            },
            CancellationToken.None);
        foreach (var row in said)
        {
            _metrics.LineSaid(Remarks.Read(row.Audience));
            _metrics.MailToldAfter(now - Moment.Read(row.CreatedAt));
        }

        said.Clear();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private enum Turn
    {
        AllSaid,
        More,
        NotNow,
        Away,
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines for {Channel} (audience {Audience}) are given up: by the configuration the bot may not say them there any more")]
    private static partial void LogDropped(ILogger logger, long count, string channel, string audience);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} does not take what the bot says, which waits: {Reason}")]
    private static partial void LogRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of {Channel} cannot be read or written, and is tried again: {Reason}")]
    private static partial void LogStore(ILogger logger, string channel, string reason);
}
