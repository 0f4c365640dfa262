using System.Data.Common;
using ChatBot.Core.Irc;
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
    private readonly Dictionary<string, Signal> _signals;

    public Speaker(
        Database database, Outbox outbox, IrcClient irc, IrcSettings settings, Metrics metrics, TimeProvider clock, ILogger<Speaker> logger)
    {
        (_database, _irc, _metrics, _clock, _logger) = (database, irc, metrics, clock, logger);
        _signals = settings.Channels.ToDictionary(channel => channel.Name, _ => new Signal(), StringComparer.OrdinalIgnoreCase);
        outbox.Filled += Wake;
    }

    /// <summary>Something may be said now that could not be before.</summary>
    public void Wake()
    {
        foreach (var signal in _signals.Values)
            signal.Set();
    }

    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(_signals.Select(channel => RunAsync(channel.Key, channel.Value, cancel)));

    private async Task RunAsync(string channel, Signal signal, CancellationToken cancel)
    {
        var retry = FirstRetry;
        while (!cancel.IsCancellationRequested)
        {
            TimeSpan? wait;
            try
            {
                wait = !_irc.IsJoined(channel) ? LastRetry : await SayNextAsync(channel, cancel) switch
                {
                    Turn.AllSaid => null,
                    Turn.More => TimeSpan.Zero,
                    _ => retry,
                };
            }
            catch (DbException e)
            {
                LogStore(_logger, channel, e.Message);
                wait = retry;
            }

            retry = wait == retry ? Min(retry * 2, LastRetry) : FirstRetry;
            if (wait != TimeSpan.Zero)
                await signal.WaitAsync(wait, _clock, cancel);
        }
    }

    private async Task<Turn> SayNextAsync(string channel, CancellationToken cancel)
    {
        var rows = await _database.ReadAsync(
            work => OutboxStore.PendingAsync(work, OutboxStore.LineKind, channel, Window), cancel);
        if (rows.Count == 0)
            return Turn.AllSaid;

        // Not cancelled: what is under way when the bot is told to stop is confirmed with the goodbye, and would else be said again.
        var results = await Task.WhenAll(rows.Select(
            row => _irc.SayAsync(channel, row.Text, SayKind.Privmsg, SayPriority.Relay, CancellationToken.None)));
        var said = rows.Where((_, i) => results[i] is SayResult.Sent).ToList();
        if (said.Count > 0)
            await DoneAsync(said);
        foreach (var refused in results.OfType<SayResult.Refused>())
            LogRefused(_logger, channel, refused.Reason);
        return said.Count == rows.Count ? Turn.More : Turn.NotNow;
    }

    private async Task DoneAsync(List<OutboxRow> said)
    {
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
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private enum Turn
    {
        AllSaid,
        More,
        NotNow,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} does not take what the bot says, which waits: {Reason}")]
    private static partial void LogRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of {Channel} cannot be read or written, and is tried again: {Reason}")]
    private static partial void LogStore(ILogger logger, string channel, string reason);
}
