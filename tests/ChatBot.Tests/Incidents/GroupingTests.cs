using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What is suppressed, and when it is announced: mails in, lines out, in a time that the test moves.</summary>
public sealed class GroupingTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    private static readonly Inventory House = new(
    [
        new Machine { Name = "routeur" },
        new Machine { Name = "hal", Names = ["hal.globenet.org"], DependsOn = ["routeur"] },
        new Machine { Name = "webmail", DependsOn = ["hal"] },
        new Machine { Name = "a", DependsOn = ["b"] },
        new Machine { Name = "b", DependsOn = ["a"] },
    ]);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_machine_that_is_down_covers_its_services_and_says_how_many(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), NagiosHost.Problem("hal"));
        await engine.PassAsync(Wait);
        Assert.Equal([engine.In(
            "[hal] DOWN — #3 (inhibe 2 autres alertes)",
            "[hal] DOWN — #3 (inhibits 2 other alerts)")], await engine.PublicAsync());
        Assert.Equal(3, (await engine.Incidents.OpenAsync("hal", default)).Count);

        await engine.TakeAsync(NagiosHost.Recovery("hal"), Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.Equal(engine.In(
            "[hal] UP après 6 secondes — #3 · 2 alertes inhibées, dont 1 encore ouverte",
            "[hal] UP after 6 seconds — #3 · 2 inhibited alerts, 1 still open"), (await engine.PublicAsync())[^1]);

        // What remains is announced after the grace, and its end too.
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await engine.PublicAsync()).Count);
        await engine.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("[hal] IMAP CRITICAL — #2", (await engine.PublicAsync())[^1]);
        Assert.Contains(Reason.InhibitionEnded, await WhysAsync(engine, 2));
        Assert.Contains(Reason.Inhibited, await WhysAsync(engine, 2));
        await engine.TakeAsync(Nagios.Recovery("hal", "IMAP"));
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In("[hal] IMAP OK après", "[hal] IMAP OK after"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_recovers_with_its_machine_is_never_announced()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(NagiosHost.Problem("hal"), Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
        await engine.TakeAsync(NagiosHost.Recovery("hal"));
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, (await engine.PublicAsync()).Count);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_router_covers_what_lies_behind_it_however_far(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(
            Nagios.Problem("webmail", "HTTP"), NagiosHost.Problem("webmail", "UNREACHABLE"), NagiosHost.Problem("hal"), NagiosHost.Problem("routeur"));
        await engine.PassAsync(Wait);
        Assert.Equal([engine.In(
            "[routeur] DOWN — #4 (inhibe 3 autres alertes)",
            "[routeur] DOWN — #4 (inhibits 3 other alerts)")], await engine.PublicAsync());

        // hal stays down when the router is back: it is announced, and still inhibits what lies behind it.
        await engine.TakeAsync(NagiosHost.Recovery("routeur"));
        await engine.PassAsync(Wait);
        await engine.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(engine.In(
            "[hal] DOWN — #3 (inhibe 2 autres alertes)",
            "[hal] DOWN — #3 (inhibits 2 other alerts)"), (await engine.PublicAsync())[^1]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Alerts_of_many_machines_that_follow_each_other_are_one_line_when_the_first_is_due(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        for (var i = 1; i <= 6; i++)
        {
            await engine.TakeAsync(NagiosHost.Problem($"m{i}"));
            await engine.PassAsync(TimeSpan.FromSeconds(0.9));
        }

        Assert.Equal([engine.In(
            "6 machines en alerte : m6 DOWN #6, m5 DOWN #5, m4 DOWN #4, m3 DOWN #3, m2 DOWN #2, m1 DOWN #1 · !incidents",
            "6 machines in trouble: m6 DOWN #6, m5 DOWN #5, m4 DOWN #4, m3 DOWN #3, m2 DOWN #2, m1 DOWN #1 · !incidents")], await engine.PublicAsync());
    }

    [Fact]
    public async Task Two_machines_that_depend_on_each_other_do_not_hide_each_other()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(NagiosHost.Problem("a"), NagiosHost.Problem("b"), Nagios.Problem("a", "SSH"));
        await engine.PassAsync(Wait);
        var said = await engine.PublicAsync();
        Assert.Equal(2, said.Count);
        Assert.All(said, line => Assert.Contains("DOWN", line, StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_inhibition_ends_after_a_day_as_the_mail_that_reports_the_recovery_may_be_lost(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(NagiosHost.Problem("hal"), Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
        await engine.PassAsync(TimeSpan.FromHours(24));
        await engine.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Contains("[hal] POP3 CRITICAL — #2", await engine.PublicAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_overloaded_machine_covers_what_timed_out_on_it_and_nothing_else(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "Current Load", output: "CRITICAL - load average: 55.02, 50.1, 44.2"));
        await engine.PassAsync(Wait);
        await engine.TakeAsync(
            Nagios.Problem("hal", "POP3", output: "CRITICAL - Socket timeout after 10 seconds"),
            Nagios.Problem("hal", "IMAP", output: "(Service check timed out after 60.01 seconds)"),
            Nagios.Problem("hal", "DISK", output: "DISK CRITICAL - free space: / 10 MB (1%)"));
        await engine.PassAsync(Wait);
        Assert.Equal(
            [
                "[hal] Current Load CRITICAL — #1",
                engine.In(
                    "[hal] surchargé : Current Load CRITICAL — #1 · 2 contrôles en dépassement de délai",
                    "[hal] overloaded: Current Load CRITICAL — #1 · 2 checks timed out"),
                "[hal] DISK CRITICAL — #4",
            ],
            await engine.PublicAsync());

        // The load goes; what outlives it by ten minutes is announced.
        await engine.TakeAsync(Nagios.Recovery("hal", "Current Load"), Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.Equal(4, (await engine.PublicAsync()).Count);
        await engine.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(4, (await engine.PublicAsync()).Count);
        await engine.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("[hal] IMAP CRITICAL — #3", (await engine.PublicAsync())[^1]);
        Assert.Contains(Reason.Overloaded, await WhysAsync(engine, 3));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_load_and_its_time_outs_that_come_together_are_one_line(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(
            Nagios.Problem("hal", "POP3", output: "Connection timed out"), Nagios.Problem("hal", "charge", output: "charge 55"),
            Nagios.Problem("hal", "IMAP", output: "CHECK_NRPE: Socket timeout after 10 seconds."));
        await engine.PassAsync(Wait);
        Assert.Equal([engine.In(
            "[hal] surchargé : charge CRITICAL — #2 · 2 contrôles en dépassement de délai",
            "[hal] overloaded: charge CRITICAL — #2 · 2 checks timed out")], await engine.PublicAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_storm_over_many_machines_is_one_line_and_its_end_another(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        for (var i = 1; i <= 12; i++)
        {
            await engine.TakeAsync(Nagios.Problem($"m{i}", "HTTP"), Nagios.Problem($"m{i}", "SSH"));
        }

        await engine.TakeAsync(Nagios.Problem("m13", "HTTP"), Nagios.Recovery("m13", "HTTP"));
        await engine.PassAsync(Wait);
        Assert.Equal(
            [engine.In(
                "12 machines en alerte : m12 SSH CRITICAL (2), m11 SSH CRITICAL (2), m10 SSH CRITICAL (2), m9 SSH CRITICAL (2), m8 SSH CRITICAL (2), m7 SSH CRITICAL (2), m6 SSH CRITICAL (2), m5 SSH CRITICAL (2), m4 SSH CRITICAL (2), m3 SSH CRITICAL (2) et 2 autres — #1–#24 · !incidents · 1 déjà terminée",
                "12 machines in trouble: m12 SSH CRITICAL (2), m11 SSH CRITICAL (2), m10 SSH CRITICAL (2), m9 SSH CRITICAL (2), m8 SSH CRITICAL (2), m7 SSH CRITICAL (2), m6 SSH CRITICAL (2), m5 SSH CRITICAL (2), m4 SSH CRITICAL (2), m3 SSH CRITICAL (2) and 2 more — #1–#24 · !incidents · 1 already recovered")],
            await engine.PublicAsync());
        var mails = Enumerable.Range(1, 12).SelectMany(i => new[] { Nagios.Recovery($"m{i}", "HTTP"), Nagios.Recovery($"m{i}", "SSH") });
        await engine.TakeAsync([.. mails]);
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In(
            "12 machines rétablies : m1 (2), m2 (2)",
            "12 machines recovered: m1 (2), m2 (2)"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Equal(2, (await engine.PublicAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_ends_of_a_storm_that_come_one_after_the_other_are_few_lines(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync([.. Enumerable.Range(1, 400).Select(i => Nagios.Problem($"m{i}", "HTTP"))]);
        await engine.PassAsync(Wait);
        foreach (var some in Enumerable.Range(1, 400).Chunk(20))
        {
            await engine.TakeAsync([.. some.Select(i => Nagios.Recovery($"m{i}", "HTTP"))]);
            await engine.PassAsync(TimeSpan.FromMilliseconds(500));
        }

        await engine.PassAsync(TimeSpan.FromSeconds(20));
        var said = await engine.PublicAsync();
        Assert.Equal(3, said.Count);
        Assert.StartsWith(engine.In("20 machines rétablies", "20 machines recovered"), said[1], StringComparison.Ordinal);
        Assert.StartsWith(engine.In("380 machines rétablies", "380 machines recovered"), said[2], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Of_a_machine_announced_a_moment_ago_warnings_wait_and_what_is_urgent_does_not(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "A", "WARNING"));
        await engine.PassAsync(Wait);
        await engine.TakeAsync(Nagios.Problem("hal", "B", "WARNING"));
        await engine.PassAsync(Wait);
        Assert.Single(await engine.PublicAsync());
        await engine.TakeAsync(Nagios.Problem("hal", "C", "WARNING"));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.StartsWith(engine.In("[hal] 2 alertes", "[hal] 2 alerts"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Contains(Reason.WaitsForOthers, await WhysAsync(engine, 2));
        await engine.TakeAsync(Nagios.Problem("hal", "D"));
        await engine.PassAsync(Wait);
        Assert.Contains("D CRITICAL", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_nobody_acknowledges_is_announced_again_after_a_day(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("routeur", "PING"));
        await engine.PassAsync(Wait);
        for (var hour = 0; hour < 25; hour++)
        {
            await engine.PassAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(engine.In(
            "toujours ouverts, sans personne dessus (2) : routeur PING CRITICAL #2, hal POP3 CRITICAL #1 · !incidents",
            "still open, unacknowledged (2): routeur PING CRITICAL #2, hal POP3 CRITICAL #1 · !incidents"), (await engine.PublicAsync())[^1]);
        Assert.Equal(3, (await engine.PublicAsync()).Count);
        Assert.Contains(Reason.Reminded, await WhysAsync(engine, 1));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_is_flapping_is_announced_once_and_once_when_it_is_stable(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        for (var i = 0; i < 10; i++)
        {
            await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
            await engine.PassAsync(TimeSpan.FromSeconds(40));
            await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
            await engine.PassAsync(TimeSpan.FromSeconds(40));
        }

        // Two pairs and the third problem were announced as they came; the sixth change is one too many.
        Assert.Equal(
            ["POP3 CRITICAL — #1", "POP3 OK", "POP3 CRITICAL — #2", "POP3 OK", "POP3 CRITICAL — #3", "unstable"],
            (await engine.PublicAsync()).Select((line, i) => i == 5 ? (line.Contains(engine.In("instable", "flapping"), StringComparison.Ordinal) ? "unstable" : line)
                : line.Contains("OK", StringComparison.Ordinal) ? "POP3 OK" : line[6..]));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(6, (await engine.PublicAsync()).Count);
        await engine.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(engine.In(
            "[hal] POP3 CRITICAL de nouveau stable — #3 · 15 changements non annoncés",
            "[hal] POP3 CRITICAL stable again — #3 · 15 changes suppressed"), (await engine.PublicAsync())[^1]);
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In("[hal] POP3 OK après", "[hal] POP3 OK after"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_check_that_settles_as_good_has_recovered(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        for (var i = 0; i < 8; i++)
        {
            await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Recovery("hal", "POP3"));
        }

        await engine.KillAsync();
        await engine.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Contains(engine.In("de nouveau stable", "stable again"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flapping_that_the_monitor_reports_itself_is_not_announced_twice()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTART", "hal", "POP3", "CRITICAL"));
        for (var i = 0; i < 8; i++)
        {
            await engine.TakeAsync(Nagios.Problem("hal", "POP3", "WARNING"), Nagios.Problem("hal", "POP3"));
        }

        await engine.PassAsync(TimeSpan.FromMinutes(40));
        Assert.Equal(2, (await engine.PublicAsync()).Count);
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTOP", "hal", "POP3", "OK"));
        await engine.PassAsync(Wait);
        Assert.Equal(3, (await engine.PublicAsync()).Count);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Ends_that_the_monitor_reports_while_it_says_that_a_check_flaps_are_counted(Locale locale)
    {
        await using var engine = await FlapAsync(locale);
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTOP", "hal", "POP3", "OK"));
        await engine.PassAsync(Wait);
        Assert.Equal(
            [
                engine.In("[hal] POP3 CRITICAL instable (flapping), silence jusqu'au retour au calme — #1", "[hal] POP3 CRITICAL flapping, quiet until stable — #1"),
                engine.In("[hal] POP3 OK de nouveau stable — #1 · 6 changements non annoncés", "[hal] POP3 OK stable again — #1 · 6 changes suppressed"),
            ],
            await engine.PublicAsync());
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Fact]
    public async Task Flapping_of_which_the_monitor_never_says_the_end_ends_by_our_own_count()
    {
        await using var engine = await FlapAsync(Locale.French);
        await engine.LiveAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("[hal] POP3 CRITICAL de nouveau stable — #1 · 6 changements non annoncés", (await engine.PublicAsync())[^1]);
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    private static async Task<Engine> FlapAsync(Locale locale)
    {
        var engine = await StartAsync(locale);
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTART", "hal", "POP3", "CRITICAL"));
        for (var i = 0; i < 3; i++)
        {
            await engine.PassAsync(TimeSpan.FromSeconds(20));
            await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
            await engine.PassAsync(TimeSpan.FromSeconds(20));
            await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        }

        Assert.Single(await engine.PublicAsync());
        return engine;
    }

    private static Task<Engine> StartAsync(Locale locale = Locale.French) => Engine.StartAsync(settings => settings with { Inventory = House }, locale);

    private static async Task<IReadOnlyList<Reason>> WhysAsync(Engine engine, long number) =>
        [.. (await engine.Incidents.StoryAsync(number, default)).Select(step => step.Reason)];
}
