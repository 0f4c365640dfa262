using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Half an hour of everything that can go wrong, in fake time, by seeds: in the end nothing is lost.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Seeds = 5;

    private static readonly string[] Cuts = ["drop", "half-open", "deaf next time", "error", "late", "k-line", "refused"];
    private static readonly string[] Refusals = ["kick", "ban", "modes that silence", "too fast", "lost without a word", "lines disliked"];

    [Theory, InlineData("ngircd"), InlineData("hybrid"), InlineData("inspircd"), InlineData("ergo")]
    public void A_storm_of_faults_loses_no_line_and_repeats_only_what_nobody_can_know(string profile)
    {
        var known = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            known += Run(Named(profile), seed).Known;
        }

        // Where lines carry their account, who has none is nobody.
        Assert.Equal(!Named(profile).Caps.Contains("account-tag", StringComparison.Ordinal), known > 0);
    }

    [Theory, InlineData("ngircd"), InlineData("hybrid"), InlineData("inspircd"), InlineData("ergo")]
    public void Where_every_proof_arrives_nothing_is_said_twice(string profile)
    {
        for (var seed = 101UL; seed <= 100 + Seeds; seed++)
        {
            Assert.Equal(0, Repeats(Run(Named(profile), seed, [.. Cuts, .. Refusals])));
        }
    }

    [Fact]
    public void Where_refusals_carry_labels_they_repeat_nothing()
    {
        for (var seed = 201UL; seed <= 200 + Seeds; seed++)
        {
            Assert.Equal(0, Repeats(Run(SimulatedProfile.Ergo, seed, Cuts)));
        }
    }

    [Theory, InlineData("ngircd"), InlineData("hybrid"), InlineData("inspircd"), InlineData("ergo")]
    public void Membership_that_is_lost_without_a_word_is_found_out_within_ten_minutes(string profile)
    {
        var storm = new SessionStorm(Named(profile), 1);
        storm.Wait(TimeSpan.FromMinutes(7));
        foreach (var channel in storm.Options.Channels)
        {
            storm.Server.RoomOf(channel.Name).HasBot = false;
            storm.Wait(TimeSpan.FromMinutes(10));
            Assert.True(storm.Server.RoomOf(channel.Name).HasBot && storm.Session.IsReady, string.Join('\n', storm.Trace));
        }
        Assert.Equal(1, storm.Server.Connections);
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
                $"{profile} seed {seed}: {storm.Faults.Injected.Values.Sum()} faults, {storm.Server.Connections} connections, {storm.Server.Said.Count} lines, "
                + $"{Repeats(storm)} repeats of {storm.Server.Unknowable.Values.Sum()} unknowable, {storm.Known} known, {storm.Server.Ghosts} ghosts, {storm.Steps} steps");
            return storm;
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{profile}, seed {seed}: {fault.Message}\n{string.Join('\n', storm.Trace)}", fault);
        }
    }

    private static int Repeats(SessionStorm storm) => Alerts(storm).Count() - Alerts(storm).Distinct().Count();

    private static IEnumerable<string> Alerts(SessionStorm storm) => storm.Server.Said.Where(IsAlert).Select(h => h.Text);

    private static bool IsAlert(SimulatedServer.Spoken spoken) => !spoken.Text.StartsWith(SessionStorm.Answers, StringComparison.Ordinal);

    private static void Judge(SessionStorm storm)
    {
        var server = storm.Server;
        Assert.True(storm.Session.IsReady, "it is not in every channel again");
        Assert.Equal(storm.Options.Nick, storm.Session.Nick);
        Assert.Equal(0, storm.Pending);
        Assert.Equal(0, server.FloodKills);
        Assert.All(storm.Options.Channels, c => Assert.True(server.RoomOf(c.Name).HasBot, "it believes to be where it is not"));
        foreach (var channel in storm.Options.Channels.Select(c => c.Name))
        {
            var said = server.Said.Where(h => h.Channel == channel && IsAlert(h)).ToList();
            var first = said.Select(h => h.Text).Distinct().ToList();
            Assert.Equal(storm.Alerts(channel).Order(), first.Order());
            // What the server has refused comes again later; everything else comes in its order.
            Assert.Equal(storm.Alerts(channel).Except(server.Refused), first.Except(server.Refused));
            AssertRepeats(server, said);
        }
        AssertPatience(storm);
    }

    private static void AssertRepeats(SimulatedServer server, List<SimulatedServer.Spoken> said)
    {
        Assert.All(said.GroupBy(h => h.Text), said => Assert.InRange(said.Count() - 1, 0, server.Unknowable.GetValueOrDefault(said.Key)));
        var before = new HashSet<string>();
        foreach (var connection in said.GroupBy(h => h.Connection))
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
