using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class ClientTests
{
    [Fact]
    public async Task A_text_is_said_and_confirmed()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        Assert.True(bot.Client.IsReady);
        Assert.Equal("globot", bot.Client.CurrentNick);

        var said = bot.SayAsync("bonjour");
        Assert.Equal("PRIVMSG #globenet :bonjour", await server.HearAsync("PRIVMSG"));
        await server.SayAsync(":irc.test PONG irc.test :" + (await server.HearAsync("PING"))[5..]);

        Assert.IsType<SayResult.Sent>(await said);
    }

    [Fact]
    public async Task What_takes_its_time_on_a_message_delays_no_line_of_others()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hearing = HearAsync();
        await server.SayAsync(":marie!m@h PRIVMSG #globenet :!status");
        await begun.Task;

        _ = bot.SayAsync("[hal] POP3 CRITICAL");
        Assert.Equal("PRIVMSG #globenet :[hal] POP3 CRITICAL", await server.HearAsync("PRIVMSG"));
        gate.Set();
        await hearing;

        async Task HearAsync()
        {
            await bot.NextAsync<IrcEvent.Message>();
            bot.Client.Later(() =>
            {
                begun.SetResult();
                Assert.True(gate.Wait(Eventually.Patience));
            });
        }
    }

    [Fact]
    public async Task Answers_to_what_came_together_leave_once_all_are_given()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with { Pace = IrcPace.Off });
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        var hearing = HearAsync();
        await server.SayAsync(":marie!m@h PRIVMSG #globenet :!status");
        Assert.Equal("PRIVMSG #globenet :un", await server.HearAsync("PRIVMSG"));
        Assert.Equal("PRIVMSG #globenet :deux", await server.HearAsync("PRIVMSG"));
        await hearing;

        async Task HearAsync()
        {
            await bot.NextAsync<IrcEvent.Message>();
            bot.Client.Later(() =>
            {
                foreach (var text in (string[])["un", "deux"])
                {
                    _ = bot.Client.SayAsync("#globenet", text, SayKind.Privmsg, SayPriority.Reply, CancellationToken.None);
                }
            });
        }
    }

    [Fact]
    public async Task A_line_may_come_in_any_number_of_pieces()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();

        foreach (var one in Encoding.UTF8.GetBytes(":a!a@h PRIVMSG #globenet :né 😀\n:a!a@h PRIVMSG #globenet :deux\r\n"))
        {
            await server.SendAsync(new[] { one });
        }

        Assert.Equal("né 😀", (await bot.NextAsync<IrcEvent.Message>()).Text);
        Assert.Equal("deux", (await bot.NextAsync<IrcEvent.Message>()).Text);
    }

    [Fact]
    public async Task Ten_megabytes_without_an_end_are_dropped_and_the_next_line_is_read()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();

        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'A');
        for (var i = 0; i < 160; i++)
        {
            await server.SendAsync(block);
        }

        await server.SayAsync("");
        await server.SayAsync("\0\0\0");
        await server.SendAsync(new byte[] { (byte)':', 0xff, (byte)'\n' });
        await server.SendAsync((byte[])[.. ":a!a@h PRIVMSG #globenet :caf"u8, 0xe9, (byte)'\n']);

        Assert.Equal("café", (await bot.NextAsync<IrcEvent.Message>()).Text);
        Assert.Equal(1, bot.Client.Counters.OverlongLines);
        Assert.Equal(2, bot.Client.Counters.MalformedLines);
    }

    [Fact]
    public async Task A_dropped_connection_gives_back_what_was_not_confirmed_and_is_made_again()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        var said = bot.SayAsync("bonjour");
        await server.HearAsync("PRIVMSG");

        server.Drop();

        Assert.IsType<SayResult.TryLater>(await said);
        await bot.NextAsync<IrcEvent.LeftChannel>();
        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("encore"));
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
    }

    [Fact]
    public async Task A_half_open_connection_is_left_within_ninety_seconds()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port), time);
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();

        time.Advance(TimeSpan.FromSeconds(45));
        await server.HearAsync("PING");
        time.Advance(TimeSpan.FromSeconds(45));

        await bot.NextAsync<IrcEvent.Disconnecting>();
        server.Drop();
    }

    [Fact]
    public async Task A_ping_is_answered_however_much_waits_to_be_said()
    {
        // The clock stands still: what waits for the pace waits for ever.
        var time = new FakeTimeProvider();
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port), time);
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        var said = Enumerable.Range(0, 200).Select(i => bot.SayAsync($"line {i}")).ToList();

        for (var i = 0; i < 500; i++)
        {
            await server.SayAsync($":a!a@h PRIVMSG #globenet :{i}");
        }

        await server.SayAsync("PING :are you there");

        Assert.Equal("PONG :are you there", await server.HearAsync("PONG"));
        Assert.Contains(said, s => !s.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_accepts_nothing_for_ten_seconds_is_left_and_read_until_then()
    {
        var time = new FakeTimeProvider();
        var connections = new List<StuckStream>();
        await using var bot = new RunningClient(RunningClient.Settings(1), time, connect: (_, _) =>
        {
            connections.Add(new StuckStream(":irc.test 001 globot :Welcome\r\n"));
            return ValueTask.FromResult<Stream>(connections[^1]);
        });

        await bot.NextAsync<IrcEvent.Registered>();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(connections);
        Task? stopping = null;
        await Eventually.UntilAsync("the client comes again and is stopped", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            if (connections.Count > 1)
            {
                stopping ??= bot.StopAsync();
            }

            return stopping is { IsCompleted: true };
        });
    }

    [Fact]
    public async Task A_ban_is_not_evaded_by_another_server()
    {
        var (routes, _, waits) = await ConnectAgainAsync(":irc.test 465 globot :You are banned\r\nERROR :bye\r\n", times: 2);

        Assert.Equal(["one", "one"], routes);
        Assert.InRange(waits[0].TotalMinutes, 10, 13);
    }

    [Fact]
    public async Task Another_server_is_tried_when_one_lets_us_down()
    {
        var (routes, _, _) = await ConnectAgainAsync("ERROR :Server is going down\r\n", times: 3);

        Assert.Equal(["one", "two", "one"], routes);
    }

    [Fact]
    public async Task A_fight_for_the_nick_ends_after_three_kills_and_is_reported()
    {
        var (_, logged, waits) = await ConnectAgainAsync(
            ":irc.test 001 globot :Welcome\r\n:NickServ!s@services KILL globot :GHOST command used\r\n", times: 4);

        Assert.True(waits[0] < TimeSpan.FromMinutes(1) && waits[1] < TimeSpan.FromMinutes(1) && waits[2] >= TimeSpan.FromMinutes(10));
        Assert.Single(logged, line => line.Contains("Is another copy of it running?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_of_IPv6_is_connected_to()
    {
        Assert.SkipUnless(HasIPv6Loopback(), "this machine has no ::1");
        await using var server = new ScriptedServer(address: IPAddress.IPv6Loopback);
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with { Servers = [new HostPort("::1", server.Port)] });
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
    }

    [Fact]
    public async Task A_stop_says_goodbye()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();

        var stopping = bot.StopAsync();

        Assert.StartsWith("QUIT :", await server.HearAsync("QUIT"), StringComparison.Ordinal);
        await stopping;
        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("too late"));
    }

    [Fact]
    public async Task Servers_are_tried_in_turn()
    {
        await using var closed = new ScriptedServer();
        await closed.DisposeAsync();
        await using var server = new ScriptedServer();
        var settings = RunningClient.Settings(server.Port);
        await using var bot = new RunningClient(settings with { Servers = [new("127.0.0.1", 1), .. settings.Servers] });

        await server.WelcomeAsync();

        await bot.NextAsync<IrcEvent.Joined>();
    }

    [Fact]
    public async Task Events_that_nobody_reads_are_kept_and_none_is_lost()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await server.WelcomeAsync();
        const int many = 20_000;
        var saying = Task.Run(async () =>
        {
            for (var i = 0; i < many; i++)
            {
                await server.SayAsync($":a!a@h PRIVMSG #globenet :{i}");
            }
        });

        for (var i = 0; i < many; i++)
        {
            Assert.Equal($"{i}", (await bot.NextAsync<IrcEvent.Message>()).Text);
        }

        await saying;
    }

    private static bool HasIPv6Loopback() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Any(i => i.GetIPProperties().UnicastAddresses.Any(a => a.Address.Equals(IPAddress.IPv6Loopback)));

    // Servers that say one thing and then nothing: which are tried, what is logged, and the time between two connections.
    private static async Task<(List<string> Routes, List<string> Logged, List<TimeSpan> Waits)> ConnectAgainAsync(string said, int times)
    {
        var time = new FakeTimeProvider();
        var routes = new List<string>();
        var at = new List<DateTimeOffset>();
        var log = new ListLogger();
        var settings = RunningClient.Settings(1) with { Servers = [new("one", 1), new("two", 1)] };
        await using var bot = new RunningClient(settings, time, log, (route, _) =>
        {
            routes.Add(route.Host);
            at.Add(time.GetUtcNow());
            return ValueTask.FromResult<Stream>(new StuckStream(said));
        });
        Task? stopping = null;
        await Eventually.UntilAsync("the client has connected so often and is stopped", () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            if (at.Count >= times)
            {
                stopping ??= bot.StopAsync();
            }

            return stopping is { IsCompleted: true };
        });
        return (routes[..times], [.. log.Lines], [.. at.Zip(at.Skip(1), (one, next) => next - one)]);
    }

    private sealed class ListLogger : ILogger<IrcClient>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
