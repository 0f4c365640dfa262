using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.SampleReports;

namespace ChatBot.Tests.Incidents;

public class IncidentRulesTests
{
    private static readonly (string Case, Report Report, Incident? Open, Reason Why, Announce Tell, bool IsOpenAfter)[] Table =
    [
        ("new", Of(ReportKind.Alert), null, Reason.Opened, Announce.AfterWait, true),
        ("again", Of(ReportKind.Alert), Announced(), Reason.Repeated, Announce.Nothing, true),
        ("again, unannounced", Of(ReportKind.Alert), Unannounced(), Reason.Repeated, Announce.Nothing, true),
        ("worse", Of(ReportKind.Alert, CheckState.Warning), Announced(), Reason.Changed, Announce.AfterWait, true),
        ("worse, unannounced", Of(ReportKind.Alert, CheckState.Warning), Unannounced(), Reason.ChangedBeforeAnnounced, Announce.Nothing, true),
        ("flaps on", Of(ReportKind.Alert, CheckState.Warning), Announced() with { Flapping = true }, Reason.WhileFlapping, Announce.Nothing, true),
        ("flaps on, again", Of(ReportKind.Alert), Announced() with { Flapping = true }, Reason.Repeated, Announce.Nothing, true),
        ("again, without an end", Of(ReportKind.Alert), Repeated(), Reason.Repeated, Announce.Nothing, true),
        ("again, after a silence", Of(ReportKind.Alert), Silent(), Reason.ReportedAgain, Announce.AfterWait, true),
        ("again, after a silence, worse", Of(ReportKind.Alert, CheckState.Warning), Silent(), Reason.ReportedAgain, Announce.AfterWait, true),
        ("over", Of(ReportKind.Recovery, CheckState.Ok), Announced(), Reason.Recovered, Announce.Now, false),
        ("over, unannounced", Of(ReportKind.Recovery, CheckState.Ok), Unannounced(), Reason.RecoveredBeforeAnnounced, Announce.Nothing, false),
        ("over, unknown", Of(ReportKind.Recovery, CheckState.Ok), null, Reason.NothingOpen, Announce.Nothing, false),
        ("acknowledged", Of(ReportKind.Ack), Announced(), Reason.AcknowledgedInMonitor, Announce.Now, true),
        ("acknowledged, unknown", Of(ReportKind.Ack), null, Reason.AcknowledgedInMonitor, Announce.Now, true),
        ("acknowledged, ours", Of(ReportKind.Ack), Announced() with { Acknowledgement = By("je regarde", Audience.Root) }, Reason.AlreadyAcknowledged, Announce.Nothing, true),
        ("flaps", Of(ReportKind.Flapping, CheckState.Warning, Phase.Start), Announced(), Reason.FlappingStarted, Announce.Now, true),
        ("flaps, unknown", Of(ReportKind.Flapping, CheckState.Warning, Phase.Start), null, Reason.FlappingStarted, Announce.Now, true),
        ("stable, well", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), Announced() with { Flapping = true }, Reason.FlappingEnded, Announce.Now, false),
        ("stable, bad", Of(ReportKind.Flapping, CheckState.Critical, Phase.End), Announced() with { Flapping = true }, Reason.FlappingEnded, Announce.Now, true),
        ("stable, unannounced, well", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), Unannounced(), Reason.RecoveredBeforeAnnounced, Announce.Nothing, false),
        ("stable, unannounced, bad", Of(ReportKind.Flapping, CheckState.Critical, Phase.End), Unannounced(), Reason.Repeated, Announce.Nothing, true),
        ("stable, unknown", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), null, Reason.FlappingEnded, Announce.Now, false),
        ("downtime", Of(ReportKind.Downtime, CheckState.Ok, Phase.Start), null, Reason.Downtime, Announce.Now, false),
    ];

    public static TheoryData<string> Cases => [.. Table.Select(row => row.Case)];

    public static IEnumerable<Reason> Reached => Table.Select(row => row.Why).Distinct();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_report_is_decided_with_its_reason(string name)
    {
        var row = Table.Single(one => one.Case == name);
        var decision = IncidentRules.Decide(row.Report, row.Open, At.AddMinutes(1));
        Assert.Equal((row.Why, row.Tell, row.IsOpenAfter), (Why: decision.Reason, Tell: decision.Announce, decision.After is { IsOpen: true }));
    }

    [Fact]
    public void An_acknowledgement_of_the_monitor_ends_by_itself_and_names_nobody()
    {
        var report = Of(ReportKind.Ack) with { Author = new RootText("jeanne"), Comment = new RootText("je regarde") };
        var acknowledgement = IncidentRules.Decide(report, Announced(), At).After!.Acknowledgement!;
        Assert.Equal(("Nagios", At + IncidentRules.MonitorAckLasts, Audience.Root), (acknowledgement.By.Value, acknowledgement.Until, acknowledgement.Reason.SaidTo));
    }

    [Fact]
    public void A_report_about_no_incident_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => IncidentRules.Decide(Of(ReportKind.Cron), null, At));
}
