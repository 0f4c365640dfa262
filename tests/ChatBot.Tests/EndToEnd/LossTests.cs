using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What the whole bot does when something around it, or it itself, dies.</summary>
public sealed partial class LossTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_was_stored_before_a_kill_is_said_once_after_it()
    {
        using var irc = await NgircdServer.StartAsync();
        irc.Kill();
        using var home = new BotHome(irc.Port);
        await using (var bot = RunningBot.Start(home))
        {
            home.Deliver(Mails.Problem("TOKEN-A"));
            await bot.UntilAsync("the line is stored", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL") == 1);
            await bot.KillAsync();
        }

        await irc.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        await using var again = await RunningBot.StartAsync(home);
        await AssertSaidOnceAsync(again, home, alice, "TOKEN-A");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_was_written_into_the_void_before_a_kill_is_said_once_after_it()
    {
        using var irc = await NgircdServer.StartAsync();
        using var home = new BotHome(irc.Port);
        await using (var bot = await RunningBot.StartAsync(home))
        {
            irc.Freeze();
            home.Deliver(Mails.Problem("TOKEN-B"));
            await bot.UntilAsync("the line is stored", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL") == 1);
            await bot.KillAsync();
        }

        irc.Kill();
        await irc.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        await using var again = await RunningBot.StartAsync(home);
        await AssertSaidOnceAsync(again, home, alice, "TOKEN-B");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Kills_between_mails_lose_none()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        for (var round = 0; round < 3; round++)
        {
            // Some of these are read, some stored, some said when it dies.
            await using var bot = RunningBot.Start(home);
            for (var i = 0; i < 10; i++)
            {
                home.Deliver(Mails.Problem($"ROUND{round}-{i}"));
            }

            await bot.UntilAsync("it has begun", () => home.Ask<long>("SELECT COUNT(*) FROM incident") > round * 10);
            await bot.KillAsync();
        }

        await using var last = await RunningBot.StartAsync(home);
        await last.UntilAsync("every mail is stored", () => home.Mails("new") == 0 && Pending(home) == 0);
        Assert.Equal(30, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND announced_state IS NOT NULL"));
        Assert.Equal("ok", home.Ask<string>("PRAGMA integrity_check"));
        // What was under way at a kill may come twice: six lines, each of ten at most.
        Assert.InRange(CountAnnounced(await alice.SaidByBotAsync()), 30, 30 + (3 * 6 * 10));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_arrives_while_the_server_is_away_is_all_announced_when_it_is_back()
    {
        using var irc = await NgircdServer.StartAsync();
        using var home = new BotHome(irc.Port);
        await using var bot = await RunningBot.StartAsync(home);
        irc.Kill();
        await bot.UntilAsync("the bot has noticed", async () => (await bot.HealthAsync()).Text.Contains("irc", StringComparison.Ordinal));
        for (var i = 0; i < 50; i++)
        {
            home.Deliver(Mails.Problem($"SVC{i:D2}"));
        }

        await bot.UntilAsync("every mail is stored", () => home.Mails("new") == 0);

        // Whoever listens must be there before it speaks.
        bot.Signal(ChatBotProgram.Stop);
        await irc.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        bot.Signal(ChatBotProgram.Continue);
        await bot.UntilAsync("everything is said", () => Pending(home) == 0);

        Assert.Equal(50, CountAnnounced(await alice.SaidByBotAsync()));
        Assert.Equal(50, home.Ask<long>("SELECT COUNT(DISTINCT service) FROM incident WHERE service LIKE 'SVC%' AND announced_state = 'WARNING'"));
        Assert.Equal(50, home.Mails("cur"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task While_another_process_holds_the_store_IRC_stays_and_nothing_is_lost()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        await using var bot = await RunningBot.StartAsync(home);

        using (var other = new SqliteConnection($"Data Source={home.DatabaseFile};Pooling=False"))
        {
            other.Open();
            await using var held = other.BeginTransaction();
            home.Deliver(Mails.Problem("LOCKED"));
            await alice.SayAsync("!status hal");
            await alice.HearAsync("hal (no-log)");
            await alice.SayAsync("!status routeur");
            await alice.HearAsync("routeur :");
            Assert.Equal(1, home.Mails("new"));
        }

        await alice.HearAsync("[hal] LOCKED WARNING — #1");
        await AssertSaidOnceAsync(bot, home, alice, "LOCKED WARNING — #1");
        Assert.DoesNotContain(alice.Received, line => line.Contains(" QUIT ", StringComparison.Ordinal));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_full_disk_stops_nothing_for_good_and_loses_nothing()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        using var disk = SmallDisk.Mount(Path.Combine(home.Path, "disk"));
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        home.Data = Path.Combine(disk!.Path, "data");
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);

        disk.Fill();
        for (var i = 0; i < 10; i++)
        {
            home.Deliver(Mails.Problem($"FULL{i}"));
        }

        await bot.UntilLogAsync("could not be stored");
        Assert.Equal((503, "store: mails cannot be stored, and wait where they are\n"), await bot.HealthAsync());
        Assert.Equal(10, home.Mails("new"));
        await alice.SayAsync("!help");
        await alice.HearAsync(":globot!");

        disk.Empty();
        await bot.UntilAsync("every mail is stored", () => home.Mails("new") == 0 && Pending(home) == 0);
        Assert.Equal(200, (await bot.HealthAsync()).Status);
        Assert.Equal(10, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE service LIKE 'FULL%' AND announced_state IS NOT NULL"));
        Assert.Equal(10, CountAnnounced(await alice.SaidByBotAsync()));
        Assert.Equal("ok", home.Ask<string>("PRAGMA integrity_check"));
    }

    private static long Pending(BotHome home) => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL");

    private static async Task AssertSaidOnceAsync(RunningBot bot, BotHome home, RawIrcUser alice, string token)
    {
        await bot.UntilAsync("everything is said", () => Pending(home) == 0);
        await alice.SayAsync("!status routeur");
        await alice.HearAsync("routeur :");
        Assert.Single(await alice.SaidByBotAsync(), line => line.Contains(token, StringComparison.Ordinal));
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM incident"));
        Assert.Equal("ok", home.Ask<string>("PRAGMA integrity_check"));
    }

    /// <summary>How many alerts the lines tell of, those that are counted in groups included.</summary>
    internal static int CountAnnounced(IReadOnlyList<string> lines) => lines.Sum(line =>
        Group().Match(line) is { Success: true } group ? int.Parse(group.Groups[1].Value, CultureInfo.InvariantCulture)
        : Alert().IsMatch(line) ? 1
        : 0);

    [GeneratedRegex(@"\[hal\] (\d+) alerte?s( [ei]n [^:]+)? ?:")]
    private static partial Regex Group();

    [GeneratedRegex(@"\[hal\] \S+ WARNING — #\d+")]
    private static partial Regex Alert();
}
