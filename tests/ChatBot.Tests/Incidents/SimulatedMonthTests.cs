using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>A month of forty machines through the whole engine, with kills: nothing lost, nothing told twice, all ended as it was.</summary>
public sealed class SimulatedMonthTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(5);

    private const int CloseSteps = 3;

    private static readonly Why[] Reasons = [Why.HeldCovered, Why.HeldOverloaded, Why.GoneBeforeTold, Why.WaitsForOthers];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_month_is_told_without_noise_and_without_loss(int seed)
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Inventory = SimulatedMonth.Inventory });
        var month = new SimulatedMonth(seed, engine.Clock.GetUtcNow());
        var lines = await RunAsync(engine, month);

        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Equal(0, await CountAsync(engine, "SELECT COUNT(*) FROM incident WHERE held IS NOT NULL OR tell_at IS NOT NULL"));
        Assert.Equal(0, await CountAsync(engine, "SELECT COUNT(*) FROM check_history WHERE flapping = 1"));
        var incidents = await IncidentsAsync(engine);
        foreach (var trouble in month.Troubles)
            Assert.True(incidents.Exists(one => IsOf(one, trouble)), $"seed {seed}: {trouble} has no incident");
        foreach (var incident in incidents)
            await AssertToldRightlyAsync(engine, incident, seed);
        var mails = month.Mails.Count;
        output.WriteLine(
            $"seed {seed}: {incidents.Count} incidents, {mails} mails ({mails / SimulatedMonth.Days} a day), {lines} lines ({lines / (double)SimulatedMonth.Days:0.0} a day), ratio {mails / (double)lines:0.0}");
        Assert.True(lines * 3 < mails, $"{lines} lines of {mails} mails");
    }

    private static async Task<int> RunAsync(Engine engine, SimulatedMonth month)
    {
        var lines = 0;
        var kills = new Dice(7);
        foreach (var (at, mail) in month.Mails)
        {
            // Closely for as long as something may be due, then in strides to the next mail.
            for (var steps = 0; at > engine.Clock.GetUtcNow(); steps++)
            {
                var until = at - engine.Clock.GetUtcNow();
                var step = steps < CloseSteps ? Step : Stride;
                await engine.PassAsync(until < step ? until : step);
            }

            await engine.TakeAsync(mail);
            if (kills.OneIn(200))
                await engine.KillAsync();
            if (kills.OneIn(50))
                lines += await DrainAsync(engine);
        }

        for (var i = 0; i < 60; i++)
            await engine.PassAsync(TimeSpan.FromHours(1));
        return lines + await DrainAsync(engine);
    }

    private static async Task<int> DrainAsync(Engine engine)
    {
        var said = (await engine.PublicAsync()).Count;
        await engine.Database.WriteAsync(
            work => Sql.RunAsync(work.Connection, "DELETE FROM outbox", work.Transaction), CancellationToken.None);
        return said;
    }

    private static bool IsOf(Incident incident, SimulatedMonth.Trouble trouble)
    {
        var (slack, from) = (TimeSpan.FromSeconds(30), incident.OpenedAt);
        return incident.Machine.Value == trouble.Machine && incident.Service?.Value == trouble.Service
            && (trouble.IsFlapping
                ? from >= trouble.From - slack && from <= trouble.To
                : (from - trouble.From).Duration() <= slack && (incident.ClosedAt!.Value - trouble.To).Duration() <= slack);
    }

    // Told once a state, or not at all for a reason that has a name; the end of what was told is told.
    private static async Task AssertToldRightlyAsync(Engine engine, Incident incident, int seed)
    {
        var story = await engine.Incidents.StoryAsync(incident.Number, default);
        var name = $"seed {seed}: #{incident.Number} {incident.Machine} {incident.Service} {string.Join(' ', story.Select(step => step.Why))}";
        var told = story.Where(step => step.Why is Why.Told or Why.FlappingStarted or Why.FlappingEnded or Why.Reminded).ToList();
        if (incident.ToldState is null)
        {
            Assert.Empty(told);
            Assert.True(story.Any(step => Reasons.Contains(step.Why)), name);
            return;
        }

        Assert.True(told.Count > 0, name);
        Assert.True(incident.ToldState.Value.IsGood(), name);
        for (var i = 1; i < told.Count; i++)
            Assert.True(told[i].State != told[i - 1].State || told[i].Why != Why.Told || told[i - 1].Why != Why.Told, name);
    }

    private static async Task<List<Incident>> IncidentsAsync(Engine engine)
    {
        var all = new List<Incident>();
        for (var number = 1L; await engine.Incidents.FindAsync(number, default) is { } incident; number++)
            all.Add(incident);
        return all;
    }

    private static Task<long> CountAsync(Engine engine, string sql) =>
        engine.Database.ReadAsync(work => Sql.RunAsync(work.Connection, sql), CancellationToken.None);
}
