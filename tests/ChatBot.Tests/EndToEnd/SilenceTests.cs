using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What an admin silences with the whole bot, and how it comes out, through a kill in the middle.</summary>
public sealed class SilenceTests
{
    public static bool IsInstalled => InspircdServer.IsInstalled();

    [Theory(Skip = "inspircd is not installed", SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_is_muted_or_worked_on_is_announced_when_that_ends(Locale locale)
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale);
        home.Write();
        var bot = await RunningBot.StartAsync(home);
        await using (bot)
        {
            await lunar.SayAsync("!mute hal 2h charge connue");
            await lunar.HearAsync(home.In("[hal] muet jusqu'à ", "[hal] muted until "));
            await lunar.SayAsync("!intervention routeur maintenant 1h câble");
            await lunar.HearAsync(home.In("[routeur] début de l'intervention #1, jusqu'à ", "[routeur] intervention #1 begins, until "));
            home.Deliver(Mails.Problem());
            await bot.UntilAsync("the alert is suppressed", () => home.Ask<long>("SELECT COUNT(*) FROM incident WHERE suppressed_by = 'muted'") == 1);
            await lunar.SayAsync("!incidents hal");
            await lunar.HearAsync(home.In("[hal] IMAP WARNING depuis ", "[hal] IMAP WARNING for "));
        }

        await using var again = await RunningBot.StartAsync(home);
        await lunar.SayAsync("!mutes");
        await lunar.HearAsync(home.In("[hal] muet jusqu'à ", "[hal] muted until "));
        await lunar.SayAsync("!intervention 1 finir");
        await lunar.HearAsync(home.In("[routeur] fin de l'intervention #1", "[routeur] intervention #1 ends"));
        await lunar.SayAsync("!unmute hal");
        await lunar.HearAsync(home.In(
            "par lunar) : 1 alerte masquée, encore ouverte : IMAP WARNING #1",
            "by lunar): 1 alert suppressed, still open: IMAP WARNING #1"));
        home.Deliver(Mails.Recovery());
        await lunar.HearAsync(home.In("[hal] IMAP OK après", "[hal] IMAP OK after"));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("— #1 · !", StringComparison.Ordinal));
    }
}
