using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Core.Speech;
using Xunit;
using static ChatBot.Tests.Incidents.Reports;

namespace ChatBot.Tests.Incidents;

public class IncidentRulesTests
{
    private static readonly (string Case, Report Report, Incident? Open, Why Why, Tell Tell, bool IsOpenAfter)[] Table =
    [
        ("new", Of(ReportKind.Alert), null, Why.Opened, Tell.AfterWait, true),
        ("again", Of(ReportKind.Alert), Told(), Why.Repeated, Tell.Nothing, true),
        ("again, untold", Of(ReportKind.Alert), Untold(), Why.Repeated, Tell.Nothing, true),
        ("worse", Of(ReportKind.Alert, CheckState.Warning), Told(), Why.Changed, Tell.AfterWait, true),
        ("worse, untold", Of(ReportKind.Alert, CheckState.Warning), Untold(), Why.ChangedBeforeTold, Tell.Nothing, true),
        ("flaps on", Of(ReportKind.Alert, CheckState.Warning), Told() with { Flapping = true }, Why.WhileFlapping, Tell.Nothing, true),
        ("flaps on, again", Of(ReportKind.Alert), Told() with { Flapping = true }, Why.Repeated, Tell.Nothing, true),
        ("over", Of(ReportKind.Recovery, CheckState.Ok), Told(), Why.Recovered, Tell.Now, false),
        ("over, untold", Of(ReportKind.Recovery, CheckState.Ok), Untold(), Why.GoneBeforeTold, Tell.Nothing, false),
        ("over, unknown", Of(ReportKind.Recovery, CheckState.Ok), null, Why.NothingOpen, Tell.Nothing, false),
        ("acknowledged", Of(ReportKind.Ack), Told(), Why.TakenInMonitor, Tell.Now, true),
        ("acknowledged, unknown", Of(ReportKind.Ack), null, Why.TakenInMonitor, Tell.Now, true),
        ("acknowledged, ours", Of(ReportKind.Ack), Told() with { Taken = By("je regarde", Audience.Root) }, Why.AlreadyTaken, Tell.Nothing, true),
        ("flaps", Of(ReportKind.Flapping, CheckState.Warning, Phase.Start), Told(), Why.FlappingStarted, Tell.Now, true),
        ("flaps, unknown", Of(ReportKind.Flapping, CheckState.Warning, Phase.Start), null, Why.FlappingStarted, Tell.Now, true),
        ("stable, well", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), Told() with { Flapping = true }, Why.FlappingEnded, Tell.Now, false),
        ("stable, bad", Of(ReportKind.Flapping, CheckState.Critical, Phase.End), Told() with { Flapping = true }, Why.FlappingEnded, Tell.Now, true),
        ("stable, untold, well", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), Untold(), Why.GoneBeforeTold, Tell.Nothing, false),
        ("stable, untold, bad", Of(ReportKind.Flapping, CheckState.Critical, Phase.End), Untold(), Why.Repeated, Tell.Nothing, true),
        ("stable, unknown", Of(ReportKind.Flapping, CheckState.Ok, Phase.End), null, Why.FlappingEnded, Tell.Now, false),
        ("downtime", Of(ReportKind.Downtime, CheckState.Ok, Phase.Start), null, Why.Downtime, Tell.Now, false),
    ];

    public static TheoryData<string> Cases => [.. Table.Select(row => row.Case)];

    public static IEnumerable<Why> Reached => Table.Select(row => row.Why).Distinct();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_report_is_decided_with_its_reason(string name)
    {
        var row = Table.Single(one => one.Case == name);
        var decision = IncidentRules.Decide(row.Report, row.Open, At.AddMinutes(1));
        Assert.Equal((row.Why, row.Tell, row.IsOpenAfter), (decision.Why, decision.Tell, decision.After is { IsOpen: true }));
    }

    [Fact]
    public void An_acknowledgement_of_the_monitor_ends_by_itself_and_names_nobody()
    {
        var report = Of(ReportKind.Ack) with { Author = new RootText("jeanne"), Comment = new RootText("je regarde") };
        var taken = IncidentRules.Decide(report, Told(), At).After!.Taken!;
        Assert.Equal(("Nagios", At + IncidentRules.MonitorAckLasts, Audience.Root), (taken.By.Value, taken.Until, taken.Reason.SaidTo));
    }

    [Fact]
    public void A_report_about_no_incident_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => IncidentRules.Decide(Of(ReportKind.Cron), null, At));
}
