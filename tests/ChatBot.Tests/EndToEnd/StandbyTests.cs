using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Two processes of the bot on one PostgreSQL, of which one speaks; what the one that lost its lease sends is read on the wire.</summary>
public sealed class StandbyTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Absent = "ngircd is not installed";
    private const string Takeover = "je reprends la main";

    private readonly List<IAsyncDisposable> _relays = [];
    private readonly List<BotHome> _homes = [];
    private NgircdServer _irc = null!;
    private RawIrcUser _alice = null!;
    private string _database = "";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled || PostgresServer.Missing is not null)
        {
            return;
        }

        _irc = await NgircdServer.StartAsync();
        _alice = await RawIrcUser.JoinAsync(_irc.Port, "alice", BotHome.Channel);
        _database = await server.NewDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        _homes.ForEach(home => home.Dispose());
        _alice?.Dispose();
        _irc?.Dispose();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData("warm", false), InlineData("cold", false), InlineData("warm", true)]
    public async Task Where_one_is_killed_the_other_says_what_waited_and_that_it_speaks_now(string how, bool isByPooler)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var first = await LeaderAsync(Home(how, isByPooler: isByPooler));
        await using var second = await StandbyAsync(Home(how, isByPooler: isByPooler));
        Assert.Equal((200, "ready\nstandby\n"), await second.HealthAsync());
        await _alice.SendAsync("WHOIS globot2");
        var whois = await _alice.HearAsync(line => line.Contains(" 318 ", StringComparison.Ordinal) || line.Contains(" 401 ", StringComparison.Ordinal));
        Assert.Equal(how == "cold", whois.Contains(" 401 ", StringComparison.Ordinal));
        Assert.DoesNotContain(_alice.Received, line => line.Contains(" 319 alice globot2 ", StringComparison.Ordinal));

        await first.KillAsync();
        await server.RunAsync(
            $"INSERT INTO outbox (kind, target, audience, payload, created_at) SELECT 'line', '{BotHome.Channel}', 'public', 'TOKEN-' || n, CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT) FROM generate_series(1, 3) n",
            _database);
        await _alice.HearAsync(Takeover);
        var said = Spoken(await _alice.SaidByBotAsync());
        Assert.Equal(["TOKEN-1", "TOKEN-2", "TOKEN-3"], said.Where(line => line.Contains("TOKEN-", StringComparison.Ordinal)).Select(line => line[^7..]));
        Assert.EndsWith(
            $"{Takeover} ({(how == "warm" ? "globot2" : "globot")}), rien n'est perdu : 3 lignes attendaient",
            Assert.Single(said, line => line.Contains(Takeover, StringComparison.Ordinal)), StringComparison.Ordinal);
        await second.UntilAsync("it has the nick", async () =>
        {
            await _alice.SendAsync("WHOIS globot");
            return (await _alice.HearAsync(line => line.Contains(" 318 ", StringComparison.Ordinal) || line.Contains(" 401 ", StringComparison.Ordinal)))
                .Contains(" 318 ", StringComparison.Ordinal);
        });
        Assert.StartsWith("ready\nleader, epoch 2, kept ", (await second.HealthAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("chatbot_lease_epoch 2\n", await second.MetricsAsync(), StringComparison.Ordinal);
        await AssertEpochsAsync(2);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task One_that_was_frozen_says_nothing_once_it_is_thawed_and_ends()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var wire = Relay(_irc.Port);
        await using var first = await LeaderAsync(Home("warm", wire.Port));
        await using var second = await StandbyAsync(Home("warm"));
        await _alice.SayAsync("!status hal");
        await _alice.HearAsync("hal (no-log)");
        first.Signal(ChatBotProgram.Stop);
        var before = wire.Sent.Length;
        await _alice.SayAsync("!status sud");
        await _alice.HearAsync(Takeover);
        await _alice.SayAsync("!status filer");
        await _alice.HearAsync("filer");
        first.Signal(ChatBotProgram.Continue);
        Assert.Equal(75, await first.ExitCodeAsync());
        Assert.Contains("another bot has taken over", first.Log, StringComparison.Ordinal);
        Assert.Equal("", wire.Sent[before..]);
        await _alice.HearAsync(line => line.StartsWith(":globot2", StringComparison.Ordinal) && line.EndsWith("NICK :globot", StringComparison.Ordinal));
        await AssertEpochsAsync(2);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task One_that_is_stopped_hands_over_at_once_and_waits_when_it_is_started_again()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var home = Home("warm");
        await using var first = await LeaderAsync(home);
        await using var second = await StandbyAsync(Home("warm"));
        Assert.Equal(0, (await first.StopAsync()).ExitCode);
        Assert.Equal(1, await server.RunAsync("SELECT COUNT(*) FROM lease WHERE epoch > 1 OR holder = ''", _database));
        await _alice.HearAsync($"{Takeover} (globot2), rien n'attendait");
        await using var again = await StandbyAsync(home);
        await second.KillAsync();
        await _alice.HearAsync(Takeover);
        await AssertEpochsAsync(3);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task One_that_is_cut_off_from_the_database_leaves_IRC_and_says_nothing()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var (wire, cable) = (Relay(_irc.Port), Relay(server.Port));
        await using var first = await LeaderAsync(Home("warm", wire.Port, cable.Port));
        await using var second = await StandbyAsync(Home("warm"));
        cable.IsCut = true;
        var before = wire.Sent.Length;
        await _alice.HearAsync(Takeover);
        await _alice.SayAsync("!status hal");
        await _alice.HearAsync("hal (no-log)");
        await first.UntilLogAsync("the connection was lost");
        Assert.DoesNotContain("PRIVMSG", wire.Sent[before..], StringComparison.Ordinal);
        Assert.Single(Spoken(await _alice.SaidByBotAsync()), line => line.Contains("hal (no-log)", StringComparison.Ordinal));
        Assert.Equal(503, (await first.HealthAsync()).Status);
        cable.IsCut = false;
        Assert.Equal(75, await first.ExitCodeAsync());
        Assert.DoesNotContain("PRIVMSG", wire.Sent[before..], StringComparison.Ordinal);
        await AssertEpochsAsync(2);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Connections_that_are_ended_again_and_again_lose_nothing_and_make_no_second_leader()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var home = Home("warm");
        await using var first = await LeaderAsync(home);
        await using var second = await StandbyAsync(Home("warm"));
        for (var i = 0; i < 6; i++)
        {
            home.Deliver(Mails.Problem($"TOKEN-{i}"));
            await server.CutAsync(_database);
            await Task.Delay(TimeSpan.FromSeconds(0.5), RealClock.Instance);
        }

        await first.UntilAsync("everything is said", async () => home.Mails("new") == 0
            && await server.RunAsync("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL", _database) == 0
            && await server.RunAsync("SELECT COUNT(*) FROM incident WHERE announced_state IS NULL", _database) == 0);
        var said = string.Join('\n', Spoken(await _alice.SaidByBotAsync()));
        Assert.All(Enumerable.Range(0, 6), i => Assert.Contains($"TOKEN-{i}", said, StringComparison.Ordinal));
        Assert.False(second.HasEnded);
        await AssertEpochsAsync(1);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_standby_whose_leader_of_a_later_version_changed_the_schema_refuses_to_speak()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var first = await LeaderAsync(Home("warm"));
        await using var second = await StandbyAsync(Home("warm"));
        await server.RunAsync("UPDATE schema_version SET version = version + 1", _database);
        await first.KillAsync();
        Assert.Equal(75, await second.ExitCodeAsync());
        Assert.Contains("made by a later version", second.Log, StringComparison.Ordinal);
        Assert.Equal(1, await server.RunAsync("SELECT COUNT(*) FROM lease WHERE holder = ''", _database));
        Assert.Empty(Spoken(await _alice.SaidByBotAsync()));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Two_that_begin_together_on_an_empty_database_are_a_leader_and_a_standby()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        for (var round = 0; round < 3; round++)
        {
            _database = await server.NewDatabaseAsync();
            await using var one = RunningBot.Start(Home("cold"));
            await using var other = RunningBot.Start(Home("cold"));
            await one.UntilAsync("one is ready", async () => (await one.HealthAsync()).Status == 200);
            await other.UntilAsync("the other is ready", async () => (await other.HealthAsync()).Status == 200);
            string[] roles = [.. new[] { (await one.HealthAsync()).Text, (await other.HealthAsync()).Text }.Select(text => text.Split('\n', ',')[1]).Order()];
            Assert.Equal(["leader", "standby"], roles);
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Without_standby_a_second_bot_ends_and_one_that_was_killed_comes_back_without_a_word()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var home = Home(null);
        await using (var first = await LeaderAsync(home))
        {
            await using var second = RunningBot.Start(Home(null));
            Assert.Equal(75, await second.ExitCodeAsync());
            Assert.Contains($"another bot speaks from this database ({Environment.MachineName}:{home.Data}, process {first.Id} ", second.Log, StringComparison.Ordinal);
            await first.KillAsync();
        }

        await using var again = await LeaderAsync(home);
        await _alice.SayAsync("!status hal");
        await _alice.HearAsync("hal (no-log)");
        Assert.Single(Spoken(await _alice.SaidByBotAsync()));
    }

    private static List<string> Spoken(IReadOnlyList<string> lines) => [.. lines.Where(line => line.Contains(" PRIVMSG ", StringComparison.Ordinal))];

    private TcpRelay Relay(int port)
    {
        var relay = new TcpRelay(port);
        _relays.Add(relay);
        return relay;
    }

    private BotHome Home(string? standby, int? ircPort = null, int? databasePort = null, bool isByPooler = false)
    {
        var home = new BotHome(ircPort ?? _irc.Port);
        _homes.Add(home);
        home.Storage = $"""
            provider = "postgresql"
            connection_file = "{home.WriteFile("connection", server.Connection(_database, isByPooler, databasePort) + "\n")}"
            {(standby is null ? "" : $"standby = \"{standby}\"")}
            """;
        home.Write();
        return home;
    }

    private async Task<RunningBot> LeaderAsync(BotHome home)
    {
        var bot = await RunningBot.StartAsync(home);
        await bot.UntilAsync("it speaks", async () => (await bot.HealthAsync()).Text.Contains("leader", StringComparison.Ordinal));
        return bot;
    }

    private static async Task<RunningBot> StandbyAsync(BotHome home)
    {
        var bot = await RunningBot.StartAsync(home);
        Assert.Contains("standby", (await bot.HealthAsync()).Text, StringComparison.Ordinal);
        return bot;
    }

    // Each epoch has begun once, and no other.
    private async Task AssertEpochsAsync(int last)
    {
        Assert.Equal(last, await server.RunAsync("SELECT epoch FROM lease", _database));
        Assert.Equal(last, await server.RunAsync("SELECT COUNT(DISTINCT epoch) FROM lease_history", _database));
    }
}
