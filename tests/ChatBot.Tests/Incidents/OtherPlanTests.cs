using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.PlanScene;

namespace ChatBot.Tests.Incidents;

/// <summary>What people, the end of a silence and the monitor's state do to incidents.</summary>
public class OtherPlanTests
{
    private const string Pop3 = "hal POP3 CRITICAL";

    private static readonly Acknowledgement Lunar = SampleReports.By("je regarde", Audience.Public);

    public static TheoryData<Drifted> Drifts =>
    [
        new Drifted("a trouble that no mail told", Empty, Of(Reason.FoundInMonitor, Pop3, null), [], ["-1 FoundInMonitor"]),
        new Drifted("which came by mail meanwhile", PlanScene.Of(Fresh(1, Pop3)), Of(Reason.FoundInMonitor, Pop3, null), [], ["1 Repeated"]),
        new Drifted("another state", PlanScene.Of(Announced(1, "hal POP3 WARNING")), Of(Reason.ChangedInMonitor, Pop3, 1), [], ["1 ChangedInMonitor"]),
        new Drifted("an end that no mail told", PlanScene.Of(Announced(1, Pop3)), Of(Reason.GoneInMonitor, "hal POP3 OK", 1), [], ["1 GoneInMonitor"]),
        new Drifted(
            "what flaps by our own count ends when it has settled",
            PlanScene.Of(Announced(1, Pop3) with { Flapping = true }) with
            {
                Histories = [new CheckHistory(Name.OfMachine("hal"), Name.OfService("POP3"), new FlapHistory("aeaeaeaeaeaeaeaeaeaee", Now, true, 5))],
            },
            Of(Reason.GoneInMonitor, "hal POP3 OK", 1),
            [],
            ["1 WhileFlapping"]),
        new Drifted(
            "what flaps and is known to be well",
            PlanScene.Of(Announced(1, "hal POP3 OK") with { Flapping = true }) with
            {
                Histories = [new CheckHistory(Name.OfMachine("hal"), Name.OfService("POP3"), new FlapHistory("aeaeaeaeaeaeaeaeaeaea", Now, true, 5))],
            },
            Of(Reason.GoneInMonitor, "hal POP3 OK", 1),
            [],
            []),
        new Drifted("during an intervention", Empty.Silenced(work: Work("hal")), Of(Reason.FoundInMonitor, Pop3, null), [], ["-1 DuringIntervention"]),
        new Drifted(
            "an acknowledgement that no mail told",
            PlanScene.Of(Announced(1, Pop3)),
            Acknowledged,
            [Public(Lines.AcknowledgedInMonitor(Announced(1, Pop3), Acknowledged.ToReport(MonitorNames.Nagios)))],
            ["1 AcknowledgedInMonitor"]),
        new Drifted(
            "who made one that a mail told without a name, for root alone",
            PlanScene.Of(Announced(1, Pop3) with { Acknowledgement = Lunar with { By = MonitorNames.Nagios, Reason = default } }),
            Acknowledged,
            [null],
            ["1 AcknowledgedInMonitor"]),
        new Drifted("one that was made here", PlanScene.Of(Announced(1, Pop3) with { Acknowledgement = Lunar }), Acknowledged, [], ["1 AlreadyAcknowledged"]),
    ];

    private static StateDrift Acknowledged => Of(Reason.AcknowledgedInMonitor, Pop3, 1) with
    {
        Ack = new MonitoredAck(new RootText("jeanne"), new RootText("je regarde"), Now.AddMinutes(-1)),
    };

    [Theory]
    [MemberData(nameof(Drifts))]
    public void A_drift_that_has_lasted_becomes(Drifted row)
    {
        var outcome = Plan(row.Drift, row.Situation);
        Assert.Equal(row.Says, outcome.Says());
        Assert.Equal(row.Happened, outcome.Happened());
    }

    [Fact]
    public void What_the_monitor_shows_alone_waits_for_company_and_its_end_is_announced_at_once_where_the_trouble_was()
    {
        Assert.Equal(Now + Rules.GroupWait, Plan(Of(Reason.FoundInMonitor, Pop3, null), Empty).Saved(-1).AnnounceAt);
        Assert.Equal(Now, Plan(Of(Reason.GoneInMonitor, "hal POP3 OK", 1), PlanScene.Of(Announced(1, Pop3))).Saved(1).AnnounceAt);
        Assert.Null(Plan(Of(Reason.GoneInMonitor, "hal POP3 OK", 1), PlanScene.Of(Fresh(1, Pop3))).Saved(1).AnnounceAt);
    }

    [Fact]
    public void An_acknowledgement_in_the_monitor_is_overtaken_by_what_somebody_did_here_since()
    {
        Assert.True(Acknowledged.IsOvertaken(Released(Now)));
        Assert.False(Acknowledged.IsOvertaken(Released(Now.AddHours(-1))));
        Assert.False(Of(Reason.ChangedInMonitor, Pop3, 1).IsOvertaken(Released(Now)));
    }

    [Fact]
    public void What_the_monitor_shows_is_the_same_as_long_as_nothing_else_happened_here()
    {
        var drift = Of(Reason.ChangedInMonitor, Pop3, 1) with { Since = Now };
        var key = drift.Key(MonitorNames.Nagios, 7);
        Assert.Equal(key, (drift with { IsSilenced = true }).Key(MonitorNames.Nagios, 7));
        string[] others =
        [
            drift.Key(MonitorNames.Icinga, 7), drift.Key(MonitorNames.Nagios, 8), (drift with { Since = Now.AddSeconds(1) }).Key(MonitorNames.Nagios, 7),
            (drift with { Service = null }).Key(MonitorNames.Nagios, 7), (drift with { State = CheckState.Warning }).Key(MonitorNames.Nagios, 7),
            Acknowledged.Key(MonitorNames.Nagios, 7),
        ];
        Assert.DoesNotContain(key, others);
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void The_end_of_a_silence_counts_what_ended_and_names_what_is_open_and_unknown()
    {
        var hidden = Fresh(1, Pop3) with { SuppressedBy = Suppression.Muted };
        var known = Announced(2, "hal IMAP CRITICAL") with { SuppressedBy = Suppression.Muted };
        var ended = Fresh(3, "hal SMTP CRITICAL") with { ClosedAt = Now };
        var elsewhere = Fresh(4, "sud FTP CRITICAL") with { ClosedAt = Now };
        var (summary, outcome) = SuppressionEnd.Plan([hidden, known, ended, elsewhere], Mute("hal").Covers, Empty.Silences, Now);
        Assert.Equal((1, 1L), (summary.Ended, Assert.Single(summary.Open).Number));
        Assert.Equal(["1 Announced"], outcome.Happened());
        Assert.All(outcome.Incidents, one => Assert.Equal((null, one.State), (one.SuppressedBy, one.AnnouncedState!.Value)));
        Assert.Equal([1, 2], outcome.Incidents.Select(one => one.Number));
    }

    [Fact]
    public void What_another_silence_hides_stays_hidden()
    {
        var hidden = Fresh(1, Pop3) with { SuppressedBy = Suppression.Muted };
        var (summary, outcome) = SuppressionEnd.Plan([hidden], Mute("hal", "POP3").Covers, Empty.Silenced(Mute("hal")).Silences, Now);
        Assert.Equal((0, 0, 0), (summary.Ended, summary.Open.Count, outcome.Incidents.Count));
    }

    [Fact]
    public void A_person_acknowledges_several_with_a_line_for_each_machine_and_the_monitor_is_asked()
    {
        var foreign = Announced(2, "hal disque CRITICAL") with { Source = PublicText.Declared("smartd") };
        var closed = Ended(4, "sud SSH CRITICAL");
        var (each, outcome) = Usual.Acknowledge([1, 2, 3, 4, 5], [Announced(1, Pop3), foreign, Announced(3, "sud FTP CRITICAL"), closed], Lunar);
        Assert.Equal(
            [AcknowledgeResult.Done, AcknowledgeResult.Done, AcknowledgeResult.Done, AcknowledgeResult.AlreadyClosed, AcknowledgeResult.NoSuchIncident],
            each.Select(one => one.Result));
        Assert.Equal(["1 Acknowledged", "2 Acknowledged", "3 Acknowledged"], outcome.Happened());
        Assert.Equal([[1L, 2], [3]], outcome.Lines.Select(line => line.Incidents.Select(one => one.Number)));
        Assert.Equal([1, 3], outcome.Orders.Select(one => ((MonitorOrder.Acknowledge)one.Order).Incident));
    }

    [Fact]
    public void A_person_releases_what_was_acknowledged()
    {
        var (each, outcome) = Usual.Release(
            [1, 2], [Announced(1, Pop3) with { Acknowledgement = Lunar }, Announced(2, "hal IMAP CRITICAL")], PublicText.Declared("lunar"), Now);
        Assert.Equal([AcknowledgeResult.Done, AcknowledgeResult.NotAcknowledged], each.Select(one => one.Result));
        Assert.Equal(["1 Unacknowledged"], outcome.Happened());
        Assert.Null(outcome.Saved(1).Acknowledgement);
        Assert.Equal(new MonitorOrder.Unacknowledge(1), Assert.Single(outcome.Orders).Order);
    }

    private static StateDrift Of(Reason reason, string what, long? incident)
    {
        var report = Report(ReportKind.Alert, what);
        return new StateDrift(reason, report.Machine!.Value, report.Service, report.State!.Value, incident, null, IsSilenced: false);
    }

    private static Outcome Plan(StateDrift drift, Situation situation) => Usual.Plan(situation, [drift.ToReport(MonitorNames.Nagios)], Now, Now);

    private static IncidentEvent[] Released(DateTimeOffset at) => [new(at, Reason.Unacknowledged, CheckState.Critical, null, null)];

    public sealed record Drifted(string Name, Situation Situation, StateDrift Drift, string?[] Says, string[] Happened)
    {
        public override string ToString() => Name;
    }
}
