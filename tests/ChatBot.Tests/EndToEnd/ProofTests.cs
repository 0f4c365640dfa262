using System.Text;
using ChatBot.Core.Language;
using ChatBot.Tests.OpenPgp;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>An admin on a network without accounts.</summary>
public sealed class ProofTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = "ngircd or gnupg is not installed";

    public static bool AreInstalled => NgircdServer.IsInstalled() && GpgHome.IsInstalled;

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Whoever_pastes_a_signature_is_an_admin_until_the_nick_changes(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.Channel);
        using var home = Home(irc, locale);
        await using var bot = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem());
        await lunar.HearAsync("#1");
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync(home.In(
            "ce réseau ne dit pas de façon sûre qui est qui : prouvez d'abord qui vous êtes, avec !prouve",
            "this network does not reliably say who is who: first prove who you are, with !auth"));

        // A signature for another nick proves nothing for this one.
        using var mallory = await RawIrcUser.JoinAsync(irc.Port, "mallory", BotHome.Channel);
        await mallory.SayAsync("!auth lunar");
        await SentenceAsync(mallory);
        await lunar.SayAsync("!prouve");
        var signature = Lines(gpg.Detached(await SentenceAsync(lunar)));
        await mallory.SendAsync(signature);
        await mallory.HearAsync(home.In(
            "votre signature ne prouve rien : elle signe autre chose",
            "your signature proves nothing: it signs a different text"));
        await lunar.SendAsync(signature);
        await lunar.HearAsync(home.In(
            "lunar, votre signature est valide : je vous reconnais jusqu'à ",
            "lunar, your signature is valid: I recognise you until "));
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync(home.In("[hal] IMAP WARNING pris par lunar « je regarde »", "[hal] IMAP WARNING acknowledged by lunar “je regarde”"));
        await lunar.SayAsync("!whoami");
        await lunar.HearAsync(home.In("vous êtes lunar, admin, prouvé par OpenPGP jusqu'à ", "you are lunar, admin, proved by OpenPGP until "));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains(home.In("commande", "command"), StringComparison.Ordinal));

        await lunar.SendAsync("NICK elsewhere");
        await lunar.HearAsync(home.In(
            "votre preuve OpenPGP n'est plus valable : vous avez changé de pseudo",
            "your OpenPGP proof has ended: you changed your nick"));
        await mallory.SendAsync("NICK lunar");
        await mallory.HearAsync(" NICK ");
        await mallory.SayAsync("!unack 1");
        await mallory.HearAsync(home.In("!unack est réservé aux admins", "!unack is for admins"));
        await lunar.SendAsync("QUIT");
        Assert.Equal("lunar", home.Ask<string>("SELECT acknowledged_by FROM incident WHERE number = 1"));
        Assert.DoesNotContain("lunar", bot.Log, StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Or_mails_it_signed_whoever_the_mail_is_from(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", $"{BotHome.RootChannel} {BotHome.RootKey}");
        using var home = Home(irc, locale);
        home.HasRootChannel = true;
        home.Write();
        await lunar.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SendAsync("PRIVMSG globot :auth lunar");
        var mail = $"From: x <x@example.net>\nSubject: auth\nDate: Mon, 23 Nov 2026 01:00:00 +0000\n\n{gpg.Clear(await SentenceAsync(lunar))}";
        Assert.Equal(0, (await ChatBotProgram.RunAsync(
            Encoding.UTF8.GetBytes(mail), "deliver", "--config", home.ConfigurationFile)).ExitCode);
        await lunar.HearAsync(home.In(
            "lunar, votre signature est valide : je vous reconnais jusqu'à ",
            "lunar, your signature is valid: I recognise you until "));
        await lunar.SendAsync("PRIVMSG globot :log hal redémarré");
        await lunar.HearAsync(home.In("noté, en route vers hal", "noted, on its way to hal"));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains(home.In("mail de", "mail from"), StringComparison.Ordinal));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM seen_mail WHERE outcome = 'proof'"));

        // Without the key, no longer.
        home.Pgp = "";
        home.Write();
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("Configuration reloaded");
        await lunar.SendAsync("PRIVMSG globot :log hal encore");
        await lunar.HearAsync(home.In("réservé aux admins", "is for admins"));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Keys_that_a_reload_brings_are_of_use_at_once(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale);
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        await lunar.SayAsync("!auth lunar");
        await lunar.HearAsync(home.In("je ne connais la clé OpenPGP de personne", "I have nobody's OpenPGP key"));

        (home.Keys, home.Pgp) = (gpg.Keys, gpg.Lunar);
        home.Write();
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("Configuration reloaded");
        await lunar.SayAsync("!auth lunar");
        await lunar.SendAsync(Lines(gpg.Detached(await SentenceAsync(lunar))));
        await lunar.HearAsync(home.In(
            "lunar, votre signature est valide : je vous reconnais jusqu'à ",
            "lunar, your signature is valid: I recognise you until "));
        await lunar.SayAsync("!whoami");
        await lunar.HearAsync(home.In("vous êtes lunar, admin, prouvé par OpenPGP jusqu'à ", "you are lunar, admin, proved by OpenPGP until "));
    }

    private BotHome Home(NgircdServer irc, Locale locale)
    {
        var home = new BotHome(irc.Port, locale) { Keys = gpg.Keys, Pgp = gpg.Lunar };
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
