using System.Text;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What only a server with IRCv3, accounts and other servers beside it can do with the client.</summary>
public sealed class InspircdTests(SharedServices shared) : IClassFixture<SharedServices>
{
    private const string Absent = "inspircd and atheme-services are not installed, or do not link: InspIRCd 4 needs a newer Atheme";

    public static bool IsInstalled => InspircdServer.IsInstalled();

    private InspircdServer Server => (InspircdServer)shared.Server;

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_identifies_and_knows_who_is_identified()
    {
        await OwnAsync("globot1");
        using var alice = await Server.RegisterAsync("alice", "#globenet");
        await using var bot = new RunningClient(Settings("globot1", new IrcSasl(SaslMechanism.Plain, "globot1", "password")));
        await bot.NextAsync<IrcEvent.Joined>();
        using var mallory = await RawIrcUser.JoinAsync(Server.Port, "mallory", "#globenet");

        await alice.SendAsync("PRIVMSG #globenet :!ack 1");
        Assert.Equal("alice", (await bot.NextAsync<IrcEvent.Message>()).Account);
        await mallory.SendAsync("PRIVMSG #globenet :!ack 1");
        var told = await bot.NextAsync<IrcEvent.Message>();
        Assert.Null(told.Account);
        Assert.Null((await bot.Client.AskAccountAsync(told.Author, CancellationToken.None)).Account);

        Assert.IsType<SayResult.Sent>(await bot.SayAsync("pris par alice"));
        await mallory.SendAsync("WHOIS globot1");
        Assert.Contains(" globot1 ", await mallory.HearAsync(" 330 "), StringComparison.Ordinal);
        await alice.SendAsync("QUIT");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_wrong_password_is_no_way_in()
    {
        await OwnAsync("globot2");
        await using var bot = new RunningClient(Settings("globot2", new IrcSasl(SaslMechanism.Plain, "globot2", "wrong")));
        Assert.Equal(CloseCause.NotIdentified, (await bot.NextAsync<IrcEvent.Disconnecting>()).Cause);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_identifies_by_its_certificate_which_others_see()
    {
        await OwnAsync("globot3", showsCertificate: true);
        using var alice = await RawIrcUser.JoinAsync(Server.Port, "alice3", "#globenet");
        await using var bot = new RunningClient(Settings("globot3", new IrcSasl(
            SaslMechanism.External, CertificateFile: await WriteAsync("bot.pem", TestCertificates.ClientPem))) with
        {
            Servers = [new(TestCertificates.Host, Server.TlsPort)],
            Tls = true,
            TlsCaFile = await WriteAsync("authority.pem", TestCertificates.AuthorityPem),
        });
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync("WHOIS globot3");
        Assert.Contains(" globot3 ", await alice.HearAsync(" 330 "), StringComparison.Ordinal);
        await alice.SendAsync("WHOIS globot3");
        Assert.EndsWith(TestCertificates.ClientFingerprint, await alice.HearAsync(" 276 "), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_certificate_that_no_account_has_is_no_way_in()
    {
        await using var bot = new RunningClient(Settings("globot4", new IrcSasl(
            SaslMechanism.External, CertificateFile: await WriteAsync("other.pem", TestCertificates.OtherClientPem))) with
        {
            Servers = [new(TestCertificates.Host, Server.TlsPort)],
            Tls = true,
            TlsCaFile = await WriteAsync("authority.pem", TestCertificates.AuthorityPem),
        });
        Assert.Equal(CloseCause.NotIdentified, (await bot.NextAsync<IrcEvent.Disconnecting>()).Cause);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Logged_out_the_bot_identifies_again()
    {
        await OwnAsync("globot5");
        using var alice = await RawIrcUser.JoinAsync(Server.Port, "alice5", "#globenet");
        await alice.SendAsync("CAP REQ account-notify");
        await using var bot = new RunningClient(Settings("globot5", new IrcSasl(SaslMechanism.Plain, "globot5", "password")));
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync("PRIVMSG NickServ :LOGOUT globot5 password");
        await alice.HearAsync(" ACCOUNT :*");
        await alice.HearAsync(" ACCOUNT :globot5");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_becomes_of_people_is_told()
    {
        await using var bot = new RunningClient(Settings("globot6"));
        await bot.NextAsync<IrcEvent.Joined>();
        using var alice = await Server.RegisterAsync("alice6", "#globenet");
        Assert.Equal("alice6", (await bot.NextAsync<IrcEvent.AccountChanged>(change => change.Who.Nick == "alice6")).Who.Account);
        await alice.SendAsync("PRIVMSG NickServ :LOGOUT", "PRIVMSG #globenet :nobody");
        Assert.Null((await bot.NextAsync<IrcEvent.AccountChanged>()).Who.Account);
        await alice.HearAsync(" 901 ");
        await alice.SendAsync("PRIVMSG #globenet :nobody now");
        Assert.Null((await bot.NextAsync<IrcEvent.Message>(said => said.Text == "nobody now")).Account);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_longer_host_of_the_bot_leaves_less_room_in_a_line()
    {
        using var alice = await RawIrcUser.JoinAsync(Server.Port, "alice7", "#globenet");
        await using var bot = new RunningClient(Settings("globot7"));
        await bot.NextAsync<IrcEvent.Joined>();
        var room = bot.Client.SayBudget("#globenet");

        await alice.SendAsync("OPER admin adminpw", "CHGHOST globot7 a.much.longer.name.of.a.host.chatbot.test");
        await Eventually.UntilAsync("the bot knows its host", () => bot.Client.SayBudget("#globenet") < room);
        var text = new string('x', bot.Client.SayBudget("#globenet"));
        Assert.IsType<SayResult.Sent>(await bot.SayAsync(text));
        var line = await alice.HearAsync("PRIVMSG");
        Assert.EndsWith(":" + text, line, StringComparison.Ordinal);
        Assert.Equal(IrcCommand.MaxBytes, Encoding.UTF8.GetByteCount(line));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData('c')]
    [InlineData('S')]
    public async Task States_have_colours_only_while_the_channel_takes_them(char mode)
    {
        var channel = $"#colours-{mode}";
        using var alice = await RawIrcUser.JoinAsync(Server.Port, $"alice9{mode}", channel);
        await alice.SendAsync($"MODE {channel} +{mode}");
        await using var bot = new RunningClient(
            Settings($"globot9{mode}") with { Channels = [new(channel) { Colours = true }] });
        await bot.NextAsync<IrcEvent.ChannelModes>(told => told.Modes.Contains(mode));

        Assert.Equal("[hal] POP3 CRITICAL — #42", await HeardAsync());
        await alice.SendAsync($"MODE {channel} -{mode}");
        await bot.NextAsync<IrcEvent.ChannelModes>(told => !told.Modes.Contains(mode));
        Assert.Equal("\u0002[hal]\u000f POP3 \u000304\u0002\u0002CRITICAL\u000f — #42", await HeardAsync());

        async Task<string> HeardAsync()
        {
            Assert.IsType<SayResult.Sent>(await bot.SayAsync("[hal] POP3 \uFDD0CRITICAL — #42", channel));
            return (await alice.HearAsync("PRIVMSG")).Split(" :", 2)[1];
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Refused_for_its_colours_a_line_goes_without_them()
    {
        using var alice = await RawIrcUser.JoinAsync(Server.Port, "alice10", "#colours-ban");
        await alice.SendAsync("MODE #colours-ban +b c:globot10!*@*");
        await using var bot = new RunningClient(
            Settings("globot10") with { Channels = [new("#colours-ban") { Colours = true }] });
        await bot.NextAsync<IrcEvent.ChannelModes>();

        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("[hal] \uFDD0DOWN — #42", "#colours-ban"));
        Assert.IsType<SayResult.Sent>(await bot.SayAsync("[hal] \uFDD0DOWN — #42", "#colours-ban"));
        Assert.EndsWith(":[hal] DOWN — #42", await alice.HearAsync("PRIVMSG"), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Whoever_a_netsplit_takes_leaves_nobody_a_right()
    {
        using var leaf = new InspircdServer { Hub = Server };
        await leaf.StartAgainAsync();
        await using var bot = new RunningClient(Settings("globot8"));
        await bot.NextAsync<IrcEvent.Joined>();
        await LinkedAsync(leaf);
        using var alice = await leaf.RegisterAsync("alice8", "#globenet");
        Assert.False((await bot.NextAsync<IrcEvent.MemberJoined>(joined => joined.Who.Nick == "alice8")).AfterNetsplit);
        await alice.SendAsync("PRIVMSG #globenet :before");
        Assert.Equal("alice8", (await bot.NextAsync<IrcEvent.Message>(said => said.Text == "before")).Account);

        leaf.Kill();
        Assert.True((await bot.NextAsync<IrcEvent.MemberQuit>(quit => quit.Who.Nick == "alice8")).IsNetsplit);
        using (var mallory = await RawIrcUser.JoinAsync(Server.Port, "alice8", "#globenet"))
        {
            await mallory.SendAsync("PRIVMSG #globenet :!ack 1");
            var told = await bot.NextAsync<IrcEvent.Message>(said => said.Text == "!ack 1");
            Assert.Null(told.Account);
            Assert.Null((await bot.Client.AskAccountAsync(told.Author, CancellationToken.None)).Account);
            await mallory.SendAsync("QUIT");
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Whoever_returns_from_a_netsplit_has_not_just_arrived_and_has_no_right_of_before()
    {
        using var leaf = new InspircdServer { Hub = Server };
        await leaf.StartAgainAsync();
        await using var bot = new RunningClient(Settings("globot9"));
        await bot.NextAsync<IrcEvent.Joined>();
        await LinkedAsync(leaf);
        using var alice = await leaf.RegisterAsync("alice9", "#globenet");
        await bot.NextAsync<IrcEvent.MemberJoined>(joined => joined.Who.Nick == "alice9");
        leaf.Kill();
        await bot.NextAsync<IrcEvent.MemberQuit>(quit => quit is { Who.Nick: "alice9", IsNetsplit: true });

        await leaf.StartAgainAsync();
        using var back = await RawIrcUser.JoinAsync(leaf.Port, "alice9", "#globenet");
        await LinkedAsync(leaf);
        var returned = await bot.NextAsync<IrcEvent.MemberJoined>(joined => joined.Who.Nick == "alice9");
        Assert.True(returned.AfterNetsplit);
        Assert.Null(returned.Who.Account);
        await back.SendAsync("PRIVMSG #globenet :!ack 1");
        var told = await bot.NextAsync<IrcEvent.Message>();
        Assert.Null(told.Account);
        Assert.Null((await bot.Client.AskAccountAsync(told.Author, CancellationToken.None)).Account);
    }

    [Fact]
    public async Task Killed_for_flooding_the_bot_comes_back_slower_and_nothing_is_lost()
    {
        using var server = new InspircdServer { IsLenient = false, Threshold = 4 };
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", "#globenet");
        var log = new CapturedLog();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port), logger: log);
        await bot.NextAsync<IrcEvent.Joined>();

        List<string> lines = [];
        IReadOnlyList<string> said;
        do
        {
            // A machine so slow that one burst is none for the server has another, once it may speak at once again.
            await Task.Delay(TimeSpan.FromSeconds(lines.Count == 0 ? 0 : 7), RealClock.Instance);
            string[] burst = [.. Enumerable.Range(lines.Count, 8).Select(i => $"line {i}")];
            lines.AddRange(burst);
            await Task.WhenAll(burst.Select(line => UntilSentAsync(bot, line)));
            said = await alice.SaidByBotAsync();
        }
        while (!said.Any(line => line.Contains(" QUIT :Excess Flood", StringComparison.Ordinal)) && lines.Count < 40);

        Assert.Contains(said, line => line.Contains(" QUIT :Excess Flood", StringComparison.Ordinal));
        Assert.True(log.Has("we write too fast"));
        // What had no proof when it was killed may come twice.
        Assert.All(lines, line => Assert.InRange(said.Count(one => one.EndsWith(":" + line, StringComparison.Ordinal)), 1, 2));
    }

    private static async Task UntilSentAsync(RunningClient bot, string text)
    {
        while (await bot.SayAsync(text) is not SayResult.Sent)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), RealClock.Instance);
        }
    }

    // The servers are one network when each sees the other's users.
    private static async Task LinkedAsync(InspircdServer leaf)
    {
        using var probe = await RawIrcUser.JoinAsync(leaf.Port, "leafprobe", "#probe");
        await Eventually.UntilAsync("the servers are linked", async () =>
        {
            await probe.SendAsync("ISON NickServ");
            return (await probe.HearAsync(" 303 ")).Contains("NickServ", StringComparison.Ordinal);
        });
        await probe.SendAsync("QUIT");
    }

    // Makes an account, and leaves.
    private async Task OwnAsync(string account, bool showsCertificate = false)
    {
        using var owner = await Server.RegisterAsync(account, "#globenet", showsCertificate);
        if (showsCertificate)
        {
            await owner.SendAsync("PRIVMSG NickServ :CERT ADD");
            await owner.HearAsync("ingerprint");
        }
        await owner.SendAsync("QUIT :done");
        await owner.HearAsync(line => line.StartsWith("ERROR", StringComparison.Ordinal));
    }

    private IrcSettings Settings(string nick, IrcSasl? sasl = null) =>
        RunningClient.Settings(Server.Port) with { Nick = nick, Sasl = sasl };

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(Server.Folder.FullName, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
