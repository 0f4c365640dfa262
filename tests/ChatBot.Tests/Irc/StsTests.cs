using ChatBot.Core.Irc;
using ChatBot.Irc;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Strict transport security (IRCv3 sts): what the session makes of it, what is kept, and how the client connects then.</summary>
public sealed class StsTests : IDisposable
{
    private const string Host = "irc.example.org";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CAP * LS :sts=port=6697,duration=100 sasl=SCRAM-SHA-256")]
    [InlineData("CAP * LS * :sasl=SCRAM-SHA-256 sts=port=6697")]
    [InlineData("CAP * LS :sts=unknown,port=6697,foo=bar")]
    public void A_server_that_wants_TLS_hears_nothing_more_in_clear(string line)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "globot", "secret") });
        script.Run("connect clear");
        script.Forget();
        script.RunToEnd($"""
            < {line}
            < :irc CAP * LS :sasl
            * TlsWanted
            * Disconnecting
            """);

        Assert.Equal(6697, script.Happened.OfType<IrcEvent.TlsWanted>().Single().Port);
        Assert.Equal(CloseCause.NeedsTls, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void A_server_may_find_out_later_that_it_wants_TLS()
    {
        var script = new Script();
        script.Play("connect clear", "< :irc 001 globot :hi", "< :irc CAP globot NEW :sts=port=6697");

        Assert.Equal(CloseCause.NeedsTls, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Theory]
    [InlineData("sts")]
    [InlineData("sts=duration=100")]
    [InlineData("sts=port=0")]
    [InlineData("sts=port=65536")]
    [InlineData("sts=port=-1")]
    [InlineData("sts=port=99999999999999999999")]
    [InlineData("sts=port")]
    [InlineData("sts=port=6697,port=6698")]
    public void A_malformed_wish_is_none(string capability)
    {
        var script = new Script();
        script.Run("connect clear");
        script.Forget();
        script.RunToEnd($"""
            < CAP * LS :{capability}
            > CAP END
            """);
        Assert.Empty(script.Happened);
    }

    [Fact]
    public void Under_TLS_a_policy_is_reported_and_the_port_means_nothing()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < CAP * LS :sts=port=6697,duration=2592000
            * TlsPromised { Duration = 30.00:00:00 }
            > CAP END
            < :irc 001 globot :hi
            * Registered { Nick = globot }
            > JOIN #globenet
            < CAP globot DEL :sts
            < CAP globot NEW :sts=duration=0
            * TlsPromised { Duration = 00:00:00 }
            """);

        Assert.False(script.Session.ShouldClose);
    }

    [Theory]
    [InlineData("sts=duration=-5")]
    [InlineData("sts=duration=soon")]
    [InlineData("sts=duration=1,duration=2")]
    [InlineData("sts=duration=99999999999999999999999")]
    public void A_malformed_promise_is_none(string capability)
    {
        var script = new Script();
        script.Play("connect", $"< CAP * LS :{capability}");

        Assert.Empty(script.Happened);
    }

    [Fact]
    public void A_server_cannot_make_us_write_promises_without_end()
    {
        var script = new Script();
        script.Run("connect");
        for (var i = 1; i < 500; i++)
        {
            script.Play($"< CAP * NEW :sts=duration={i}");
        }

        Assert.InRange(script.Happened.Count, 1, 20);
    }

    [Fact]
    public void A_promise_outlives_the_run_and_ends_in_its_time()
    {
        Policies().Promise(Host, 6697, TimeSpan.FromHours(1));

        Assert.Equal(6697, Policies().TlsPort("IRC.example.org"));
        Assert.Null(Policies().TlsPort("other.example.org"));
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Null(Policies().TlsPort(Host));
    }

    [Fact]
    public void A_promise_of_nothing_takes_everything_back()
    {
        var policies = Policies();
        policies.Want(Host, 6697);
        policies.Promise(Host, 6697, TimeSpan.FromHours(1));
        policies.Promise(Host, 6697, TimeSpan.Zero);

        Assert.Null(policies.TlsPort(Host));
        Assert.Null(Policies().TlsPort(Host));
    }

    [Fact]
    public void A_wish_counts_for_this_run_alone()
    {
        var policies = Policies();
        policies.Want(Host, 6697);

        Assert.Equal(6697, policies.TlsPort(Host));
        Assert.Null(Policies().TlsPort(Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0 garbage\nirc.example.org 0 99999999999\nirc.example.org six 7\na b c d\n")]
    [InlineData("irc.example.org 6697 1\n")]
    public void A_broken_file_is_no_promise(string text)
    {
        _folder.Write("sts", text);

        Assert.Null(Policies().TlsPort(Host));
    }

    [Fact]
    public void A_file_that_cannot_be_written_stops_nothing()
    {
        var policies = new StsPolicies(Path.Combine(_folder.Path, "nowhere", "sts"), _time, NullLogger.Instance);
        policies.Promise(Host, 6697, TimeSpan.FromHours(1));

        Assert.Equal(6697, policies.TlsPort(Host));
    }

    [Fact]
    public async Task The_client_comes_back_at_once_by_TLS_and_stays_with_it()
    {
        await using var server = new ScriptedServer();
        await using var bot = Bot(server, out var routes);
        await server.AcceptAsync();
        await server.HearAsync("USER");
        await server.SayAsync("CAP * LS :sts=port=6697");

        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        Assert.Equal(1, bot.Client.Counters.Disconnects(CloseCause.NeedsTls));
        server.Drop();
        var again = server.WelcomeAsync();
        await Eventually.UntilAsync("the bot comes back", () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return again.IsCompleted;
        });
        await again;

        Assert.Equal([new(Host, 6667, false), new(Host, 6697, true), new(Host, 6697, true)], routes);
    }

    [Fact]
    public async Task The_client_keeps_a_promise_and_counts_it_from_the_end_of_the_connection()
    {
        Policies().Promise(Host, 6697, TimeSpan.FromHours(1));
        await using var server = new ScriptedServer();
        await using (var bot = Bot(server, out var routes))
        {
            await server.AcceptAsync();
            await server.HearAsync("USER");
            await server.SayAsync("CAP * LS :sts=duration=7200");
            await server.HearAsync("CAP END");
            Assert.Equal(new IrcRoute(Host, 6697, true), Assert.Single(routes));
            _time.Advance(TimeSpan.FromSeconds(30));
            await bot.StopAsync();
        }

        _time.Advance(TimeSpan.FromSeconds(7190));
        Assert.Equal(6697, Policies().TlsPort(Host));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(Policies().TlsPort(Host));
    }

    [Fact]
    public async Task A_server_on_this_machine_needs_no_TLS()
    {
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with { StsFile = File });
        await server.AcceptAsync();
        await server.HearAsync("USER");
        await server.SayAsync("CAP * LS :sts=port=1,duration=100");
        await server.HearAsync("CAP END");

        Assert.False(System.IO.File.Exists(File));
    }

    private string File => Path.Combine(_folder.Path, "sts");

    private StsPolicies Policies() => new(File, _time, NullLogger.Instance);

    // A name that is not this machine's, answered by the server of the test, whose TLS is believed without any.
    private RunningClient Bot(ScriptedServer server, out List<IrcRoute> routes)
    {
        var used = routes = [];
        var settings = RunningClient.Settings(server.Port) with { Servers = [new(Host, 6667)], StsFile = File };
        return new RunningClient(settings, _time, connect: async (route, cancellationToken) =>
        {
            used.Add(route);
            var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync("127.0.0.1", server.Port, cancellationToken);
            return client.GetStream();
        });
    }
}
