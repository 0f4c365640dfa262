using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client in a channel that the services keep, on a real server.</summary>
public sealed class ChanServTests
{
    private const string Absent = "inspircd and atheme-services are not installed";

    public static bool IsInstalled => InspircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_services_let_the_bot_in_and_why_it_is_kept_out_is_told()
    {
        using var server = await InspircdServer.StartAsync();
        using (var owner = await server.RegisterAsync("globot", "#elsewhere"))
        {
            await owner.SendAsync("QUIT :done");
            await owner.HearAsync(line => line.StartsWith("ERROR", StringComparison.Ordinal));
        }

        using var alice = await server.RegisterAsync("alice", "#globenet");
        await AskAsync(alice, "REGISTER #globenet", "registered");
        await AskAsync(alice, "FLAGS #globenet globot +i", "were set");
        await alice.SendAsync("MODE #globenet +i");
        await alice.HearAsync("+i");

        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with
        {
            Sasl = new IrcSasl(SaslMechanism.Plain, "globot", "password"),
            Services = new IrcServices("NickServ", "ChanServ"),
        });
        Assert.Equal("473", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        await bot.NextAsync<IrcEvent.Joined>();

        await alice.SendAsync("MODE #globenet -i+b globot!*@*", "KICK #globenet globot :out");
        Assert.Equal("474", (await bot.NextAsync<IrcEvent.JoinRefused>()).Numeric);
        Assert.Equal("refused (474)", bot.Client.Troubles["#globenet"]);
    }

    private static async Task AskAsync(RawIrcUser user, string question, string answer)
    {
        await user.SendAsync($"PRIVMSG ChanServ :{question}");
        await user.HearAsync(line => line.StartsWith(":ChanServ!", StringComparison.Ordinal) && line.Contains(answer, StringComparison.Ordinal));
    }
}
