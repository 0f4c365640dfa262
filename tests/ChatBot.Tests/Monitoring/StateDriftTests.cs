using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Mutes;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>What the monitor's state shows and no mail told.</summary>
public sealed class StateDriftTests
{
    private static readonly TimeSpan Almost = TimeSpan.FromSeconds(80);

    [Fact]
    public async Task A_problem_without_its_mail_is_an_incident_after_a_while_and_told_once()
    {
        await using var scene = await MonitorScene.StartAsync();
        Assert.Equal(TimeSpan.FromSeconds(90), await scene.TurnAsync());
        await scene.PassAsync(Almost);
        Assert.Empty(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        await scene.PassAsync(TimeSpan.FromSeconds(10));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await scene.SaidAsync("[hal] IMAP CRITICAL — #1"));
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        var incident = Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Equal([Reason.FoundInMonitor, Reason.Announced], await StoryAsync(scene, incident.Number));

        // Its mail after all.
        await scene.FailAsync();
        Assert.Equal(1, await scene.SaidAsync("IMAP CRITICAL"));
    }

    [Fact]
    public async Task What_is_found_on_a_host_outside_the_inventory_is_for_root_from_its_beginning_to_its_end()
    {
        const string Client = "vpn-dupont";
        await using var scene = await MonitorScene.StartAsync();
        await scene.SeeAsync(0, more: NagiosFiles.Host(Client, 1));
        await scene.PassAsync(TimeSpan.FromSeconds(91));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains(await scene.Engine.RootAsync(), line => line.StartsWith($"[{Client}] DOWN", StringComparison.Ordinal));
        await scene.Engine.KillAsync();
        await scene.SeeAsync(0, more: NagiosFiles.Host(Client, 0));
        await scene.PassAsync(TimeSpan.FromSeconds(91));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains(await scene.Engine.RootAsync(), line => line.StartsWith($"[{Client}] UP", StringComparison.Ordinal));
        Assert.Empty(await scene.Engine.PublicAsync());
    }

    [Fact]
    public async Task A_problem_whose_mail_comes_meanwhile_is_told_by_the_mail_alone()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.TurnAsync();
        await scene.PassAsync(Almost);
        await scene.FailAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await scene.SaidAsync("IMAP CRITICAL"));
        Assert.DoesNotContain(Reason.FoundInMonitor, await StoryAsync(scene, 1));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_end_without_its_mail_closes_the_incident_and_is_told_once(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.SeeAsync(0);
        await scene.PassAsync(Almost);
        Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        await scene.PassAsync(TimeSpan.FromSeconds(10));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await scene.SaidAsync(scene.In("[hal] IMAP OK après", "[hal] IMAP OK after")));
        Assert.Contains(Reason.GoneInMonitor, await StoryAsync(scene, 1));
        await scene.Engine.TakeAsync(Nagios.Recovery(MonitorScene.Host, "IMAP"));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await scene.SaidAsync(scene.In("[hal] IMAP OK après", "[hal] IMAP OK after")));
    }

    [Fact]
    public async Task A_problem_that_a_late_mail_ended_wrongly_is_found_again()
    {
        await using var scene = await MonitorScene.StartAsync();
        var failing = NagiosFiles.Service(MonitorScene.Host, "IMAP", 2, more: $"\tlast_state_change={scene.Now.ToUnixTimeSeconds()}\n");
        scene.Files.WriteState(scene.Now.AddSeconds(1), NagiosFiles.Host(MonitorScene.Host), failing);
        await scene.PassAsync(TimeSpan.FromSeconds(2));
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        await scene.Engine.TakeAsync(Nagios.Recovery(MonitorScene.Host, "IMAP"));
        Assert.Empty(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        await scene.PassAsync(TimeSpan.FromSeconds(1));
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(CheckState.Critical, Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_monitor_whose_mails_are_awaited_is_silent_though_its_state_shows_problems()
    {
        await using var scene = await MonitorScene.StartAsync();
        scene.Engine.Settings.Replace(scene.Engine.Settings.Value.Settings with { Watches = [new WatchSettings("nagios", "sud", TimeSpan.FromHours(2))] });
        scene.State(0);
        await scene.Engine.LiveAsync(TimeSpan.FromHours(1));
        await scene.SeeAsync(2);
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await scene.Engine.Incidents.OpenAsync("hal", CancellationToken.None));
        await scene.Engine.LiveAsync(TimeSpan.FromMinutes(90));
        Assert.Single(await scene.Engine.Incidents.OpenAsync("sud", CancellationToken.None));
    }

    [Theory]
    [InlineData("current_notification_number=0"), InlineData("scheduled_downtime_depth=1"), InlineData("is_flapping=1"), InlineData("state_type=0")]
    [InlineData("has_been_checked=0")]
    public async Task A_problem_of_which_Nagios_would_tell_nobody_is_none_here(string field)
    {
        await using var scene = await MonitorScene.StartAsync();
        scene.Files.WriteState(scene.Now, NagiosFiles.Host(MonitorScene.Host), NagiosFiles.Service(MonitorScene.Host, "IMAP", 2, more: $"\t{field}\n"));
        Assert.Null(await scene.TurnAsync());
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task The_services_of_a_host_that_is_down_are_covered_by_it()
    {
        await using var scene = await MonitorScene.StartAsync();
        scene.Files.WriteState(scene.Now, NagiosFiles.Host(MonitorScene.Host, 1), NagiosFiles.Service(MonitorScene.Host, "IMAP", 2));
        await scene.TurnAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Null(Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None)).Service);
    }

    [Fact]
    public void A_machine_that_is_two_hosts_is_well_where_both_are()
    {
        var open = Open("IMAP", CheckState.Critical);
        Assert.Empty(Missed(open, Check("hal", "IMAP", CheckState.Ok), Check("hal.globenet.org", "IMAP", CheckState.Critical)));
        Assert.Equal(Reason.GoneInMonitor, Missed(open, Check("hal", "IMAP", CheckState.Ok), Check("hal.globenet.org", "imap", CheckState.Ok))[0].Reason);
    }

    [Fact]
    public void A_machine_that_is_two_hosts_is_as_one_of_them_is()
    {
        Assert.Empty(Missed(Open("IMAP", CheckState.Warning), Check("hal", "IMAP", CheckState.Warning), Check("hal.globenet.org", "IMAP", CheckState.Critical)));
        Assert.Equal(
            (Reason.ChangedInMonitor, CheckState.Critical),
            Missed(Open("IMAP", CheckState.Unknown), Check("hal", "IMAP", CheckState.Ok), Check("hal.globenet.org", "IMAP", CheckState.Critical))
                .Select(one => (one.Reason, one.State)).Single());
    }

    [Fact]
    public async Task What_got_worse_without_a_mail_is_told_once_and_shown_as_it_is()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.Engine.TakeAsync(Nagios.Problem(MonitorScene.Host, "IMAP", "WARNING"));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        await scene.SeeAsync(2);
        await scene.PassAsync(Almost);
        Assert.Equal(CheckState.Warning, (await scene.Engine.Incidents.FindAsync(1, CancellationToken.None))!.State);
        await scene.PassAsync(TimeSpan.FromSeconds(10));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await scene.SaidAsync("[hal] IMAP CRITICAL"));
        Assert.Contains(Reason.ChangedInMonitor, await StoryAsync(scene, 1));

        // Its mail after all.
        await scene.Engine.TakeAsync(Nagios.Problem(MonitorScene.Host, "IMAP"));
        await scene.PassAsync(TimeSpan.FromMinutes(3));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await scene.SaidAsync("[hal] IMAP CRITICAL"));
    }

    [Fact]
    public async Task What_changed_while_nobody_may_hear_of_it_is_only_kept()
    {
        await using var scene = await MonitorScene.StartAsync();
        var reason = new Remark(new RootText("travaux"), Audience.Public);
        var mute = new Mute(Name.OfMachine("hal"), null, PublicText.Declared("lunar"), reason, scene.Now, scene.Now.AddHours(2));
        await scene.Engine.Mutes.MuteAsync(mute, null, CancellationToken.None);
        await scene.Engine.TakeAsync(Nagios.Problem(MonitorScene.Host, "IMAP", "WARNING"));
        await scene.SeeAsync(2);
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(CheckState.Critical, (await scene.Engine.Incidents.FindAsync(1, CancellationToken.None))!.State);
        Assert.Equal(0, await scene.SaidAsync("IMAP"));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_the_downtime_of_an_intervention_keeps_from_the_mails_is_told_at_its_end(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.Engine.Interventions.PlanAsync(
            new Intervention
            {
                Machines = [PublicText.Declared("hal")],
                By = PublicText.Declared("lunar"),
                What = new Remark(new RootText("noyau"), Audience.Public),
                PlannedAt = scene.Now,
                BeginsAt = scene.Now,
                EndsAt = scene.Now.AddHours(1),
            },
            null,
            CancellationToken.None);
        string[] silenced = [
            NagiosFiles.Host(MonitorScene.Host),
            NagiosFiles.Service(MonitorScene.Host, "IMAP", 2, more: "\tcurrent_notification_number=0\n\tscheduled_downtime_depth=1\n"),
        ];
        scene.Files.WriteState(scene.Now.AddSeconds(1), silenced);
        await scene.PassAsync(TimeSpan.FromSeconds(2));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Suppression.Intervention, Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None)).SuppressedBy);
        await scene.Engine.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(0, await scene.SaidAsync("IMAP"));
        await scene.Engine.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "fin de l'intervention #1 (1 heure, par lunar) : 1 alerte masquée, encore ouverte : hal IMAP CRITICAL #1",
            "intervention #1 ends (1 hour, by lunar): 1 alert suppressed, still open: hal IMAP CRITICAL #1")));
    }

    [Fact]
    public async Task What_changes_too_often_is_not_over_each_time_that_it_is_well()
    {
        await using var scene = await MonitorScene.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await scene.FailAsync();
            await scene.Engine.TakeAsync(Nagios.Recovery(MonitorScene.Host, "IMAP"));
            await scene.Engine.PassAsync(TimeSpan.FromSeconds(30));
        }

        await scene.SeeAsync(0);
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.True(Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None)).Flapping);
        var story = await StoryAsync(scene, 1);
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(story, await StoryAsync(scene, 1));
        await scene.Engine.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task What_another_program_told_does_not_end_because_a_check_of_that_name_is_well()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.Engine.TakeAsync(scene.Engine.Mail(Sample.Named("300").Bytes));
        var incident = Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        scene.Files.WriteState(scene.Now.AddSeconds(1), NagiosFiles.Host(MonitorScene.Host), NagiosFiles.Service(MonitorScene.Host, incident.Service!.Value.Value, 0));
        await scene.TurnAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.True((await scene.Engine.Incidents.FindAsync(incident.Number, CancellationToken.None))!.IsOpen);
    }

    [Fact]
    public void A_trouble_of_a_machine_that_another_program_told_does_not_end_because_the_host_is_up()
    {
        Assert.Empty(Missed(Open(null, CheckState.Critical), Check("hal", null, CheckState.Up)));
        var acknowledged = Check("hal", "IMAP", CheckState.Critical) with { Ack = new MonitoredAck(new RootText("marie"), new RootText("vu"), DateTimeOffset.UnixEpoch) };
        Assert.Single(Missed(Open("IMAP", CheckState.Critical), acknowledged));
        Assert.Empty(Missed(Open("IMAP", CheckState.Critical) with { Source = PublicText.Declared("monit") }, acknowledged));
        Assert.Single(Missed(Open(null, CheckState.Down), Check("hal", null, CheckState.Up)));
    }

    [Fact]
    public async Task An_acknowledgement_made_in_Nagios_is_told_and_kept_with_its_author_for_root_alone()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        var ack = NagiosFiles.AckComment(MonitorScene.Host, "IMAP", "marie confidentiel", "je m'en occupe", scene.Now.AddSeconds(1));
        await scene.SeeAsync(2, true, ack);
        await scene.SeeAsync(2, true, ack);
        var line = Assert.Single(await scene.Engine.RootAsync(), text => text.Contains("marie confidentiel", StringComparison.Ordinal));
        Assert.Contains("je m'en occupe", line, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.Engine.PublicAsync(), text => text.Contains("confidentiel", StringComparison.Ordinal));
        Assert.Equal(1, await scene.SaidAsync("Nagios"));
        var taken = (await scene.Engine.Incidents.FindAsync(1, CancellationToken.None))!.Acknowledgement!;
        Assert.Equal(("Nagios", "marie confidentiel : je m'en occupe"), (taken.By.Value, taken.Reason.Text.Value));

        // Let go here: the acknowledgement there is older, and is removed.
        await scene.UnackAsync();
        await scene.SeeAsync(2, true, ack);
        Assert.Null((await scene.Engine.Incidents.FindAsync(1, CancellationToken.None))!.Acknowledgement);
        Assert.Contains("REMOVE_SVC_ACKNOWLEDGEMENT", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_acknowledged_in_Nagios_is_read_off_its_state_where_the_mail_did_not_say()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        var ack = NagiosFiles.AckComment(MonitorScene.Host, "IMAP", "marie", "je m'en occupe", scene.Now);
        await scene.Engine.TakeAsync(Nagios.Write("ACKNOWLEDGEMENT", MonitorScene.Host, "IMAP", "CRITICAL"));
        Assert.Equal(1, await scene.SaidAsync("acquitté dans Nagios"));
        await scene.SeeAsync(2, true, ack);
        await scene.SeeAsync(2, true, ack);
        Assert.Single(await scene.Engine.RootAsync(), text => text.Contains("par marie « je m'en occupe »", StringComparison.Ordinal));
        Assert.Equal(1, await scene.SaidAsync("acquitté dans Nagios"));
    }

    [Fact]
    public async Task Our_own_acknowledgement_is_not_somebody_else_s()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.SeeAsync(2, true, NagiosFiles.AckComment(MonitorScene.Host, "IMAP", "lunar", "je regarde (ChatBot #1)", scene.Now.AddSeconds(1)));
        await scene.Engine.TakeAsync(Nagios.Write(
            "ACKNOWLEDGEMENT", MonitorScene.Host, "IMAP", "CRITICAL", more: "Author: lunar\nComment: je regarde (ChatBot #1)"));
        Assert.Null((await scene.Engine.Incidents.FindAsync(1, CancellationToken.None))!.Acknowledgement);
        Assert.Equal(0, await scene.SaidAsync("Nagios"));
    }

    private static IReadOnlyList<StateDrift> Missed(Incident open, params MonitoredCheck[] checks) =>
        DriftFinder.Of(new MonitorState(DateTimeOffset.UnixEpoch, checks, []), [open], [], SampleGroup.Machines);

    private static Incident Open(string? service, CheckState state) => new()
    {
        Number = 1,
        Machine = Name.OfMachine("hal"),
        Service = service is null ? null : Name.OfService(service),
        State = state,
        OpenedAt = DateTimeOffset.UnixEpoch,
    };

    private static MonitoredCheck Check(string host, string? service, CheckState state) =>
        new() { Host = host, Service = service, State = state, IsHard = true, IsChecked = true, IsNotified = true };

    private static async Task<IEnumerable<Reason>> StoryAsync(MonitorScene scene, long number) =>
        (await scene.Engine.Incidents.StoryAsync(number, CancellationToken.None)).Select(step => step.Reason);
}
