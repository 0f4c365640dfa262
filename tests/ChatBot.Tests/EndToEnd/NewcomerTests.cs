using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Who the whole bot welcomes.</summary>
public sealed class NewcomerTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_newcomer_is_welcomed_once_in_private(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var before = await RawIrcUser.JoinAsync(irc.Port, "zazie", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale) { Greets = true };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        await bot.UntilAsync("those who were there are known", () => home.Ask<long>("SELECT COUNT(*) FROM greeted") > 0);

        using var marie = await RawIrcUser.JoinAsync(irc.Port, "marie", BotHome.Channel);
        await marie.HearAsync(home.In("NOTICE marie :Bonjour marie, bienvenue sur #globenet.", "NOTICE marie :Hello marie, welcome to #globenet."));
        await marie.SendAsync($"PART {BotHome.Channel}", $"JOIN {BotHome.Channel}");
        await marie.HearAsync(" 366 ");

        // Whoever comes after her is welcomed after her.
        using var paul = await RawIrcUser.JoinAsync(irc.Port, "paul", BotHome.Channel);
        await paul.HearAsync(home.In("NOTICE paul :Bonjour paul, bienvenue sur #globenet.", "NOTICE paul :Hello paul, welcome to #globenet."));
        Assert.Single(await marie.SaidByBotAsync(), line => line.Contains(home.In("bienvenue", "welcome"), StringComparison.Ordinal));
        Assert.DoesNotContain(await before.SaidByBotAsync(), line => line.Contains(home.In("bienvenue", "welcome"), StringComparison.Ordinal));
        Assert.Contains("chatbot_newcomers_total{outcome=\"greet\"} 2", await bot.MetricsAsync(), StringComparison.Ordinal);
        Assert.True(home.Stored().AsSpan().IndexOf("marie"u8) < 0, "the nick is stored");
        Assert.DoesNotContain("marie", bot.Log, StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_newcomer_to_whom_somebody_has_spoken_is_left_alone(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var zazie = await RawIrcUser.JoinAsync(irc.Port, "zazie", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale) { Greets = true, WelcomeDelay = "5s" };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);

        using var marie = await RawIrcUser.JoinAsync(irc.Port, "marie", BotHome.Channel);
        await zazie.SayAsync("bonjour marie !");
        await bot.UntilAsync(
            "it has decided", async () => (await bot.MetricsAsync()).Contains("{outcome=\"addressed\"} 1", StringComparison.Ordinal));
        Assert.DoesNotContain(await marie.SaidByBotAsync(), line => line.Contains(home.In("bienvenue", "welcome"), StringComparison.Ordinal));
    }
}
