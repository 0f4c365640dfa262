using ChatBot.Commands;
using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class DamagedStoreTests
{
    [Fact]
    public async Task A_command_that_meets_a_damaged_store_ends_the_bot_and_any_other_fault_does_not()
    {
        await using var engine = await Engine.StartAsync();
        using var irc = new IrcClient(
            engine.Settings.Value.Settings.Irc, NeverAsync, RealClock.Instance, NullLogger<IrcClient>.Instance, () => 0);
        using var metrics = new BotMetrics(engine.Time.GetUtcNow());
        var handler = new CommandHandler(
            new CommandHearing(irc, engine.Settings, engine.Proofs, engine.Time), new CommandReplies(irc),
            [new Faulty("bug", new InvalidOperationException("a bug")), new Faulty("damage", new StorageException("damaged"))],
            metrics, engine.Time, NullLogger<CommandHandler>.Instance);
        handler.Hear(Said("!bug"));
        var running = handler.RunAsync(CancellationToken.None);
        await Eventually.Is(() => metrics.Text.Render().Contains("reason=\"failed\"} 1", StringComparison.Ordinal));
        Assert.False(running.IsCompleted);
        handler.Hear(Said("!damage"));
        Assert.Equal("damaged", (await Assert.ThrowsAsync<StorageException>(() => running)).Message);
    }

    private static IrcEvent.Message Said(string text) =>
        new(Engine.PublicChannel, "marie", null, text, IsPrivate: false, IsNotice: false, IsBot: false, null, null, IsHistory: false)
        {
            Author = new IrcAuthor("marie", "", default),
        };

    private static async ValueTask<Stream> NeverAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, RealClock.Instance, cancellationToken);
        return Stream.Null;
    }

    private sealed class Faulty(string name, Exception fault) : ICommand
    {
        public CommandHelp Help { get; } = new()
        {
            Names = [name],
            Arguments = new("", ""),
            Summary = new("", ""),
            Examples = [new(name, "")],
        };

        public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) => throw fault;
    }
}
