using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.PlanScene;

namespace ChatBot.Tests.Incidents;

/// <summary>What reports do, as tables: what is known, what comes, what is said at once, and what happened by that.</summary>
public class ReportPlanTests
{
    private const string Pop3 = "hal POP3 CRITICAL";
    private const string Well = "hal POP3 OK";

    private static readonly Report Alert = Report(ReportKind.Alert, Pop3);
    private static readonly Report Recovery = Report(ReportKind.Recovery, Well);
    private static readonly Report Stable = Report(ReportKind.Flapping, Pop3, Phase.End);
    private static readonly Report Downtime = Report(ReportKind.Downtime, "hal UP", Phase.Start);
    private static readonly Report Taken = Report(ReportKind.Ack, Pop3);

    public static TheoryData<Case> Opening =>
    [
        new Case("a new alert waits", Empty, [Alert], [], ["-1 Opened"]),
        new Case("known already", Of(Announced(1, Pop3)), [Alert], [], ["1 Repeated"], [Reason.Repeated]),
        new Case("worse", Of(Announced(1, "hal POP3 WARNING")), [Alert], [], ["1 Changed"]),
        new Case("worse before it was announced", Of(Fresh(1, "hal POP3 WARNING")), [Alert], [], ["1 ChangedBeforeAnnounced"], [Reason.ChangedBeforeAnnounced]),
        new Case("two of one mail", Empty, [Alert, Report(ReportKind.Alert, "hal IMAP CRITICAL")], [], ["-1 Opened", "-2 Opened"]),
        new Case("the same twice in one mail", Empty, [Alert, Alert], [], ["-1 Opened", "-1 Repeated"], [Reason.Repeated]),
        new Case("an alert and its end in one mail", Empty, [Alert, Recovery], [], ["-1 Opened", "-1 RecoveredBeforeAnnounced"], [Reason.RecoveredBeforeAnnounced]),
    ];

    public static TheoryData<Case> Recovering =>
    [
        new Case("after it was announced", Of(Announced(1, Pop3)), [Recovery], [], ["1 Recovered"]),
        new Case("before", Of(Fresh(1, Pop3)), [Recovery], [], ["1 RecoveredBeforeAnnounced"], [Reason.RecoveredBeforeAnnounced]),
        new Case("of nothing", Empty, [Recovery], [], [], [Reason.NothingOpen]),
        new Case("while it is muted", Of(Announced(1, Pop3)).Silenced(Mute("hal")), [Recovery], [], ["1 Recovered"]),
    ];

    public static TheoryData<Case> Late =>
    [
        new Case("older than the end, of nothing known", Known(null, Now), [At(Alert, -5)], [], ["-1 OutOfOrder"], [Reason.OutOfOrder]),
        new Case("older than the end, of what has ended", Known(null, Now, Ended(1, Pop3)), [At(Alert, -5)], [], ["1 OutOfOrder"], [Reason.OutOfOrder]),
        new Case("a minute is no order", Known(null, Now), [At(Alert, -1)], [], ["-1 Opened"]),
        new Case("newer than the end", Known(null, Now.AddMinutes(-6)), [At(Alert, -5)], [], ["-1 Opened"]),
        new Case("in the future: arrived now", Known(null, Now.AddMinutes(-6)), [At(Alert, 60)], [], ["-1 Opened"]),
        new Case("older than any mail: arrived now", Known(null, Now.AddMinutes(-6)), [At(Alert, -8000)], [], ["-1 Opened"]),
        new Case("what is known lies in the future: our clock was wrong", Known(null, Now.AddDays(1)), [At(Alert, -5)], [], ["-1 Opened"]),
        new Case("without a time of its own", Known(null, Now), [Alert], [], ["-1 Opened"]),
        new Case("of another host", Known(null, Now), [At(Alert, -5) with { WrittenOn = "sud" }], [], ["-1 Opened"]),
        new Case("an end before the last problem", Known(Now, null, Announced(1, Pop3)), [At(Recovery, -5)], [], ["1 OutOfOrder"], [Reason.OutOfOrder]),
        new Case("an end after it", Known(Now.AddMinutes(-10), null, Announced(1, Pop3)), [At(Recovery, -5)], [], ["1 Recovered"]),
        new Case(
            "what the monitor's state shows is the latest", Known(Now, null, Announced(1, Pop3)), [At(Recovery, -5) with { IsDrift = true }], [], ["1 GoneInMonitor"]),
        new Case(
            "graver than what is known",
            Known(Now, null, Announced(1, "hal POP3 WARNING")),
            [At(Alert, -60), At(Alert, -50)],
            [null],
            ["1 OutOfOrder", "1 OutOfOrder"],
            [Reason.OutOfOrder, Reason.OutOfOrder]),
        new Case("flapping that has ended", Known(null, Now), [At(Report(ReportKind.Flapping, Pop3, Phase.Start), -5)], [], [], [Reason.OutOfOrder]),
        new Case("an acknowledgement of what has ended", Known(null, Now), [At(Taken, -5)], [], [], [Reason.OutOfOrder]),
    ];

    public static TheoryData<Case> Flapping =>
    [
        new Case(
            "the monitor says that it flaps",
            Of(Announced(1, Pop3)),
            [Report(ReportKind.Flapping, Pop3, Phase.Start)],
            [Public(Lines.FlappingStarted(Flaps(1, Pop3)))],
            ["1 FlappingStarted"]),
        new Case(
            "of what was never announced, with its number",
            Empty,
            [Report(ReportKind.Flapping, Pop3, Phase.Start)],
            [Public(Lines.FlappingStarted(Flaps(-1, Pop3)))],
            ["-1 FlappingStarted"]),
        new Case("a change meanwhile", Of(Flaps(1, "hal POP3 WARNING")), [Alert], [], ["1 WhileFlapping"], [Reason.WhileFlapping]),
        new Case(
            "the monitor says that it is stable: how many changes were suppressed",
            Of(Flaps(1, Pop3)) with { Stories = Story(1, Reason.WhileFlapping, Reason.FlappingStarted, Reason.WhileFlapping, Reason.WhileFlapping) },
            [Stable],
            [Public(Lines.FlappingEnded(Stable, Announced(1, Pop3), 2))],
            ["1 FlappingEnded"]),
        new Case(
            "by our own count",
            Of(Announced(1, Pop3)) with { Histories = [History("aeaeaeaeaeaeaeaeaeaee", isFlapping: false)] },
            [Recovery],
            [Public(Lines.FlappingStarted(Flaps(1, Well)))],
            ["1 FlappingStarted"]),
    ];

    public static TheoryData<Case> Silencing =>
    [
        new Case("muted", Empty.Silenced(Mute("hal", "POP3")), [Alert], [], ["-1 Muted"], [Reason.Muted]),
        new Case("during work", Empty.Silenced(work: Work("routeur")), [Alert], [], ["-1 DuringIntervention"], [Reason.DuringIntervention]),
        new Case(
            "the downtime that an intervention asked for",
            Empty with { Echoing = [Work("hal")] },
            [Downtime],
            [],
            [],
            [Reason.DuringIntervention]),
        new Case(
            "one of somebody else",
            Empty with { Echoing = [Work("sud")] },
            [Downtime],
            [Public(Lines.Downtime(Downtime))],
            []),
    ];

    public static TheoryData<Case> Acknowledging =>
    [
        new Case("in the monitor", Of(Announced(1, Pop3)), [Taken], [Public(Lines.AcknowledgedInMonitor(Announced(1, Pop3), Taken))], ["1 AcknowledgedInMonitor"]),
        new Case(
            "in the monitor, of what no mail told",
            Empty,
            [Taken],
            [Public(Lines.AcknowledgedInMonitor(Announced(-1, Pop3), Taken))],
            ["-1 AcknowledgedInMonitor"]),
        new Case(
            "here before",
            Of(Announced(1, Pop3) with { Acknowledgement = SampleReports.By("je regarde", Audience.Public) }),
            [Taken],
            [],
            ["1 AlreadyAcknowledged"],
            [Reason.AlreadyAcknowledged]),
    ];

    [Theory]
    [MemberData(nameof(Opening))]
    [MemberData(nameof(Recovering))]
    [MemberData(nameof(Late))]
    [MemberData(nameof(Flapping))]
    [MemberData(nameof(Silencing))]
    [MemberData(nameof(Acknowledging))]
    public void Is_decided(Case row)
    {
        var outcome = Usual.Plan(row.Situation, row.Reports, Now, Now);
        Assert.Equal(row.Says, outcome.Says());
        Assert.Equal(row.Happened, outcome.Happened());
        Assert.Equal(row.Suppressed ?? [], outcome.Suppressed);
    }

    [Fact]
    public void An_alert_waits_from_now_on_though_its_mail_lay_in_the_mailbox()
    {
        var opened = Usual.Plan(Empty, [Alert], Now.AddHours(-3), Now).Saved(-1);
        Assert.Equal((Now.AddHours(-3), Now + Rules.GroupWait), (opened.OpenedAt, opened.AnnounceAt!.Value));
    }

    [Fact]
    public void What_changes_while_it_is_inhibited_is_due_when_its_cause_has_ended()
    {
        var inhibited = Inhibited(2, "hal POP3 WARNING", 1) with { AnnouncedState = CheckState.Unknown };
        var after = Usual.Plan(Of(inhibited), [Alert], Now, Now).Saved(2);
        Assert.Equal((CheckState.Critical, null), (after.State, after.AnnounceAt));
        Assert.Equal(Now.AddHours(-1) + Rules.Repeat, Usual.Due(Of(Announced(1, "hal DOWN"), after), Now).NextAt);
    }

    [Fact]
    public void An_end_is_due_at_once() => Assert.Equal(Now, Usual.Plan(Of(Announced(1, Pop3)), [Recovery], Now.AddHours(-3), Now).Saved(1).AnnounceAt);

    [Fact]
    public void A_check_that_is_stable_again_is_announced_as_it_stands()
    {
        var history = History("aeaeaeaeaeaeaeaeaeaee", isFlapping: true);
        var outcome = Usual.Settle(Of(Flaps(1, Pop3)) with { Histories = [history] }, Now);
        Assert.Equal([Public(Lines.Settled(Announced(1, Pop3), 5))], outcome.Says());
        Assert.False(outcome.Saved(1).Flapping);
        Assert.True(outcome.Saved(1).IsOpen);
        Assert.False(Assert.Single(outcome.Histories).Flapping.IsFlapping);

        var well = Usual.Settle(Of(Flaps(1, Well)) with { Histories = [history] }, Now);
        Assert.Equal(history.Flapping.LastAt, well.Saved(1).ClosedAt);
        var muted = Usual.Settle((Of(Flaps(1, Pop3)) with { Histories = [history] }).Silenced(Mute("hal")), Now);
        Assert.Equal((0, "1 Muted"), (muted.Lines.Count, Assert.Single(muted.Happened())));
    }

    [Fact]
    public void An_acknowledgement_that_expires_is_announced_and_the_monitor_is_asked_where_it_was_made_here()
    {
        var here = Announced(1, Pop3) with { Acknowledgement = SampleReports.By("je regarde", Audience.Public) };
        var there = here with { Number = 2, Acknowledgement = here.Acknowledgement! with { By = MonitorNames.Nagios } };
        var outcome = Usual.Expire([here, there], Now);
        Assert.Equal(["1 AcknowledgementExpired", "2 AcknowledgementExpired"], outcome.Happened());
        Assert.Equal(new MonitorOrder.Unacknowledge(1), Assert.Single(outcome.Orders).Order);
        Assert.Equal(2, outcome.Lines.Count);
        Assert.All(outcome.Incidents, one => Assert.Null(one.Acknowledgement));
    }

    [Fact]
    public void The_next_moment_is_the_first_of_them()
    {
        Assert.Null(Usual.NextAt(null, null, null, null));
        Assert.Equal(Now, Usual.NextAt(Now.AddSeconds(2), Now.AddSeconds(1), Now, Now));
        Assert.Equal(Now, Usual.NextAt(Now, Now.AddSeconds(1), null, null));
        Assert.Equal(Now.AddHours(24), Usual.NextAt(null, null, null, Now));
        Assert.Null(With(Rules with { Repeat = TimeSpan.Zero }).NextAt(null, null, null, Now));
    }

    [Fact]
    public void What_is_due_next_is_the_first_moment_of_all_that_is_left()
    {
        Assert.Null(Usual.Due(Empty, Now).NextAt);
        Assert.Equal(Now.AddHours(1), Usual.Due(Empty with { Later = Now.AddHours(1) }, Now).NextAt);
        Assert.Equal(Now.AddSeconds(3), Usual.Due(Of(Fresh(1, Pop3) with { AnnounceAt = Now.AddSeconds(3) }) with { Later = Now.AddHours(1) }, Now).NextAt);

        // What is announced now is due again where nobody acknowledges it.
        Assert.Equal(Now + Rules.Repeat, Usual.Due(Of(Fresh(1, Pop3)), Now).NextAt);
        Assert.Null(With(Rules with { Repeat = TimeSpan.Zero }).Due(Of(Fresh(1, Pop3)), Now).NextAt);
        Assert.Null(Usual.Due(Of(Fresh(1, Pop3)).Silenced(Mute("hal")), Now).NextAt);
        Assert.Equal(Now + Inhibition.Grace, Usual.Due(Of(Inhibited(2, Pop3, 1)) with { Orphans = [2] }, Now).NextAt);
    }

    private static Report At(Report report, int minutes) => report with { When = Now.AddMinutes(minutes) };

    private static Situation Known(DateTimeOffset? problemAt, DateTimeOffset? wellAt, params Incident[] incidents) => Of(incidents) with
    {
        Histories = [CheckHistory.Of(Alert.Check, FlapHistory.Of(CheckState.Ok, Now), new LastReports("nagios", problemAt, wellAt))],
    };

    private static Incident Flaps(long number, string what) => Announced(number, what) with { Flapping = true };

    private static CheckHistory History(string states, bool isFlapping) => new(
        Alert.Machine!.Value, Alert.Service, new FlapHistory(states, Now.AddMinutes(-1), isFlapping, isFlapping ? 5 : 0));

    private static Dictionary<long, IReadOnlyList<IncidentEvent>> Story(long number, params Reason[] reasons) => new()
    {
        [number] = [.. reasons.Select(reason => new IncidentEvent(Now, reason, CheckState.Critical, null, null))],
    };

    public sealed record Case(
        string Name, Situation Situation, Report[] Reports, string?[] Says, string[] Happened, Reason[]? Suppressed = null)
    {
        public override string ToString() => Name;
    }
}
