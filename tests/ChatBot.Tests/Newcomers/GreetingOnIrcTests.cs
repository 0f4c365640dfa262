using System.Globalization;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Newcomers;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Newcomers;

/// <summary>The welcome, from the lines of a server to those of the bot.</summary>
public sealed class GreetingOnIrcTests
{
    [Theory]
    [InlineData(Locale.French, "rfc1459", false)]
    [InlineData(Locale.French, "ascii", true)]
    [InlineData(Locale.English, "rfc1459", false)]
    [InlineData(Locale.English, "ascii", true)]
    public async Task Who_is_spoken_to_as_the_network_compares_nicks_is_left_to_people(Locale locale, string mapping, bool isWelcomed)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping, locale: locale);
        await bot.PlayAsync(
            ":lunar!l@lunar.example JOIN #globenet", ":foo[!u@foo.example JOIN #globenet", ":lunar!l@lunar.example PRIVMSG #globenet :foo{: bonjour",
            ":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync(bot.In("Bonjour marie", "Hello marie"));
        Assert.Equal(isWelcomed, bot.Said.Any(line => line.Contains(bot.In("Bonjour foo[", "Hello foo["), StringComparison.Ordinal)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Who_asks_the_bot_and_is_answered_needs_no_welcome(Locale locale)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale);
        await bot.PlayAsync(
            ":foo!u@foo.example JOIN #globenet", ":foo!u@foo.example PRIVMSG #globenet :!machines", ":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync(bot.In("Bonjour marie", "Hello marie"));
        Assert.DoesNotContain(bot.Said, line => line.Contains(bot.In("Bonjour foo", "Hello foo"), StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Who_is_in_the_root_channel_or_identified_as_one_of_the_group_is_no_newcomer(Locale locale)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale, with: settings => settings with
        {
            Irc = settings.Irc with { Channels = [.. settings.Irc.Channels, new("#root", Audience.Root, Key: "k")] },
            People = new People([new Person { Name = "lunar", Accounts = ["lunar"] }]),
        });
        await bot.PlayAsync(
            ":globot!g@h JOIN #root", ":irc 353 globot = #root :globot mag", ":irc 366 globot #root :End", ":irc 324 globot #root +k k",
            ":mag!m@mag.example JOIN #globenet", ":luna!l@lunar.example JOIN #globenet", ":luna!l@lunar.example ACCOUNT lunar",
            ":marie!m@marie.example JOIN #globenet", ":marie!m@marie.example ACCOUNT marie");
        await bot.SaidAsync(bot.In("Bonjour marie", "Hello marie"));
        Assert.DoesNotContain(bot.Said, line => line.Contains(bot.In("Bonjour mag", "Hello mag"), StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Said, line => line.Contains(bot.In("Bonjour luna", "Hello luna"), StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Who_could_not_be_told_is_welcomed_the_next_time(Locale locale)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale);
        bot.Missing = "marie";
        await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync(bot.In("Bonjour marie", "Hello marie"));
        bot.Missing = null;

        // She is forgotten a moment after the server has refused.
        for (var visit = 0; bot.Said.Count(line => line.Contains(bot.In("Bonjour marie", "Hello marie"), StringComparison.Ordinal)) < 2; visit++)
        {
            Assert.True(visit < 20, "she is remembered though she was not welcomed");
            await Task.Delay(TimeSpan.FromSeconds(2), RealClock.Instance);
            await bot.PlayAsync(":marie!m@marie.example PART #globenet", ":marie!m@marie.example JOIN #globenet");
        }
    }

    [Theory]
    [InlineData(Locale.French, false, 1)]
    [InlineData(Locale.French, true, 0)]
    [InlineData(Locale.English, false, 1)]
    [InlineData(Locale.English, true, 0)]
    public async Task A_welcome_that_is_under_way_at_the_stop_is_said_or_not_remembered(Locale locale, bool isDeaf, long remembered)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale);
        bot.IsDeaf = isDeaf;
        await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync(bot.In("Bonjour marie", "Hello marie"));
        await bot.StopAsync();

        await using var database = new SqliteDatabase(bot.Store, RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
        Assert.Equal(remembered, await database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM greeted", transaction.Transaction), CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_is_found_damaged_while_a_welcome_is_under_way_ends_the_bot()
    {
        await using var bot = await ScriptedBot.StartAsync();
        bot.IsDeaf = true;
        await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
        await bot.SaidAsync("Bonjour marie");
        await DamageGreetedAsync(bot.Store);

        // She was not told, and is to be forgotten.
        bot.Missing = "marie";
        bot.IsDeaf = false;
        await bot.PlayAsync(":irc 401 globot marie :No such nick");
        await bot.DropAsync();
        var failure = await Assert.ThrowsAsync<StorageException>(() => bot.Running.WaitAsync(Eventually.Patience, RealClock.Instance));
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_in_a_flood_while_the_store_is_slow_is_skipped_and_counted()
    {
        const int crowd = 12_000;
        await using var bot = await ScriptedBot.StartAsync();

        // Then the bot has read whom it knows.
        await bot.PlayAsync(":zoe!z@zoe.example JOIN #globenet");
        await bot.SaidAsync("Bonjour zoe");
        await using (var other = new SqliteConnection($"Data Source={bot.Store};Pooling=False"))
        {
            await other.OpenAsync();
            await Sql.RunAsync(other, "BEGIN IMMEDIATE");
            await bot.PlayAsync(":marie!m@marie.example JOIN #globenet");
            await Eventually.UntilAsync("her welcome waits for the store", async () => (await NewcomersAsync(bot)).GetValueOrDefault("greet") == 2);
            await bot.PlayAsync([.. Enumerable.Range(0, crowd).Select(i => $":p{i}!u@h{i}.example JOIN #globenet")]);
            // Answered behind the flood: by then the bot has heard all of it.
            await bot.PlayAsync(":lunar!l@lunar.example PRIVMSG globot :!aide");
            await bot.SaidAsync("lunar ");
            Assert.True((await NewcomersAsync(bot)).GetValueOrDefault("flood") > 0, "nobody is skipped");
            await Sql.RunAsync(other, "ROLLBACK");
        }

        await bot.SaidAsync("Bonjour marie");
        await Eventually.UntilAsync("everybody is counted", async () => (await NewcomersAsync(bot)).Values.Sum() == crowd + 2);
        Assert.True((await NewcomersAsync(bot))["flood"] >= crowd - 2, "more are welcomed than the pace allows");
        await bot.PlayAsync(":jeanne!j@jeanne.example JOIN #globenet");
        await bot.SaidAsync("Bonjour jeanne");
    }

    [Fact]
    public async Task A_flood_keeps_no_more_than_there_is_room_for_and_has_one_gap_behind_it()
    {
        var queue = new EventQueue(100, RealClock.Instance);
        var flood = Enumerable.Range(0, 10_000).Select(i => Joined($"p{i}")).ToList();
        Assert.Equal(100, flood.Count(queue.Add));
        var forgotten = 0;
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(0, queue.CloseGap(() => forgotten++));
            Assert.Same(flood[i], await queue.NextAsync(null, CancellationToken.None));
        }

        // What comes behind the gap before it is known is lost too: it may speak of what was lost.
        Assert.False(queue.Add(Joined("late")));
        Assert.Null(await queue.NextAsync(null, CancellationToken.None));
        Assert.Equal(9_901, queue.CloseGap(() => forgotten++));
        Assert.Equal(0, queue.CloseGap(() => forgotten++));
        Assert.Equal(1, forgotten);

        var next = Joined("next");
        var waiting = queue.NextAsync(null, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        Assert.True(queue.Add(next));
        Assert.Same(next, await waiting);
    }

    // Its index leads to a page that is none: whoever reads it finds the store damaged, and nobody else does.
    private static async Task DamageGreetedAsync(string store)
    {
        await using var other = new SqliteConnection($"Data Source={store};Pooling=False");
        await other.OpenAsync();
        await Sql.RunAsync(
            other,
            "PRAGMA writable_schema = ON; "
            + "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'incident_event') WHERE name = 'sqlite_autoindex_greeted_1'");
        await Sql.RunAsync(other, $"PRAGMA schema_version = {await Sql.RunAsync(other, "PRAGMA schema_version") + 1}");
    }

    private static async Task<Dictionary<string, long>> NewcomersAsync(ScriptedBot bot)
    {
        const string metric = "chatbot_newcomers_total{outcome=\"";
        using var web = new HttpClient { BaseAddress = await bot.WebAddress };
        return (await web.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith(metric, StringComparison.Ordinal)).ToDictionary(
            line => line[metric.Length..line.IndexOf('"', metric.Length)],
            line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static IrcEvent.MemberJoined Joined(string nick) => new("#globenet", new IrcMember(nick, new Stay(nick, nick)), false);
}
