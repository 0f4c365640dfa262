using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>A month of forty machines through the whole engine, with kills: nothing lost, nothing announced twice, all ended as it was.</summary>
public sealed class SimulatedMonthTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(5);

    private const int CloseSteps = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_month_is_announced_without_noise_and_without_loss(int seed)
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Inventory = SimulatedMonth.Inventory });
        var month = new SimulatedMonth(seed, engine.Time.GetUtcNow());
        var lines = await RunAsync(engine, month);

        var incidents = await AnnouncedRightly.AllOverAsync(engine);
        foreach (var trouble in month.Troubles)
        {
            Assert.True(incidents.Exists(one => AnnouncedRightly.IsOf(one, trouble)), $"seed {seed}: {trouble} has no incident");
        }

        foreach (var incident in incidents)
        {
            await AnnouncedRightly.AssertAsync(engine, incident, seed);
        }

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
            for (var steps = 0; at > engine.Time.GetUtcNow(); steps++)
            {
                var until = at - engine.Time.GetUtcNow();
                var step = steps < CloseSteps ? Step : Stride;
                await engine.PassAsync(until < step ? until : step);
            }

            await engine.TakeAsync(mail);
            if (kills.OneIn(200))
            {
                await engine.KillAsync();
            }

            if (kills.OneIn(50))
            {
                lines += await DrainAsync(engine);
            }
        }

        for (var i = 0; i < 60; i++)
        {
            await engine.PassAsync(TimeSpan.FromHours(1));
        }

        return lines + await DrainAsync(engine);
    }

    private static async Task<int> DrainAsync(Engine engine)
    {
        var said = (await engine.PublicAsync()).Count;
        await engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, "DELETE FROM outbox", transaction.Transaction), CancellationToken.None);
        return said;
    }
}
