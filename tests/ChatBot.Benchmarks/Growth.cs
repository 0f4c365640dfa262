using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Demo;
using ChatBot.Hosting;
using ChatBot.Mail;
using ChatBot.Metrics;
using ChatBot.OpenPgp;
using ChatBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Benchmarks;

#pragma warning disable RS0030 // A program for a terminal, which measures real time.
/// <summary>
/// What a store costs that has grown for a year, as long as it keeps every step, beside an empty one, in one run: a mail until it is stored and its line is planned, and
/// the commands that look back. The rows are made here, so that nothing but the store is slow.
/// </summary>
internal sealed class Growth : IAsyncDisposable
{
    private const int Machines = 200;
    private const int Services = 10;
    private const int Events = 5;
    private const int Warming = 100;
    private const int Rounds = 500;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan NamesKept = new RetentionSettings().Names;
    private static readonly TimeSpan Age = TimeSpan.FromDays(360);
    private static readonly string[] Commands = ["!status", "!status host7", "!incidents", "!since 2h", "!since 7d", "!noise 2h", "!noise 7d", "!noise 90d"];

    private readonly Hands _time = new(Now);
    private readonly Composition _parts;
    private readonly CurrentSettings _settings;
    private readonly CommandDispatcher _dispatcher;
    private readonly BotMetrics _metrics = new(Now);
    private int _mails;

    private Growth(string folder)
    {
        var settings = DemoSettings.Of(folder, Locale.French, "lunar", isQuick: false);
        _settings = new CurrentSettings(settings with
        {
            TimeZone = TimeZoneInfo.Utc,
            Inventory = new Inventory([.. Enumerable.Range(0, Machines).Select(i => new Machine { Name = $"host{i}", Services = ["POP3"] })]),
            Speech = new SpeechSettings(TimeSpan.Zero, PublicOutput: false),
        });
        var proofs = new OpenPgpLogin(_settings, new Keyring(Path.Combine(folder, "gnupg"), _time), () => "globot", (_, _) => { }, _time, NullLogger<OpenPgpLogin>.Instance);
        _parts = new Composition(
            _settings, new SqliteDatabase(Path.Combine(folder, "chatbot.db"), TimeProvider.System), _metrics, proofs,
            new Surroundings(_time, NullLoggerFactory.Instance, new DnsTexts()) { IsListening = () => true, IsOnIrc = () => true });
        _dispatcher = new CommandDispatcher(_parts.Commands(new NoNewcomers(), new Absences()), _time, (_, _) => false);
    }

    /// <param name="folder">Two stores are made in it, unless it holds them.</param>
    /// <param name="incidents">How many the great one has, all but <paramref name="open"/> ended.</param>
    /// <param name="open">How many of them are open and announced.</param>
    public static async Task RunAsync(string folder, int incidents, int open)
    {
        await using var small = await OpenAsync(Path.Combine(folder, "empty"), 0, 0);
        await using var great = await OpenAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{incidents}-{open}")), incidents, open);
        await Console.Out.WriteLineAsync($"{"ms, median (p99)",-20}{"empty",18}{"grown",18}{"ratio",8}");
        await CompareAsync("mail", growth => growth.TakeAsync());
        foreach (var command in Commands)
        {
            await CompareAsync(command, growth => growth.AskAsync(command));
        }

        // In turn, so that what else the machine does slows both.
        async Task CompareAsync(string name, Func<Growth, Task> action)
        {
            var (ofSmall, ofGreat) = (new List<double>(), new List<double>());
            for (var i = -Warming; i < Rounds; i++)
            {
                foreach (var (growth, times) in new[] { (small, ofSmall), (great, ofGreat) })
                {
                    var begun = TimeProvider.System.GetTimestamp();
                    await action(growth);
                    if (i >= 0)
                    {
                        times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
                    }
                }
            }

            ofSmall.Sort();
            ofGreat.Sort();
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20}{Median(ofSmall),9:0.00} ({Last(ofSmall),6:0.00}){Median(ofGreat),9:0.00} ({Last(ofGreat),6:0.00}){Median(ofGreat) / Median(ofSmall),8:0.00}"));
        }

        static double Median(List<double> sorted) => sorted[sorted.Count / 2];
        static double Last(List<double> sorted) => sorted[sorted.Count * 99 / 100];
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        _metrics.Dispose();
    }

    private static async Task<Growth> OpenAsync(string folder, int incidents, int open)
    {
        Directory.CreateDirectory(folder);
        var isNew = !File.Exists(Path.Combine(folder, "chatbot.db"));
        var growth = new Growth(folder);
        var begun = TimeProvider.System.GetTimestamp();
        await growth._parts.Database.OpenAsync(CancellationToken.None);
        await Console.Error.WriteLineAsync($"opened after {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        if (isNew && incidents > 0)
        {
            Fill(Path.Combine(folder, "chatbot.db"), incidents, open);
        }

        // What it does by itself from time to time is not measured.
        for (var i = 0; i < 10; i++)
        {
            growth._time.Advance(TimeSpan.FromSeconds(1));
            await growth._parts.Scheduler.TurnAsync(CancellationToken.None);
        }

        return growth;
    }

    private async Task TakeAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        var (host, service, isEnd) = (_mails / 2 % Machines, _mails / 2 / Machines % Services, _mails % 2 == 1);
        _mails++;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            From: nagios@host{host}
            To: root@globenet.org
            Subject: ** {(isEnd ? "RECOVERY" : "PROBLEM")} Service Alert: host{host}/N{service} is {(isEnd ? "OK" : "CRITICAL")} **
            Date: {_time.GetUtcNow():ddd, dd MMM yyyy HH:mm:ss} +0000
            Message-ID: <{_mails}-{Guid.NewGuid():N}@host{host}>

            ***** Nagios *****

            Notification Type: {(isEnd ? "RECOVERY" : "PROBLEM")}

            Service: N{service}
            Host: host{host}
            Address: 192.0.2.1
            State: {(isEnd ? "OK" : "CRITICAL")}

            Date/Time: {_time.GetUtcNow():ddd MMM dd HH:mm:ss} UTC {_time.GetUtcNow():yyyy}

            Additional Info:

            Connection refused
            """);
        var mail = new IncomingMail(
            Guid.NewGuid().ToString("N"), System.Text.Encoding.UTF8.GetBytes(text), _time.GetUtcNow(), new MailSourceFacts("maildir-1", Closed: true));
        if (await _parts.Intake.TakeAsync([mail], CancellationToken.None) is not IntakeResult.Stored)
        {
            throw new InvalidOperationException("A mail was not stored.");
        }

        await _parts.Scheduler.TurnAsync(CancellationToken.None);
    }

    private async Task AskAsync(string text)
    {
        var live = _settings.Value;
        var line = Core.Commands.CommandLine.InChannel(text, "!", "globot", CaseMapping.Rfc1459)!;
        var context = new CommandContext { Phrases = live.Phrases, Prefix = "!", Inventory = live.Settings.Inventory };
        if (await _dispatcher.DispatchAsync(line, new Caller("lunar", null, null), DemoSettings.Channel, Audience.Public, context, CancellationToken.None) is null)
        {
            throw new InvalidOperationException($"{text} has no answer.");
        }
    }

    private static void Fill(string path, int incidents, int open)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;");
        const int AtOnce = 50_000;
        for (var first = 1; first <= incidents; first += AtOnce)
        {
            var last = Math.Min(incidents, first + AtOnce - 1);
            using var transaction = connection.BeginTransaction();
            Execute(
                connection,
                """
                WITH RECURSIVE n (i) AS (SELECT @First UNION ALL SELECT i + 1 FROM n WHERE i < @Last)
                INSERT INTO incident (number, machine, service, part, state, opened_at, closed_at, announced_state, announced_at, detail,
                    acknowledged_by, acknowledged_reason, acknowledged_audience, acknowledged_at, acknowledged_until)
                SELECT i, 'host' || (i * 7919 % @Machines), 'S' || (i * 31 % @Services), CASE WHEN i > @Closed THEN 'p' || i ELSE '' END,
                    CASE WHEN i > @Closed THEN 'CRITICAL' ELSE 'OK' END,
                    @Begin + i * @Step, CASE WHEN i > @Closed THEN NULL ELSE @Begin + i * @Step + 600000 END, 'CRITICAL', @Begin + i * @Step + 5000,
                    CASE WHEN i > @Erased THEN 'Connection refused' END,
                    CASE WHEN i % 10 = 0 AND i > MIN(@Erased, @Closed) THEN 'lunar' END, CASE WHEN i % 10 = 0 AND i > MIN(@Erased, @Closed) THEN 'vu' END, CASE WHEN i % 10 = 0 THEN 'root' END,
                    CASE WHEN i % 10 = 0 THEN @Begin + i * @Step + 60000 END, CASE WHEN i % 10 = 0 THEN @End + 86400000 + i * 1000 END
                FROM n
                """,
                Parameters(first, last));
            Execute(
                connection,
                """
                WITH RECURSIVE n (i) AS (SELECT @First UNION ALL SELECT i + 1 FROM n WHERE i < @Last), e (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM e WHERE k + 1 < @Events)
                INSERT INTO incident_event (incident, at, reason, state)
                SELECT i, @Begin + i * @Step + k * 60000, CASE k WHEN 0 THEN 'opened' WHEN 1 THEN 'announced' WHEN @Events - 1 THEN 'recovered' ELSE 'repeated' END,
                    CASE WHEN k = @Events - 1 THEN 'OK' ELSE 'CRITICAL' END
                FROM n, e
                """,
                Parameters(first, last));
            transaction.Commit();
            Console.Error.Write($"\r{last * 100L / incidents} % of {incidents} incidents");
        }

        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Console.Error.WriteLine();

        (string, long)[] Parameters(long first, long last) =>
        [
            ("@First", first), ("@Last", last), ("@Machines", Machines), ("@Services", Services), ("@Events", Events), ("@Closed", incidents - open),
            ("@Erased", (long)(incidents * (1 - (NamesKept / Age)))), ("@Begin", (Now - Age).ToUnixTimeMilliseconds()), ("@End", Now.ToUnixTimeMilliseconds()), ("@Step", (long)Age.TotalMilliseconds / incidents),
        ];
    }

    private static void Execute(SqliteConnection connection, string sql, params (string Name, long Value)[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters.Where(one => sql.Contains(one.Name, StringComparison.Ordinal)))
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private sealed class Hands(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset _now = start;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;
    }

    private sealed class NoNewcomers : INewcomers
    {
        public Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<int> ForgetAsync(Visitor who, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
