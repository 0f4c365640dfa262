using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What holds for every incident of a <see cref="SimulatedMonth"/> that has passed.</summary>
internal static class AnnouncedRightly
{
    private static readonly Reason[] Reasons = [Reason.Inhibited, Reason.Overloaded, Reason.RecoveredBeforeAnnounced, Reason.WaitsForOthers];

    /// <summary>All of them, which are over, and nothing is left to tell.</summary>
    public static async Task<List<Incident>> AllOverAsync(Engine engine)
    {
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Equal(0, await CountAsync(engine, "SELECT COUNT(*) FROM incident WHERE suppressed_by IS NOT NULL OR announce_at IS NOT NULL"));
        Assert.Equal(0, await CountAsync(engine, "SELECT COUNT(*) FROM check_history WHERE flapping = 1"));
        var all = new List<Incident>();
        for (var number = 1L; await engine.Incidents.FindAsync(number, default) is { } incident; number++)
        {
            all.Add(incident);
        }

        return all;
    }

    /// <summary>Announced once per state, or not at all for a reason that has a name; the end of what was announced is announced.</summary>
    public static async Task AssertAsync(Engine engine, Incident incident, int seed)
    {
        var story = await engine.Incidents.StoryAsync(incident.Number, default);
        var name = $"seed {seed}: #{incident.Number} {incident.Machine.Value} {incident.Service?.Value} {string.Join(' ', story.Select(step => step.Reason))}";
        var announced = story.Where(step => step.Reason is Reason.Announced or Reason.FlappingStarted or Reason.FlappingEnded or Reason.Reminded).ToList();
        if (incident.AnnouncedState is null)
        {
            Assert.Empty(announced);
            Assert.True(story.Any(step => Reasons.Contains(step.Reason)), name);
            return;
        }

        Assert.True(announced.Count > 0, name);
        Assert.True(incident.AnnouncedState.Value.IsGood(), name);
        for (var i = 1; i < announced.Count; i++)
        {
            Assert.True(announced[i].State != announced[i - 1].State || announced[i].Reason != Reason.Announced || announced[i - 1].Reason != Reason.Announced, name);
        }
    }

    /// <summary>Whether it is this problem, as its mails reported it in time.</summary>
    public static bool IsOf(Incident incident, SimulatedMonth.Trouble trouble)
    {
        var (slack, from) = (TimeSpan.FromSeconds(30), incident.OpenedAt);
        return IsOfCheck(incident, trouble)
            && (trouble.IsFlapping
                ? from >= trouble.From - slack && from <= trouble.To
                : (from - trouble.From).Duration() <= slack && (incident.ClosedAt!.Value - trouble.To).Duration() <= slack);
    }

    public static bool IsOfCheck(Incident incident, SimulatedMonth.Trouble trouble) =>
        incident.Machine.Value == trouble.Machine && incident.Service?.Value == trouble.Service;

    private static Task<long> CountAsync(Engine engine, string sql) =>
        engine.Database.ReadAsync(transaction => Sql.RunAsync(transaction.Connection, sql), CancellationToken.None);
}
