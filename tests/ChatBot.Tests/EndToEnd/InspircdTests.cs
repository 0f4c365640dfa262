using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a real server with IRCv3 and accounts.</summary>
public sealed class InspircdTests
{
    private const string Absent = "inspircd and atheme-services are not installed";

    public static bool IsInstalled => InspircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_identifies_and_knows_who_is_identified()
    {
        using var server = await InspircdServer.StartAsync();
        using (var owner = await server.RegisterAsync("globot", "#globenet"))
        {
            await owner.SendAsync("QUIT :done");
            await owner.HearAsync(line => line.StartsWith("ERROR", StringComparison.Ordinal));
        }

        using var alice = await server.RegisterAsync("alice", "#globenet");
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with
        {
            Sasl = new IrcSasl(SaslMechanism.Plain, "globot", "password"),
        });
        await bot.NextAsync<IrcEvent.Joined>();
        using var mallory = await RawIrcUser.JoinAsync(server.Port, "mallory", "#globenet");

        await alice.SendAsync("PRIVMSG #globenet :!ack 1");
        Assert.Equal("alice", (await bot.NextAsync<IrcEvent.Message>()).Account);
        await mallory.SendAsync("PRIVMSG #globenet :!ack 1");
        var told = await bot.NextAsync<IrcEvent.Message>();
        Assert.Null(told.Account);
        Assert.Null((await bot.Client.AskAccountAsync(told.Author, CancellationToken.None)).Account);

        Assert.IsType<SayResult.Sent>(await bot.SayAsync("pris par alice"));
        await mallory.SendAsync("WHOIS globot");
        Assert.Contains(" globot ", await mallory.HearAsync(line => line.Contains(" 330 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_wrong_password_is_no_way_in()
    {
        using var server = await InspircdServer.StartAsync();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with
        {
            Sasl = new IrcSasl(SaslMechanism.Plain, "globot", "wrong"),
        });

        Assert.Equal(CloseCause.NotIdentified, (await bot.NextAsync<IrcEvent.Disconnecting>()).Cause);
    }
}
