using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client in a channel that the services keep, on a real server.</summary>
public sealed class ChanServTests(SharedServices shared) : IClassFixture<SharedServices>
{
    private const string Absent = "inspircd and atheme-services are not installed, or do not link: InspIRCd 4 needs a newer Atheme";

    public static bool IsInstalled => InspircdServer.IsInstalled();

    private InspircdServer Server => (InspircdServer)shared.Server;

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_services_invite_the_bot_where_it_may_ask_for_it()
    {
        using var alice = await OwnAsync("globot1", "#invite", "+i");
        await alice.SendAsync("MODE #invite +i");
        await alice.HearAsync("+i");

        await using var bot = Bot("globot1", "#invite");
        Assert.Equal("473", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        await bot.NextAsync<IrcEvent.Joined>();
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_services_lift_a_ban_of_the_bot_where_it_may_ask_for_it()
    {
        using var alice = await OwnAsync("globot2", "#unban", "+r");
        await alice.SendAsync("MODE #unban +b globot2!*@*");
        await alice.HearAsync("+b");

        await using var bot = Bot("globot2", "#unban");
        Assert.Equal("474", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        await bot.NextAsync<IrcEvent.Joined>();
        Assert.StartsWith(":ChanServ!", await alice.HearAsync("-b :globot2!*@*"), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Without_the_right_to_it_the_bot_stays_out_and_says_why()
    {
        using var alice = await OwnAsync("globot3", "#banned", "+i");
        await alice.SendAsync("MODE #banned +b globot3!*@*");
        await alice.HearAsync("+b");

        await using var bot = Bot("globot3", "#banned");
        Assert.Equal("474", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        // Asked, they did nothing: the next answer is the same.
        Assert.Equal("474", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        Assert.Equal("refused (474)", bot.Client.Troubles["#banned"]);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_services_give_the_bot_a_voice_where_it_may_ask_for_it()
    {
        using var alice = await OwnAsync("globot4", "#voice", "+v");
        await alice.SendAsync("MODE #voice +m");
        await alice.HearAsync("+m");

        await using var bot = Bot("globot4", "#voice");
        Assert.Equal('m', (await bot.NextAsync<IrcEvent.ChannelMuted>()).Mode);
        Assert.StartsWith(":ChanServ!", await alice.HearAsync("+v :globot4"), StringComparison.Ordinal);
        Assert.IsType<SayResult.Sent>(await bot.SayAsync("with a voice", "#voice"));
        await alice.HearAsync("PRIVMSG #voice :with a voice");
        Assert.Empty(bot.Client.Troubles);
    }

    private RunningClient Bot(string nick, string channel) => new(RunningClient.Settings(Server.Port) with
    {
        Nick = nick,
        Channels = [new(channel)],
        Sasl = new IrcSasl(SaslMechanism.Plain, nick, "password"),
        Services = new IrcServices("NickServ", "ChanServ"),
    });

    /// <summary>An account of the bot, and somebody in a channel of theirs in which the bot has these flags of the services.</summary>
    private async Task<RawIrcUser> OwnAsync(string bot, string channel, string flags)
    {
        using (var owner = await Server.RegisterAsync(bot, "#elsewhere"))
        {
            await owner.SendAsync("QUIT :done");
            await owner.HearAsync(line => line.StartsWith("ERROR", StringComparison.Ordinal));
        }

        var alice = await Server.RegisterAsync("alice" + bot, channel);
        await AskAsync(alice, $"REGISTER {channel}", "registered");
        await AskAsync(alice, $"FLAGS {channel} {bot} {flags}", "were set");
        return alice;
    }

    private static async Task AskAsync(RawIrcUser user, string question, string answer)
    {
        await user.SendAsync($"PRIVMSG ChanServ :{question}");
        await user.HearAsync(line => line.StartsWith(":ChanServ!", StringComparison.Ordinal) && line.Contains(answer, StringComparison.Ordinal));
    }
}
