using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Incidents;

public class NoiseReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Since = Now.AddDays(-7);

    [Fact]
    public void What_alerted_most_comes_first()
    {
        var report = Of(New("sud", "FTP", 1, 60), New("hal", "POP3", 2, 60) with { Notifications = 5 }, New("hal", "POP3", 3, 60));
        Assert.Equal(["hal POP3 2/6", "sud FTP 1/1"], report.Select(one => $"{one.Machine.Value} {one.Service?.Value} {one.Incidents}/{one.Notifications}"));
    }

    [Fact]
    public void Who_took_none_of_them_is_counted_and_how_long_they_lasted()
    {
        var check = Assert.Single(Of(New("hal", "POP3", 1, 3), New("hal", "POP3", 2, 500) with { WasAcknowledged = true }, New("hal", "POP3", 3, 30)));
        Assert.Equal((2, TimeSpan.FromMinutes(30)), (check.Unacknowledged, check.Median));
    }

    [Fact]
    public void What_is_open_has_lasted_until_now() =>
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(Of(New("hal", "POP3", 1, 0) with { ClosedAt = null })).Median);

    [Theory]
    [InlineData(new[] { 1.0, 1.5, 90 }, "2 < 2 in 2")]
    [InlineData(new[] { 1, 3.5, 4, 90 }, "3 < 5 in 5")]
    [InlineData(new[] { 3.0, 3.2, 90, 91 }, "2 < 4 in 5")]
    [InlineData(new[] { 12.0, 14, 3 }, "3 < 15 in 15")]
    [InlineData(new[] { 1.0, 90, 91 }, null)]
    [InlineData(new[] { 16.0, 17 }, null)]
    [InlineData(new[] { 1.0 }, null)]
    public void A_wait_is_proposed_that_half_of_them_did_not_outlive(double[] minutes, string? expected)
    {
        var check = Assert.Single(Of([.. minutes.Select((lasted, i) => New("hal", "POP3", i + 1, lasted))]));
        var wait = check.Remedies.OfType<Remedy.Delayed>().SingleOrDefault();
        Assert.Equal(expected, wait is null ? null : $"{wait.Count} < {wait.Within.TotalMinutes} in {wait.Delay.TotalMinutes}");
    }

    [Fact]
    public void What_began_while_another_machine_was_down_would_be_inhibited_by_a_dependency()
    {
        var report = Of(
            Down("routeur", 1), Down("routeur", 2), New("hal", "POP3", 2, 90), Down("routeur", 3),
            Later(New("hal", "POP3", 1, 90), -4), Later(New("hal", "POP3", 1, 90), 59), Later(New("hal", "POP3", 1, 90), 61),
            Later(New("hal", "POP3", 1, 90), -6));
        var dependency = Assert.IsType<Remedy.Dependency>(Assert.Single(Check(report, "POP3").Remedies));
        Assert.Equal((3, 2, "routeur"), (dependency.Count, dependency.Outages, dependency.On.Value));
    }

    [Fact]
    public void One_outage_proves_no_dependency() =>
        Assert.Empty(Check(Of(Down("routeur", 1), New("hal", "POP3", 1, 90), New("hal", "POP3", 1, 91)), "POP3").Remedies);

    [Theory]
    [InlineData("hal", "routeur", "")]
    [InlineData("hal", "sud", "sud routeur")]
    [InlineData("routeur", "hal", "")]
    [InlineData("coord", "sud", "coord routeur; sud routeur; routeur")]
    public void No_dependency_is_proposed_that_is_there_already_or_the_other_way_round_or_has_the_same_cause(string own, string other, string inventory)
    {
        Machine[] machines = inventory.Length > 0
            ? [.. inventory.Split("; ").Select(one => one.Split(' ')).Select(one => new Machine { Name = one[0], DependsOn = one[1..] }), new Machine { Name = "hal", DependsOn = ["sud"] }]
            : [new Machine { Name = "hal", DependsOn = ["routeur"] }, new Machine { Name = "routeur" }];
        PastIncident[] past =
        [
            Down("routeur", 1), Down("routeur", 2), Later(Down(other, 1), 1), Later(Down(other, 2), 1),
            Later(New(own, "POP3", 1, 90), 2), Later(New(own, "POP3", 2, 90), 2),
        ];
        Assert.Empty(NoiseReport.Of(past, Since, Now, new Inventory(machines)).Single(one => one.Service?.Value == "POP3").Remedies);
    }

    [Fact]
    public void A_machine_that_has_been_down_since_before_the_period_explains_but_is_not_counted()
    {
        var down = New("routeur", null, 9, 0) with { ClosedAt = null, WasDown = true };
        var check = Assert.Single(Of(down, New("hal", "POP3", 1, 90), New("hal", "POP3", 2, 90), down with { OpenedAt = Now.AddDays(-8) }));
        Assert.IsType<Remedy.Dependency>(Assert.Single(check.Remedies));
    }

    [Fact]
    public void The_own_machine_or_a_check_elsewhere_is_no_dependency()
    {
        var report = Of(
            New("hal", null, 1, 60) with { WasDown = true }, New("sud", "PING", 1, 60) with { WasDown = true },
            New("hal", "POP3", 1, 90), New("hal", "POP3", 1, 91));
        Assert.Empty(Check(report, "POP3").Remedies);
    }

    [Fact]
    public void What_began_under_load_of_its_machine_is_said()
    {
        var report = Of(
            New("hal", "Current Load", 1, 60), New("sud", "charge", 2, 60),
            New("hal", "POP3", 1, 90), New("hal", "POP3", 1, 91), New("hal", "POP3", 2, 92), New("hal", "Current Load", 3, 60), New("hal", "POP3", 3, 92));
        var load = Assert.IsType<Remedy.Load>(Assert.Single(Check(report, "POP3").Remedies));
        Assert.Equal((3, 2, "Current Load"), (load.Count, load.Overloads, load.Check.Value));
        Assert.Empty(Check(report, "Current Load").Remedies);
    }

    [Fact]
    public void What_the_monitor_called_flapping_says_how_often_it_changed()
    {
        var check = Assert.Single(Of(New("hal", "POP3", 1, 90) with { WasFlapping = true, Changes = 12 }));
        Assert.Equal((1, 14), Assert.Single(check.Remedies) is Remedy.Unstable it ? (it.Count, it.Changes) : default);
    }

    [Fact]
    public void The_remedy_that_prevents_most_is_said_first()
    {
        var report = Of(Down("routeur", 2), Down("routeur", 4), New("hal", "POP3", 2, 3), New("hal", "POP3", 4, 4), New("hal", "POP3", 3, 3));
        Assert.Equal([3, 2], Check(report, "POP3").Remedies.Select(one => one.Count));
    }

    [Fact]
    public void One_machine_alone_is_explained_by_the_others_too()
    {
        var past = new[] { Down("routeur", 1), Down("routeur", 2), New("hal", "POP3", 1, 90), New("hal", "POP3", 2, 90) };
        Assert.IsType<Remedy.Dependency>(Assert.Single(Assert.Single(NoiseReport.Of(past, Since, Now, Inventory.Empty, "hal")).Remedies));
    }

    private static IReadOnlyList<CheckNoise> Of(params PastIncident[] past) => NoiseReport.Of(past, Since, Now, Inventory.Empty);

    private static CheckNoise Check(IReadOnlyList<CheckNoise> report, string service) => report.Single(one => one.Service?.Value == service);

    private static PastIncident Later(PastIncident one, double minutes) =>
        one with { OpenedAt = one.OpenedAt.AddMinutes(minutes), ClosedAt = one.ClosedAt?.AddMinutes(minutes) };

    private static PastIncident Down(string machine, int daysAgo) => New(machine, null, daysAgo, 60) with { WasDown = true };

    private static PastIncident New(string machine, string? service, int daysAgo, double minutes) => new()
    {
        Machine = Name.OfMachine(machine),
        Service = service is null ? null : Name.OfService(service),
        OpenedAt = Now.AddDays(-daysAgo),
        ClosedAt = Now.AddDays(-daysAgo).AddMinutes(minutes),
    };
}
