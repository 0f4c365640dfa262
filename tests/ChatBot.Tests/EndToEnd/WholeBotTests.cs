using System.Text;
using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The whole bot between a real mailbox and a real channel.</summary>
public sealed class WholeBotTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_that_arrives_over_IMAP_is_a_line_in_the_channel_and_an_incident(Locale locale)
    {
        Assert.SkipWhen(DovecotServer.Missing is not null, DovecotServer.Missing ?? "");
        await using var dovecot = new DovecotServer();
        await dovecot.StartAsync();
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = HomeWithImap(irc.Port, dovecot, DovecotServer.Password, locale);
        await using var bot = await RunningBot.StartAsync(home);

        await dovecot.DeliverByAgentAsync(Sample.Named("045-").Bytes);
        Assert.EndsWith(
            "PRIVMSG #globenet :[hal] IMAP WARNING — #1", await alice.HearAsync("[hal]"), StringComparison.Ordinal);
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE machine = 'hal' AND service = 'IMAP' AND closed_at IS NULL"));
        await bot.UntilAsync("the mail is moved", () => dovecot.Waiting == 0 && dovecot.In("Trait&AOk-") == 1);

        await alice.SayAsync("!status hal");
        Assert.Contains(
            home.In(
                "hal (no-log) : 1 incident — IMAP WARNING depuis",
                "hal (no-log): 1 incident — IMAP WARNING for"), await alice.HearAsync("hal (no-log)"), StringComparison.Ordinal);

        await dovecot.DeliverByAgentAsync(Sample.Named("048-").Bytes);
        Assert.Matches(home.In(@"\[hal\] IMAP OK après \d+ .*— #1$", @"\[hal\] IMAP OK after \d+ .*— #1$"), await alice.HearAsync("IMAP OK"));
        await alice.SayAsync("!status hal");
        Assert.Contains(home.In("aucun incident ouvert", "no open incident"), await alice.HearAsync("hal (no-log)"), StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_store_whose_file_is_moved_away_or_replaced_is_said_once_until_it_is_put_back(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var lunar = await JoinRootAsync(irc.Port);
        using var home = new BotHome(irc.Port, locale) { HasRootChannel = true };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem("TOKEN-A"));
        await alice.HearAsync("TOKEN-A");

        File.Move(home.DatabaseFile, home.DatabaseFile + ".away");
        Assert.Equal((503, "store: the file was deleted or replaced, and what is stored is lost at the next start\n"), await bot.HealthAsync());
        home.Deliver(Mails.Problem("TOKEN-B"));
        await alice.HearAsync("TOKEN-B");
        await lunar.HearAsync(home.In("le fichier de ma mémoire a été effacé ou remplacé", "the file of my memory was deleted or replaced"));
        File.WriteAllText(home.DatabaseFile, "");
        Assert.Equal(503, (await bot.HealthAsync()).Status);
        home.Deliver(Mails.Problem("TOKEN-C"));
        await alice.HearAsync("TOKEN-C");

        File.Move(home.DatabaseFile + ".away", home.DatabaseFile, overwrite: true);
        Assert.Equal((200, "ready\n"), await bot.HealthAsync());
        Assert.Equal(3, home.Ask<long>("SELECT COUNT(*) FROM incident"));
        Assert.Single(await lunar.SaidByBotAsync(), line => line.Contains(home.In("ma mémoire", "my memory"), StringComparison.Ordinal));
        Assert.DoesNotContain(await alice.SaidByBotAsync(), line => line.Contains(home.In("ma mémoire", "my memory"), StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_change_is_announced_without_a_byte_of_its_diffs_anywhere(Locale locale)
    {
        Assert.SkipWhen(DovecotServer.Missing is not null, DovecotServer.Missing ?? "");
        await using var dovecot = new DovecotServer();
        await dovecot.StartAsync();
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var lunar = await JoinRootAsync(irc.Port);
        using var home = HomeWithImap(irc.Port, dovecot, DovecotServer.Password, locale);
        home.HasRootChannel = true;
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);

        var change = Sample.Named("087-");
        await dovecot.DeliverByAgentAsync(change.Bytes);
        Assert.Contains(home.In("[sud] modifié : 5 fichiers", "[sud] changed: 5 files"), await alice.HearAsync("[sud]"), StringComparison.Ordinal);
        Assert.Contains("compte jeanne", await lunar.HearAsync("[sud]"), StringComparison.Ordinal);
        await bot.UntilAsync("the mail is moved", () => dovecot.Waiting == 0);

        var said = string.Join('\n', [.. await alice.SaidByBotAsync(), .. await lunar.SaidByBotAsync()]);
        var log = bot.Log + await bot.MetricsAsync();
        Assert.Equal(0, (await bot.StopAsync()).ExitCode);
        foreach (var secret in change.Strings("never_root"))
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.False(home.Stored().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"{secret} is stored");
        }

        foreach (var word in change.Strings("never_public"))
        {
            Assert.DoesNotContain(await alice.SaidByBotAsync(), line => line.Contains(word, StringComparison.Ordinal));
        }
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Each_channel_hears_what_its_audience_may(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var lunar = await JoinRootAsync(irc.Port);
        using var home = new BotHome(irc.Port, locale) { HasRootChannel = true };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);

        home.Deliver(Sample.Named("045-").Bytes);
        Assert.EndsWith(
            home.In(
                "PRIVMSG #globenet-root :[hal] IMAP WARNING : 6.132 second response time on port 143 — #1 · !prends 1 <raison>",
                "PRIVMSG #globenet-root :[hal] IMAP WARNING: 6.132 second response time on port 143 — #1 · !ack 1 <reason>"),
            await lunar.HearAsync("[hal]"), StringComparison.Ordinal);
        Assert.EndsWith(
            "PRIVMSG #globenet :[hal] IMAP WARNING — #1", await alice.HearAsync("[hal]"), StringComparison.Ordinal);

        home.Deliver(Sample.Named("012-").Bytes);
        Assert.Contains("10.0.1.11", await lunar.HearAsync("[sud]"), StringComparison.Ordinal);
        await alice.HearAsync("[sud]");
        await bot.UntilAsync("everything is said", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL") == 0);

        var inPublic = await alice.SaidByBotAsync();
        Assert.DoesNotContain(inPublic, line => line.Contains("second response", StringComparison.Ordinal));
        Assert.DoesNotContain(inPublic, line => line.Contains("10.0.1.11", StringComparison.Ordinal));
        Assert.DoesNotContain(inPublic, line => line.Contains(BotHome.RootChannel, StringComparison.Ordinal));
        Assert.Equal(2, home.Mails("cur"));
        Assert.Equal(0, home.Mails("new"));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_that_cannot_be_read_is_set_aside_and_announced_to_root_once(Locale locale)
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var lunar = await JoinRootAsync(irc.Port);
        using var home = new BotHome(irc.Port, locale) { HasRootChannel = true };
        home.Write();
        await using (var bot = await RunningBot.StartAsync(home))
        {
            home.Deliver([]);
            await lunar.HearAsync(home.In("un mail illisible est mis de côté", "an unreadable mail is set aside"));
            await bot.UntilAsync("it is offered no more", () => home.Mails("new") == 0 && home.Mails("cur") == 1);
            home.Deliver([0, 255, 13, 10, 13, 10, 0, 1, 2, 3]);
            await bot.UntilAsync("neither is the other", () => home.Mails("new") == 0 && home.Mails("cur") == 2);
            Assert.Equal(0, (await bot.StopAsync()).ExitCode);
        }

        await using var again = await RunningBot.StartAsync(home);
        home.Deliver(Mails.Problem());
        await lunar.HearAsync("IMAP WARNING");
        Assert.InRange(home.Ask<long>("SELECT COUNT(*) FROM seen_mail WHERE outcome = 'set-aside'"), 1, 2);
        Assert.Single(await lunar.SaidByBotAsync(), line => line.Contains(home.In("(1 en tout)", "(1 in all)"), StringComparison.Ordinal));
        await alice.HearAsync("IMAP WARNING");
        Assert.DoesNotContain(await alice.SaidByBotAsync(), line => line.Contains(home.In("illisible", "unreadable"), StringComparison.Ordinal));
    }

    internal static BotHome HomeWithImap(int ircPort, DovecotServer dovecot, string password, Locale locale)
    {
        var home = new BotHome(ircPort, locale);
        home.WriteFile("imap.password", password + "\n");
        home.Sources = $"""
            [[mail.sources]]
            kind = "imap"
            host = "localhost"
            port = {dovecot.Port}
            tls = false
            user = "{DovecotServer.User}"
            password_file = "imap.password"
            processed_folder = "Traité"
            closed = true
            """;
        home.Write();
        return home;
    }

    private static async Task<RawIrcUser> JoinRootAsync(int port)
    {
        var user = await RawIrcUser.JoinAsync(port, "lunar", $"{BotHome.RootChannel} {BotHome.RootKey}");
        await user.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        await user.HearAsync(" +k ");
        return user;
    }
}
