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
        new Drifted("which came by mail meanwhile", PlanScene.Of(Fresh(1, Pop3)), Of(Reason.FoundInMonitor, Pop3, null), [], []),
        new Drifted("another state", PlanScene.Of(Announced(1, "hal POP3 WARNING")), Of(Reason.ChangedInMonitor, Pop3, 1), [], ["1 ChangedInMonitor"]),
        new Drifted("an end that no mail told", PlanScene.Of(Announced(1, Pop3)), Of(Reason.GoneInMonitor, "hal POP3 OK", 1), [], ["1 GoneInMonitor"]),
        new Drifted(
            "what flaps by our own count ends by itself",
            PlanScene.Of(Announced(1, Pop3) with { Flapping = true }) with
            {
                Histories = [new CheckHistory(PublicText.Declared("hal"), PublicText.Declared("POP3"), new FlapHistory("aeaeaeaeaeaeaeaeaeaee", Now, true, 5))],
            },
            Of(Reason.GoneInMonitor, "hal POP3 OK", 1),
            [],
            []),
        new Drifted(
            "an acknowledgement that no mail told",
            PlanScene.Of(Announced(1, Pop3)),
            Acknowledged,
            [Public(Lines.AcknowledgedInMonitor(Announced(1, Pop3), Acknowledged.Ack!, MonitorNames.Nagios))],
            ["1 AcknowledgedInMonitor"]),
        new Drifted("one that was made here", PlanScene.Of(Announced(1, Pop3) with { Acknowledgement = Lunar }), Acknowledged, [], []),
        new Drifted("one that was released here since", PlanScene.Of(Announced(1, Pop3)) with { Stories = Released(Now) }, Acknowledged, [], []),
        new Drifted(
            "one that was made again after it was released here",
            PlanScene.Of(Announced(1, Pop3)) with { Stories = Released(Now.AddHours(-1)) },
            Acknowledged,
            [Public(Lines.AcknowledgedInMonitor(Announced(1, Pop3), Acknowledged.Ack!, MonitorNames.Nagios))],
            ["1 AcknowledgedInMonitor"]),
    ];

    private static StateDrift Acknowledged => Of(Reason.AcknowledgedInMonitor, Pop3, 1) with
    {
        Ack = new MonitoredAck(new RootText("jeanne"), new RootText("je regarde"), Now.AddMinutes(-1)),
    };

    [Theory]
    [MemberData(nameof(Drifts))]
    public void A_drift_that_has_lasted_becomes(Drifted row)
    {
        var outcome = new DriftPlanner(Lines, MonitorNames.Nagios).Plan(row.Drift, row.Situation, Now);
        Assert.Equal(row.Says, outcome.Says());
        Assert.Equal(row.Happened, outcome.Happened());
    }

    [Fact]
    public void What_the_monitor_shows_alone_is_announced_at_once_and_its_end_where_the_trouble_was()
    {
        var planner = new DriftPlanner(Lines, MonitorNames.Nagios);
        Assert.Equal(Now, planner.Plan(Of(Reason.FoundInMonitor, Pop3, null), Empty, Now).Saved(-1).AnnounceAt);
        Assert.Equal(Now, planner.Plan(Of(Reason.GoneInMonitor, "hal POP3 OK", 1), PlanScene.Of(Announced(1, Pop3)), Now).Saved(1).AnnounceAt);
        Assert.Null(planner.Plan(Of(Reason.GoneInMonitor, "hal POP3 OK", 1), PlanScene.Of(Fresh(1, Pop3)), Now).Saved(1).AnnounceAt);
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

    private static Dictionary<long, IReadOnlyList<IncidentEvent>> Released(DateTimeOffset at) => new()
    {
        [1] = [new IncidentEvent(at, Reason.Unacknowledged, CheckState.Critical, null, null)],
    };

    public sealed record Drifted(string Name, Situation Situation, StateDrift Drift, string[] Says, string[] Happened)
    {
        public override string ToString() => Name;
    }
}
