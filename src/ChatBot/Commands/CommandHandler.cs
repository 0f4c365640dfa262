using System.Threading.Channels;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Mutes;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.OpenPgp;
using RateDecision = ChatBot.Core.Commands.RateDecision;

namespace ChatBot.Commands;

/// <summary>Hears commands, asks the server who gives them where that matters, and answers. One after the other.</summary>
public sealed partial class CommandHandler
{
    // More than any number of people type; what comes beyond is a flood and is counted.
    private const int MostWaiting = 10_000;

    private readonly IrcClient _irc;
    private readonly CurrentSettings _settings;
    private readonly Services _services;
    private readonly BotMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<CommandHandler> _logger;
    private readonly CommandDispatcher _dispatcher;
    private readonly bool _isTrusted;
    private readonly RateLimit? _pace;
    private readonly Channel<Heard> _waiting = Channel.CreateBounded<Heard>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public CommandHandler(
        IrcClient irc, CurrentSettings settings, Services services, BotMetrics metrics, TimeProvider time, ILogger<CommandHandler> logger)
    {
        (_irc, _settings, _services, _metrics, _time, _logger) = (irc, settings, services, metrics, time, logger);
        _dispatcher = new CommandDispatcher(CommandList.All, time, Failed);
        _isTrusted = OpenPgpLogin.IsTrusted(settings.Value.Settings.Irc);
        _pace = settings.Value.Settings.Irc.Pace == IrcPace.Off ? null : new RateLimit();
    }

    /// <summary>The bot's doings that commands may use.</summary>
    public sealed record Services(
        IIncidents Incidents, IHistory History, IMutes Mutes, IInterventions Interventions, IMonitor Monitor, IChanges Changes,
        IChangelog Changelog, INewcomers Newcomers, OpenPgpLogin Proofs, Absences Absences);

    /// <summary>Takes a message; never waits.</summary>
    public void Hear(IrcEvent.Message message)
    {
        if (message.IsNotice || message.IsBot || message.IsHistory)
        {
            return;
        }

        if (!_waiting.Writer.TryWrite(new Heard(message, _services.Proofs.Holding(message))))
        {
            Refused(CommandRefusal.Flood);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var heard in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await AnswerAsync(heard, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(_logger, e);
            }
        }
    }

    private async Task AnswerAsync(Heard heard, CancellationToken cancellationToken)
    {
        var message = heard.Message;
        var live = _settings.Value;
        var prefix = live.Settings.Irc.CommandPrefix;
        var nick = _irc.CurrentNick ?? "";
        var line = message.IsPrivate
            ? CommandLine.InPrivate(message.Text, prefix, nick, message.Names)
            : CommandLine.InChannel(message.Text, prefix, nick, message.Names);
        if (line is null || !_dispatcher.IsForMe(line, message.IsPrivate) || ChannelOf(message, live) is not { } place)
        {
            return;
        }

        var command = _dispatcher.Find(line.Name);
        switch (_pace?.Take(PersonOf(message), place.Channel, _time.GetUtcNow()) ?? RateDecision.Answer)
        {
            case RateDecision.Silence:
                Refused(CommandRefusal.TooFast);
                return;
            case RateDecision.SayTooFast:
                Refused(CommandRefusal.TooFast);
                Say(message.Nick, live.Phrases.Public(Sentences.TooFast).Value, SayKind.Notice);
                return;
        }

        var caller = await WhoAsync(heard, command is not null && CommandDispatcher.NeedsIdentity(command, message.IsPrivate), live, cancellationToken);
        var audience = place.Audience ?? (caller.IsAdmin ? Audience.Root : Audience.Public);
        var reply = await _dispatcher.DispatchAsync(line, caller, place.Channel, audience, World(live), cancellationToken);
        if (reply is null)
        {
            return;
        }

        if (command is { Help.Right: Right.Admin } && !caller.IsAdmin)
        {
            Refused(CommandRefusal.NotAdmin);
        }
        else
        {
            _metrics.CommandCarriedOut(command?.Help.Names[0] ?? "unknown", "answered");
        }

        Answer(message, reply, audience);
    }

    // Nobody uses up what another has whose account is called as they are.
    private static string PersonOf(IrcEvent.Message message) =>
        message.Account is { } account ? "account " + account : "nick " + message.Names.Fold(message.Nick);

    /// <summary>Where it was asked; null for a channel that is not of the configuration.</summary>
    private static Place? ChannelOf(IrcEvent.Message message, SettingsSnapshot live)
    {
        if (message.IsPrivate)
        {
            return new Place(null, null);
        }

        foreach (var channel in live.Settings.Irc.Channels)
        {
            if (channel.Name.Equals(message.Target, StringComparison.Ordinal))
            {
                return new Place(channel.Name, channel.Audience);
            }
        }

        return null;
    }

    private async Task<Caller> WhoAsync(Heard heard, bool matters, SettingsSnapshot live, CancellationToken cancellationToken)
    {
        var message = heard.Message;
        var stranger = new Caller(message.Nick, null, null)
        {
            NickKey = message.Names.Fold(message.Nick),
            UserHost = message.Author.UserHost,
            Stay = OpenPgpLogin.StayOf(message),
        };
        if (!matters)
        {
            return stranger;
        }

        // Over a connection that anybody on the way can write to, the server's word is nobody's.
        if (!_isTrusted)
        {
            return stranger with { NetworkTellsAccounts = false };
        }

        var people = live.Settings.People;
        var answer = message.Account is not null || (_irc.TagsAccounts && !people.HaveCertificates)
            ? new AccountAnswer(message.Account, null)
            : await _irc.AskAccountAsync(message.Author, cancellationToken);
        var person = answer.Account is { } account
            ? people.WithAccount(account)
            : answer.CertFp is { } fingerprint ? people.WithCertificate(fingerprint) : null;
        var caller = stranger with { Account = answer.Account, Person = person, NetworkTellsAccounts = _irc.TellsAccounts };
        return person is null && heard.Proof is { } proof ? WithProof(caller, proof) : caller;
    }

    // The proof that held when it was heard, and not one that came later; and neither the nick nor the list has changed since.
    private Caller WithProof(Caller caller, Proof proof) =>
        _services.Proofs.Holds(proof) && proof.Of(_settings.Value.Settings.People) is { } person
            ? caller with { Person = person, ProvedUntil = proof.Until }
            : caller;

    private CommandContext World(SettingsSnapshot live) => new()
    {
        Phrases = live.Phrases,
        Prefix = live.Settings.Irc.CommandPrefix,
        Inventory = live.Settings.Inventory,
        People = live.Settings.People,
        Commands = CommandList.All,
        Lines = live.Incidents,
        Incidents = _services.Incidents,
        Mutes = _services.Mutes,
        MuteLines = live.Mutes,
        Interventions = _services.Interventions,
        InterventionLines = live.Interventions,
        History = _services.History,
        Absences = _services.Absences,
        Monitor = _services.Monitor,
        Changes = _services.Changes,
        Changelog = _services.Changelog,
        Newcomers = _services.Newcomers,
        Proofs = _services.Proofs,
    };

    private void Answer(IrcEvent.Message message, Reply reply, Audience audience)
    {
        var isPrivate = message.IsPrivate || reply.InPrivate;
        var target = isPrivate ? message.Nick : message.Target;

        // In a query the answer stands beside the question; out of a channel a notice opens no window.
        var kind = isPrivate && !message.IsPrivate ? SayKind.Notice : SayKind.Privmsg;
        foreach (var line in reply.Lines)
        {
            if (line.For(audience) is not { } text)
            {
                continue;
            }
            // Whoever holds the nick by now may be another one.
            if (isPrivate && audience == Audience.Root)
            {
                _ = _irc.ReplyAsync(message.Author, text, kind, CancellationToken.None);
            }
            else
            {
                Say(target, text, kind);
            }
        }

        if (reply.Note is { } note)
        {
            Say(message.Target, note.Value, SayKind.Privmsg);
        }
    }

    // An answer is for the moment: where it cannot be said now, nobody waits for it later.
    private void Say(string target, string text, SayKind kind) =>
        _ = _irc.SayAsync(target, text, kind, SayPriority.Reply, CancellationToken.None);

    private void Failed(ICommand command, Exception e)
    {
        Refused(CommandRefusal.Failed);
        LogCommandFailed(_logger, command.Help.Names[0], e);
    }

    private void Refused(CommandRefusal reason) => _metrics.CommandRefused(Label<CommandRefusal>.Of(reason));

    /// <summary>A message, and the proof that held for its author when it was heard.</summary>
    private readonly record struct Heard(IrcEvent.Message Message, Proof? Proof);

    private readonly record struct Place(string? Channel, Audience? Audience);

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} failed")]
    private static partial void LogCommandFailed(ILogger logger, string command, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A command could not be answered")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
