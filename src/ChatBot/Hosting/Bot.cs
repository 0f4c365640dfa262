using System.Threading.Channels;
using ChatBot.Async;
using ChatBot.Commands;
using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Mail;
using ChatBot.Metrics;
using ChatBot.Newcomers;
using ChatBot.OpenPgp;
using ChatBot.Send;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Hosting;

/// <summary>
/// The composition root: the only place that knows every type. Everything that runs is a loop here; a loop that ends by an
/// exception ends them all, so that the supervisor restarts the bot.
/// </summary>
public sealed partial class Bot : IAsyncDisposable
{
    private static readonly TimeSpan ReadyCheck = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(1);

    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<Bot> _logger;
    private readonly BotMetrics _metrics;
    private readonly IrcClient _irc;
    private readonly StatusPages _web;
    private readonly IReadOnlyList<IMailSource> _sources;
    private readonly Composition _parts;
    private readonly Lease? _lease;
    private readonly NewcomerGreeter _newcomers;
    private readonly OpenPgpLogin _proofs;
    private readonly CommandHandler _commands;
    private readonly IrcEventRouter _router;
    private readonly SystemdNotifier _systemd;
    private readonly Leadership _leadership;
    private readonly BotHealth _health;

    // A signal that comes while one is handled asks for one more reading, whatever their number.
    private readonly Channel<Func<BotSettings?>> _reloads = Channel.CreateBounded<Func<BotSettings?>>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <param name="settings">Free of mistakes.</param>
    /// <param name="connect">Replaces the socket to the IRC server; null for a real one.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="loggers">Where everything logs.</param>
    public Bot(
        BotSettings settings, Func<IrcRoute, CancellationToken, ValueTask<Stream>>? connect, TimeProvider time,
        ILoggerFactory loggers)
    {
        _settings = new CurrentSettings(settings);
        _time = time;
        _logger = loggers.CreateLogger<Bot>();
        _systemd = SystemdNotifier.FromEnvironment(Environment.GetEnvironmentVariable, Environment.ProcessId, time);
        _metrics = new BotMetrics(time.GetUtcNow());
        var database = ConfiguredStore.Of(settings, time);
        _lease = settings.Storage is { Provider: StorageProvider.Postgresql, Standby: var standby }
            ? new Lease(database, $"{Environment.MachineName}:{settings.Data}", standby is not null, time, loggers.CreateLogger<Lease>())
            : null;
        var irc = settings.Irc with { StsFile = Path.Combine(settings.Data, "sts") };
        _irc = new IrcClient(irc, connect, time, loggers.CreateLogger<IrcClient>(), Jitter.Next)
        {
            Farewell = Sentences.Stops.In(settings.Locale),
            Lease = _lease,
        };

        _proofs = new OpenPgpLogin(
            _settings,
            new Keyring(Path.Combine(settings.Data, "gnupg"), time),
            () => _irc.CurrentNick,
            (nick, text) => _ = _irc.SayAsync(nick, text.Value, SayKind.Notice, SayPriority.Reply, CancellationToken.None),
            time,
            loggers.CreateLogger<OpenPgpLogin>());
        var channels = new ChannelDelivery(_irc, _settings, _metrics, time, loggers.CreateLogger<ChannelDelivery>());
        _parts = new Composition(
            _settings, database, _metrics, _proofs,
            new Surroundings(time, loggers, new DnsTexts())
            {
                IsListening = () => _sources!.All(source => source.IsConnected),
                IsOnIrc = () => settings.Irc.Channels.Any(channel => _irc.IsJoined(channel.Name)),
                Lease = _lease,
                Deliveries = [channels],
            });
        _newcomers = new NewcomerGreeter(_parts.Database, _irc, _settings, _metrics, time, loggers.CreateLogger<NewcomerGreeter>());
        var absences = new Absences();
        _commands = new CommandHandler(
            new CommandHearing(_irc, _settings, _proofs, time),
            new CommandReplies(_irc),
            _parts.Commands(_newcomers, absences),
            _metrics,
            time,
            loggers.CreateLogger<CommandHandler>());
        _router = new IrcEventRouter(
            _irc, _metrics, _proofs.Hear,
            [happened => absences.Hear(happened, time.GetUtcNow()), _commands.Hear, channels.Hear, _newcomers.Hear]);
        _sources =
        [
            .. MailSources.Of(settings, _parts.Intake, _parts.Database, time, loggers),
            SendIntake.Watch(
                settings.Data, new SendIntake(_parts.Database, _parts.Sink, _settings, loggers.CreateLogger<SendIntake>()), time, loggers),
        ];
        _leadership = new Leadership(_irc, _parts.Database, _settings, _lease, time, loggers.CreateLogger<Leadership>());
        _health = new BotHealth(_irc, _parts, _sources, _settings, _leadership, _lease, time);
        _web = new StatusPages(settings.Web, Pages(), time, loggers);
        ConnectGauges();
    }

    /// <summary>Where the status pages are, once they are; null where there are none.</summary>
    public Task<Uri?> WebAddress => _web.Address;

    /// <summary>How many lines it announced in channels of an audience since its start.</summary>
    public long LinesSaidTo(Audience audience) => _metrics.LinesSaidTo(audience);

    /// <summary>Runs until cancelled, then says goodbye.</summary>
    /// <exception cref="StorageException">The store cannot be used, or another bot uses it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        LogStarts(_logger, BotMetrics.Version, SqliteVersion.Current);
        if (_settings.Value.Settings.Storage.Provider == StorageProvider.Sqlite && SqliteVersion.FaultOf(SqliteVersion.Current) is { } fault)
        {
            LogFaulty(_logger, fault);
        }

        WarnOfPlaces();
        DataFolder.Make(_settings.Value.Settings.Data);
        using var held = DataLock.Take(_settings.Value.Settings.Data);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var keeping = new CancellationTokenSource();
        List<Task> loops = _lease is null ? [_irc.RunAsync(stop.Token)] : [];
        var keeper = Task.CompletedTask;
        try
        {
            await _leadership.OpenAsync(stop.Token);
            loops.AddRange([ReloadAsync(stop.Token), WatchAsync(stop.Token), _web.RunAsync(stop.Token)]);
            await _leadership.TakeAsync(loops, lease => keeper = lease.KeepAsync(keeping.Token), stop.Token);
            await _leadership.BeginAsync(stop.Token);
            loops.AddRange(Loops(stop.Token));
            await await Task.WhenAny(loops);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException("Something that runs for ever has ended.");
        }
        finally
        {
            _systemd.Stopping();
            await stop.CancelAsync();
            // A database that does not answer may hold them for longer than anybody waits.
            await Task.WhenAny(Task.WhenAll(loops.Where(loop => loop != keeper)), Task.Delay(EndsWithin, _time, CancellationToken.None));
            await keeping.CancelAsync();
            await keeper.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (_lease?.ReleaseAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>
    /// Asks for the configuration to be read again, from any thread: what can change without leaving IRC does, the rest waits for a
    /// restart.
    /// </summary>
    /// <param name="read">Reads it; null if it has mistakes, which it has logged.</param>
    public void Reload(Func<BotSettings?> read) => _reloads.Writer.TryWrite(read);

    public async ValueTask DisposeAsync()
    {
        _irc.Dispose();
        // Another thread: a connection that is in use may not let go.
        await Task.WhenAny(Task.Run(() => _parts.DisposeAsync().AsTask()), Task.Delay(ClosesWithin, _time));
        _metrics.Dispose();
    }

    private IEnumerable<Task> Loops(CancellationToken cancellationToken)
    {
        yield return _parts.Scheduler.RunAsync(cancellationToken);
        yield return _router.RunAsync(cancellationToken);
        yield return _commands.RunAsync(cancellationToken);
        yield return _proofs.RunAsync(cancellationToken);
        yield return _parts.Door.RunAsync(cancellationToken);
        yield return _parts.Tails.RunAsync(cancellationToken);
        yield return _newcomers.RunAsync(cancellationToken);
        yield return _parts.Pump.RunAsync(cancellationToken);
        yield return _parts.Monitor.RunAsync(cancellationToken);
        foreach (var source in _sources)
        {
            yield return source.RunAsync(cancellationToken);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await foreach (var read in _reloads.Reader.ReadAllAsync(cancellationToken))
        {
            _systemd.Reloading();
            Take(read());
            _systemd.Reloaded();
        }
    }

    private void Take(BotSettings? fresh)
    {
        if (fresh is null)
        {
            LogNotReloaded(_logger);
            return;
        }

        var current = _settings.Value.Settings;
        _settings.Replace(fresh with
        {
            Data = current.Data,
            Irc = current.Irc,
            Mail = fresh.Mail with { Sources = current.Mail.Sources },
            Storage = current.Storage,
            Web = current.Web,
        });
        _proofs.Reload();
        LogReloaded(_logger);
        WarnOfPlaces();
    }

    private void WarnOfPlaces()
    {
        foreach (var warning in SendingPlaceWarnings.Of(_settings.Value.Settings))
        {
            LogPlace(_logger, warning);
        }
    }

    // Says once that the bot is ready, then shows life for as long as the loop that keeps time turns.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var watching = _systemd.WatchAsync(() => _leadership.IsWaiting || _parts.Scheduler.IsAlive, cancellationToken);
        while (_health.Missing().Count > 0)
        {
            await Task.Delay(ReadyCheck, _time, cancellationToken);
        }

        if (_leadership.IsWaiting)
        {
            _systemd.Ready();
            LogStandsBy(_logger);
            while (_leadership.IsWaiting || _health.Missing().Count > 0)
            {
                await Task.Delay(ReadyCheck, _time, cancellationToken);
            }
        }

        // What the start allocated is garbage that no later collection would come to soon.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        _systemd.Ready();
        LogReady(_logger);
        await watching;
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
    }

    private IReadOnlyList<WebEndpoint> Pages() =>
    [
        WebEndpoint.Page("/healthz", _ => ValueTask.FromResult(WebPage.Health(_health.Report()))),
        WebEndpoint.Page("/metrics", _ => ValueTask.FromResult(new WebPage(200, PrometheusText.ContentType, _metrics.Text.Render()))),
    ];

    private void ConnectGauges()
    {
        _metrics.IrcConnected = () => _irc.CurrentNick is not null;
        _metrics.JoinedChannels = () => _settings.Value.Settings.Irc.Channels.Count(channel => _irc.IsJoined(channel.Name));
        _metrics.Irc = _irc.Counters;
        _metrics.OutboxPending = () => _parts.Pending;
        _metrics.OldestLineAge = _health.OldestLineAge;
        _metrics.Lease = () => _lease is { } lease ? (lease.IsHeld, lease.Epoch, lease.Age) : null;
        _metrics.MailSources = () => _sources.Select(source => (source.Name, source.IsConnected));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: in every channel, and every mailbox is watched")]
    private static partial void LogReady(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready as the standby")]
    private static partial void LogStandsBy(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "ChatBot {Version} starts, with SQLite {Sqlite}")]
    private static partial void LogStarts(ILogger logger, string version, Version sqlite);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault}")]
    private static partial void LogFaulty(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration reloaded. [irc], the mail sources, data, [storage] and [web] change at the next start")]
    private static partial void LogReloaded(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {Warning}")]
    private static partial void LogPlace(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration not reloaded, see the errors above. The previous one stays in use")]
    private static partial void LogNotReloaded(ILogger logger);
}
