using ChatBot.Async;
using ChatBot.Changelog;
using ChatBot.Commands;
using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Irc;
using ChatBot.Mail;
using ChatBot.Metrics;
using ChatBot.Monitoring;
using ChatBot.Mutes;
using ChatBot.Newcomers;
using ChatBot.OpenPgp;
using ChatBot.Outbox;
using ChatBot.Scheduling;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Hosting;

/// <summary>
/// The composition root: the only place that knows every type. Everything that runs is a loop here; a loop that ends by an
/// exception ends them all, so that the supervisor starts the bot anew.
/// </summary>
public sealed partial class Bot : IAsyncDisposable
{
    private static readonly TimeSpan ReadyCheck = TimeSpan.FromMilliseconds(100);

    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<Bot> _logger;
    private readonly Database _database;
    private readonly BotMetrics _metrics;
    private readonly IrcClient _irc;
    private readonly StatusPages _web;
    private readonly IReadOnlyList<IMailSource> _sources;
    private readonly Clockwork _clockwork;
    private readonly MonitorSync _monitor;
    private readonly ChangelogWriter _changelog;
    private readonly NewcomerGreeter _newcomers;
    private readonly OpenPgpLogin _proofs;
    private readonly CommandHandler _commands;
    private readonly Speaker _speaker;
    private readonly IrcEventRouter _switchboard;
    private readonly Rounds _rounds;
    private readonly SystemdNotifier _systemd;

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
        _database = new SqliteDatabase(Path.Combine(settings.Data, "chatbot.db"));
        var irc = settings.Irc with { StsFile = Path.Combine(settings.Data, "sts") };
        _irc = new IrcClient(irc, connect, time, loggers.CreateLogger<IrcClient>(), Jitter.Next);

        var outbox = new OutboxWriter(_settings);
        var incidents = new IncidentBook(_database, outbox, _settings, _metrics, time);
        var mutes = new MuteBook(_database, outbox, _settings, time);
        var interventions = new InterventionBook(_database, outbox, _settings, time);
        _clockwork = new Clockwork(
            _database, incidents, mutes, interventions, outbox, _settings, time, loggers.CreateLogger<Clockwork>());
        _monitor = new MonitorSync(_database, outbox, _settings, time, loggers.CreateLogger<MonitorSync>());
        _speaker = new Speaker(_database, outbox, _irc, _settings, _metrics, time, loggers.CreateLogger<Speaker>());
        _changelog = new ChangelogWriter(_database, outbox, _settings, time, loggers.CreateLogger<ChangelogWriter>());
        _newcomers = new NewcomerGreeter(_database, _irc, _settings, _metrics, time, loggers.CreateLogger<NewcomerGreeter>());
        _proofs = new OpenPgpLogin(
            _settings,
            new Keyring(Path.Combine(settings.Data, "gnupg"), time),
            () => _irc.CurrentNick,
            (nick, text) => _ = _irc.SayAsync(nick, text.Value, SayKind.Notice, SayPriority.Reply, CancellationToken.None),
            time,
            loggers.CreateLogger<OpenPgpLogin>());
        var absences = new Absences();
        _commands = new CommandHandler(
            _irc,
            _settings,
            new CommandHandler.Services(
                incidents, new History(_database), mutes, interventions, _monitor, _changelog, _changelog, _newcomers, _proofs, absences),
            _metrics,
            time,
            loggers.CreateLogger<CommandHandler>());
        _switchboard = new IrcEventRouter(_irc, _proofs, _commands, _newcomers, absences, _speaker, _metrics, time);

        var intake = new MailIntake(
            _database,
            new ReportSink(incidents, outbox, _settings, time),
            new MailVerifier(_proofs, new DnsTexts(), _settings, time, loggers.CreateLogger<MailVerifier>()),
            new IntakeNotices(outbox, _settings, _metrics, loggers.CreateLogger<IntakeNotices>()),
            time,
            loggers.CreateLogger<MailIntake>());
        _sources = MailSources.Of(settings, intake, _database, time, loggers);
        _rounds = new Rounds(
            _database, incidents, outbox, _settings, () => _sources.All(source => source.IsConnected), intake.LookAgainAsync, time,
            loggers.CreateLogger<Rounds>());
        _web = new StatusPages(settings.Web, Pages(), time, loggers);
        ConnectGauges();
    }

    /// <summary>Where the status pages are, once they are; null where there are none.</summary>
    public Task<Uri?> WebAddress => _web.Address;

    /// <summary>Runs until cancelled, then says goodbye.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        LogStarts(_logger, BotMetrics.Version);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> loops = [_irc.RunAsync(stop.Token)];
        try
        {
            DataFolder.Make(_settings.Value.Settings.Data);
            await _database.OpenAsync(stop.Token);
            if (await _database.ReadAsync(IncidentStore.UnknownWordsAsync, stop.Token) is { Count: > 0 } unknown)
            {
                LogUnknownWords(_logger, string.Join(", ", unknown));
            }

            loops.AddRange(Loops(stop.Token));
            await await Task.WhenAny(loops);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException("Something that runs for ever has ended.");
        }
        finally
        {
            _systemd.Stopping();
            await stop.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a new configuration where it can be taken without leaving IRC; the rest waits for a restart.</summary>
    public void Reload(Func<BotSettings?> read)
    {
        _systemd.Reloading();
        if (read() is { } fresh)
        {
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
        }
        else
        {
            LogNotReloaded(_logger);
        }

        _systemd.Ready();
    }

    public async ValueTask DisposeAsync()
    {
        _irc.Dispose();
        _changelog.Dispose();
        _monitor.Dispose();
        await _database.DisposeAsync();
        _metrics.Dispose();
    }

    private IEnumerable<Task> Loops(CancellationToken cancellationToken)
    {
        yield return _clockwork.RunAsync(cancellationToken);
        yield return _rounds.RunAsync(cancellationToken);
        yield return _switchboard.RunAsync(cancellationToken);
        yield return _commands.RunAsync(cancellationToken);
        yield return _proofs.RunAsync(cancellationToken);
        yield return _newcomers.RunAsync(cancellationToken);
        yield return _speaker.RunAsync(cancellationToken);
        yield return _monitor.RunAsync(cancellationToken);
        yield return _changelog.RunAsync(cancellationToken);
        yield return WatchAsync(cancellationToken);
        yield return _web.RunAsync(cancellationToken);
        foreach (var source in _sources)
        {
            yield return source.RunAsync(cancellationToken);
        }
    }

    // Says once that the bot is ready, then shows life for as long as the loop that keeps time turns.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var watching = _systemd.WatchAsync(() => _clockwork.HasTurned, cancellationToken);
        while (!Health().Ready)
        {
            await Task.Delay(ReadyCheck, _time, cancellationToken);
        }

        _systemd.Ready();
        LogReady(_logger);
        await watching;
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
    }

    private HealthReport Health()
    {
        var reasons = new List<string>();
        if (_irc.CurrentNick is null)
        {
            reasons.Add("irc: not connected");
        }
        else if (!_irc.IsReady)
        {
            reasons.Add(string.Join(", ", _irc.Troubles.Values.Distinct().Order().Prepend("irc: not joined")));
        }

        reasons.AddRange(_sources.Where(source => !source.IsConnected).Select(source => $"mail: {source.Name} not connected"));
        if (!_clockwork.HasTurned)
        {
            reasons.Add("store: does not answer");
        }

        return new HealthReport(reasons);
    }

    private Dictionary<string, Func<WebPage>> Pages() => new(StringComparer.Ordinal)
    {
        ["/healthz"] = () => WebPage.Health(Health()),
        ["/metrics"] = () => new WebPage(200, PrometheusText.ContentType, _metrics.Text.Render()),
    };

    private void ConnectGauges()
    {
        _metrics.IrcConnected = () => _irc.CurrentNick is not null;
        _metrics.JoinedChannels = () => _settings.Value.Settings.Irc.Channels.Count(channel => _irc.IsJoined(channel.Name));
        _metrics.Irc = _irc.Counters;
        _metrics.OutboxPending = () => _clockwork.Pending;
        _metrics.MailSources = () => _sources.Select(source => (source.Name, source.IsConnected));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: in every channel, and every mailbox is watched")]
    private static partial void LogReady(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store holds words of a later version, which are shown as such: {Words}")]
    private static partial void LogUnknownWords(ILogger logger, string words);

    [LoggerMessage(Level = LogLevel.Information, Message = "ChatBot {Version} starts")]
    private static partial void LogStarts(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration was read again. [irc], the mail sources, data, [storage] and [web] change at the next start")]
    private static partial void LogReloaded(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration has mistakes, told above; the one before stays. Mend it and send SIGHUP again")]
    private static partial void LogNotReloaded(ILogger logger);
}
