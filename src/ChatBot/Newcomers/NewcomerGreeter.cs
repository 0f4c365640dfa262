using System.Data.Common;
using System.Security.Cryptography;
using System.Threading.Channels;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Storage;

namespace ChatBot.Newcomers;

/// <summary>
/// Watches who comes into the channels that greet, and sends the welcome that the <see cref="Greeter"/> decides on. Names and
/// hosts stay in memory while people are there; the store gets keyed hashes.
/// </summary>
public sealed partial class NewcomerGreeter(
    Database database, IrcClient irc, CurrentSettings settings, BotMetrics metrics, TimeProvider time, ILogger<NewcomerGreeter> logger)
    : INewcomers
{
    private const string SecretName = "greeted-key";
    private const int SecretBytes = 32;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<IrcEvent> _events =
        Channel.CreateUnbounded<IrcEvent>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Attendance _present = new();
    private readonly Queue<long> _askedFor = new();
    private readonly long _start = time.GetTimestamp();
    private byte[] _secret = [];

    /// <summary>Takes what happened; never waits.</summary>
    public void Hear(IrcEvent happened) => _events.Writer.TryWrite(happened);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _secret = await SecretAsync(cancellationToken);
        var greeter = new Greeter(Options(), _secret, StringComparer.OrdinalIgnoreCase);
        while (!cancellationToken.IsCancellationRequested)
        {
            greeter.Options = Options();
            greeter.Me = irc.CurrentNick ?? "";
            var happened = await NextAsync(greeter.NextAt, cancellationToken);
            try
            {
                var steps = happened is null ? greeter.Advance(Now) : Apply(greeter, happened);
                await CarryOutAsync(greeter, steps, cancellationToken);
            }
            catch (DbException e)
            {
                LogNotStored(logger, e.Message);
            }
        }
    }

    public async Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken)
    {
        var live = settings.Value;
        if (_present.Find(nick) is not { } visitor || Welcoming(live) is not { } channel || !MayWelcomeNow())
        {
            return false;
        }

        return await SendAsync(visitor.Nick, channel.Name, live, cancellationToken);
    }

    public async Task<int> ForgetAsync(string nick, string? account, CancellationToken cancellationToken)
    {
        var visitor = _present.Find(nick);
        var hashes = PersonKey.Hashes(nick, visitor?.User, visitor?.Host, account ?? visitor?.Account, _secret);
        return await database.WriteAsync(transaction => GreetedStore.ForgetAsync(transaction, hashes), cancellationToken);
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private async Task<byte[]> SecretAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return Convert.FromHexString(await database.WriteAsync(
                    transaction => SettingStore.GetOrAddAsync(transaction, SecretName, () => RandomNumberGenerator.GetHexString(SecretBytes * 2)),
                    cancellationToken));
            }
            catch (DbException e)
            {
                LogNotStored(logger, e.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    // The name of a channel of the root group is not for everybody.
    private static IrcChannel? Welcoming(SettingsSnapshot live) =>
        live.Settings.Irc.Channels.FirstOrDefault(channel => channel.Greet)
        ?? live.Settings.Irc.Channels.FirstOrDefault(channel => channel.Audience == Audience.Public);

    private GreeterOptions Options()
    {
        var now = settings.Value.Settings;
        return new GreeterOptions
        {
            Delay = now.Welcome.Delay,
            PerMinute = now.Welcome.PerMinute,
            Bots = now.Irc.Bots.ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <returns>Null where the time came first.</returns>
    private async Task<IrcEvent?> NextAsync(TimeSpan? until, CancellationToken cancellationToken)
    {
        if (_events.Reader.TryRead(out var ready))
        {
            return ready;
        }

        if (until is not { } at)
        {
            return await _events.Reader.ReadAsync(cancellationToken);
        }

        var wait = at - Now;
        if (wait <= TimeSpan.Zero)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _events.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private IReadOnlyList<GreeterStep> Apply(Greeter greeter, IrcEvent happened)
    {
        switch (happened)
        {
            case IrcEvent.MemberDescribed there:
                return greeter.Present(
                    _present.Came(there.Channel, Seen(there.Nick, there.UserHost, there.Account, there.IsBot)), there.Channel, Now);
            case IrcEvent.MemberJoined came:
                var visitor = _present.Came(came.Channel, Seen(came.Nick, came.UserHost, came.Account, came.IsBot));
                return Greets(came.Channel) ? greeter.Joined(visitor, came.Channel, came.AfterNetsplit, Now) : [];
            case IrcEvent.MemberParted left:
                _present.Left(left.Channel, left.Nick);
                greeter.Parted(left.Nick, left.Channel, Now);
                return [];
            case IrcEvent.MemberQuit quit:
                return greeter.Quit(_present.Quit(quit.Nick) ?? new Visitor(quit.Nick), quit.IsNetsplit, Now);
            case IrcEvent.NickChanged { IsOwn: false } renamed:
                _present.Renamed(renamed.OldNick, renamed.NewNick);
                return greeter.Renamed(renamed.OldNick, renamed.NewNick, Now);
            case IrcEvent.AccountChanged changed:
                return _present.Identified(changed.Nick, changed.Account) is { } who ? greeter.Changed(who, Now) : [];
            case IrcEvent.Message { IsPrivate: false, IsHistory: false } said when Greets(said.Target):
                return greeter.Said(_present.Find(said.Nick) ?? new Visitor(said.Nick, Bot: said.IsBot), said.Target, said.Text);
            case IrcEvent.LeftChannel left:
                _present.Close(left.Channel);
                greeter.BotLeft(left.Channel, Now);
                return [];
            case IrcEvent.Disconnecting:
                foreach (var channel in settings.Value.Settings.Irc.Channels)
                {
                    _present.Close(channel.Name);
                    greeter.BotLeft(channel.Name, Now);
                }

                return [];
            default:
                return [];
        }
    }

    private static Visitor Seen(string nick, string userHost, string? account, bool isBot)
    {
        var at = userHost.IndexOf('@', StringComparison.Ordinal);
        return new Visitor(nick, at < 0 ? null : userHost[..at], at < 0 ? null : userHost[(at + 1)..], account, isBot);
    }

    private bool Greets(string channel)
    {
        foreach (var one in settings.Value.Settings.Irc.Channels)
        {
            if (one.Greet && one.Name.Equals(channel, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private async Task CarryOutAsync(Greeter greeter, IReadOnlyList<GreeterStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (step is Candidate candidate)
            {
                var known = await database.ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, candidate.Keys), cancellationToken);
                await CarryOutAsync(greeter, greeter.Checked(candidate.Id, known), cancellationToken);
            }
            else if (step is GreetVerdict verdict)
            {
                metrics.Newcomer(verdict.Outcome);
                if (verdict.Remember)
                {
                    await database.WriteAsync(transaction => GreetedStore.AddAsync(transaction, verdict.Keys, time.GetUtcNow()), cancellationToken);
                }

                if (verdict.Outcome == GreetOutcome.Greet)
                {
                    _ = GreetAsync(verdict, cancellationToken);
                }
            }
        }
    }

    // Remembered first: to be greeted twice is worse than to be greeted on the next visit.
    private async Task GreetAsync(GreetVerdict verdict, CancellationToken cancellationToken)
    {
        try
        {
            if (!await SendAsync(verdict.Nick, verdict.Channel, settings.Value, cancellationToken))
            {
                await database.WriteAsync(transaction => GreetedStore.ForgetAsync(transaction, verdict.Keys), cancellationToken);
            }
        }
        catch (DbException e)
        {
            LogNotStored(logger, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The bot stops.
        }
        catch (StorageException)
        {
            // Every loop that writes meets it too, and stops the host.
        }
    }

    private async Task<bool> SendAsync(string nick, string channel, SettingsSnapshot live, CancellationToken cancellationToken)
    {
        var welcome = live.Settings.Welcome;
        var text = live.Settings.Locale == Locale.French ? welcome.French : welcome.English;
        var lines = WelcomeText.Lines(string.Join('\n', text), nick, channel, live.Settings.Irc.CommandPrefix);
        var results = await Task.WhenAll(lines.Select(
            line => irc.SayAsync(nick, line.Value, SayKind.Notice, SayPriority.Relay, cancellationToken)));
        return Array.TrueForAll(results, result => result is SayResult.Sent);
    }

    private bool MayWelcomeNow()
    {
        lock (_askedFor)
        {
            while (_askedFor.TryPeek(out var first) && time.GetElapsedTime(first) > TimeSpan.FromMinutes(1))
            {
                _askedFor.Dequeue();
            }

            if (_askedFor.Count >= settings.Value.Settings.Welcome.PerMinute)
            {
                return false;
            }

            _askedFor.Enqueue(time.GetTimestamp());
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Who was greeted could not be read or stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);
}
