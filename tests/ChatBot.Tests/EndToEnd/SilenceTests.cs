using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What an admin silences with the whole bot, and how it comes out, through a kill in the middle.</summary>
public sealed class SilenceTests
{
    public static bool IsInstalled => InspircdServer.IsInstalled();

    [Fact(Skip = "inspircd is not installed", SkipUnless = nameof(IsInstalled))]
    public async Task What_is_muted_or_worked_on_is_announced_when_that_ends()
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        home.Write();
        var bot = await RunningBot.StartAsync(home);
        await using (bot)
        {
            await lunar.SayAsync("!mute hal 2h charge connue");
            await lunar.HearAsync("[hal] muet jusqu'à ");
            await lunar.SayAsync("!intervention routeur maintenant 1h câble");
            await lunar.HearAsync("[routeur] début de l'intervention #1, jusqu'à ");
            home.Deliver(Mails.Problem());
            await bot.UntilAsync("the alert is suppressed", () => home.Ask<long>("SELECT COUNT(*) FROM incident WHERE suppressed_by = 'muted'") == 1);
            await lunar.SayAsync("!incidents hal");
            await lunar.HearAsync("[hal] IMAP WARNING depuis ");
        }

        await using var again = await RunningBot.StartAsync(home);
        await lunar.SayAsync("!mutes");
        await lunar.HearAsync("[hal] muet jusqu'à ");
        await lunar.SayAsync("!intervention 1 finir");
        await lunar.HearAsync("[routeur] fin de l'intervention #1");
        await lunar.SayAsync("!unmute hal");
        await lunar.HearAsync("par lunar) : 1 alerte masquée, encore ouverte : IMAP WARNING #1");
        home.Deliver(Mails.Recovery());
        await lunar.HearAsync("[hal] IMAP OK après");
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("— #1 · !ack", StringComparison.Ordinal));
    }
}
