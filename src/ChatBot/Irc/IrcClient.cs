using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using ChatBot.Async;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Irc.Session;
using ChatBot.Core.Language;
using ChatBot.Metrics;
using ChatBot.Net;
using ChatBot.Storage;

namespace ChatBot.Irc;

/// <summary>
/// The bot's presence on one network: connects for ever, keeps its channels, says what it is given and raises what happens as events.
/// <see cref="IrcSession"/> decides everything; here are the sockets.
/// </summary>
public sealed class IrcClient : IDisposable
{
    private const int ShortestBudget = 100;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);
    // A server that takes three lines a second has some to read before it answers, and what it does not confirm is said again.
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(5);

    internal static readonly Func<int, TimeSpan> ForEver = static _ => TimeSpan.MaxValue;

    private readonly IrcSettings _settings;
    private readonly Func<IrcRoute, CancellationToken, ValueTask<Stream>> _connect;
    private readonly bool _isServer;
    private readonly TimeProvider _time;
    private readonly ILogger<IrcClient> _logger;
    private readonly IrcDispatcher _dispatcher;
    private readonly ReconnectRules _reconnect;
    private readonly StsPolicies _policies;
    private volatile bool _isStandby;

    /// <param name="settings">Where to be, and as who.</param>
    /// <param name="connect">Replaces the socket; null for TCP, with TLS where the settings say so.</param>
    /// <param name="time">For timers and time-outs.</param>
    /// <param name="logger">Never sees a name of a person or a text.</param>
    /// <param name="jitter">A number from 0 to 1, another one each time.</param>
    public IrcClient(
        IrcSettings settings, Func<IrcRoute, CancellationToken, ValueTask<Stream>>? connect, TimeProvider time,
        ILogger<IrcClient> logger, Func<double> jitter)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _isServer = connect is null;
        _connect = connect ?? new IrcConnector(settings, time).ConnectAsync;
        _reconnect = new ReconnectRules(time, jitter);
        var session = new IrcSession(Options(settings), jitter, static () => RandomNumberGenerator.GetHexString(36));
        _policies = new StsPolicies(settings.StsFile, time, logger);
        _dispatcher = new IrcDispatcher(session, settings.Channels, time, Counters, _policies, logger);
        _isStandby = settings.StandbyNick is not null;
    }

    /// <summary>What others read when the bot leaves.</summary>
    public string Farewell { get; init; } = Sentences.Stops.English;

    /// <summary>Without it nothing is written, but by a bot that waits; null where no other bot can speak instead.</summary>
    public Lease? Lease { get; init; }

    public IrcCounters Counters { get; } = new();

    /// <summary>What happens, in order; none is dropped. Completes when <see cref="RunAsync"/> ends.</summary>
    public ChannelReader<IrcEvent> Events => _dispatcher.Events;

    /// <summary>Null while not registered.</summary>
    public string? CurrentNick => _dispatcher.View.Nick;

    /// <summary>True when every channel of the configuration can be spoken in.</summary>
    public bool IsReady => _dispatcher.View.IsReady;

    /// <summary>Whether this network has services accounts at all, as far as the server has shown.</summary>
    public bool TellsAccounts => _dispatcher.View.TellsAccounts;

    /// <summary>Whether every message carries its author's account, so that one without is from nobody.</summary>
    public bool TagsAccounts => _dispatcher.View.TagsAccounts;

    /// <param name="channel">As the configuration names it.</param>
    public bool IsJoined(string channel) => _dispatcher.View.Joined.Contains(channel, StringComparer.Ordinal);

    /// <summary>Why the bot is out of a channel, or silenced there, by channel: "refused (474)". Empty where all is well.</summary>
    public IReadOnlyDictionary<string, string> Troubles => _dispatcher.View.Troubles;

    /// <summary>Bytes of UTF-8 that one line to this target may have; a longer text is cut into several.</summary>
    public int SayBudget(string target) =>
        Math.Max(ShortestBudget, _dispatcher.View.BudgetBeforeTarget - Encoding.UTF8.GetByteCount(target) - ColourBytes(target));

    /// <summary>
    /// How long it would be until the last of so many lines for a channel of ours, handed over at this moment, is written; MaxValue
    /// while not connected.
    /// </summary>
    public Task<Func<int, TimeSpan>> SayWaitAsync(string channel, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<Func<int, TimeSpan>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Post(new IrcInput.AskWait(channel, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Says a text and waits until the server has shown that it took it. Giving up the wait does not take the text back.
    /// </summary>
    public Task<SayResult> SayAsync(string target, string text, SayKind kind, SayPriority priority, CancellationToken cancellationToken) =>
        SayAsync(target, text, kind, priority, null, null, null, cancellationToken);

    /// <summary>
    /// Answers somebody for their eyes alone: not said once their nick has passed to other hands since they spoke, as far as the
    /// server shows, nor where they are not in <paramref name="memberOf"/> when it is written.
    /// </summary>
    public Task<SayResult> ReplyAsync(
        IrcAuthor to, string text, SayKind kind, SayPriority priority, string? memberOf, CancellationToken cancellationToken) =>
        SayAsync(to.Nick, text, kind, priority, to, memberOf, null, cancellationToken);

    /// <summary>Answers somebody in the channel where they asked, and names them where it is late or others spoke since.</summary>
    public Task<SayResult> AnswerAsync(
        IrcAuthor asker, string channel, string text, SayPriority priority, CancellationToken cancellationToken) =>
        SayAsync(channel, text, SayKind.Privmsg, priority, null, null, asker, cancellationToken);

    /// <summary>Somebody in our channels as they are at this moment; null where nobody there has the nick.</summary>
    public Task<IrcMember?> MemberAsync(string nick, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<IrcMember?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Post(new IrcInput.AskMember(nick, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Asks the server who has just given a command. Answers within 25 s.</summary>
    public Task<AccountAnswer> AskAccountAsync(IrcAuthor author, CancellationToken cancellationToken, bool isPrompt = false)
    {
        var answer = new TaskCompletionSource<AccountAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Post(new IrcInput.Ask(author, isPrompt, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// For who sees an event of <see cref="Events"/>: does what takes its time, once the event is handled.
    /// </summary>
    public void Later(Action action) => _dispatcher.Later(action);

    private int ColourBytes(string target) =>
        _settings.Channels.Any(c => c.Colours && c.Name.Equals(target, StringComparison.Ordinal)) ? StateColours.MostBytes : 0;

    /// <summary>Waits no longer under the nick of a standby, where it has one: takes its own nick, and joins its channels.</summary>
    public void TakeOver()
    {
        _isStandby = false;
        _dispatcher.Post(new IrcInput.TakeOver());
    }

    /// <summary>Runs until cancelled; then says goodbye and ends without an exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var connecting = ConnectForEverAsync(cancellationToken);

        // The dispatcher ends first only by a bug, which must stop the host.
        if (await Task.WhenAny(_dispatcher.Over, connecting) == connecting)
        {
            _dispatcher.Post(new IrcInput.End());
        }

        await _dispatcher.Over;
        await connecting;
    }

    public void Dispose() => _dispatcher.Dispose();

    private Task<SayResult> SayAsync(
        string target, string text, SayKind kind, SayPriority priority, IrcAuthor? to, string? memberOf, IrcAuthor? asker,
        CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<SayResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Post(new IrcInput.Say(target, text, kind, priority, to, memberOf, asker, result));
        return result.Task.WaitAsync(cancellationToken);
    }

    private async Task ConnectForEverAsync(CancellationToken cancellationToken)
    {
        var turn = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await MayWriteAsync(cancellationToken).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            var (cause, registeredFor) = await ConnectOnceAsync(Route(_settings.Servers[turn % _settings.Servers.Count]), cancellationToken);
            // Another server of a network that has banned us would be an evasion; one that wants TLS is to have it.
            if (cause is not (CloseCause.Banned or CloseCause.NeedsTls))
            {
                turn++;
            }

            var wait = _reconnect.Next(cause, registeredFor);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (_reconnect.IsHunted)
            {
                IrcLog.Hunted(_logger);
            }

            if (wait > TimeSpan.Zero)
            {
                var seconds = (long)Math.Ceiling(wait.TotalSeconds);
                IrcLog.Waiting(_logger, seconds);
            }

            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A promise of TLS outweighs a configuration without it.
    private IrcRoute Route(HostPort server) =>
        _settings.Tls ? new(server.Host, server.Port, Tls: true)
        : _policies.TlsPort(server.Host) is { } port ? new(server.Host, port, Tls: true)
        : new(server.Host, server.Port, Tls: false);

    private async Task<(CloseCause Cause, TimeSpan RegisteredFor)> ConnectOnceAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        IrcLog.Connecting(_logger, route.Host, route.Port, route.Tls ? "with" : "without");
        try
        {
            await using var connection = new IrcConnection(await OpenAsync(route, cancellationToken), route, MayWriteAsync, _time);
            Counters.Connected();
            var end = await ServeAsync(connection, cancellationToken);
            Counters.Disconnected(end.Cause);
            // A connection may outlive the promise that was made at its beginning, and which is to count from its end.
            if (connection.Promised is { } duration)
            {
                _policies.Promise(route.Host, route.Port, duration);
            }

            return end;
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return (CloseCause.Lost, TimeSpan.Zero);
            }

            Counters.ConnectFailed();
            IrcLog.ConnectFailed(_logger, route.Host, route.Port, Reason(failure));
            return (CloseCause.Lost, TimeSpan.Zero);
        }
    }

    private async Task<Stream> OpenAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(ConnectTime, _time, cancellationToken);
        return await _connect(route, limit.Token);
    }

    private async Task<(CloseCause Cause, TimeSpan RegisteredFor)> ServeAsync(IrcConnection connection, CancellationToken cancellationToken)
    {
        _dispatcher.Post(new IrcInput.Opened(connection));
        using var abort = new CancellationTokenSource();

        // A thread of its own waits for a server, handles what comes and answers what waits for nothing else.
        var reading = _isServer
            ? Task.Factory.StartNew(
                () => ReadAllAsync(connection, abort.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()
            : ReadAllAsync(connection, abort.Token);
        await using (cancellationToken.Register(() => _dispatcher.Post(new IrcInput.Quit(Farewell))))
        {
            var over = Lease?.OverAsync(abort.Token);
            await Task.WhenAny(reading, connection.Written, connection.Finished, over ?? connection.Finished);
            connection.IsAbandoned |= over is { IsCompleted: true };
            // What is left to write goes out, and the server's ERROR comes in; but nobody waits for a dead peer.
            if (!connection.IsAbandoned)
            {
                await Task.WhenAny(reading, Task.Delay(GoodbyeTime, _time, abort.Token));
            }
        }
        await abort.CancelAsync();
        connection.Abort();
        await Task.WhenAll(reading, connection.Written);
        _dispatcher.Post(new IrcInput.Closed(connection, "the connection was lost"));
        return await connection.Ended.Task;
    }

    private async Task ReadAllAsync(IrcConnection connection, CancellationToken cancellationToken)
    {
        var reader = new IrcLineReader(connection.Stream, Counters);
        try
        {
            while (await reader.ReadAsync(cancellationToken) is { } messages)
            {
                if (messages.Count == 0)
                {
                    continue;
                }

                connection.WaitForRoom(cancellationToken);
                _dispatcher.Post(new IrcInput.Received(connection, messages));
            }
        }
        catch (Exception end) when (IsEnd(end))
        {
            // The way a connection breaks says no more than its end.
        }
    }

    private ValueTask MayWriteAsync(CancellationToken cancellationToken) =>
        Lease is { } lease && !_isStandby ? lease.HeldAsync(cancellationToken) : ValueTask.CompletedTask;

    internal static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    private static string Reason(Exception failure) => failure switch
    {
        AuthenticationException => "its certificate was refused",
        OperationCanceledException => "it took too long",
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => failure.GetType().Name,
    };

    private static IrcSessionOptions Options(IrcSettings settings) =>
        new(settings.Nick, [.. settings.Channels.Select(c => new IrcChannelOptions(c.Name, c.Audience, c.Key) { Colours = c.Colours })])
        {
            StandbyNick = settings.StandbyNick,
            User = settings.User,
            Realname = settings.Realname,
            ServerPassword = settings.Password,
            Sasl = settings.Sasl is { } sasl ? new(sasl.Mechanism, sasl.Account, sasl.Password) : null,
            Services = settings.Services is { } services
                ? new(services.NickServ, services.ChanServ, services.Account, services.Password)
                : null,
            Pace = settings.Pace,
        };
}
