using System.Text;
using ChatBot.Tests.OpenPgp;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>An admin on a network without accounts.</summary>
public sealed class ProofTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = "ngircd or gnupg is not installed";

    public static bool AreInstalled => NgircdServer.IsInstalled() && GpgHome.IsInstalled;

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task Whoever_pastes_a_signature_is_an_admin_until_the_nick_changes()
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.Channel);
        using var home = Home(irc);
        await using var bot = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem());
        await lunar.HearAsync("#1");
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync("ce réseau ne dit pas de façon sûre qui est qui : prouvez d'abord qui vous êtes, avec !auth");

        // A signature for another nick proves nothing for this one.
        using var mallory = await RawIrcUser.JoinAsync(irc.Port, "mallory", BotHome.Channel);
        await mallory.SayAsync("!auth lunar");
        await SentenceAsync(mallory);
        await lunar.SayAsync("!prouve");
        var signature = Lines(gpg.Detached(await SentenceAsync(lunar)));
        await mallory.SendAsync(signature);
        await mallory.HearAsync("votre signature ne prouve rien : elle signe autre chose");
        await lunar.SendAsync(signature);
        await lunar.HearAsync("lunar, votre signature est valide : je vous reconnais jusqu'à ");
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync("[hal] IMAP WARNING pris par lunar « je regarde »");
        await lunar.SayAsync("!whoami");
        await lunar.HearAsync("vous êtes lunar, admin, prouvé par OpenPGP jusqu'à ");
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("commande", StringComparison.Ordinal));

        await lunar.SendAsync("NICK elsewhere");
        await lunar.HearAsync("votre preuve OpenPGP n'est plus valable : vous avez changé de pseudo");
        await mallory.SendAsync("NICK lunar");
        await mallory.HearAsync(" NICK ");
        await mallory.SayAsync("!unack 1");
        await mallory.HearAsync("!unack est réservé aux admins");
        await lunar.SendAsync("QUIT");
        Assert.Equal("lunar", home.Ask<string>("SELECT acknowledged_by FROM incident WHERE number = 1"));
        Assert.DoesNotContain("lunar", bot.Log, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task Or_mails_it_signed_whoever_the_mail_is_from()
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", $"{BotHome.RootChannel} {BotHome.RootKey}");
        using var home = Home(irc);
        home.HasRootChannel = true;
        home.Write();
        await lunar.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SendAsync("PRIVMSG globot :auth lunar");
        var mail = $"From: x <x@example.net>\nSubject: auth\nDate: Mon, 23 Nov 2026 01:00:00 +0000\n\n{gpg.Clear(await SentenceAsync(lunar))}";
        Assert.Equal(0, (await ChatBotProgram.RunAsync(
            Encoding.UTF8.GetBytes(mail), "deliver", "--config", home.ConfigurationFile)).ExitCode);
        await lunar.HearAsync("lunar, votre signature est valide : je vous reconnais jusqu'à ");
        await lunar.SendAsync("PRIVMSG globot :log hal redémarré");
        await lunar.HearAsync("[hal] gardé ici");
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("mail de", StringComparison.Ordinal));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM seen_mail WHERE outcome = 'proof'"));

        // Without the key, no longer.
        home.Pgp = "";
        home.Write();
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("Configuration reloaded");
        await lunar.SendAsync("PRIVMSG globot :log hal encore");
        await lunar.HearAsync("réservé aux admins");
    }

    private BotHome Home(NgircdServer irc)
    {
        var home = new BotHome(irc.Port) { Keys = gpg.Keys, Pgp = gpg.Lunar };
        home.Write();
        return home;
    }

    private static async Task<string> SentenceAsync(RawIrcUser user)
    {
        var line = await user.HearAsync(" :chatbot auth ");
        return line[(line.IndexOf(" :chatbot", StringComparison.Ordinal) + 2)..];
    }

    // As clients paste: a message a line, and no empty one.
    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"PRIVMSG globot :{line}")];
}
