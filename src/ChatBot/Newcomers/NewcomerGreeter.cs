using System.Data.Common;
using System.Runtime.ExceptionServices;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Storage;

namespace ChatBot.Newcomers;

/// <summary>
/// Has the <see cref="Greeter"/> watch who comes into the channels that greet, and sends the welcome that it decides on. Names and
/// hosts stay in memory while people are there; the store gets keyed hashes.
/// </summary>
public sealed partial class NewcomerGreeter : INewcomers
{
    // More than a netsplit brings; beyond it those who wait are not welcomed, rather than welcomed wrongly.
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);

    private readonly GreetedPeople _known;
    private readonly IrcClient _irc;
    private readonly CurrentSettings _settings;
    private readonly BotMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<NewcomerGreeter> _logger;
    private readonly EventQueue _events;
    private readonly WelcomeSender _sender;
    private readonly HashSet<Task> _greetings = [];
    private readonly long _start;
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _someoneWaits;
    private int _unread;

    public NewcomerGreeter(
        Database database, IrcClient irc, CurrentSettings settings, BotMetrics metrics, TimeProvider time, ILogger<NewcomerGreeter> logger)
    {
        (_irc, _settings, _metrics, _time, _logger) = (irc, settings, metrics, time, logger);
        _known = new GreetedPeople(database, time);
        _events = new EventQueue(MostWaiting, time);
        _sender = new WelcomeSender(irc, settings, time);
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Takes what happened, in order; never waits.</summary>
    public void Hear(IrcEvent happened)
    {
        // What is said matters only while somebody waits, and then a lot of it may come.
        if (!Concerns(happened) || (happened is IrcEvent.Message && !_someoneWaits && Volatile.Read(ref _unread) == 0))
        {
            return;
        }

        Interlocked.Increment(ref _unread);
        if (!_events.Add(happened))
        {
            Interlocked.Decrement(ref _unread);
            if (happened is IrcEvent.MemberJoined came && Greets(came.Channel))
            {
                _metrics.Newcomer(GreetOutcome.Flood);
            }
        }
    }

    /// <summary>Runs until cancelled; then ends once each greeting that is under way is either said or no longer remembered.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
            var greeter = new Greeter(Options(), _known.Secret);
            while (true)
            {
                await TurnAsync(greeter, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_greetings);
            throw;
        }
    }

    public Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken) => _sender.SendAskedForAsync(nick, cancellationToken);

    public Task<int> ForgetAsync(Visitor who, CancellationToken cancellationToken) =>
        _known.ForgetAsync(PersonKey.Hashes(who.Nick, who.User, who.Host, who.Account, _known.Secret), cancellationToken);

    private static bool Concerns(IrcEvent happened) => happened is
        IrcEvent.MemberDescribed or IrcEvent.MemberJoined or IrcEvent.MemberParted or IrcEvent.MemberQuit or IrcEvent.MemberRenamed
        or IrcEvent.AccountChanged or IrcEvent.Message { IsPrivate: false, IsHistory: false } or IrcEvent.LeftChannel
        or IrcEvent.Disconnecting;

    private async Task TurnAsync(Greeter greeter, CancellationToken cancellationToken)
    {
        greeter.Options = Options();
        greeter.Me = _irc.CurrentNick ?? "";
        var happened = await _events.NextAsync(greeter.NextAt - Now, cancellationToken);
        _failure?.Throw();
        _greetings.RemoveWhere(greeting => greeting.IsCompleted);
        try
        {
            IReadOnlyList<GreeterStep> lost = [];
            if (happened is not null)
            {
                await CarryOutAsync(greeter, Apply(greeter, happened), cancellationToken);
            }
            else if (_events.CloseGap(() => lost = greeter.GiveUp()) is > 0 and var skipped)
            {
                LogTooMany(_logger, skipped);
                await CarryOutAsync(greeter, lost, cancellationToken);
            }
            else
            {
                await CarryOutAsync(greeter, greeter.Advance(Now), cancellationToken);
            }
        }
        catch (DbException e)
        {
            LogNotStored(_logger, e.Message);
        }
        finally
        {
            _someoneWaits = greeter.NextAt is not null;
            if (happened is not null)
            {
                Interlocked.Decrement(ref _unread);
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var retry = new Backoff(_time, Jitter.Next, FirstRetry);
        while (true)
        {
            try
            {
                await _known.LoadAsync(cancellationToken);
                return;
            }
            catch (DbException e)
            {
                LogNotStored(_logger, e.Message);
                await retry.WaitAsync(cancellationToken);
            }
        }
    }

    private GreeterOptions Options()
    {
        var now = _settings.Value.Settings;
        return new GreeterOptions { Delay = now.Welcome.Delay, PerMinute = now.Welcome.PerMinute, Bots = now.Irc.Bots };
    }

    private IReadOnlyList<GreeterStep> Apply(Greeter greeter, IrcEvent happened)
    {
        greeter.Names = happened.Names;
        switch (happened)
        {
            case IrcEvent.MemberDescribed there:
                return greeter.Present(Seen(there.Who), there.Channel, Now);
            case IrcEvent.MemberJoined came:
                return Greets(came.Channel) ? greeter.Joined(Seen(came.Who), came.Channel, came.AfterNetsplit, Now) : [];
            case IrcEvent.MemberParted left:
                greeter.Parted(left.Who.Nick, left.Channel, Now);
                return [];
            case IrcEvent.MemberQuit quit:
                return greeter.Quit(quit.Who.Nick, quit.IsNetsplit, Now);
            case IrcEvent.MemberRenamed renamed:
                return greeter.Renamed(renamed.Before.Nick, renamed.Who.Nick, Now);
            case IrcEvent.AccountChanged changed:
                return greeter.Changed(Seen(changed.Who), Now);
            case IrcEvent.Message said when Greets(said.Target):
                var isAsking = CommandLine.InChannel(said.Text, _settings.Value.Settings.Irc.CommandPrefix, greeter.Me, said.Names) is not null;
                return greeter.Said(new Visitor(said.Nick, Bot: said.IsBot), said.Target, said.Text, isAsking);
            case IrcEvent.LeftChannel left:
                greeter.BotLeft(left.Channel, Now);
                return [];
            case IrcEvent.Disconnecting:
                foreach (var channel in _settings.Value.Settings.Irc.Channels)
                {
                    greeter.BotLeft(channel.Name, Now);
                }

                return [];
            default:
                return [];
        }
    }

    private static Visitor Seen(IrcMember who) => Visitor.Of(who.Nick, who.UserHost, who.Account, who.IsBot);

    private bool Greets(string channel) =>
        _settings.Value.Settings.Irc.Channels.Any(one => one.Greet && one.Name.Equals(channel, StringComparison.Ordinal));

    private async Task CarryOutAsync(Greeter greeter, IReadOnlyList<GreeterStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (step is Candidate candidate)
            {
                var known = await _known.AreKnownAsync(candidate.Keys, cancellationToken);
                await CarryOutAsync(greeter, greeter.Checked(candidate.Id, known), cancellationToken);
            }
            else if (step is GreetVerdict decided)
            {
                var verdict = decided.Outcome == GreetOutcome.Greet && await IsOfTheGroupAsync(decided.Nick, cancellationToken)
                    ? decided with { Outcome = GreetOutcome.OfTheGroup }
                    : decided;
                _metrics.Newcomer(verdict.Outcome);
                if (verdict.Remember)
                {
                    await _known.RememberAsync(verdict.Keys, cancellationToken);
                }

                if (verdict.Outcome == GreetOutcome.Greet)
                {
                    _greetings.Add(GreetAsync(verdict));
                }
            }
        }
    }

    private async Task<bool> IsOfTheGroupAsync(string nick, CancellationToken cancellationToken)
    {
        var now = _settings.Value.Settings;
        return await _irc.MemberAsync(nick, cancellationToken) is { } member
            && ((member.Account is { } account && now.People.WithAccount(account) is not null)
                || now.Irc.Channels.Any(channel => channel.Audience == Audience.Root && member.Channels.ContainsKey(channel.Name)));
    }

    // Remembered first: to be greeted twice is worse than to be greeted on the next visit. The client answers in any case, at the
    // latest when it ends.
    private async Task GreetAsync(GreetVerdict verdict)
    {
        try
        {
            if (!await _sender.SendAsync(verdict.Nick, verdict.Channel, CancellationToken.None))
            {
                await _known.ForgetAsync(verdict.Keys, CancellationToken.None);
            }
        }
        catch (DbException e)
        {
            LogNotStored(_logger, e.Message);
        }
        catch (StorageException e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            _events.Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Who was greeted could not be read or stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "So much happened at once that some of it was skipped (events: {Skipped}), and nobody who waits for a welcome gets one")]
    private static partial void LogTooMany(ILogger logger, long skipped);
}
