using ChatBot.Core.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a real server of the old kind.</summary>
public sealed class NgircdTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_bot_joins_hears_says_and_knows_that_it_was_heard()
    {
        using var server = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", "#globenet");
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await bot.NextAsync<IrcEvent.Joined>();
        Assert.Equal("alice", (await bot.NextAsync<IrcEvent.MemberPresent>()).Nick);

        await alice.SendAsync("PRIVMSG #globenet :!état");
        var heard = await bot.NextAsync<IrcEvent.Message>();
        Assert.Equal(("#globenet", "alice", "!état", null), (heard.Target, heard.Nick, heard.Text, heard.Account));

        Assert.IsType<SayResult.Sent>(await bot.SayAsync("[hal] POP3 OK — #42"));
        Assert.EndsWith(
            "PRIVMSG #globenet :[hal] POP3 OK — #42",
            await alice.HearAsync(line => line.Contains("POP3", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.IsType<SayResult.Refused>(await bot.SayAsync("hello", target: "nobody"));
        Assert.Null((await bot.Client.AskAccountAsync(heard.Author, CancellationToken.None)).Account);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_longest_line_arrives_whole()
    {
        using var server = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", "#globenet");
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await bot.NextAsync<IrcEvent.Joined>();

        var text = string.Concat(Enumerable.Repeat("é😀", 200));
        Assert.IsType<SayResult.Sent>(await bot.SayAsync(text));

        var heard = "";
        while (heard.Length < text.Length)
        {
            var line = await alice.HearAsync(l => l.Contains("PRIVMSG #globenet :", StringComparison.Ordinal));
            heard += line[(line.IndexOf(" :", StringComparison.Ordinal) + 2)..];
        }
        Assert.Equal(text, heard);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_killed_server_is_joined_again_when_it_is_back()
    {
        using var server = await NgircdServer.StartAsync();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port));
        await bot.NextAsync<IrcEvent.Joined>();

        server.Kill();
        await bot.NextAsync<IrcEvent.LeftChannel>();
        Assert.IsType<SayResult.TryLater>(await bot.SayAsync("into the void"));
        await server.StartAgainAsync();

        await bot.NextAsync<IrcEvent.Joined>();
        Assert.IsType<SayResult.Sent>(await bot.SayAsync("back"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_dozen_lines_at_once_all_arrive()
    {
        using var server = await NgircdServer.StartAsync();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port) with { Pace = IrcPace.Off });
        await bot.NextAsync<IrcEvent.Joined>();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => bot.SayAsync($"line {i}")));

        Assert.All(results, result => Assert.IsType<SayResult.Sent>(result));
    }
}
