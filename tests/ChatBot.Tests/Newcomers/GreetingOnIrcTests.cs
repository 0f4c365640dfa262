using ChatBot.Core.Irc;
using ChatBot.Core.People;
using ChatBot.Newcomers;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Newcomers;

/// <summary>The welcome, from the lines of a server to those of the bot.</summary>
public sealed class GreetingOnIrcTests
{
    [Theory]
    [InlineData("rfc1459", false)]
    [InlineData("ascii", true)]
    public async Task Who_is_spoken_to_as_the_network_compares_nicks_is_left_to_people(string mapping, bool isWelcomed)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping);
        await bot.PlayAsync(
            ":lunar!l@lunar.example JOIN #globenet", ":foo[!u@foo.example JOIN #globenet", ":lunar!l@lunar.example PRIVMSG #globenet :foo{: bonjour",
            ":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync("Bonjour marie");
        Assert.Equal(isWelcomed, bot.Said.Any(line => line.Contains("Bonjour foo[", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_could_not_be_told_is_welcomed_the_next_time()
    {
        await using var bot = await ScriptedBot.StartAsync();
        bot.Missing = "marie";
        await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync("Bonjour marie");
        bot.Missing = null;

        // She is forgotten a moment after the server has refused.
        for (var visit = 0; bot.Said.Count(line => line.Contains("Bonjour marie", StringComparison.Ordinal)) < 2; visit++)
        {
            Assert.True(visit < 20, "she is remembered though she was not welcomed");
            await Task.Delay(TimeSpan.FromSeconds(2), RealClock.Instance);
            await bot.PlayAsync(":marie!m@marie.example PART #globenet", ":marie!m@marie.example JOIN #globenet");
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_welcome_that_is_under_way_at_the_stop_is_said_or_not_remembered(bool isDeaf, long remembered)
    {
        await using var bot = await ScriptedBot.StartAsync();
        bot.IsDeaf = isDeaf;
        await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync("Bonjour marie");
        await bot.StopAsync();

        await using var database = new SqliteDatabase(bot.Store);
        await database.OpenAsync(CancellationToken.None);
        Assert.Equal(remembered, await database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM greeted", transaction.Transaction), CancellationToken.None));
    }

    [Fact]
    public async Task A_flood_keeps_no_more_than_there_is_room_for_and_has_one_gap_behind_it()
    {
        var queue = new EventQueue(100, RealClock.Instance);
        var flood = Enumerable.Range(0, 10_000).Select(i => Joined($"p{i}")).ToList();
        flood.ForEach(queue.Add);
        var forgotten = 0;
        for (var i = 0; i < 100; i++)
        {
            Assert.False(queue.CloseGap(() => forgotten++));
            Assert.Same(flood[i], await queue.NextAsync(null, CancellationToken.None));
        }

        // What comes behind the gap before it is known is lost too: it may speak of what was lost.
        queue.Add(Joined("late"));
        Assert.Null(await queue.NextAsync(null, CancellationToken.None));
        Assert.True(queue.CloseGap(() => forgotten++));
        Assert.False(queue.CloseGap(() => forgotten++));
        Assert.Equal(1, forgotten);

        var next = Joined("next");
        var waiting = queue.NextAsync(null, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        queue.Add(next);
        Assert.Same(next, await waiting);
    }

    private static IrcEvent.MemberJoined Joined(string nick) => new("#globenet", new IrcMember(nick, new Stay(nick, nick)), false);
}
