using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The whole bot between a real Nagios and a real channel where people have accounts.</summary>
public sealed class BotBesideNagiosTests
{
    private const string Absent = "inspircd or atheme-services are not installed, or InspIRCd 4 needs a newer Atheme";

    public static bool AreInstalled => InspircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task From_the_failing_check_to_its_end_Nagios_and_the_channel_know_the_same(Locale locale)
    {
        using var nagios = new NagiosServer();
        await using var channel = await MonitoredChannel.StartAsync(nagios, locale);
        var (lunar, home) = (channel.Lunar, channel.Home);

        await nagios.CheckAsync("POP3", 2, "CRITICAL - Socket timeout after 10 seconds");
        Assert.EndsWith("[hal] POP3 CRITICAL — #1", await lunar.HearAsync("[hal] POP3 CRITICAL"), StringComparison.Ordinal);
        await lunar.SayAsync("!ack 1 je regarde; [0] SHUTDOWN_PROGRAM $(reboot)");
        await lunar.HearAsync(home.In("[hal] POP3 CRITICAL pris par lunar", "[hal] POP3 CRITICAL acknowledged by lunar"));
        await lunar.HearAsync(home.In("[hal] POP3 #1 : Nagios est prévenu", "[hal] POP3 #1: Nagios notified"));
        Assert.Contains(
            $"EXTERNAL COMMAND: ACKNOWLEDGE_SVC_PROBLEM;{NagiosServer.Host};POP3;2;0;0;lunar;je regarde, [0] SHUTDOWN_PROGRAM (reboot) (ChatBot #1)\n",
            nagios.Log, StringComparison.Ordinal);
        Assert.Contains("problem_has_been_acknowledged=1", await File.ReadAllTextAsync(nagios.StatusFile), StringComparison.Ordinal);
        await lunar.SayAsync("!status hal");
        Assert.Matches(
            home.In(
                @"pris par lunar « je regarde; .* · Nagios \([^)]+\) : POP3 CRITICAL$",
                @"ack by lunar “je regarde; .* · Nagios \([^)]+\): POP3 CRITICAL$"),
            await lunar.HearAsync("hal (no-log)"));

        await lunar.SayAsync("!unack 1");
        await lunar.HearAsync(home.In("[hal] POP3 #1 : l'acquittement est retiré dans Nagios", "[hal] POP3 #1: acknowledgement removed in Nagios"));
        await lunar.SayAsync("!ack 1 encore");
        await lunar.HearAsync(home.In("« encore »", "“encore”"));
        await lunar.HearAsync(home.In("[hal] POP3 #1 : Nagios est prévenu", "[hal] POP3 #1: Nagios notified"));

        await nagios.CheckAsync("POP3", 0, "POP OK");
        Assert.Matches(
            home.In(
                @"\[hal\] POP3 OK après .* — #1 \(pris par lunar\)$",
                @"\[hal\] POP3 OK after .* — #1 \(ack by lunar\)$"), await lunar.HearAsync("[hal] POP3 OK"));
        Assert.Equal(0, home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'monitor' AND (done_at IS NULL OR result IS NOT NULL)"));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains(home.In("acquitté", "acknowledged in"), StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_Nagios_that_is_stopped_is_notified_when_it_runs_again_even_by_another_process_of_the_bot(Locale locale)
    {
        using var nagios = new NagiosServer();
        await using var channel = await MonitoredChannel.StartAsync(nagios, locale);
        var (lunar, bot, home) = (channel.Lunar, channel.Bot, channel.Home);
        await nagios.CheckAsync("IMAP", 1, "IMAP WARNING");
        await lunar.HearAsync("[hal] IMAP WARNING — #1");
        await nagios.StopAsync();
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync(home.In("[hal] IMAP #1 : Nagios n'est pas encore prévenu, ", "[hal] IMAP #1: Nagios not notified yet, "));
        await bot.UntilAsync(
            "the server proved the line", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'line' AND done_at IS NULL") == 0);
        await bot.KillAsync();

        await nagios.StartAsync();
        await channel.StartAgainAsync();
        await lunar.HearAsync(home.In("[hal] IMAP #1 : Nagios est prévenu", "[hal] IMAP #1: Nagios notified"));
        Assert.Contains("ACKNOWLEDGE_SVC_PROBLEM;", nagios.Log, StringComparison.Ordinal);
        Assert.Single(await lunar.SaidByBotAsync(), line => line.Contains(home.In(
            "pas encore prévenu",
            "not notified yet"), StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_intervention_silences_Nagios_and_its_end_announces_what_was_suppressed(Locale locale)
    {
        using var nagios = new NagiosServer();
        await using var channel = await MonitoredChannel.StartAsync(nagios, locale);
        var (lunar, bot, home) = (channel.Lunar, channel.Bot, channel.Home);

        await lunar.SayAsync("!intervention maintenant 1h hal changement de noyau");
        await lunar.HearAsync(home.In("[hal] début de l'intervention #1", "[hal] intervention #1 begins"));
        await lunar.HearAsync(home.In(
            "[hal] intervention #1 : maintenance planifiée dans Nagios",
            "[hal] intervention #1: downtime scheduled in Nagios"));
        await nagios.CheckAsync("POP3", 2, "CRITICAL - Connection refused");
        await bot.UntilAsync("it is found in Nagios's state", () => home.Ask<long>("SELECT COUNT(*) FROM incident WHERE suppressed_by = 'intervention'") == 1);
        await lunar.SayAsync("!intervention 1 terminée");
        Assert.EndsWith(home.In("1 alerte masquée, encore ouverte : hal POP3 CRITICAL #1", "1 alert suppressed, still open: hal POP3 CRITICAL #1"), await lunar.HearAsync(home.In(
            "[hal] fin de l'intervention #1",
            "[hal] intervention #1 ends")), StringComparison.Ordinal);
        await lunar.HearAsync(home.In(
            "[hal] intervention #1 : maintenance annulée dans Nagios",
            "[hal] intervention #1: downtime cancelled in Nagios"));
        await bot.UntilAsync("the mails of the downtime are read", () => BotHome.Mails(nagios.Maildir, "cur") == 6);
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains(home.In(
            "maintenance planifiée (Nagios)",
            "scheduled downtime"), StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_acknowledgement_made_in_Nagios_is_announced_with_its_author_in_the_root_channel_alone(Locale locale)
    {
        using var nagios = new NagiosServer();
        await using var channel = await MonitoredChannel.StartAsync(nagios, locale, hasRootChannel: true);
        var (lunar, mag, bot, home) = (channel.Lunar, channel.Mag!, channel.Bot, channel.Home);

        await nagios.CheckAsync("IMAP", 2, "IMAP CRITICAL");
        await lunar.HearAsync("[hal] IMAP CRITICAL — #1");
        await nagios.TellAsync($"ACKNOWLEDGE_SVC_PROBLEM;{NagiosServer.Host};IMAP;2;1;0;Marie Curie;je m'en occupe");
        Assert.Contains("je m'en occupe", await mag.HearAsync("Marie Curie"), StringComparison.Ordinal);
        await lunar.HearAsync(home.In("[hal] IMAP CRITICAL acquitté dans Nagios", "[hal] IMAP CRITICAL acknowledged in Nagios"));
        await bot.UntilAsync("its mail is stored too", () => BotHome.Mails(nagios.Maildir, "cur") == 2);
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("Marie", StringComparison.Ordinal));
        Assert.Single(await lunar.SaidByBotAsync(), line => line.Contains(home.In("acquitté", "acknowledged in"), StringComparison.Ordinal));
        Assert.Single(await mag.SaidByBotAsync(), line => line.Contains("Marie", StringComparison.Ordinal));
    }
}
