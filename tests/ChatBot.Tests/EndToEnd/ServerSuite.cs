using System.Globalization;
using System.Text;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.Irc;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What the client does on every real server alike.</summary>
public abstract class ServerSuite
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static int _tests;

    private readonly SharedServer _shared;
    private readonly string _channel;
    private readonly string _nick;
    private readonly string _alice;

    protected ServerSuite(SharedServer shared)
    {
        Assert.SkipWhen(shared.Server.Missing is not null, shared.Server.Missing ?? "");
        _shared = shared;
        var number = Interlocked.Increment(ref _tests).ToString(CultureInfo.InvariantCulture);
        (_channel, _nick, _alice) = ("#c" + number, "globot" + number, "alice" + number);
    }

    /// <summary>Whether WHOIS shows the fingerprint of a certificate (276).</summary>
    protected abstract bool ShowsFingerprints { get; }

    private RealIrcServer Server => _shared.Server;

    [Fact]
    public async Task The_bot_joins_reads_says_and_knows_that_its_line_arrived()
    {
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Settings());
        await bot.NextAsync<IrcEvent.Joined>();
        Assert.Equal(_alice, (await bot.NextAsync<IrcEvent.MemberDescribed>()).Who.Nick);

        await alice.SendAsync($"PRIVMSG {_channel} :!état");
        var message = await bot.NextAsync<IrcEvent.Message>();
        Assert.Equal((_channel, _alice, "!état", null), (message.Target, message.Nick, message.Text, message.Account));

        Assert.IsType<SayResult.Sent>(await bot.SayAsync("[hal] POP3 OK — #42", _channel));
        Assert.EndsWith($"PRIVMSG {_channel} :[hal] POP3 OK — #42", await alice.HearAsync("POP3"), StringComparison.Ordinal);
        Assert.IsType<SayResult.Refused>(await bot.SayAsync("hello", target: "nobody"));
        Assert.Equal(new AccountAnswer(null, null), await bot.Client.AskAccountAsync(message.Author, CancellationToken.None));
    }

    [Theory]
    [InlineData("é", "😀")]
    [InlineData("a", "é")]
    public async Task The_longest_line_arrives_whole_and_a_longer_one_is_cut_without_loss(string filling, string end)
    {
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Settings());
        await bot.NextAsync<IrcEvent.Joined>();

        var room = bot.Client.SayBudget(_channel) - Encoding.UTF8.GetByteCount(end);
        var longest = new string('x', room % Encoding.UTF8.GetByteCount(filling))
            + string.Concat(Enumerable.Repeat(filling, room / Encoding.UTF8.GetByteCount(filling))) + end;
        Assert.IsType<SayResult.Sent>(await bot.SayAsync(longest, _channel));
        var line = await alice.HearAsync("PRIVMSG");
        Assert.EndsWith($"PRIVMSG {_channel} :{longest}", line, StringComparison.Ordinal);
        Assert.Equal(IrcCommand.MaxBytes, Encoding.UTF8.GetByteCount(line));

        Assert.IsType<SayResult.Sent>(await bot.SayAsync(longest + longest + end, _channel));
        var pieces = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            pieces.Add(Text(await alice.HearAsync("PRIVMSG")));
        }

        Assert.Equal(longest + longest + end, string.Concat(pieces));
        Assert.Equal(4, (await alice.SaidByBotAsync()).Count(said => said.Contains("PRIVMSG", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_nick_in_use_is_regained_as_soon_as_it_is_free()
    {
        using var holder = await JoinAsync(_nick);
        await using var bot = new RunningClient(Settings());
        Assert.Equal(_nick + "_", (await bot.NextAsync<IrcEvent.Registered>()).Nick);
        await bot.NextAsync<IrcEvent.Joined>();

        await holder.SendAsync("QUIT :free");
        Assert.Equal(_nick, (await bot.NextAsync<IrcEvent.NickChanged>()).NewNick);
    }

    [Fact]
    public async Task After_a_kick_the_bot_comes_back()
    {
        var time = new FakeTimeProvider();
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Settings(), time);
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync($"KICK {_channel} {_nick} :out");
        Assert.Equal("kicked", (await bot.NextAsync<IrcEvent.LeftChannel>()).Reason);
        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("into the void", _channel));
        await InTimeAsync(bot.NextAsync<IrcEvent.Joined>(), time);
        await InTimeAsync(SaysAsync(bot, alice, "back"), time);
    }

    [Fact]
    public async Task What_keeps_the_bot_out_is_reported_and_once_it_is_gone_the_bot_comes()
    {
        (string Numeric, string Close, string Open)[] doors =
        [
            ("474", $"+b {_nick}!*@*", $"-b {_nick}!*@*"), ("475", "+k another", "-k another"), ("473", "+i", "-i"), ("471", "+l 1", "-l"),
        ];
        var time = new FakeTimeProvider();
        using var alice = await JoinAsync(_alice);
        foreach (var door in doors)
        {
            await alice.SendAsync($"JOIN {_channel}-{door.Numeric}", $"MODE {_channel}-{door.Numeric} {door.Close}");
        }

        await alice.HearAsync($" MODE {_channel}-471 ");
        await using var bot = new RunningClient(
            Settings() with { Channels = [.. doors.Select(door => new IrcChannel($"{_channel}-{door.Numeric}"))] }, time);
        foreach (var door in doors)
        {
            Assert.Equal($"{_channel}-{door.Numeric}", (await bot.NextAsync<IrcEvent.JoinRefused>(refused => refused.Numeric == door.Numeric)).Channel);
        }

        foreach (var door in doors)
        {
            await alice.SendAsync($"MODE {_channel}-{door.Numeric} {door.Open}");
        }

        await InTimeAsync(Task.WhenAll(doors.Select(_ => bot.NextAsync<IrcEvent.Joined>())), time);
        Assert.True(bot.Client.IsReady);
    }

    [Fact]
    public async Task With_the_key_or_an_invitation_a_closed_channel_is_joined()
    {
        using var alice = await JoinAsync(_alice);
        await ModeAsync(alice, "+k clef");
        await using (var bot = new RunningClient(Settings() with { Channels = [new(_channel, Key: "clef")] }))
        {
            await bot.NextAsync<IrcEvent.Joined>();
            await SaysAsync(bot, alice, "with the key");
        }

        await ModeAsync(alice, "-k+i clef");
        await using var again = new RunningClient(Settings() with { Nick = _nick + "b" });
        await again.NextAsync<IrcEvent.JoinRefused>();
        await alice.SendAsync($"INVITE {_nick}b {_channel}");
        await again.NextAsync<IrcEvent.Joined>();
        await SaysAsync(again, alice, "invited");
    }

    [Fact]
    public async Task Where_the_bot_has_no_voice_its_line_does_not_count_as_said_and_with_a_voice_it_is_said_once()
    {
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Settings());
        await bot.NextAsync<IrcEvent.Joined>();
        await ModeAsync(alice, "+m");

        Assert.Contains("404", Assert.IsType<SayResult.Refused>(await bot.SayAsync("mute", _channel)).Reason, StringComparison.Ordinal);
        await ModeAsync(alice, $"+v {_nick}");
        await SaysAsync(bot, alice, "with a voice");
        await ModeAsync(alice, $"-v {_nick}");
        Assert.IsType<SayResult.Refused>(await bot.SayAsync("mute", _channel));
        await ModeAsync(alice, "-m");
        await SaysAsync(bot, alice, "open");
        Assert.DoesNotContain(await alice.SaidByBotAsync(), line => line.Contains("mute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_operators_do_is_no_talk_and_changes_nothing()
    {
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Settings());
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync(
            $"TOPIC {_channel} :!status hal", $"MODE {_channel} +nt-n", $"MODE {_channel} +o {_nick}", $"MODE {_channel} -o {_nick}",
            $"MODE {_channel} +b nobody!*@*", $"NOTICE {_channel} :!status", $"PRIVMSG {_channel} :\u0001ACTION !status\u0001",
            $"PRIVMSG {_channel} :here");
        Assert.True((await bot.NextAsync<IrcEvent.Message>()).IsNotice);
        Assert.Equal("here", (await bot.NextAsync<IrcEvent.Message>()).Text);
        await SaysAsync(bot, alice, "still here");
        Assert.Single(await alice.SaidByBotAsync(), line => !line.Contains(" JOIN ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_TLS_the_server_is_believed_by_its_authority()
    {
        using var alice = await JoinAsync(_alice);
        await using var bot = new RunningClient(Secure(Server, TestCertificates.Host, TestCertificates.AuthorityPem));
        await bot.NextAsync<IrcEvent.Joined>();
        await SaysAsync(bot, alice, "in secret");
    }

    [Fact]
    public async Task Another_name_or_authority_is_refused()
    {
        await AssertRefusedAsync(Secure(Server, "127.0.0.1", TestCertificates.AuthorityPem));
        await AssertRefusedAsync(Secure(Server, TestCertificates.Host, TestCertificates.StrangerPem));
        await AssertRefusedAsync(Secure(Server, TestCertificates.Host, TestCertificates.StrangerPem) with { TlsCaFile = null });
    }

    [Fact]
    public async Task A_certificate_of_yesterday_is_refused()
    {
        using var server = _shared.Make(hasExpired: true);
        await server.StartAgainAsync();
        await AssertRefusedAsync(Secure(server, TestCertificates.Host, TestCertificates.AuthorityPem));
    }

    [Fact]
    public async Task A_certificate_shows_who_somebody_is_where_the_server_shows_it()
    {
        using var alice = await RawIrcUser.JoinAsync(Server.TlsPort, _alice, _channel, showsCertificate: true);
        await using var bot = new RunningClient(Settings());
        await bot.NextAsync<IrcEvent.Joined>();
        await alice.SendAsync($"PRIVMSG {_channel} :!ack 1");
        var message = await bot.NextAsync<IrcEvent.Message>();
        Assert.Equal(
            new AccountAnswer(null, ShowsFingerprints ? TestCertificates.ClientFingerprint : null),
            await bot.Client.AskAccountAsync(message.Author, CancellationToken.None));
    }

    [Fact]
    public async Task A_killed_server_is_joined_again_when_it_is_back()
    {
        using var server = _shared.Make();
        await server.StartAgainAsync();
        await using var bot = new RunningClient(Settings(server));
        await bot.NextAsync<IrcEvent.Joined>();

        server.Kill();
        await bot.NextAsync<IrcEvent.LeftChannel>();
        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("into the void", _channel));
        await server.StartAgainAsync();

        await bot.NextAsync<IrcEvent.Joined>();
        Assert.IsType<SayResult.Sent>(await bot.SayAsync("back", _channel));
    }

    [Fact]
    public async Task What_is_said_while_the_server_is_frozen_arrives_once_and_in_order_after_it()
    {
        using var server = _shared.Make();
        await server.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, _alice, _channel);
        await using var bot = new RunningClient(Settings(server));
        await bot.NextAsync<IrcEvent.Joined>();

        server.Freeze();
        var said = Enumerable.Range(0, 4).Select(i => bot.SayAsync($"line {i}", _channel)).ToArray();
        Assert.NotSame(said[0], await Task.WhenAny(said[0], Task.Delay(TimeSpan.FromSeconds(1), RealClock.Instance)));
        server.Thaw();

        Assert.All(await Task.WhenAll(said), result => Assert.IsType<SayResult.Sent>(result));
        Assert.Equal(
            Enumerable.Range(0, 4).Select(i => $"line {i}"),
            (await alice.SaidByBotAsync()).Where(line => line.Contains("PRIVMSG", StringComparison.Ordinal)).Select(Text));
    }

    private static string Text(string line) => line[(line.IndexOf(" :", StringComparison.Ordinal) + 2)..];

    private static async Task InTimeAsync(Task happening, FakeTimeProvider time)
    {
        await Eventually.UntilAsync("what time brings", () =>
        {
            time.Advance(Step);
            return happening.IsCompleted;
        });
        await happening;
    }

    private static async Task AssertRefusedAsync(IrcSettings settings)
    {
        var log = new CapturedLog();
        await using var bot = new RunningClient(settings, logger: log);
        await Eventually.UntilAsync("the refusal", () => log.Has("its certificate was refused"));
        Assert.Equal(0, bot.Client.Counters.Connects);
    }

    private IrcSettings Settings(RealIrcServer? server = null) =>
        RunningClient.Settings((server ?? Server).Port) with { Nick = _nick, Channels = [new(_channel)] };

    private IrcSettings Secure(RealIrcServer server, string host, string authority)
    {
        var file = Path.Combine(server.Folder.FullName, Guid.NewGuid() + ".pem");
        File.WriteAllText(file, authority);
        return Settings() with { Servers = [new(host, server.TlsPort)], Tls = true, TlsCaFile = file };
    }

    private Task<RawIrcUser> JoinAsync(string nick) => RawIrcUser.JoinAsync(Server.Port, nick, _channel);

    private async Task ModeAsync(RawIrcUser alice, string change)
    {
        await alice.SendAsync($"MODE {_channel} {change}");
        await alice.HearAsync($" MODE {_channel} ");
    }

    private async Task SaysAsync(RunningClient bot, RawIrcUser alice, string text)
    {
        Assert.IsType<SayResult.Sent>(await bot.SayAsync(text, _channel));
        await alice.HearAsync($"PRIVMSG {_channel} :{text}");
    }
}
