using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Who may do what with the whole bot, on a network without accounts and on one with them.</summary>
public sealed class RightsTests
{
    private const string Absent = "ngircd, inspircd or atheme-services are not installed, or InspIRCd 4 needs a newer Atheme";

    public static bool AreInstalled => NgircdServer.IsInstalled() && InspircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Where_the_network_knows_nobody_nobody_acknowledges(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale);
        await using var bot = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem());
        await lunar.HearAsync("#1");

        await lunar.SayAsync("!ack 1 je redémarre");
        await lunar.HearAsync(home.In(
            "!ack est réservé aux admins, et ce réseau ne dit pas de façon sûre qui est qui : refusé ici à tout le monde",
            "!ack is for admins, and this network does not reliably say who is who: refused here to everybody"));
        await lunar.SayAsync("!log hal redémarré");
        await lunar.HearAsync(home.In("écrire au changelog est réservé aux admins", "writing in the changelog is for admins"));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE acknowledged_by IS NULL"));
        Assert.Equal(0, home.Ask<long>("SELECT COUNT(*) FROM changelog_entry"));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_identified_admin_acknowledges_and_an_impostor_does_not(Locale locale)
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var mag = await irc.RegisterAsync("mag", $"{BotHome.RootChannel} {BotHome.RootKey}");
        await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        using var home = new BotHome(irc.Port, locale) { HasRootChannel = true };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem());
        await lunar.HearAsync("[hal] IMAP WARNING — #1");

        // The nick of an admin, the account of nobody.
        await lunar.SendAsync("NICK elsewhere");
        await lunar.HearAsync(" NICK ");
        using var impostor = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.Channel);
        await impostor.SayAsync("!ack 1 je regarde");
        await impostor.HearAsync(home.In(
            "!ack est réservé aux admins : le serveur ne dit pas qui vous êtes",
            "!ack is for admins: the server does not say who you are"));
        // An account, of somebody who is no admin.
        await mag.SendAsync($"JOIN {BotHome.Channel}");
        await mag.HearAsync(" 366 ");
        await mag.SayAsync("!ack 1 je regarde");
        await mag.HearAsync(home.In("vous êtes identifié comme mag, qui n'en est pas un", "you are identified as mag, who is not one"));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE acknowledged_by IS NULL"));

        // The account of an admin, under any nick.
        var before = RealClock.Instance.GetUtcNow();
        await lunar.SayAsync("!ack 1 2h je redémarre");
        await lunar.HearAsync(home.In(
            "[hal] IMAP WARNING pris par lunar « je redémarre » jusqu'à ",
            "[hal] IMAP WARNING acknowledged by lunar “je redémarre” until "));
        await mag.HearAsync(home.In(
            $"{BotHome.RootChannel} :[hal] IMAP WARNING pris par lunar « je redémarre » jusqu'à ",
            $"{BotHome.RootChannel} :[hal] IMAP WARNING acknowledged by lunar “je redémarre” until "));
        Assert.Equal("lunar", home.Ask<string>("SELECT acknowledged_by FROM incident WHERE number = 1"));
        var until = DateTimeOffset.FromUnixTimeMilliseconds(home.Ask<long>("SELECT acknowledged_until FROM incident WHERE number = 1"));
        Assert.InRange(until, before.AddHours(2).AddSeconds(-1), RealClock.Instance.GetUtcNow().AddHours(2));

        home.Deliver(Mails.Recovery());
        Assert.EndsWith(home.In("— #1 (pris par lunar)", "— #1 (ack by lunar)"), await lunar.HearAsync(home.In(
            "[hal] IMAP OK après",
            "[hal] IMAP OK after")), StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_changelog_entry_is_on_the_machine_or_the_answer_says_that_it_is_not(Locale locale)
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale) { HalIsHere = true };
        home.Write();
        await File.WriteAllTextAsync(home.HalChangelog, "2026-11-20 09:00 mag: disque changé");
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SayAsync("!log hal redémarré le POP");
        await lunar.HearAsync(home.In(
            "[hal] ajouté au changelog de la machine, et relu : lignes 2–3",
            "[hal] appended to the machine's changelog, and read back: lines 2–3"));
        var lines = await File.ReadAllLinesAsync(home.HalChangelog);
        Assert.Equal("2026-11-20 09:00 mag: disque changé", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d \+0[12]00: lunar$", lines[1]);
        Assert.Equal("  redémarré le POP [chatbot 1]", lines[2]);

        await lunar.SayAsync("!log sql index refait");
        await lunar.HearAsync(home.In(
            "noté, en route vers sql", "noted, on its way to sql"));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'changelog' AND target = 'sql' AND done_at IS NULL"));
        Assert.Equal(2, home.Ask<long>("SELECT COUNT(*) FROM changelog_entry"));
        await lunar.SayAsync("!log sql");
        await lunar.HearAsync("index refait");

        await lunar.SayAsync("!log hal - [ ] changer le disque avant demain");
        await lunar.HearAsync(home.In("[hal] ajouté au changelog", "[hal] appended to the machine's changelog"));
        await lunar.SayAsync("!todo");
        await lunar.HearAsync(home.In("[hal] changer le disque avant demain — noté aujourd'hui", "[hal] changer le disque avant demain — noted today"));
        await lunar.SayAsync("!undo");
        await lunar.HearAsync(home.In("[hal] annulé [chatbot 3] : - [ ] changer le disque", "[hal] taken back [chatbot 3]: - [ ] changer le disque"));
        Assert.Equal(
            home.In("  annulé [chatbot 3] : - [-] changer le disque avant demain [chatbot 4]", "  taken back [chatbot 3]: - [-] changer le disque avant demain [chatbot 4]"),
            (await File.ReadAllLinesAsync(home.HalChangelog))[^1]);
        await lunar.SayAsync("!todo");
        await lunar.HearAsync(home.In("rien à faire que tout le monde", "nothing to do that everybody"));
        await lunar.SayAsync("!log hal ? pop");
        await lunar.HearAsync("redémarré le POP");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task A_refused_account_is_logged_with_what_to_do_and_the_rest_goes_on()
    {
        using var irc = await InspircdServer.StartAsync();
        using var home = new BotHome(irc.Port);
        home.WriteFile("sasl.password", "wrong\n");
        home.Irc = "[irc.sasl]\nmechanism = \"plain\"\naccount = \"globot\"\npassword_file = \"sasl.password\"";
        home.Write();
        await using var bot = RunningBot.Start(home);

        await bot.UntilLogAsync("see account and password_file of [irc.sasl]");
        home.Deliver(Mails.Problem());
        await bot.UntilAsync("the mail is stored", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL") == 1);
        var (status, text) = await bot.HealthAsync();
        Assert.Equal(503, status);
        Assert.Contains("irc: not connected", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", bot.Log, StringComparison.Ordinal);
    }
}
