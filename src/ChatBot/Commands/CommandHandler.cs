using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Storage;

namespace ChatBot.Commands;

/// <summary>Answers commands: those of one person one after the other, those of several people side by side.</summary>
public sealed partial class CommandHandler
{
    // More than any number of people type; what comes beyond is a flood and is counted.
    private const int MostWaiting = 10_000;
    private const int MostOfOnePerson = 8;

    // As many questions who somebody is as the session has open at a time.
    private const int MostAtOnce = 16;

    private readonly CommandHearing _hearing;
    private readonly CommandReplies _replies;
    private readonly BotMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<CommandHandler> _logger;
    private readonly CommandDispatcher _dispatcher;
    private readonly bool _isPaced;
    private readonly RateLimit _pace = new();
    private readonly SideBySide<IncomingCommand> _waiting;
    private readonly Action _serve;

    public CommandHandler(
        CommandHearing hearing, CommandReplies replies, IReadOnlyList<ICommand> commands, BotMetrics metrics, TimeProvider time,
        ILogger<CommandHandler> logger)
    {
        (_hearing, _replies, _metrics, _time, _logger) = (hearing, replies, metrics, time, logger);
        _dispatcher = new CommandDispatcher(commands, time, Failed);
        _isPaced = hearing.Settings.Settings.Irc.Pace != IrcPace.Off;
        _waiting = new SideBySide<IncomingCommand>(MostAtOnce, MostOfOnePerson, MostWaiting, CarryOutAsync);
        _serve = _waiting.Serve;
    }

    /// <summary>Takes what happened; never waits. From one thread at a time.</summary>
    public void Hear(IrcEvent happened)
    {
        if (happened is IrcEvent.Message said && _hearing.IsFromOutside(said))
        {
            _metrics.OutsiderHeard();
        }

        if (happened is not IrcEvent.Message message || _hearing.Hear(message) is not { } incoming || !_dispatcher.IsForMe(incoming.Line, message.IsPrivate, _hearing.Settings.Settings.Inventory))
        {
            return;
        }

        var pace = Pace(incoming);
        incoming = pace == RateDecision.AnswerFirst ? incoming with { IsFirst = true } : incoming;
        switch (pace)
        {
            case RateDecision.Silence:
                Refused(CommandRefusal.TooFast);
                break;
            case RateDecision.SayTooFast:
                Refused(CommandRefusal.TooFast);
                _replies.Notice(message.Nick, TooFast(incoming));
                break;
            case var _ when !_waiting.TryAdd(incoming.Person, incoming):
                Refused(CommandRefusal.Flood);
                if (Take(incoming, (pace, place) => pace.Refuse(incoming.Person, incoming.At, place)) == RateDecision.SayTooFast)
                {
                    _replies.Notice(message.Nick, TooFast(incoming));
                }

                break;
            default:
                _hearing.Later(_serve);
                break;
        }
    }

    private RateDecision Pace(IncomingCommand incoming) => _isPaced
        ? Take(incoming, (pace, place) => pace.Take(incoming.Person, incoming.Channel, incoming.At, place, incoming.LooksLike is not null))
        : RateDecision.Answer;

    private T Take<T>(IncomingCommand incoming, Func<RateLimit, string?, T> take)
    {
        var place = incoming.Message.Author.UserHost;
        lock (_pace)
        {
            return take(_pace, place.Length > 0 ? place : null);
        }
    }

    // Each line after the first costs what an answer costs.
    private void Charge(IncomingCommand incoming, Reply reply)
    {
        if (!_isPaced || reply.Lines.Count < 2)
        {
            return;
        }

        lock (_pace)
        {
            _pace.Charge(incoming.Person, reply.InPrivate ? null : incoming.Channel, reply.Lines.Count - 1, _time.GetUtcNow());
        }
    }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => _waiting.RunAsync(cancellationToken);

    private async Task CarryOutAsync(IncomingCommand incoming, CancellationToken cancellationToken)
    {
        try
        {
            await AnswerAsync(incoming, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StorageException))
        {
            LogFailed(_logger, e);
        }
    }

    private async Task AnswerAsync(IncomingCommand incoming, CancellationToken cancellationToken)
    {
        var live = _hearing.Settings;
        var command = _dispatcher.Find(incoming.Line.Name);
        var matters = command is not null
            ? CommandDispatcher.NeedsIdentity(command, incoming.Message.IsPrivate)
            : incoming.Message.IsPrivate && Talk.Of(incoming.Line, live.Settings.Inventory).Kind == TalkKind.Machines;
        var isForAll = command is null || !CommandDispatcher.DependsOnWho(command);
        var caller = await _hearing.WhoAsync(incoming, matters, isForAll, cancellationToken);
        var audience = incoming.Audience ?? (caller.IsAdmin ? Audience.Root : Audience.Public);
        var reply = await _dispatcher.DispatchAsync(incoming.Line, caller, incoming.Channel, audience, ContextOf(live), cancellationToken);
        if (reply is null)
        {
            return;
        }

        Charge(incoming, reply);
        if (reply.Refused is not null)
        {
            Refused(CommandRefusal.NotAdmin);
        }
        else
        {
            _metrics.CommandCarriedOut(command?.Help.Names[0] ?? "unknown", "answered");
        }

        _replies.Answer(incoming, reply, audience);
    }

    private static CommandContext ContextOf(SettingsSnapshot live) => new()
    {
        Phrases = live.Phrases,
        Prefix = live.Settings.Irc.CommandPrefix,
        Inventory = live.Settings.Inventory,
    };

    // The command is said again by its name alone, which is ours.
    private PublicText TooFast(IncomingCommand incoming)
    {
        var live = _hearing.Settings;
        if (_dispatcher.Find(incoming.Line.Name) is not { } command)
        {
            return live.Phrases.Public(Sentences.TooFast);
        }

        var wait = Take(incoming, (pace, place) => pace.Wait(incoming.Person, incoming.Channel, incoming.At, place));
        var prefix = incoming.Channel is null ? "" : live.Settings.Irc.CommandPrefix;
        var name = command.Help.Names.First(one => Typed.Fold(one) == Typed.Fold(incoming.Line.Name));
        return live.Phrases.Public(Sentences.TooFastFor, PublicText.Declared(prefix + name), Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)));
    }

    private bool Failed(ICommand command, Exception e)
    {
        if (e is StorageException)
        {
            return false;
        }

        Refused(CommandRefusal.Failed);
        LogCommandFailed(_logger, command.Help.Names[0], e);
        return true;
    }

    private void Refused(CommandRefusal reason) => _metrics.CommandRefused(Label<CommandRefusal>.Of(reason));

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} failed")]
    private static partial void LogCommandFailed(ILogger logger, string command, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A command could not be answered")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
