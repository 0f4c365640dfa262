using System.Globalization;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Much to say at once, on servers with the flood limits that they are shipped with.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int Channels = 3;
    // Enough to be killed at twice the pace.
    private const int Relays = 15;
    private const int Replies = 6;
    private static readonly string Filling = new('é', 200);

    // All at the same time: what they do is to wait.
    [Fact]
    public async Task No_server_kills_a_bot_that_has_much_to_say_and_every_line_arrives_once_and_in_order()
    {
        RealIrcServer[] servers = [new NgircdServer(), new HybridServer(), new InspircdServer(), new InspircdServer { IsLenient = false }];
        try
        {
            await Task.WhenAll(servers.Where(server => server.Missing is null).Select(SayMuchAsync));
            Assert.SkipWhen(servers.Any(server => server.Missing is not null), string.Join(", ", servers.Select(server => server.Missing)));
        }
        finally
        {
            foreach (var server in servers)
            {
                server.Dispose();
            }
        }
    }

    private static string Channel(int number) => string.Create(CultureInfo.InvariantCulture, $"#c{number}");

    private static IrcSettings Settings(RealIrcServer server) => RunningClient.Settings(server.Port) with
    {
        Channels = [.. Enumerable.Range(0, Channels).Select(number => new IrcChannel(Channel(number)))],
    };

    private async Task SayMuchAsync(RealIrcServer server)
    {
        await server.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", string.Join(',', Enumerable.Range(0, Channels).Select(Channel)));
        var start = RealClock.Instance.GetTimestamp();
        await using var bot = new RunningClient(Settings(server));
        for (var channel = 0; channel < Channels; channel++)
        {
            await bot.NextAsync<IrcEvent.Joined>();
        }

        await alice.SendAsync($"PRIVMSG {Channel(0)} :hello");
        var author = (await bot.NextAsync<IrcEvent.Message>()).Author;

        var relays = Enumerable.Range(0, Relays).Select(i => bot.SayAsync($"relay {i:D2} {Filling}", Channel(i % Channels)));
        var replies = Enumerable.Range(0, Replies).Select(i => bot.Client.SayAsync(
            "alice", $"reply {i:D2} {Filling}", SayKind.Notice, SayPriority.Reply, CancellationToken.None));
        var asked = Enumerable.Range(0, 3).Select(_ => bot.Client.AskAccountAsync(author, CancellationToken.None));
        SayResult[] results = [.. await Task.WhenAll([.. relays, .. replies])];
        await Task.WhenAll(asked);
        output.WriteLine($"{server.GetType().Name}: {RealClock.Instance.GetElapsedTime(start).TotalSeconds:F1} s");

        Assert.All(results, result => Assert.IsType<SayResult.Sent>(result));
        // What was written last may still wait in the server.
        while (alice.Received.Count(line => line.Contains(" :reply ", StringComparison.Ordinal)) < Replies)
        {
            await alice.HearAsync(" :reply ");
        }

        var said = await alice.SaidByBotAsync();
        for (var channel = 0; channel < Channels; channel++)
        {
            Assert.Equal(
                Enumerable.Range(0, Relays).Where(i => i % Channels == channel).Select(i => $"relay {i:D2}"),
                Heads(said, Channel(channel)));
        }

        Assert.Equal(Enumerable.Range(0, Replies).Select(i => $"reply {i:D2}"), Heads(said, "alice"));
        Assert.DoesNotContain(said, line => line.Contains(" QUIT ", StringComparison.Ordinal));
        Assert.Equal(1, bot.Client.Counters.Connects);
    }

    private static IEnumerable<string> Heads(IReadOnlyList<string> said, string target) => said
        .Where(line => line.Contains($" {target} :re", StringComparison.Ordinal))
        .Select(line => line.Substring(line.IndexOf(" :re", StringComparison.Ordinal) + 2, "relay 00".Length));
}
