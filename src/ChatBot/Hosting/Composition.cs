using ChatBot.Changelog;
using ChatBot.Commands;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Newcomers;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Mail;
using ChatBot.MailedOrders;
using ChatBot.Metrics;
using ChatBot.Monitoring;
using ChatBot.Mutes;
using ChatBot.OpenPgp;
using ChatBot.Outbox;
using ChatBot.Scheduling;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>What the parts of the bot get from outside; tests give other ones.</summary>
/// <param name="Time">The clock of everything.</param>
/// <param name="Loggers">Where everything logs.</param>
/// <param name="Dns">Where keys of DKIM are looked up.</param>
internal sealed record Surroundings(TimeProvider Time, ILoggerFactory Loggers, IDnsTexts Dns)
{
    /// <summary>Whether every mailbox is watched now.</summary>
    public required Func<bool> IsListening { get; init; }

    /// <summary>Whether the bot can speak in a channel now.</summary>
    public required Func<bool> IsOnIrc { get; init; }

    /// <summary>Without it nothing is delivered; null where no other bot can do so.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Deliveries of what the parts do not reach themselves.</summary>
    public IReadOnlyList<IDelivery> Deliveries { get; init; } = [];
}

/// <summary>
/// Everything between the doors, wired once for the program and for its tests: the store, what is decided, the outbox, the intake
/// of mails, the monitor, and what the bot does by itself.
/// </summary>
internal sealed class Composition : IAsyncDisposable
{
    private static readonly TimeSpan EveryMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private readonly CurrentSettings _settings;
    private readonly OpenPgpLogin _proofs;
    private readonly AppendWaits _waits = new();
    private readonly ChangelogDelivery _changelogs;

    /// <param name="settings">The configuration in force.</param>
    /// <param name="database">The store, not open yet; it is disposed with this.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="proofs">Who proves by OpenPGP who they are; its mails are handed to it.</param>
    /// <param name="around">Clock, logs, names.</param>
    public Composition(
        CurrentSettings settings, Database database, BotMetrics metrics, OpenPgpLogin proofs, Surroundings around)
    {
        (_settings, _proofs) = (settings, proofs);
        var (time, loggers) = (around.Time, around.Loggers);
        Database = database;
        Forgotten = new ForgottenPeople(database, settings, time);
        Outbox = new OutboxWriter(settings);
        Incidents = new IncidentBook(database, Outbox, settings, metrics, time);
        Mutes = new MuteBook(database, Outbox, settings, time);
        Interventions = new InterventionBook(database, Outbox, settings, time);
        Sink = new ReportSink(Incidents, Outbox, settings, time);
        Monitor = new MonitorSync(database, Sink, settings, time, loggers.CreateLogger<MonitorSync>());
        _changelogs = new ChangelogDelivery(settings, time, loggers.CreateLogger<ChangelogDelivery>(), _waits);
        Pump = new OutboxPump(database, Outbox, Deliveries(settings, around), metrics, time, loggers.CreateLogger<OutboxPump>(), around.Lease);
        Tails = new ChangelogTails(database, _changelogs, Outbox, settings, time, loggers.CreateLogger<ChangelogTails>());
        Changelog = new ChangelogWriter(database, Outbox, Pump, settings, _waits);
        Door = new MailDoor(
            database, settings, Outbox, new Keyring(Path.Combine(settings.Value.Settings.Data, "gnupg-door"), time), Incidents, time, loggers.CreateLogger<MailDoor>());
        Intake = new MailIntake(
            database,
            Sink,
            new MailVerifier(proofs, Door, new MailDecryption(settings, time, loggers.CreateLogger<MailDecryption>()), around.Dns, settings, time, loggers.CreateLogger<MailVerifier>()),
            new IntakeNotices(Outbox, settings, metrics, loggers.CreateLogger<IntakeNotices>()),
            time,
            loggers.CreateLogger<MailIntake>());
        Reception = new Reception(database, Outbox, settings, around.IsListening, () => Intake.IsKeptOut, time);
        Scheduler = new Scheduler(database, Jobs(settings, around), time, loggers.CreateLogger<Scheduler>());
    }

    public Database Database { get; }

    public OutboxWriter Outbox { get; }

    public IncidentBook Incidents { get; }

    public MuteBook Mutes { get; }

    public InterventionBook Interventions { get; }

    public MonitorSync Monitor { get; }

    public OutboxPump Pump { get; }

    public ChangelogWriter Changelog { get; }

    public ReportSink Sink { get; }

    public MailIntake Intake { get; }

    public MailDoor Door { get; }

    /// <summary>Reads what people write in changelogs.</summary>
    public ChangelogTails Tails { get; }

    public Reception Reception { get; }

    public Scheduler Scheduler { get; }

    public ForgottenPeople Forgotten { get; }

    /// <summary>What waits in the outbox, by kind, as of some seconds ago.</summary>
    public IReadOnlyList<(string Kind, long Count)> Pending { get; private set; } = [];

    /// <summary>When the line for a channel was made that waits longest, as of some seconds ago; null where none waits.</summary>
    public DateTimeOffset? OldestLine { get; private set; }

    /// <summary>Every command, over these parts.</summary>
    public IReadOnlyList<ICommand> Commands(INewcomers newcomers, Absences absences)
    {
        var commands = CommandList.Of(
            new(Incidents, new History(Database), () => _settings.Value.Incidents, Reception),
            new(Mutes, Interventions),
            new(Monitor, Changelog, Changelog),
            new(newcomers, absences, _proofs, Forgotten));
        Door.Use(commands);
        return commands;
    }

    public async ValueTask DisposeAsync()
    {
        Monitor.Dispose();
        await Database.DisposeAsync();
    }

    private List<IDelivery> Deliveries(CurrentSettings settings, Surroundings around) =>
    [
        new MonitorDelivery(Database, Monitor, settings, around.Time),
        _changelogs,
        new MailDelivery(
            settings,
            new MailCipher(Path.Combine(settings.Value.Settings.Data, "gnupg-mail"), settings, around.Time),
            around.Time,
            around.Loggers.CreateLogger<MailDelivery>()),
        .. around.Deliveries,
    ];

    private List<Job> Jobs(CurrentSettings settings, Surroundings around)
    {
        var questions = new ChangeQuestions(Outbox, settings);
        var unproven = new UnprovenMails(Outbox, settings);
        var rejected = new RejectedMailNotice(Outbox, settings);
        var heartbeats = new HeartbeatWatch(
            Database, new Heartbeats(Incidents, settings), Incidents, settings, around.IsListening, around.Time);
        var outage = new OutageMail(Database, settings, around.IsOnIrc, around.Time);
        var lost = new LostStoreNotice(settings, around.Loggers.CreateLogger<LostStoreNotice>());
        var due = new DueWork(Database, Incidents, Mutes, Interventions, settings);
        return
        [
            new("unchecked mails", async (_, cancellationToken) =>
            {
                await Intake.LookAgainAsync(cancellationToken);
                return EveryMinute;
            }),
            new("change questions", async (now, cancellationToken) =>
            {
                await questions.AskDueAsync(Database, now, cancellationToken);
                return EveryMinute;
            }),
            new("heartbeats", heartbeats.RunAsync),
            new("unproven mails", (now, cancellationToken) => unproven.AnnounceDueAsync(Database, now, cancellationToken)),
            new("rejected mails", (now, cancellationToken) => rejected.AnnounceDueAsync(Database, now, cancellationToken)),
            new("incidents", due.RunAsync, OnChange: true),
            new("retention", new RetentionJob(Database, settings, around.Loggers.CreateLogger<RetentionJob>()).RunAsync),
            new("forgetting", (_, cancellationToken) => Forgotten.RunAsync(cancellationToken)),
            new("mail of an outage", outage.RunAsync),
            new("digest", new DigestMail(Database, settings).RunAsync),
            new("reception", Reception.RunAsync),
            new("lost store", (now, cancellationToken) => lost.RunAsync(Database, now, cancellationToken), OnChange: true),
            new("outbox count", CountPendingAsync),
        ];
    }

    private async Task<TimeSpan> CountPendingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await Database.ReadAsync(OutboxStore.CountPendingAsync, cancellationToken);
        OldestLine = waiting.Where(rows => rows.Kind == OutboxStore.LineKind).Select(rows => (DateTimeOffset?)Moment.Read(rows.Oldest)).Min();
        Pending = waiting
            .GroupBy(row => row.Kind)
            .Select(kind => (kind.Key, kind.Sum(row => row.Pending)))
            .ToList();
        return CountEvery;
    }
}
