using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The services of a real network, as a bot without SASL meets them.</summary>
public sealed class NickServTests
{
    private const string Absent = "inspircd and atheme-services are not installed, or do not link: InspIRCd 4 needs a newer Atheme";

    public static bool IsInstalled => InspircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_identifies_before_it_joins()
    {
        using var server = await InspircdServer.StartAsync();
        await RegisterAsync(server);
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", "#globenet");
        await using var bot = new RunningClient(Settings(server));
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync("WHOIS globot");
        Assert.Contains(" globot ", await alice.HearAsync(" 330 "), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_takes_its_nick_back_from_another_user()
    {
        using var server = await InspircdServer.StartAsync();
        await RegisterAsync(server);
        using var holder = await RawIrcUser.JoinAsync(server.Port, "globot", "#elsewhere");
        await using var bot = new RunningClient(Settings(server));

        Assert.Equal("globot_", (await bot.NextAsync<IrcEvent.Registered>()).Nick);
        await bot.NextAsync<IrcEvent.NickChanged>(changed => changed.NewNick == "globot");
        Assert.Equal("globot", bot.Client.CurrentNick);
        Assert.Contains("GHOST", await holder.HearAsync(" KILL "), StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_wrong_password_keeps_the_bot_from_its_rights_but_not_from_its_channels()
    {
        using var server = await InspircdServer.StartAsync();
        await RegisterAsync(server);
        await using var bot = new RunningClient(Settings(server) with { Services = new("NickServ", "ChanServ", "globot", "wrong") });

        Assert.StartsWith("NickServ refused", (await bot.NextAsync<IrcEvent.NotIdentified>()).Reason, StringComparison.Ordinal);
        await bot.NextAsync<IrcEvent.Joined>();
    }

    private static IrcSettings Settings(InspircdServer server) =>
        RunningClient.Settings(server.Port) with { Services = new IrcServices("NickServ", "ChanServ", "globot", "password") };

    private static async Task RegisterAsync(InspircdServer server)
    {
        using var owner = await server.RegisterAsync("globot", "#globenet");
        await owner.SendAsync("QUIT :done");
        await owner.HearAsync(line => line.StartsWith("ERROR", StringComparison.Ordinal));
    }
}
