using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>
/// A server that pours one thing without end, through a real socket, while no time passes for the client: it keeps its memory, answers
/// little, and afterwards hears and speaks as before.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HostileServerTests
{
    private const string Me = ":globot!g@localhost ";
    private const int MostAnswered = 100;
    private const long MostKept = 48 << 20;

    private static readonly Dictionary<string, IEnumerable<string>> Attacks = new()
    {
        ["garbage"] = Garbage(100_000),
        ["capabilities without end"] = Many(1_000, i => $":irc.test CAP * LS * :cap-{i} other-{i}=value sasl=PLAIN"),
        ["capabilities that come and go"] = Many(5_000, i => $":irc.test CAP globot {(i % 2 == 0 ? "NEW" : "DEL")} :account-tag cap-{i}"),
        ["isupport without end"] = Many(20_000, i => $":irc.test 005 globot TOKEN{i}={i} CASEMAPPING={(i % 2 == 0 ? "ascii" : "rfc1459")} :are supported"),
        ["names without end"] = Many(1_000, i => $":irc.test 353 globot = #globenet :{string.Join(' ', Many(100, n => $"@nick{i}x{n}"))}"),
        ["batches never closed"] = Many(50_000, i => $":irc.test BATCH +{i} netsplit irc.a irc.b"),
        ["challenges without end"] = Many(5_000, i => "AUTHENTICATE " + new string('A', 400)),
        ["nicks refused for ever"] = Many(20_000, i => $":irc.test 433 * globot{i} :Nickname is already in use."),
        ["pings"] = Many(50_000, i => $"PING :{i}"),
        ["kicked and dragged back"] = Many(5_000, i => i % 2 == 0 ? ":oper!o@h KICK #globenet globot :out" : Me + "JOIN #globenet"),
        ["dragged everywhere"] = Many(20_000, i => $"{Me}JOIN #channel{i}"),
        ["invited everywhere"] = Many(20_000, i => $":alice!a@h INVITE globot {(i % 2 == 0 ? "#globenet" : "#other")}"),
        ["asked for its version"] = Many(20_000, i => $":n{i}!a@h PRIVMSG globot :\x01VERSION\x01"),
        ["answers that nobody asked for"] = Many(20_000, i => $":irc.test 354 globot {i} n{i} account"),
        ["nicks that change"] = Many(20_000, i => $":n{i}!a@h NICK n{i + 1}"),
        ["its own nick that changes"] = Many(20_000, i => $":{(i % 2 == 0 ? "globot" : "Guest")}!g@localhost NICK {(i % 2 == 0 ? "Guest" : "globot")}"),
        ["everybody is called as it is"] = Many(
            30_000, i => Me + ((i % 5) switch { 0 => "PRIVMSG #globenet :!status", 1 => "QUIT :irc.a irc.b", 2 => "JOIN #globenet", 3 => "ACCOUNT *", _ => "NOTICE globot :x" })),
        ["modes without end"] = Many(20_000, i => $":oper!o@h MODE #globenet {(i % 2 == 0 ? "+" : "-")}{new string((char)('a' + (i % 26)), 200)}"),
        ["half of the network splits and returns"] = Many(40_000, i => i % 2 == 0 ? $":n{i % 999}!a@h JOIN #globenet" : $":n{(i - 1) % 999}!a@h QUIT :irc.a.org irc.b.org"),
        ["errors about nothing said"] = Many(20_000, i => $":irc.test {(i % 2 == 0 ? "404" : "439")} globot #globenet :no"),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task What_a_server_pours_out_neither_fills_the_memory_nor_makes_it_talk(string attack)
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedServer();
        await using var bot = new RunningClient(RunningClient.Settings(server.Port), time);
        await server.WelcomeAsync();
        await bot.NextAsync<IrcEvent.Joined>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var received = bot.NextAsync<IrcEvent.Message>(m => m.Text == "still there?");
        var block = new StringBuilder();
        foreach (var line in Attacks[attack].Append(":alice!a@h PRIVMSG #globenet :still there?"))
        {
            block.Append(line).Append("\r\n");
            if (block.Length > 60_000)
            {
                await FlushAsync();
            }
        }
        await FlushAsync();
        await received;

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostKept);
        Assert.InRange(await SpeakAsync(bot, server, time), 0, MostAnswered);

        async Task FlushAsync()
        {
            await server.SendAsync(Encoding.Latin1.GetBytes(block.ToString()));
            block.Clear();
        }
    }

    /// <summary>How many lines the client wrote before it said what it was given.</summary>
    private static async Task<int> SpeakAsync(RunningClient bot, ScriptedServer server, FakeTimeProvider time)
    {
        var draining = DrainAsync(bot.Client);
        var written = 0;
        var said = bot.SayAsync("here");
        var spoken = ListenAsync();
        while (!spoken.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(spoken, Task.Delay(TimeSpan.FromMilliseconds(2), RealClock.Instance));
        }
        await spoken;
        Assert.IsType<SayResult.Sent>(await said);
        await bot.StopAsync();
        await draining;
        return written;

        async Task ListenAsync()
        {
            while (true)
            {
                var line = await server.HearAsync("");
                if (line.StartsWith("PING ", StringComparison.Ordinal))
                {
                    await server.SayAsync(":irc.test PONG irc.test :" + line[5..]);
                }

                if (line.StartsWith("PRIVMSG", StringComparison.Ordinal))
                {
                    break;
                }

                written++;
            }
            await server.SayAsync(":irc.test PONG irc.test :" + (await server.HearAsync("PING said"))[5..]);
        }
    }

    private static async Task DrainAsync(IrcClient client)
    {
        await foreach (var _ in client.Events.ReadAllAsync()) { }
    }

    private static IEnumerable<string> Many(int count, Func<int, string> line) => Enumerable.Range(0, count).Select(line);

    private static IEnumerable<string> Garbage(int count)
    {
        var dice = new Dice(7);
        return Many(count, i => "\xff" + string.Concat(Enumerable.Range(0, dice.Below(40)).Select(_ => (char)dice.Below(256))).Replace("PING", "", StringComparison.Ordinal)
            + i.ToString(CultureInfo.InvariantCulture));
    }
}
