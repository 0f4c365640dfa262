using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What the whole bot does where it is not let in.</summary>
public sealed class RefusalTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_refused_mailbox_is_logged_with_what_to_do_and_the_rest_goes_on(Locale locale)
    {
        Assert.SkipWhen(DovecotServer.Missing is not null, DovecotServer.Missing ?? "");
        await using var dovecot = new DovecotServer();
        await dovecot.StartAsync();
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = WholeBotTests.HomeWithImap(irc.Port, dovecot, "battery staple", locale);
        await using var bot = RunningBot.Start(home);

        await bot.UntilLogAsync("see user and password_file of this source");
        await bot.UntilAsync("it has joined", () => bot.Log.Contains($"In {BotHome.Channel}", StringComparison.Ordinal));
        var (status, text) = await bot.HealthAsync();
        Assert.Equal(503, status);
        Assert.Contains("mail: imap-1 not connected", text, StringComparison.Ordinal);
        Assert.DoesNotContain("irc", text, StringComparison.Ordinal);
        Assert.Contains("chatbot_irc_connected 1", await bot.MetricsAsync(), StringComparison.Ordinal);

        await alice.SayAsync("!status hal");
        await alice.HearAsync(home.In("aucun incident ouvert", "no open incident"));
        var delivered = await ChatBotProgram.RunAsync(Sample.Named("045-").Bytes, "deliver", "--config", home.ConfigurationFile);
        Assert.Equal(0, delivered.ExitCode);
        await alice.HearAsync("[hal] IMAP WARNING — #1");
        Assert.DoesNotContain("staple", bot.Log, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_refused_server_password_is_logged_with_what_to_do()
    {
        using var irc = await NgircdServer.StartAsync("correct-horse");
        using var home = new BotHome(irc.Port);
        home.WriteFile("server.password", "battery-staple\n");
        home.Irc = "password_file = \"server.password\"";
        home.Write();
        await using var bot = RunningBot.Start(home);
        await bot.UntilLogAsync("see password_file of [irc]");
        Assert.DoesNotContain("staple", bot.Log, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_channel_with_another_key_is_logged_with_what_to_do_and_the_other_one_is_joined()
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.RootChannel);
        await lunar.SendAsync($"MODE {BotHome.RootChannel} +k another");
        await lunar.HearAsync(" +k ");
        using var home = new BotHome(irc.Port) { HasRootChannel = true };
        home.Write();
        await using var bot = RunningBot.Start(home);
        await bot.UntilLogAsync("see key_file of this channel");
        await bot.UntilLogAsync($"In {BotHome.Channel}.");
        // It may be in a channel before its pages are there.
        await bot.UntilAsync("its pages are there", async () => (await bot.HealthAsync()).Status != 0);
        var (status, text) = await bot.HealthAsync();
        Assert.Equal(503, status);
        Assert.Contains("irc: not joined", text, StringComparison.Ordinal);
    }
}
