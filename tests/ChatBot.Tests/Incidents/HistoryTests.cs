using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What the store tells of incidents that mails have made.</summary>
public class HistoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_noise_of_a_check_is_what_its_mails_were()
    {
        await using var engine = await Engine.StartAsync();
        var start = engine.Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "POP3", "WARNING"));
            await engine.PassAsync(TimeSpan.FromMinutes(3));
            await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
            await engine.PassAsync(TimeSpan.FromHours(2));
        }

        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        var acknowledgement = new Acknowledgement(PublicText.Declared("lunar"), new Remark(new RootText("vu"), Audience.Public), engine.Time.GetUtcNow(), engine.Time.GetUtcNow().AddHours(2));
        await engine.Incidents.AcknowledgeAsync([4], acknowledgement, null, None);

        var past = await new History(engine.Database).PastAsync(start, 100, None);
        Assert.Equal([1, 3, 3, 3], past.Select(one => one.Notifications));
        Assert.Equal([0, 1, 1, 1], past.Select(one => one.Changes));
        Assert.Equal([true, false, false, false], past.Select(one => one.WasAcknowledged));
        Assert.Equal(2, (await new History(engine.Database).PastAsync(start, 2, None)).Count);

        var check = Assert.Single(NoiseReport.Of(past, start, engine.Time.GetUtcNow(), engine.Settings.Value.Settings.Inventory));
        Assert.Equal((4, 10, 3), (check.Incidents, check.Notifications, check.Unacknowledged));
        Assert.Equal(new Remedy.Delayed(3, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5)), Assert.Single(check.Remedies));
    }

    [Fact]
    public async Task A_machine_that_was_down_and_a_check_that_flapped_are_known_afterwards()
    {
        await using var engine = await Engine.StartAsync();
        var start = engine.Time.GetUtcNow();
        var down = Sample.All.First(one => one.Text("state") == "DOWN" && one.Text("kind") == "alert");
        await engine.TakeAsync(engine.Mail(Nagios.Write("FLAPPINGSTART", "hal", "POP3", "CRITICAL")), engine.Mail(down.Bytes));
        var past = await new History(engine.Database).PastAsync(start.AddDays(-1), 100, None);
        Assert.Equal([true, false], past.OrderBy(one => one.WasDown).Select(one => one.WasFlapping));
        Assert.Equal([false, true], past.OrderBy(one => one.WasDown).Select(one => one.WasDown));
    }

    [Fact]
    public async Task The_last_incident_of_a_check_is_found_whatever_the_case()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"), Nagios.Problem("hal", "IMAP"));
        var history = new History(engine.Database);
        Assert.Equal(1, (await history.LatestAsync("hal", "pop3", None))?.Number);
        Assert.Equal(2, (await history.LatestAsync("hal", null, None))?.Number);
        Assert.Null(await history.LatestAsync("hal", "smtp", None));
        Assert.Null(await history.LatestAsync("sud", null, None));
    }

    [Theory]
    [InlineData("Charge système É", "charge SYSTÈME é", true)]
    [InlineData("disk_1", "disk%1", false)]
    [InlineData("disk_1", "diskx1", false)]
    public async Task The_case_of_a_check_does_not_count_beyond_ASCII_and_nothing_is_a_wildcard(string written, string asked, bool isFound)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", written));
        Assert.Equal(isFound, await new History(engine.Database).LatestAsync("hal", asked, None) is not null);
    }

    [Fact]
    public async Task What_happened_since_leaves_out_what_was_before()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), Metche.Changed("sud.globenet.org", engine.Time.GetUtcNow(), ["etc/a"]));
        await engine.PassAsync(TimeSpan.FromHours(1));
        var since = engine.Time.GetUtcNow();
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"), Nagios.Problem("hal", "SMTP"), Metche.Changed("hal.globenet.org", engine.Time.GetUtcNow(), ["etc/b"]));
        var happened = await new History(engine.Database).SinceAsync(since, 100, None);
        Assert.Equal([3, 1], happened.Incidents.Select(one => one.Number));
        Assert.Equal("hal", Assert.Single(happened.Changes).Machine.Value);
        Assert.Empty(happened.Entries);
    }
}
