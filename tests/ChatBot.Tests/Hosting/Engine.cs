using System.Collections.Concurrent;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Demo;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Mail;
using ChatBot.Metrics;
using ChatBot.Monitoring;
using ChatBot.Mutes;
using ChatBot.OpenPgp;
using ChatBot.Outbox;
using ChatBot.Scheduling;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Mail;
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
    private int _keys;

    private Engine(BotSettings settings)
    {
        Settings = new CurrentSettings(settings);
        Outbox = new OutboxWriter(Settings);
        Proofs = new OpenPgpLogin(
            Settings, new Keyring(_folder["gnupg"], RealClock.Instance), () => "globot",
            (nick, text) => Told.Enqueue($"{nick}: {text.Value}"), Time, NullLogger<OpenPgpLogin>.Instance);
    }

    public JumpingClock Time { get; } = new(Start);

    public CurrentSettings Settings { get; }

    public OutboxWriter Outbox { get; }

    public string Path => _folder["chatbot.db"];

    public OpenPgpLogin Proofs { get; }

    public FakeDns Dns { get; } = new();

    /// <summary>What the proofs told in private.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    public Database Database { get; private set; } = null!;

    public IncidentBook Incidents { get; private set; } = null!;

    public MuteBook Mutes { get; private set; } = null!;

    public InterventionBook Interventions { get; private set; } = null!;

    public ReportSink Sink { get; private set; } = null!;

    public MailIntake Intake { get; private set; } = null!;

    public Clockwork Clockwork { get; private set; } = null!;

    public Rounds Rounds { get; private set; } = null!;

    /// <summary>Whether the mailboxes can be read.</summary>
    public bool IsListening { get; set; } = true;

    public MonitorSync Monitor { get; private set; } = null!;

    public string Metrics => _metrics.Text.Render();

    public static async Task<Engine> StartAsync(
        Func<BotSettings, BotSettings>? with = null, Locale locale = Locale.French)
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
        var engine = new Engine(with?.Invoke(settings) ?? settings);
        await engine.BeginAsync();
        return engine;
    }

    /// <summary>The process dies, and another one begins on the same store.</summary>
    public async Task KillAsync()
    {
        Monitor.Dispose();
        await Database.DisposeAsync();
        await BeginAsync();
    }

    public IncomingMail Mail(string text, bool closed = true, string? key = null) => Mail(System.Text.Encoding.UTF8.GetBytes(text), closed, key);

    public IncomingMail Mail(byte[] bytes, bool closed = true, string? key = null) =>
        new(key ?? $"mail-{++_keys}", bytes, Time.GetUtcNow(), new MailSourceFacts("maildir-1", closed));

    public Task<IntakeResult> OfferAsync(params IncomingMail[] mails) => Intake.TakeAsync(mails, CancellationToken.None);

    public async Task TakeAsync(params IncomingMail[] mails) => Assert.IsType<IntakeResult.Stored>(await OfferAsync(mails));

    public Task TakeAsync(params string[] texts) => TakeAsync([.. texts.Select(text => Mail(text))]);

    /// <summary>Time passes, and the clockwork turns.</summary>
    public Task<TimeSpan> PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Clockwork.TurnAsync(CancellationToken.None);
    }

    /// <summary>So much time passes, and everything that the bot does by itself is done once a minute.</summary>
    public async Task LiveAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(1))
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Rounds.TurnAsync(CancellationToken.None);
            await Clockwork.TurnAsync(CancellationToken.None);
        }
    }

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void Jump(TimeSpan by) => Time.Jump(by);

    public async Task<List<string>> SaidAsync(string channel) =>
        [.. (await Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, channel, int.MaxValue), CancellationToken.None)).Select(row => row.Text)];

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

    public async ValueTask DisposeAsync()
    {
        Monitor.Dispose();
        await Database.DisposeAsync();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        Database = new SqliteDatabase(Path);
        await Database.OpenAsync(CancellationToken.None);
        Incidents = new IncidentBook(Database, Outbox, Settings, _metrics, Time);
        Sink = new ReportSink(Incidents, Outbox, Settings, Time);
        Intake = new MailIntake(
            Database,
            Sink,
            new MailVerifier(Proofs, Dns, Settings, Time, NullLogger<MailVerifier>.Instance),
            new IntakeNotices(Outbox, Settings, _metrics, NullLogger<IntakeNotices>.Instance),
            Time,
            NullLogger<MailIntake>.Instance);
        Mutes = new MuteBook(Database, Outbox, Settings, Time);
        Interventions = new InterventionBook(Database, Outbox, Settings, Time);
        Rounds = new Rounds(Database, Incidents, Outbox, Settings, () => IsListening, Intake.LookAgainAsync, Time, NullLogger<Rounds>.Instance);
        Clockwork = new Clockwork(Database, Incidents, Mutes, Interventions, Outbox, Settings, Time, NullLogger<Clockwork>.Instance);
        Monitor = new MonitorSync(Database, Outbox, Settings, Time, NullLogger<MonitorSync>.Instance);
    }
}
