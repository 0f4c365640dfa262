using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Subjects and bodies that the corpus has no mail of.</summary>
public sealed class NagiosFormatTests
{
    private const string Body = "***** Nagios *****\n\nNotification Type: TYPE\nHost: sql\nState: DOWN\nAddress: 192.168.10.20\nInfo: PING CRITICAL\n\nDate/Time: Sun Nov 22 21:05:49 CET 2026\n";

    [Theory]
    [InlineData("Host DOWN alert for sql!", "PROBLEM", ReportKind.Alert, null)]
    [InlineData("Host DOWN alert for sql!", "ACKNOWLEDGEMENT", ReportKind.Ack, null)]
    [InlineData("Host DOWN alert for sql!", "DOWNTIMESTART", ReportKind.Downtime, Phase.Start)]
    [InlineData("quelque chose", "FLAPPINGDISABLED", ReportKind.Flapping, Phase.Cancelled)]
    [InlineData("[root] ** PROBLEM Host Alert: sql is DOWN **", "PROBLEM", ReportKind.Alert, null)]
    public void The_body_decides_what_the_subject_leaves_open(string subject, string type, ReportKind kind, Phase? phase)
    {
        var report = Recognise(subject, Body.Replace("TYPE", type, StringComparison.Ordinal))!;
        Assert.Equal((kind, phase, "sql", CheckState.Down), (report.Kind, report.Phase, report.Machine?.Value, report.State));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 20, 5, 49, TimeSpan.Zero), report.When);
    }

    [Fact]
    public void A_body_in_another_language_borrows_from_the_subject()
    {
        var report = Recognise("[nagios] PROBLEM : sql/Disque / CRITICAL", "Tipo : PROBLEM\nServicio : Disque /\nEquipo : sql\n")!;
        Assert.Equal(("sql", "Disque /", CheckState.Critical), (report.Machine?.Value, report.Service?.Value, report.State));
    }

    [Fact]
    public void A_stock_subject_is_enough_where_the_body_cannot_be_read()
    {
        var report = Recognise("** PROBLEM Service Alert: hal.globenet.org/is it is OK is CRITICAL **", "")!;
        Assert.Equal(("hal", "is it is OK", CheckState.Critical), (report.Machine?.Value, report.Service?.Value, report.State));
    }

    [Fact]
    public void Plugin_output_changes_no_fact()
    {
        var report = Recognise("** PROBLEM Service Alert: sud/POP3 is CRITICAL **",
            "Notification Type: PROBLEM\n\nService: POP3\nHost: sud\nState: CRITICAL\n\nAdditional Info:\n\nout\nNotification Type: RECOVERY\nState: OK\nHost: hal\n")!;
        Assert.Equal((ReportKind.Alert, "sud", CheckState.Critical), (report.Kind, report.Machine?.Value, report.State));
    }

    [Theory]
    [InlineData("PROBLEM", "Notification Type: PROBLEM")]
    [InlineData("Re: ** PROBLEM Host Alert: sql is DOWN **", "Notification Type: PROBLEM\nHost: sql\nState: DOWN")]
    [InlineData("Tr : ** PROBLEM Host Alert: sql is DOWN **", "Notification Type: PROBLEM\nHost: sql\nState: DOWN")]
    [InlineData("** PROBLEM Host Alert: sql is DOWN **", "***** Icinga *****\n\nNotification Type: PROBLEM\nHost: sql\nState: DOWN")]
    [InlineData("** LUNCH Service Alert: sql/x is OK **", "")]
    public void What_is_not_its_own_is_declined(string subject, string body) => Assert.Null(Recognise(subject, body));

    private static Report? Recognise(string subject, string body) => new NagiosFormat().Recognise(
        Sample.Read(Encoding.UTF8.GetBytes($"From: nagios@hal.globenet.org\nSubject: {subject}\n\n{body}")), Sample.Inventory);
}
