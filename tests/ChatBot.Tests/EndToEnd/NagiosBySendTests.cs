using ChatBot.Core.Language;
using ChatBot.Send;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real Nagios that notifies by the packaged script and configuration, through <c>chatbot send</c>.</summary>
public sealed class NagiosBySendTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_trouble_and_its_end_are_announced_once_and_what_a_plugin_prints_is_only_text(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var mag = await RawIrcUser.JoinAsync(irc.Port, "mag", $"{BotHome.RootChannel} {BotHome.RootKey}");
        await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        await mag.HearAsync(" +k ");
        using var home = new BotHome(irc.Port, locale) { HasRootChannel = true };
        home.Write();
        using var nagios = new NagiosServer();
        nagios.NotifyBySend(home);
        await nagios.StartAsync();

        var trap = Path.Combine(home.Path, "trap");
        var run = $"$(touch {trap}) `touch {trap}` '; touch {trap}; ' \"& touch {trap} &\"";
        await nagios.CheckAsync("POP3", 2, $"POP3 CRITICAL {run}\\n{run}\\nQUIT :second line");
        await Eventually.UntilAsync("it is in the spool", () => Waiting(home) == 1, () => nagios.Log);

        await using var bot = await RunningBot.StartAsync(home);
        Assert.EndsWith("[hal] POP3 CRITICAL — #1", await alice.HearAsync("[hal] POP3 CRITICAL"), StringComparison.Ordinal);
        Assert.Contains(
            $"POP3 CRITICAL (touch {trap}) touch {trap} : touch {trap}: touch {trap} — #1",
            await mag.HearAsync("[hal] POP3 CRITICAL"), StringComparison.Ordinal);
        await nagios.TellAsync($"ACKNOWLEDGE_SVC_PROBLEM;{NagiosServer.Host};POP3;2;1;0;mag;$(touch {trap})'; touch {trap}; '");
        await mag.HearAsync("POP3 ACKNOWLEDGEMENT, POP3 CRITICAL");
        await nagios.CheckAsync("POP3", 0, "POP3 OK");
        await alice.HearAsync(home.In("[hal] POP3 OK après ", "[hal] POP3 OK after "));
        await nagios.CheckAsync("IMAP", 1, "slow");
        await alice.HearAsync("[hal] IMAP WARNING — #2");
        await nagios.CheckHostAsync(1, "PING CRITICAL \\");
        await alice.HearAsync("[hal] host DOWN — #3");
        Assert.Contains(home.In("host DOWN : PING CRITICAL \\ — #3", "host DOWN: PING CRITICAL \\ — #3"), await mag.HearAsync("[hal] host DOWN"), StringComparison.Ordinal);

        Assert.Equal(4, (await alice.SaidByBotAsync()).Count(line => line.Contains("[hal]", StringComparison.Ordinal)));
        Assert.DoesNotContain(await mag.SaidByBotAsync(), line => line.Contains("second line", StringComparison.Ordinal));
        Assert.False(File.Exists(trap));
        Assert.Equal(0, Waiting(home));
    }

    private static int Waiting(BotHome home) => BotHome.Mails(SendIntake.Spool(home.Data), "new");
}
