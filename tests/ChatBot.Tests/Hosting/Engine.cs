using System.Collections.Concurrent;
using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Demo;
using ChatBot.Hosting;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Irc;
using ChatBot.Mail;
using ChatBot.MailedOrders;
using ChatBot.Metrics;
using ChatBot.Monitoring;
using ChatBot.Mutes;
using ChatBot.OpenPgp;
using ChatBot.Outbox;
using ChatBot.Scheduling;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Hosting;

/// <summary>
/// The engine from the bytes of a mail to the rows of the outbox: a real store in a folder of its own, a clock that the test
/// moves, a public and a root channel. What lives in memory can be thrown away as by a kill.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    public const string PublicChannel = "#globenet";
    public const string RootChannel = "#globenet-root";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly BotMetrics _metrics = new(Start);
    private Composition _parts;
    private int _keys;

    private Engine(BotSettings settings, DateTimeOffset start)
    {
        Time = new JumpingClock(start);
        Settings = new CurrentSettings(settings);
        Proofs = new OpenPgpLogin(
            Settings, new Keyring(_folder["gnupg"], RealClock.Instance), () => "globot",
            (nick, text) => Told.Enqueue($"{nick}: {text.Value}"), Time, NullLogger<OpenPgpLogin>.Instance);
        _parts = Compose();
    }

    public JumpingClock Time { get; }

    public CurrentSettings Settings { get; }

    public OutboxWriter Outbox => _parts.Outbox;

    public string Path => _folder["chatbot.db"];

    public OpenPgpLogin Proofs { get; }

    public FakeDns Dns { get; } = new();

    /// <summary>What the proofs told in private.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    public Database Database => _parts.Database;

    public IncidentBook Incidents => _parts.Incidents;

    public MuteBook Mutes => _parts.Mutes;

    public InterventionBook Interventions => _parts.Interventions;

    public ReportSink Sink => _parts.Sink;

    public ChangelogWriter Changelog => _parts.Changelog;

    public ChangelogTails Tails => _parts.Tails;

    public MailIntake Intake => _parts.Intake;

    public MailDoor Door => _parts.Door;

    public Scheduler Scheduler => _parts.Scheduler;

    public ForgottenPeople Forgotten => _parts.Forgotten;

    /// <summary>Whether the mailboxes can be read.</summary>
    public bool IsListening { get; set; } = true;

    public MonitorSync Monitor => _parts.Monitor;

    /// <summary>Of everything but lines; it does not run by itself.</summary>
    public OutboxPump Pump => _parts.Pump;

    public string Metrics => _metrics.Text.Render();

    public static async Task<Engine> StartAsync(
        Func<BotSettings, BotSettings>? with = null, Locale locale = Locale.French)
    {
        var engine = Make(locale, Start, with);
        await engine.OpenAsync();
        return engine;
    }

    /// <summary>One whose store is not open yet.</summary>
    /// <param name="locale">The group's language.</param>
    /// <param name="start">What time it is.</param>
    /// <param name="with">What else is configured.</param>
    public static Engine Make(Locale locale, DateTimeOffset start, Func<BotSettings, BotSettings>? with = null)
    {
        var settings = DemoSettings.Of("/nowhere", locale, "lunar", isQuick: false) with
        {
            TimeZone = TimeZoneInfo.Utc,
            Inventory = Sample.Inventory,
            Speech = new SpeechSettings(TimeSpan.FromSeconds(5), PublicOutput: false),
        };
        settings = settings with
        {
            Irc = settings.Irc with
            {
                Channels = [new(PublicChannel, Audience.Public, Greet: true), new(RootChannel, Audience.Root, Key: "k")],
            },
        };
        return new Engine(with?.Invoke(settings) ?? settings, start);
    }

    /// <param name="store">What the file of the store holds before; empty for a new one.</param>
    public async Task OpenAsync(byte[]? store = null)
    {
        if (store is not null)
        {
            await File.WriteAllBytesAsync(Path, store);
        }

        await Database.OpenAsync(CancellationToken.None);
    }

    public IReadOnlyList<ICommand> Commands(INewcomers newcomers, Absences absences) => _parts.Commands(newcomers, absences);

    /// <summary>The one of these two lines that is in the group's language.</summary>
    public string In(string french, string english) => Settings.Value.Settings.Locale == Locale.French ? french : english;

    /// <summary>The configuration is read again, and has another language.</summary>
    public void Speak(Locale locale) => Settings.Replace(Settings.Value.Settings with { Locale = locale });

    /// <summary>The process dies, and another one begins on the same store.</summary>
    public async Task KillAsync()
    {
        await _parts.DisposeAsync();
        _parts = Compose();
        await OpenAsync();
    }

    public IncomingMail Mail(string text, bool closed = true, string? key = null) => Mail(System.Text.Encoding.UTF8.GetBytes(text), closed, key);

    public IncomingMail Mail(byte[] bytes, bool closed = true, string? key = null) =>
        new(key ?? $"mail-{++_keys}", bytes, Time.GetUtcNow(), new MailSourceFacts("maildir-1", closed));

    public Task<IntakeResult> OfferAsync(params IncomingMail[] mails) => Intake.TakeAsync(mails, CancellationToken.None);

    public async Task TakeAsync(params IncomingMail[] mails) => Assert.IsType<IntakeResult.Stored>(await OfferAsync(mails));

    public Task TakeAsync(params string[] texts) => TakeAsync([.. texts.Select(text => Mail(text))]);

    /// <summary>Time passes, and the scheduler turns.</summary>
    public Task<TimeSpan> PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Scheduler.TurnAsync(CancellationToken.None);
    }

    /// <summary>So much time passes, and everything that the bot does by itself is done once a minute.</summary>
    public async Task LiveAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(1))
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Scheduler.TurnAsync(CancellationToken.None);
        }
    }

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void Jump(TimeSpan by) => Time.Jump(by);

    public async Task<List<string>> SaidAsync(string channel) =>
        [.. (await Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, channel, int.MaxValue), CancellationToken.None)).Select(row => StateMark.Without(row.Payload))];

    public Task<List<string>> PublicAsync() => SaidAsync(PublicChannel);

    public Task<List<string>> RootAsync() => SaidAsync(RootChannel);

    /// <summary>Everything that is on the disk of the store.</summary>
    public string Stored() => string.Concat(
        new[] { Path, Path + "-wal" }.Where(File.Exists).Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }));

    /// <summary>The process ends, and no other one begins.</summary>
    public ValueTask CloseAsync() => _parts.DisposeAsync();

    /// <summary>One number of the store.</summary>
    public Task<long> AskAsync(string sql) => Database.ReadAsync(
        transaction => Sql.RunAsync(transaction.Connection, sql, transaction.Transaction), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        _metrics.Dispose();
        _folder.Dispose();
    }

    /// <summary>What waits for the channels is said through this client, for as long as it lives.</summary>
    public async Task SpeakAsync(IrcClient irc, BotMetrics metrics, CancellationToken cancellationToken)
    {
        var channels = new ChannelDelivery(irc, Settings, metrics, Time, NullLogger<ChannelDelivery>.Instance);
        var pumping = new OutboxPump(Database, Outbox, [channels], metrics, Time, NullLogger<OutboxPump>.Instance).RunAsync(cancellationToken);
        await foreach (var happened in irc.Events.ReadAllAsync(CancellationToken.None))
        {
            channels.Hear(happened);
        }

        await pumping;
    }

    private Composition Compose() => new(
        Settings, new SqliteDatabase(Path, Time), _metrics, Proofs,
        new Surroundings(Time, NullLoggerFactory.Instance, Dns) { IsListening = () => IsListening, IsOnIrc = () => true });
}
