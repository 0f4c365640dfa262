using ChatBot.Configuration;
using ChatBot.Mail;
using ChatBot.Scheduling;
using ChatBot.Send;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatBot.Tests.Scheduling;

/// <summary>What has had its time goes by itself, as the configuration in force says.</summary>
public sealed class RetentionJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_own_spool_keeps_its_stored_mails_as_long_as_configured_and_those_that_wait_for_ever()
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Data = _folder.Path });
        string[] spools = [MailSources.Spool(_folder.Path), SendIntake.Spool(_folder.Path)];
        foreach (var spool in spools)
        {
            MaildirSource.CreateFolders(spool);
            Write(Path.Combine(spool, "cur", "stored"), engine);
            Write(Path.Combine(spool, "new", "waits"), engine);
        }

        await engine.PassAsync(TimeSpan.FromDays(29));
        Assert.All(spools, spool => Assert.True(File.Exists(Path.Combine(spool, "cur", "stored"))));
        await engine.PassAsync(TimeSpan.FromDays(2));
        Assert.All(spools, spool => Assert.False(File.Exists(Path.Combine(spool, "cur", "stored"))));
        Assert.All(spools, spool => Assert.True(File.Exists(Path.Combine(spool, "new", "waits"))));
    }

    [Fact]
    public async Task A_configuration_that_is_read_again_counts_from_the_next_round_on()
    {
        await using var engine = await Engine.StartAsync();
        await engine.Database.WriteAsync(
            work => Sql.RunAsync(
                work.Connection, $"INSERT INTO greeted (hash, greeted_at) VALUES ('a', {engine.Time.GetUtcNow().ToUnixTimeMilliseconds()})", work.Transaction),
            CancellationToken.None);
        await engine.PassAsync(TimeSpan.FromDays(3));
        Assert.Equal(1, await engine.AskAsync("SELECT COUNT(*) FROM greeted"));
        engine.Settings.Replace(engine.Settings.Value.Settings with { Retention = new RetentionSettings { Greeted = TimeSpan.FromDays(2) } });
        await engine.PassAsync(TimeSpan.FromHours(7));

        Assert.Equal(0, await engine.AskAsync("SELECT COUNT(*) FROM greeted"));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(950, 10)]
    public async Task What_takes_many_rounds_says_how_far_it_is_and_lets_others_work_between_them(int incidents, int rounds)
    {
        await using var engine = await Engine.StartAsync();
        await engine.Database.WriteAsync(
            work => Sql.RunAsync(
                work.Connection,
                $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {incidents})
                INSERT INTO incident (machine, service, state, opened_at, closed_at) SELECT 'sql', 'S' || i, 'OK', i, i + 1 FROM n
                """,
                work.Transaction),
            CancellationToken.None);
        var log = new JobLog();
        var job = new RetentionJob(engine.Database, engine.Settings, log);
        var goesOn = 0;
        while (await job.RunAsync(engine.Time.GetUtcNow(), CancellationToken.None) < TimeSpan.FromMinutes(1))
        {
            goesOn++;
        }

        Assert.InRange(goesOn, rounds - 1, rounds);
        Assert.Equal(incidents, await engine.AskAsync("SELECT COUNT(*) FROM incident WHERE folded_at IS NOT NULL"));
        Assert.Equal(
            rounds == 0 ? [] : ["Erasing what is older than [retention] says (rows so far: 100); there is more", "Erased what is older than [retention] says (rows: 950)"],
            log.Lines);
    }

    private static void Write(string path, Engine engine)
    {
        File.WriteAllText(path, "mail");
        File.SetLastWriteTimeUtc(path, engine.Time.GetUtcNow().UtcDateTime);
    }

    private sealed class JobLog : ILogger<RetentionJob>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
