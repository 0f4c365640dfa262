using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Delivery;
using ChatBot.Core.Irc;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Irc;

/// <summary>
/// Says what waits for one channel, as <see cref="Backlog"/> decides. What the server refuses for its very words holds up nothing
/// but what is told of the same incidents after it (<see cref="PoisonRows"/>).
/// </summary>
internal sealed partial class ChannelSpeaker(IrcChannel channel, ChannelSpeaker.Services services)
{
    // Those of a very long outage are told in several digests.
    private const int MostInDigest = 5000;

    // Said, and not yet so in the store: it is not said again while the store is away.
    private readonly List<OutgoingBatch> _said = [];
    private readonly Backlog _backlog = new(channel.Audience, IsPaced(services));
    private readonly PoisonRows _offending = new(channel.Name, services);

    /// <summary>How long nothing is to be tried again; null for ever.</summary>
    public TimeSpan? Rest => _offending.NextTry;

    /// <summary>Says the next rows; what could not be stored of the last turn first.</summary>
    public async Task<PumpState> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await DoneAsync();
        if (!services.Irc.IsJoined(channel.Name))
        {
            return GiveUp(PumpState.Away);
        }

        var next = await NextAsync(cancellationToken);
        if (next.Count == 0)
        {
            return PumpState.AllSaid;
        }

        var results = await Task.WhenAll(next.Select(SayAsync));
        _said.AddRange(next.Where((_, i) => results[i].All(IsSent)));
        _backlog.Strike(_said);
        await DoneAsync();
        var isOpen = results.Any(one => one.Any(IsSent));
        var allTaken = true;
        for (var i = 0; i < next.Count; i++)
        {
            allTaken &= results[i].All(IsSent) || await IsOffendingAsync(next[i], results[i], isOpen);
        }

        return allTaken ? PumpState.More : GiveUp(PumpState.NotNow);
    }

    // It is made anew of what is not done.
    private PumpState GiveUp(PumpState turn)
    {
        _backlog.GiveUp();
        return turn;
    }

    private static bool IsPaced(Services services) => services.Settings.Value.Settings.Irc.Pace != IrcPace.Off;

    private async Task<IReadOnlyList<OutgoingBatch>> NextAsync(CancellationToken cancellationToken)
    {
        var count = IsPaced(services) || _offending.Count > 0 ? MostInDigest : Backlog.Window;
        var resting = new HashSet<long>();
        var rows = (await services.Database.ReadAsync(
                transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, channel.Name, count, _backlog.After), cancellationToken))
            .Select(row => row.Read())
            .Where(row => row.Words.For(channel.Audience) is not null && !Rests(row, resting))
            .ToList();
        if (rows.Count == 0 && _backlog.After == 0)
        {
            return [];
        }

        var live = services.Settings.Value;
        var digest = new Digest(live.Phrases, live.Settings.Irc.CommandPrefix, channel.Audience, services.Irc.SayBudget(channel.Name));
        var wait = await services.Irc.SayWaitAsync(channel.Name, cancellationToken);
        return _backlog.Next(rows, _offending.Contains, wait, digest, services.Time.GetUtcNow());
    }

    // An end that is heard before its beginning would leave the trouble as the last word.
    private bool Rests(WaitingLine row, HashSet<long> resting)
    {
        if (_offending.MayTry(row.Id) && !row.About.Numbers.Any(resting.Contains))
        {
            return false;
        }

        resting.UnionWith(row.About.Numbers);
        return true;
    }

    // Not given up when the bot stops: what the server takes while we say goodbye is said, and the client answers in any case.
    private Task<SayResult[]> SayAsync(OutgoingBatch telling) => Task.WhenAll(telling.Lines.Select(
        line => services.Irc.SayAsync(channel.Name, line, SayKind.Privmsg, SayPriority.Relay, CancellationToken.None)));

    private static bool IsSent(SayResult result) => result is SayResult.Sent;

    /// <returns>False where it is the channel that takes nothing now: one that takes other lines at the same time is open.</returns>
    private async Task<bool> IsOffendingAsync(OutgoingBatch telling, SayResult[] results, bool isOpen)
    {
        if (results.OfType<SayResult.Refused>().FirstOrDefault() is not { } refusal)
        {
            return false;
        }

        services.Metrics.LineRefused();
        if (!refusal.IsOfText && !isOpen)
        {
            LogRefused(services.Logger, channel.Name, refusal.Reason);
            return false;
        }

        _backlog.Strike([telling]);
        await _offending.RefusedAsync(telling, refusal.Reason);
        return true;
    }

    private async Task DoneAsync()
    {
        if (_said.Count == 0)
        {
            return;
        }

        var now = services.Time.GetUtcNow();
        await services.Database.WriteAsync(
            async transaction =>
            {
                foreach (var row in _said.SelectMany(telling => telling.Rows))
                {
                    await OutboxStore.DoneAsync(transaction, row.Id, now);
                }
            },
            CancellationToken.None);
        foreach (var telling in _said)
        {
            foreach (var _ in telling.Lines)
            {
                services.Metrics.LineSaid(channel.Audience);
            }

            foreach (var row in telling.Rows)
            {
                services.Metrics.MailToldAfter(now - row.At);
            }

            if (telling.IsDigest)
            {
                services.Metrics.DigestSaid(telling.Rows.Count);
            }

            _offending.Forget(telling.Rows);
        }

        _said.Clear();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} does not take what the bot says, which waits: {Reason}")]
    private static partial void LogRefused(ILogger logger, string channel, string reason);

    /// <summary>What it works with.</summary>
    public sealed record Services(
        Database Database, OutboxWriter Outbox, IrcClient Irc, CurrentSettings Settings, BotMetrics Metrics, TimeProvider Time, ILogger Logger);
}
