using System.Globalization;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The worst night: everything breaks at once, strangers talk without end, and the bot itself is killed again and again.</summary>
public sealed class WorstNightTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int AlertsEach = 500;
    private const int Ends = 1_000;

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = "ngircd is not installed", SkipUnless = nameof(IsInstalled))]
    public async Task Ten_thousand_alerts_twenty_kills_and_strangers_who_talk_lose_nothing()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port) { IsPaced = true };
        home.Write();
        var start = RealClock.Instance.GetTimestamp();
        await using var crowd = await Talkers.StartAsync(irc.Port, 30, BotHome.Channel, 4);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var bot = RunningBot.Start(home);
            for (var i = 0; i < AlertsEach; i++)
            {
                home.Deliver(Mails.Problem(Service((kill * AlertsEach) + i)));
            }

            // Each time at another point: at the first mail, while it reads, when it has read them all, while it speaks.
            var read = Stored(home) + (kill * 37 % AlertsEach);
            await bot.UntilAsync("it has read so much", () => Stored(home) > read);
            if (kill % 3 == 2)
            {
                await bot.UntilAsync("it speaks", async () => await bot.HealthAsync() is (200, _) or (503, _) && Pending(home) > 0);
            }

            await bot.KillAsync();
            await alice.SaidByBotAsync();
        }

        await using var strangers = await Talkers.StartAsync(irc.Port, 20, "globot", 4);
        await using var last = await RunningBot.StartAsync(home);
        await last.UntilAsync("every mail is read and every line said", () => home.Mails("new") == 0 && Pending(home) == 0);
        output.WriteLine($"storm: {RealClock.Instance.GetElapsedTime(start).TotalSeconds:F1} s");

        Assert.Equal(Kills * AlertsEach, home.Ask<long>("SELECT COUNT(DISTINCT service) FROM incident WHERE closed_at IS NULL AND service LIKE 'S_____'"));
        Assert.Equal(Kills * AlertsEach, home.Ask<long>("SELECT COUNT(*) FROM incident"));
        Assert.Equal(0, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE announced_state IS NULL"));
        Assert.Equal(Kills * AlertsEach, home.Mails("cur"));

        for (var i = 0; i < Ends; i++)
        {
            home.Deliver(Mails.Recovery(Service(i)));
        }

        await last.UntilAsync("every end is read and said", () => home.Mails("new") == 0 && Pending(home) == 0);
        Assert.Equal((Kills * AlertsEach) - Ends, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL"));
        Assert.Equal("ok", home.Ask<string>("PRAGMA integrity_check"));

        start = RealClock.Instance.GetTimestamp();
        home.Deliver(Mails.Problem("LAST"));
        await alice.HearAsync("LAST WARNING");
        Assert.InRange(RealClock.Instance.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static string Service(int number) => string.Create(CultureInfo.InvariantCulture, $"S{number:D5}");

    private static long Stored(BotHome home) => home.Ask<long>("SELECT COUNT(*) FROM incident");

    private static long Pending(BotHome home) => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL");
}
