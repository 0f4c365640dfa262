using System.Collections.Concurrent;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Delivery;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Irc;

/// <summary>
/// Says lines in channels, as <see cref="Backlog"/> decides. A row is done when the server has shown that it accepted the lines that announce
/// it; after a lost connection or a kill at most <see cref="Backlog.Window"/> lines of a channel are said again.
/// </summary>
public sealed partial class ChannelDelivery(IrcClient irc, CurrentSettings settings, BotMetrics metrics, TimeProvider time, ILogger<ChannelDelivery> logger)
    : IDelivery
{
    // After a very long outage the bot says several digests.
    private const int MostInDigest = 5000;

    private readonly IReadOnlyList<IrcChannel> _channels = settings.Value.Settings.Irc.Channels;
    private readonly bool _isPaced = settings.Value.Settings.Irc.Pace != IrcPace.Off;
    private readonly ConcurrentDictionary<string, Backlog> _backlogs = new();

    public event Action<string>? Ready;

    public string Kind => OutboxStore.LineKind;

    public Sentence3 SetAside => Sentences.LineSetAside;

    /// <summary>Takes what happened; never waits: in a channel that we have joined, or where we may speak again, it can be said.</summary>
    public void Hear(IrcEvent happened)
    {
        var ready = happened switch
        {
            IrcEvent.Joined joined => joined.Channel,
            IrcEvent.ChannelUnmuted unmuted => unmuted.Channel,
            _ => null,
        };
        if (ready is not null)
        {
            Ready?.Invoke(ready);
        }
    }

    public string? ReasonAgainst(string target, Audience audience) => Find(target) switch
    {
        null => OutboxPump.NotConfigured,
        { Audience: Audience.Public } when audience == Audience.Root => OutboxPump.NotForThisAudience,
        _ => null,
    };

    public OutboxRange? RangeWanted(string target)
    {
        if (Find(target) is not { } channel)
        {
            return null;
        }

        var backlog = BacklogOf(target, channel);
        if (!irc.IsJoined(channel.Name))
        {
            // It is rebuilt from what is not done.
            backlog.GiveUp();
            return null;
        }

        return new OutboxRange(_isPaced ? MostInDigest : Backlog.Window, backlog.After);
    }

    public async Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var channel = Find(target)!;
        var backlog = BacklogOf(target, channel);
        var lines = rows.Select(row => row.Read()).Where(line => line.Words.For(channel.Audience) is not null).ToList();
        if (lines.Count == 0 && backlog.After == 0)
        {
            return DeliveryReport.NothingTried;
        }

        var live = settings.Value;
        var digest = new Digest(live.Phrases, live.Settings.Irc.CommandPrefix, channel.Audience, irc.SayBudget(channel.Name), channel.Colours);
        var wait = await irc.SayWaitAsync(channel.Name, cancellationToken);
        var alone = rows.Where(row => row.IsAlone).Select(row => row.Id).ToHashSet();
        // Most of what is said is said in each of them, and at the same time.
        var channels = _channels.Count(one => irc.IsJoined(one.Name));
        var batches = backlog.Next(lines, alone.Contains, count => wait(count * channels), digest, time.GetUtcNow());
        var results = await Task.WhenAll(batches.Select(batch => SayAsync(channel, batch)));
        // A channel that takes other lines at the same time is open: it is the words.
        var isOpen = results.Any(one => one.Any(IsSent));
        var attempts = batches.Zip(results, (batch, said) => new DeliveryAttempt([.. batch.Rows.Select(row => row.Id)], Result(channel, said, isOpen))).ToList();
        backlog.Strike([.. batches.Where((_, i) => attempts[i].Result is not DeliveryResult.TryLater)]);
        if (attempts.Exists(attempt => attempt.Result is DeliveryResult.TryLater))
        {
            backlog.GiveUp();
        }

        foreach (var (batch, _) in batches.Zip(attempts).Where(pair => pair.Second.Result is DeliveryResult.Sent))
        {
            Count(channel, batch);
        }

        return new DeliveryReport(attempts);
    }

    private IrcChannel? Find(string target) => _channels.FirstOrDefault(channel => channel.Name.Equals(target, StringComparison.OrdinalIgnoreCase));

    private Backlog BacklogOf(string target, IrcChannel channel) => _backlogs.GetOrAdd(target, _ => new Backlog(channel.Audience, _isPaced, channel.Colours));

    // Not given up when the bot stops: what the server takes while we say goodbye is said, and the client answers in any case.
    private Task<SayResult[]> SayAsync(IrcChannel channel, OutgoingBatch batch) => Task.WhenAll(
        batch.Lines.Select(line => irc.SayAsync(channel.Name, line, SayKind.Privmsg, SayPriority.Relay, CancellationToken.None)));

    private DeliveryResult Result(IrcChannel channel, SayResult[] said, bool isOpen)
    {
        if (said.All(IsSent))
        {
            return new DeliveryResult.Sent();
        }

        if (said.OfType<SayResult.Refused>().FirstOrDefault() is not { } refusal)
        {
            return new DeliveryResult.TryLater(Soonest(said));
        }

        metrics.LineRefused();
        if (refusal.IsOfText || isOpen)
        {
            return new DeliveryResult.Refused(refusal.Reason);
        }

        LogRefused(logger, channel.Name, refusal.Reason);
        return new DeliveryResult.TryLater();
    }

    // Where only one of them has to wait for longer, so do all.
    private static TimeSpan? Soonest(SayResult[] said)
    {
        var waits = said.OfType<SayResult.TryLater>().Select(one => one.In).ToList();
        return waits.Contains(null) ? null : waits.Max();
    }

    private static bool IsSent(SayResult result) => result is SayResult.Sent;

    private void Count(IrcChannel channel, OutgoingBatch batch)
    {
        foreach (var _ in batch.Lines)
        {
            metrics.LineSaid(channel.Audience);
        }

        foreach (var row in batch.Rows)
        {
            metrics.MailAnnouncedAfter(time.GetUtcNow() - row.At);
        }

        if (batch.IsDigest)
        {
            metrics.DigestSaid(batch.Rows.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} does not take what the bot says, which waits: {Reason}")]
    private static partial void LogRefused(ILogger logger, string channel, string reason);
}
