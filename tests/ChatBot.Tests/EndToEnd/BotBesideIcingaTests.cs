using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Monitoring;
using ChatBot.Demo;
using ChatBot.Monitoring;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The bot between a real Icinga 2, by its API, and a real channel where people have accounts.</summary>
public sealed class BotBesideIcingaTests
{
    private const string Absent = "inspircd or atheme-services are not installed, or InspIRCd 4 needs a newer Atheme";

    public static bool AreInstalled => InspircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task From_the_failing_check_to_its_end_Icinga_and_the_channel_know_the_same(Locale locale)
    {
        using var icinga = new IcingaServer();
        await using var channel = await MonitoredChannel.StartAsync(icinga, locale);
        var (lunar, home) = (channel.Lunar, channel.Home);

        await icinga.CheckAsync("POP3", 2, "CRITICAL - Socket timeout after 10 seconds");
        Assert.EndsWith("[hal] POP3 CRITICAL — #1", await lunar.HearAsync("[hal] POP3 CRITICAL"), StringComparison.Ordinal);
        await lunar.SayAsync("!ack 1 je regarde; $(reboot) \"é\"");
        await lunar.HearAsync(home.In("[hal] POP3 CRITICAL pris par lunar", "[hal] POP3 CRITICAL acknowledged by lunar"));
        await lunar.HearAsync(home.In("[hal] POP3 #1 : Icinga est prévenu", "[hal] POP3 #1: Icinga notified"));
        var comments = await icinga.AskAsync("comments");
        Assert.Contains("\"author\":\"lunar\"", comments, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"je regarde, (reboot) \\u00e9 (ChatBot #1)\"", comments, StringComparison.Ordinal);
        Assert.Contains("\"acknowledgement\":2", await icinga.AskAsync("services"), StringComparison.Ordinal);
        await lunar.SayAsync("!status hal");
        Assert.Matches(
            home.In(
                @"pris par lunar « je regarde; .* · Icinga \([^)]+\) : POP3 CRITICAL$",
                @"ack by lunar “je regarde; .* · Icinga \([^)]+\): POP3 CRITICAL$"),
            await lunar.HearAsync("hal (no-log)"));

        await lunar.SayAsync("!unack 1");
        await lunar.HearAsync(home.In("[hal] POP3 #1 : l'acquittement est retiré dans Icinga", "[hal] POP3 #1: acknowledgement removed in Icinga"));
        Assert.DoesNotContain("\"acknowledgement\":2", await icinga.AskAsync("services"), StringComparison.Ordinal);
        await icinga.CheckAsync("POP3", 0, "POP OK");
        await lunar.HearAsync(home.In("[hal] POP3 OK après ", "[hal] POP3 OK after "));
        Assert.Equal(0, home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'monitor' AND (done_at IS NULL OR result IS NOT NULL)"));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains(home.In("acquitté", "acknowledged in"), StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_Icinga_that_is_stopped_is_notified_when_it_runs_again(Locale locale)
    {
        using var icinga = new IcingaServer();
        await using var channel = await MonitoredChannel.StartAsync(icinga, locale);
        var (lunar, bot, home) = (channel.Lunar, channel.Bot, channel.Home);

        await icinga.CheckAsync("IMAP", 1, "IMAP WARNING");
        await lunar.HearAsync("[hal] IMAP WARNING — #1");
        await icinga.StopAsync();
        await lunar.SayAsync("!ack 1 je regarde");
        await lunar.HearAsync(home.In(
            "[hal] IMAP #1 : Icinga n'est pas encore prévenu, son API ne répond pas ; je réessaie",
            "[hal] IMAP #1: Icinga not notified yet, its API does not answer; retrying"));
        await icinga.StartAsync();
        await lunar.HearAsync(home.In("[hal] IMAP #1 : Icinga est prévenu", "[hal] IMAP #1: Icinga notified"));
        Assert.Single(await lunar.SaidByBotAsync(), line => line.Contains(home.In(
            "pas encore prévenu",
            "not notified yet"), StringComparison.Ordinal));
        Assert.DoesNotContain("mot de passe é", bot.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_downtime_covers_the_host_and_its_services_until_it_is_removed()
    {
        using var icinga = new IcingaServer();
        await icinga.StartAsync();
        var settings = DemoSettings.Of("/nowhere", Locale.French, "lunar", isQuick: false) with { Icinga = icinga.Settings };
        using var peer = new IcingaPeer(new CurrentSettings(settings), RealClock.Instance, NullLogger.Instance);
        var now = RealClock.Instance.GetUtcNow();

        await TellAsync(new MonitorAction.ScheduleDowntime(IcingaServer.Host, now, now.AddHours(1), "lunar", "disque neuf", MonitorMark.Of("i7")));
        var state = (await peer.ReadAsync(null, CancellationToken.None))!.Value.State!;
        Assert.Equal([null, "imap", "pop3"], state.Downtimes.Select(one => one.Service).Order(StringComparer.Ordinal));
        Assert.All(state.Downtimes, one => Assert.Equal("disque neuf (ChatBot i7)", one.Comment));
        Assert.All(state.Checks, check => Assert.True(check.IsInDowntime));

        await TellAsync(new MonitorAction.DeleteDowntimes(state.Downtimes));
        Assert.Empty((await peer.ReadAsync(null, CancellationToken.None))!.Value.State!.Downtimes);

        async Task TellAsync(MonitorAction action) =>
            Assert.Equal(new OrderReceipt(OrderOutcome.Wait), await peer.TellAsync(action, now, CancellationToken.None));
    }
}
