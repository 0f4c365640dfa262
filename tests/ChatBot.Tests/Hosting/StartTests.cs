using ChatBot.Core.Language;
using ChatBot.Demo;
using ChatBot.Hosting;
using ChatBot.Metrics;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_bot_says_at_its_start_which_SQLite_it_has_and_what_is_wrong_with_it()
    {
        var log = new CapturedLog();
        using var loggers = new LoggerFactory([new OneLog(log)]);
        await using var bot = new Bot(
            DemoSettings.Of(_folder["data"], Locale.French, "lunar", isQuick: true),
            (_, cancellationToken) => throw new OperationCanceledException(cancellationToken), new FakeTimeProvider(), loggers);
        using var stop = new CancellationTokenSource();
        var running = bot.RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.True(log.Has($"ChatBot {BotMetrics.Version} starts, with SQLite {SqliteVersion.Current}"));
        Assert.Equal(SqliteVersion.FaultOf(SqliteVersion.Current) is not null, log.Has($"SQLite {SqliteVersion.Current} may damage a database"));
    }

    private sealed class OneLog(CapturedLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
