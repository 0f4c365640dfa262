using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Interventions;

/// <summary>Planned work from its announcement to its end: what is said, when, how often, and what is hidden meanwhile.</summary>
public class InterventionTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);
    private static readonly PublicText Lunar = PublicText.Declared("lunar");

    // hal depends on the router, by way of sud.
    private static readonly Inventory Machines = new(
    [
        new Machine { Name = "routeur" }, new Machine { Name = "sud", DependsOn = ["routeur"] },
        new Machine { Name = "hal", DependsOn = ["sud"] }, new Machine { Name = "sql" },
    ]);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task It_is_announced_reminded_of_twice_begun_and_ended_each_once(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await PlanAsync(engine, "hal", TimeSpan.FromDays(3), 2);
        for (var minutes = 0; minutes < 60 * 24 * 4; minutes += 5)
        {
            await engine.PassAsync(TimeSpan.FromMinutes(5));
            if (minutes % 35 == 0)
            {
                await engine.KillAsync();
            }
        }

        Assert.Equal(
            [
                engine.In(
                    "[hal] intervention #1 prévue mercredi 25/11 20:00, pour 2 heures, par lunar — noyau",
                    "[hal] intervention #1 planned Wednesday 25 Nov 20:00, for 2 hours, by lunar — noyau"),
                engine.In(
                    "[hal] rappel : intervention #1 mercredi 25/11 20:00, pour 2 heures, par lunar — noyau",
                    "[hal] reminder: intervention #1 Wednesday 25 Nov 20:00, for 2 hours, by lunar — noyau"),
                engine.In(
                    "[hal] intervention #1 dans 15 minutes, pour 2 heures, par lunar — noyau",
                    "[hal] intervention #1 in 15 minutes, for 2 hours, by lunar — noyau"),
                engine.In(
                    "[hal] début de l'intervention #1, jusqu'à 22:00, par lunar (alertes masquées d'ici là) — noyau",
                    "[hal] intervention #1 begins, until 22:00, by lunar (alerts suppressed until then) — noyau"),
                engine.In(
                    "[hal] fin de l'intervention #1 (2 heures, par lunar) : aucune alerte masquée",
                    "[hal] intervention #1 ends (2 hours, by lunar): no alert suppressed"),
            ],
            await engine.PublicAsync());
        Assert.Empty(await engine.Interventions.ComingAsync(default));
    }

    [Fact]
    public async Task What_the_monitor_mails_of_its_downtime_is_not_announced_beside_it()
    {
        await using var engine = await StartAsync();
        await PlanAsync(engine, "hal", TimeSpan.FromMinutes(10), 1);
        await engine.PassAsync(TimeSpan.FromMinutes(9));
        await engine.TakeAsync(NagiosHost.Write("DOWNTIMESTART", "hal", "UP"));
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(NagiosHost.Write("DOWNTIMESTART", "hal", "UP"));
        await engine.PassAsync(TimeSpan.FromHours(1));
        await engine.TakeAsync(NagiosHost.Write("DOWNTIMEEND", "hal", "UP"));
        Assert.Equal(3, (await engine.PublicAsync()).Count);
        Assert.All(await engine.PublicAsync(), line => Assert.Contains("intervention #1", line, StringComparison.Ordinal));

        // Of another machine, or long after, it is somebody else's.
        await engine.TakeAsync(NagiosHost.Write("DOWNTIMESTART", "sql", "UP"));
        await engine.PassAsync(TimeSpan.FromMinutes(11));
        await engine.TakeAsync(NagiosHost.Write("DOWNTIMESTART", "hal", "UP"));
        Assert.Equal(5, (await engine.PublicAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Alerts_of_the_machine_and_of_those_that_depend_on_it_are_announced_at_the_end(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await PlanAsync(engine, "routeur", TimeSpan.FromMinutes(10), 2);
        await engine.PassAsync(TimeSpan.FromMinutes(10));
        await engine.TakeAsync(
            Nagios.Problem("routeur", "PING"), Nagios.Problem("hal", "POP3"), Nagios.Problem("sud", "HTTP"), Nagios.Problem("sql", "MySQL"));
        await engine.PassAsync(Wait);
        await engine.TakeAsync(Nagios.Recovery("routeur", "PING"), Nagios.Recovery("sud", "HTTP"));
        await engine.PassAsync(Wait);
        Assert.StartsWith("[sql] MySQL CRITICAL", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(
            engine.In(
                "[routeur] fin de l'intervention #1 (2 heures, par lunar) : 3 alertes masquées, 2 terminées, 1 encore ouverte : hal POP3 CRITICAL #2",
                "[routeur] intervention #1 ends (2 hours, by lunar): 3 alerts suppressed, 2 recovered, 1 still open: hal POP3 CRITICAL #2"),
            (await engine.PublicAsync())[^1]);
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In("[hal] POP3 OK après", "[hal] POP3 OK after"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_in_the_root_channel_stays_there()
    {
        await using var engine = await StartAsync();
        await PlanAsync(engine, "hal", TimeSpan.FromHours(2), 1, Audience.Root);
        await engine.PassAsync(TimeSpan.FromHours(2));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("noyau", StringComparison.Ordinal));
        Assert.All(await engine.RootAsync(), line => Assert.EndsWith("— noyau", line, StringComparison.Ordinal));
        Assert.Equal(2, (await engine.PublicAsync()).Count);
    }

    [Theory]
    [InlineData(Locale.French, 10, "[hal] intervention #1 dans 15 minutes")] // Down over the day before: too late for that reminder.
    [InlineData(Locale.English, 10, "[hal] intervention #1 in 15 minutes")]
    [InlineData(Locale.French, 46.8, "[hal] intervention #1 dans 12 minutes")]
    [InlineData(Locale.English, 46.8, "[hal] intervention #1 in 12 minutes")]
    [InlineData(Locale.French, 47.5, "[hal] intervention #1 en cours depuis 19:00, annoncée en retard, jusqu'à 21:00")]
    [InlineData(Locale.English, 47.5, "[hal] intervention #1 under way since 19:00, announced late, until 21:00")]
    [InlineData(Locale.French, 50, "[hal] l'intervention #1, prévue du mardi 24/11 19:00 au mardi 24/11 21:00, par lunar, est passée sans que je puisse l'annoncer")]
    [InlineData(Locale.English, 50, "[hal] intervention #1, planned from Tuesday 24 Nov 19:00 to Tuesday 24 Nov 21:00, by lunar, passed before I could announce it")]
    public async Task After_a_reminders_time_the_next_sensible_thing_is_said(Locale locale, double hoursDown, string said)
    {
        await using var engine = await StartAsync(locale);
        await PlanAsync(engine, "hal", TimeSpan.FromHours(47), 2);
        engine.Time.Advance(TimeSpan.FromHours(Math.Min(hoursDown, 60)));
        await engine.KillAsync();
        await engine.PassAsync(TimeSpan.Zero);
        if (hoursDown < 40)
        {
            engine.Time.Advance(TimeSpan.FromHours(35));
            await engine.KillAsync();
            await engine.PassAsync(TimeSpan.Zero);
            Assert.Single(await engine.PublicAsync());
            await engine.PassAsync(TimeSpan.FromMinutes(105));
        }

        var lines = await engine.PublicAsync();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith(said, lines[1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task It_is_moved_extended_finished_and_cancelled(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await PlanAsync(engine, "hal", TimeSpan.FromHours(47), 2);
        var now = engine.Time.GetUtcNow();
        Assert.NotNull(await engine.Interventions.MoveAsync(1, now.AddHours(1), now.AddHours(2), Lunar, null, default));
        Assert.Equal(engine.In(
            "[hal] intervention #1 déplacée : dimanche 22/11 21:00 (ce soir), pour 1 heure, par lunar — noyau",
            "[hal] intervention #1 moved: Sunday 22 Nov 21:00 (tonight), for 1 hour, by lunar — noyau"), (await engine.PublicAsync())[^1]);
        Assert.Null(await engine.Interventions.FinishAsync(1, null, default));
        await engine.PassAsync(TimeSpan.FromMinutes(45));
        Assert.StartsWith(engine.In(
            "[hal] intervention #1 dans 15 minutes",
            "[hal] intervention #1 in 15 minutes"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Null(await engine.Interventions.CancelAsync(1, Lunar, null, default));
        Assert.Null(await engine.Interventions.MoveAsync(1, now.AddHours(5), now.AddHours(6), Lunar, null, default));

        Assert.NotNull(await engine.Interventions.MoveAsync(1, now.AddHours(1), now.AddHours(3), Lunar, null, default));
        Assert.Equal(engine.In(
            "[hal] l'intervention #1 dure jusqu'à 23:00, par lunar — noyau",
            "[hal] intervention #1 lasts until 23:00, by lunar — noyau"), (await engine.PublicAsync())[^1]);
        await engine.PassAsync(TimeSpan.FromMinutes(90));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        Assert.NotNull(await engine.Interventions.FinishAsync(1, null, default));
        Assert.Equal(
            engine.In(
                "[hal] fin de l'intervention #1 (1 heure et 30 minutes, par lunar) : 1 alerte masquée, encore ouverte : hal POP3 CRITICAL #1",
                "[hal] intervention #1 ends (1 hour and 30 minutes, by lunar): 1 alert suppressed, still open: hal POP3 CRITICAL #1"),
            (await engine.PublicAsync())[^1]);
        Assert.Null(await engine.Interventions.FinishAsync(1, null, default));

        await PlanAsync(engine, "hal", TimeSpan.FromHours(47), 2);
        Assert.NotNull(await engine.Interventions.CancelAsync(2, Lunar, null, default));
        var before = (await engine.PublicAsync()).Count;
        await engine.PassAsync(TimeSpan.FromDays(3));
        Assert.DoesNotContain((await engine.PublicAsync()).Skip(before), line => line.Contains("intervention", StringComparison.Ordinal));
        Assert.Null(await engine.Interventions.CancelAsync(2, Lunar, null, default));
        Assert.Null(await engine.Interventions.CancelAsync(99, Lunar, null, default));
    }

    [Fact]
    public async Task The_monitor_is_asked_for_a_downtime_of_each_machine_which_follows_every_change()
    {
        await using var engine = await Engine.StartAsync(settings => settings with
        {
            Inventory = Machines,
            Nagios = new("/nowhere/nagios.cmd", "/nowhere/status.dat"),
        });
        var now = engine.Time.GetUtcNow();
        var two = New("hal", now, now.AddHours(1), 2, Audience.Public) with { Machines = [PublicText.Declared("hal"), PublicText.Declared("sql")] };
        await engine.Interventions.PlanAsync(two, null, default);
        await engine.Interventions.MoveAsync(1, now.AddHours(2), now.AddHours(3), Lunar, null, default);
        await engine.Interventions.CancelAsync(1, Lunar, null, default);
        string Ask(string key, string machine, int from, int until) =>
            $"downtime\n{key}\n{machine}\n{now.AddHours(from).ToUnixTimeMilliseconds()}\n{now.AddHours(until).ToUnixTimeMilliseconds()}\nlunar\nnoyau";
        Assert.Equal(
            [
                Ask("i1", "hal", 1, 3), Ask("i1", "sql", 1, 3), "no-downtime\ni1\nhal", "no-downtime\ni1\nsql",
                Ask("i1m1", "hal", 2, 3), Ask("i1m1", "sql", 2, 3), "no-downtime\ni1m1\nhal", "no-downtime\ni1m1\nsql",
            ],
            await OrdersAsync(engine));

        await PlanAsync(engine, "hal", TimeSpan.Zero, 1);
        await engine.Interventions.FinishAsync(2, null, default);
        Assert.Equal([Ask("i2", "hal", 0, 1), "no-downtime\ni2\nhal"], (await OrdersAsync(engine))[8..]);

        // The monitor knows by itself when one ends that ends in its time.
        await PlanAsync(engine, "hal", TimeSpan.Zero, 1);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([Ask("i3", "hal", 0, 1)], (await OrdersAsync(engine))[10..]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_begins_now_is_announced_by_its_beginning_alone(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await PlanAsync(engine, "hal", TimeSpan.Zero, 1);
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In(
            "[hal] début de l'intervention #1, jusqu'à 21:00",
            "[hal] intervention #1 begins, until 21:00"), Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mute_that_ends_during_an_intervention_leaves_the_alert_to_it_and_the_other_way_round(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        var now = engine.Time.GetUtcNow();
        await PlanAsync(engine, "hal", TimeSpan.Zero, 2);
        await engine.Mutes.MuteAsync(
            new(Name.OfMachine("hal"), null, Lunar, new Remark(default, Audience.Public), now, now.AddHours(1)), null, default);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.EndsWith(engine.In(
            "par un autre silence, qui les annoncera",
            "another mute or intervention still suppresses its alerts and will announce them"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.EndsWith(engine.In(
            "encore ouverte : hal POP3 CRITICAL #1",
            "still open: hal POP3 CRITICAL #1"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_not_used_again_and_who_planned_is_forgotten_after_ninety_days()
    {
        await using var engine = await StartAsync();
        await PlanAsync(engine, "hal", TimeSpan.FromHours(1), 1);
        await engine.PassAsync(TimeSpan.FromHours(1));
        await engine.PassAsync(TimeSpan.FromHours(1));
        await engine.PassAsync(TimeSpan.FromDays(89));
        Assert.Equal("lunar", (await engine.Interventions.FindAsync(1, default))!.By.Value);
        await engine.PassAsync(TimeSpan.FromDays(2));
        var past = (await engine.Interventions.FindAsync(1, default))!;
        Assert.Equal(("", ""), (past.By.Value, past.What.Text.Value));
        await engine.Database.WriteAsync(transaction => Sql.RunAsync(transaction.Connection, "DELETE FROM intervention", transaction.Transaction), default);
        await engine.KillAsync();
        await PlanAsync(engine, "hal", TimeSpan.FromHours(1), 1);
        Assert.Equal(2, Assert.Single(await engine.Interventions.ComingAsync(default)).Number);
    }

    [Theory]
    [InlineData("2026-03-28T22:30Z", "2026-03-29T00:30Z", 2, "01:30", "04:30")] // The clock is put forward meanwhile.
    [InlineData("2026-10-24T22:30Z", "2026-10-25T00:30Z", 2, "02:30", "03:30")] // And back.
    [InlineData("2027-03-27T22:30Z", "2027-03-28T00:30Z", 2, "01:30", "04:30")]
    public async Task Hours_are_said_in_the_groups_zone_when_the_clock_is_changed(string plannedAt, string begins, int hours, string from, string until)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var voice = new Phrasebook(Locale.French, paris);
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var (now, start) = (DateTimeOffset.Parse(plannedAt, culture), DateTimeOffset.Parse(begins, culture));
        var one = InterventionRules.Planned(New("hal", now, start, hours, Audience.Public), start, start.AddHours(hours), now);
        var lines = new List<(InterventionStep Step, DateTimeOffset At, string Line)>();
        for (var at = now; at <= start.AddHours(hours + 1); at = at.AddMinutes(1))
        {
            if (InterventionRules.Due(one, at) is var (step, after))
            {
                one = after;
                lines.Add((step!.Value, at, new InterventionLines(voice).Of(step.Value, after, new SuppressedSummary(0, []).Text(voice, withMachine: true), at).Public!.Value.Value));
            }
        }

        Assert.Equal([InterventionStep.JustBefore, InterventionStep.Begins, InterventionStep.Ends], lines.Select(one => one.Step));
        Assert.Equal([start.AddMinutes(-15), start, start.AddHours(hours)], lines.Select(one => one.At));
        Assert.Contains($"jusqu'à {until}", lines[1].Line, StringComparison.Ordinal);
        Assert.Equal(from, voice.Time(start, start).Value);
    }

    private static async Task<List<string>> OrdersAsync(Engine engine) =>
        [.. (await engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MonitorKind, OutboxStore.MonitorKind, int.MaxValue), default)).Select(row => row.Payload)];

    private static Task<Engine> StartAsync(Locale locale = Locale.French) => Engine.StartAsync(settings => settings with { Inventory = Machines }, locale);

    private static Task<Line> PlanAsync(Engine engine, string machine, TimeSpan after, int hours, Audience saidTo = Audience.Public)
    {
        var now = engine.Time.GetUtcNow();
        return engine.Interventions.PlanAsync(New(machine, now, now + after, hours, saidTo), null, default);
    }

    private static Intervention New(string machine, DateTimeOffset now, DateTimeOffset begins, int hours, Audience saidTo) => new()
    {
        Machines = [PublicText.Declared(machine)],
        By = Lunar,
        What = new Remark(new RootText("noyau"), saidTo),
        PlannedAt = now,
        BeginsAt = begins,
        EndsAt = begins.AddHours(hours),
    };
}
