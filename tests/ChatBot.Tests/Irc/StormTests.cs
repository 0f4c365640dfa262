using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Half an hour of everything that can go wrong, in fake time, by seeds: in the end nothing is lost.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Seeds = 5;

    private static readonly string[] Cuts = ["drop", "half-open", "deaf next time", "error", "late", "k-line", "refused"];
    private static readonly string[] Refusals = ["kick", "ban", "modes that silence", "too fast"];

    [Theory, InlineData("ngircd"), InlineData("hybrid"), InlineData("inspircd"), InlineData("ergo")]
    public void A_storm_of_faults_loses_no_line_and_repeats_only_what_nobody_can_know(string profile)
    {
        for (var seed = 1UL; seed <= Seeds; seed++) Run(Named(profile), seed);
    }

    [Theory, InlineData("ngircd"), InlineData("hybrid"), InlineData("inspircd"), InlineData("ergo")]
    public void Where_every_proof_arrives_nothing_is_said_twice(string profile)
    {
        for (var seed = 101UL; seed <= 100 + Seeds; seed++)
            Assert.Equal(0, Repeats(Run(Named(profile), seed, [.. Cuts, .. Refusals])));
    }

    [Fact]
    public void Where_refusals_carry_labels_they_repeat_nothing()
    {
        for (var seed = 201UL; seed <= 200 + Seeds; seed++) Assert.Equal(0, Repeats(Run(SimulatedProfile.Ergo, seed, Cuts)));
    }

    private static SimulatedProfile Named(string name) => SimulatedProfile.All.Single(p => p.Name == name);

    private SessionStorm Run(SimulatedProfile profile, ulong seed, params ReadOnlySpan<string> without)
    {
        var storm = new SessionStorm(profile, seed, without);
        try
        {
            storm.Run();
            Judge(storm);
            output.WriteLine(
                $"{profile} seed {seed}: {storm.Faults.Injected.Values.Sum()} faults, {storm.Server.Connections} connections, {storm.Server.Heard.Count} lines, "
                + $"{Repeats(storm)} repeats of {storm.Server.Unknowable.Values.Sum()} unknowable, {storm.Steps} steps");
            return storm;
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{profile}, seed {seed}: {fault.Message}\n{string.Join('\n', storm.Trace)}", fault);
        }
    }

    private static int Repeats(SessionStorm storm) => storm.Server.Heard.Count - storm.Server.Heard.Select(h => h.Text).Distinct().Count();

    private static void Judge(SessionStorm storm)
    {
        var server = storm.Server;
        Assert.True(storm.Session.IsReady, "it is not in every channel again");
        Assert.Equal(storm.Options.Nick, storm.Session.Nick);
        Assert.Equal(0, storm.Pending);
        Assert.Equal(0, server.FloodKills);
        foreach (var channel in storm.Options.Channels.Select(c => c.Name))
        {
            var heard = server.Heard.Where(h => h.Channel == channel).ToList();
            var first = heard.Select(h => h.Text).Distinct().ToList();
            Assert.Equal(storm.Alerts(channel).Order(), first.Order());
            // What the server has refused comes again later; everything else comes in its order.
            Assert.Equal(storm.Alerts(channel).Except(server.Refused), first.Except(server.Refused));
            AssertRepeats(server, heard);
        }
        AssertPatience(storm);
    }

    private static void AssertRepeats(SimulatedServer server, List<SimulatedServer.Spoken> heard)
    {
        Assert.All(heard.GroupBy(h => h.Text), said => Assert.InRange(said.Count() - 1, 0, server.Unknowable.GetValueOrDefault(said.Key)));
        var before = new HashSet<string>();
        foreach (var connection in heard.GroupBy(h => h.Connection))
        {
            Assert.InRange(connection.Count(h => before.Contains(h.Text)), 0, 6);
            before.UnionWith(connection.Select(h => h.Text));
        }
    }

    private static void AssertPatience(SessionStorm storm)
    {
        Assert.All(storm.Tries, t => Assert.InRange(t.Wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(12.5)));
        // Waits double, so half an hour has only so many tries that end at once.
        Assert.InRange(storm.Tries.Count, 0, 200);
    }
}
