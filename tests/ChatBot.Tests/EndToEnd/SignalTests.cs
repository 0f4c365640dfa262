using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What the whole bot does when a signal stops it, or makes it read its configuration again.</summary>
public sealed class SignalTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Stopped_it_says_goodbye_and_ends_in_good_order()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        await using var bot = await RunningBot.StartAsync(home);

        var (exitCode, after) = await bot.StopAsync();
        Assert.True(exitCode == 0, bot.Log);
        Assert.True(after < TimeSpan.FromSeconds(10), $"{after}");
        Assert.Contains(home.In("ChatBot s'arrête", "ChatBot stops"), await alice.HearAsync(" QUIT "), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Stopped_in_the_middle_of_much_it_repeats_nothing_afterwards()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        await using (var bot = await RunningBot.StartAsync(home))
        {
            for (var i = 0; i < 80; i++)
            {
                home.Deliver(Mails.Problem($"STOP{i:D2}"));
            }

            await alice.HearAsync("[hal]");
            var (exitCode, after) = await bot.StopAsync();
            Assert.True(exitCode == 0, bot.Log);
            Assert.True(after < TimeSpan.FromSeconds(10), $"{after}");
        }

        await using var again = await RunningBot.StartAsync(home);
        await again.UntilAsync(
            "everything is said",
            () => home.Mails("new") == 0 && home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL") == 0);
        var lines = (await alice.SaidByBotAsync()).Where(line => line.Contains("PRIVMSG", StringComparison.Ordinal)).ToList();
        Assert.True(home.Ask<long>("SELECT COUNT(*) FROM outbox") == lines.Count, string.Join('\n', lines));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Without_any_server_it_stops_as_fast()
    {
        using var irc = await NgircdServer.StartAsync();
        irc.Kill();
        using var home = new BotHome(irc.Port);
        await using var bot = RunningBot.Start(home);
        await bot.UntilLogAsync("No connection to");

        var (exitCode, after) = await bot.StopAsync();
        Assert.True(exitCode == 0, bot.Log);
        Assert.True(after < TimeSpan.FromSeconds(10), $"{after}");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Stopped_while_the_server_is_frozen_it_ends_in_time()
    {
        using var irc = await NgircdServer.StartAsync();
        using var home = new BotHome(irc.Port);
        await using var bot = await RunningBot.StartAsync(home);
        irc.Freeze();

        var (exitCode, after) = await bot.StopAsync();
        Assert.True(exitCode == 0, bot.Log);
        Assert.True(after < TimeSpan.FromSeconds(10), $"{after}");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_configuration_read_again_is_accepted_where_it_is_right_and_refused_where_it_is_not(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale);
        await using var bot = await RunningBot.StartAsync(home);

        var right = await File.ReadAllTextAsync(home.ConfigurationFile);
        home.WriteFile("chatbot.toml", right.Replace($"locale = \"{home.In("fr", "en")}\"", "locale = \"xx\"", StringComparison.Ordinal));
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("chatbot.toml:1: ");
        await bot.UntilLogAsync("The previous one stays");
        await alice.SayAsync("!status hal");
        await alice.HearAsync(home.In("aucun incident ouvert", "no open incident"));

        home.MoreMachines = "[[machine]]\nname = \"nouvelle\"\nabout = \"arrivée hier\"";
        home.Write();
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("Configuration reloaded");
        await alice.SayAsync("!status nouvelle");
        await alice.HearAsync(home.In("nouvelle : aucun incident ouvert", "nouvelle: no open incident"));
        Assert.DoesNotContain(alice.Received, line => line.Contains(" QUIT ", StringComparison.Ordinal));
    }
}
