using System.Text;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Whether a program or a person wrote, and how what they wrote is packed.</summary>
public sealed class WriterTests
{
    private const string Alert = "***** Nagios *****\n\nNotification Type: PROBLEM\n\nService: POP3\nHost: hal\nState: CRITICAL\n";
    private const string Program = "Received: by hal.globenet.org (Postfix, from userid 114)\n\tid 1; Sun, 22 Nov 2026 21:00:00 +0000\n";
    private const string Person = "Received: by hal.globenet.org (Postfix, from userid 1003)\n\tid 1; Sun, 22 Nov 2026 21:00:00 +0000\n";
    private const string Signed = "Received: from portable (unknown [203.0.113.5])\n\tby mx.example.org (Postfix) with ESMTPSA id 1; Sun, 22 Nov 2026 21:00:00 +0000\n";

    [Theory]
    [InlineData(Program, "prod@sud.example.org", "fin de la nuit", "bonjour", ReportKind.Unknown)]
    [InlineData(Person, "marie@hal.globenet.org", "fin de la nuit", "bonjour", ReportKind.Human)]
    [InlineData("", "site@hal.globenet.org", "fin de la nuit", "bonjour", ReportKind.Unknown)]
    [InlineData(Signed, "marie@hal.globenet.org", "fin de la nuit", "bonjour", ReportKind.Human)]
    [InlineData("X-Mailer: nodemailer\n", "supervision@autre.example", "fin de la nuit", "bonjour", ReportKind.Unknown)]
    [InlineData("References: <x@y>\nIn-Reply-To: <x@y>\n" + Program, "nagios@hal.globenet.org", "** PROBLEM Service Alert: hal/POP3 is CRITICAL **", Alert, ReportKind.Alert)]
    [InlineData("References: <x@y>\n", "alertes@autre.example", "** PROBLEM Service Alert: hal/POP3 is CRITICAL **", Alert, ReportKind.Alert)]
    [InlineData("User-Agent: Mutt/2.2\nIn-Reply-To: <x@y>\n", "zou@globenet.org", "Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **", "Je regarde.\n> Host: hal\n", ReportKind.Human)]
    [InlineData("In-Reply-To: <x@y>\n", "zou@globenet.org", "[root] Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **", "Je regarde.\n", ReportKind.Human)]
    [InlineData("In-Reply-To: <x@y>\n", "zou@globenet.org", "panne de hal", "Le 22 novembre, Nagios a écrit :\n" + Alert, ReportKind.Human)]
    [InlineData("User-Agent: Thunderbird\nAuto-Submitted: auto-generated\n", "zou@globenet.org", "rapport", "bonjour", ReportKind.Unknown)]
    public void The_way_a_mail_came_tells_a_program_from_a_person(string fields, string from, string subject, string body, ReportKind kind) =>
        Assert.Equal(kind, Classifier.Classify(Read($"{fields}From: {from}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{body}"), Sample.Inventory).Kind);

    [Fact]
    public void A_listed_monitor_is_a_program_whatever_its_address()
    {
        var mail = Read("From: Marie <marie@ailleurs.example>\nSubject: tout va\n\nbonjour\n");
        Assert.Equal(ReportKind.Human, Classifier.Classify(mail, Sample.Inventory).Kind);
        Assert.Equal(ReportKind.Unknown, Classifier.Classify(mail, Sample.Inventory, null, new MailTrust { Monitors = ["marie@ailleurs.example"] }).Kind);
    }

    [Theory]
    [InlineData("application/octet-stream", true)]
    [InlineData("application/x-unknown", true)]
    [InlineData("application/octet-stream; name=alerte.txt", false)]
    [InlineData("application/octet-stream\nContent-Disposition: attachment; filename=alerte.txt", false)]
    [InlineData("image/png", false)]
    public void The_only_part_is_the_text_unless_it_has_a_name_or_is_a_picture(string type, bool isText)
    {
        var mail = Read($"From: nagios@hal.globenet.org\nSubject: x\nContent-Type: {type}\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(Encoding.UTF8.GetBytes("Info: connexion refusée\u0007\r\n")));
        Assert.Equal(isText, mail.Text.StartsWith("Info: connexion refusée", StringComparison.Ordinal));
        Assert.Equal(!isText, mail.HasAttachments);
    }

    [Fact]
    public void What_is_no_text_by_its_bytes_stays_an_attachment()
    {
        var archive = Convert.ToBase64String([.. Enumerable.Range(0, 900).Select(i => (byte)(i * 7))]);
        var mail = Read($"From: nagios@hal.globenet.org\nSubject: x\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n{archive}\n");
        Assert.Equal("", mail.Text);
        Assert.True(mail.HasAttachments);
    }

    [Fact]
    public async Task An_acknowledgement_in_a_table_is_by_whom_the_table_names()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Table("PROBLEM", "CRITICAL", ""));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Contains(await engine.RootAsync(), line => line.Contains("connexion refusée", StringComparison.Ordinal));
        await engine.TakeAsync(Table("ACKNOWLEDGEMENT", "CRITICAL", "<tr><th>Acknowledged By</th><td>marie</td></tr><tr><th>Comment</th><td>purge en cours</td></tr>"));
        Assert.Contains(await engine.RootAsync(), line => line.Contains("marie", StringComparison.Ordinal));
        await engine.TakeAsync(Table("RECOVERY", "OK", ""));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public void A_diff_in_a_table_is_dropped_as_anywhere()
    {
        var mail = Read("From: x@hal.globenet.org\nSubject: x\nContent-Type: text/html\n\n<table><tr><td>avant\n--- /etc/shadow\n+++ /etc/shadow\n+secret\n</td></tr></table>");
        Assert.DoesNotContain("secret", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("** RECOVERY Service Alert: hal/POP3 is CRITICAL **", "Notification Type: RECOVERY\nService: POP3\nHost: hal\nState: CRITICAL\n", "alert hal POP3 CRITICAL")]
    [InlineData("*** RECOVERY *** hal / POP3 is CRITICAL", "- Hostname: hal\n- Service: POP3\n- State: CRITICAL\n", "alert hal POP3 CRITICAL")]
    [InlineData("[RECOVERY] POP3 on hal is CRITICAL!", "***** Service Monitoring on sud *****\n\nHost: hal\n", "alert hal POP3 CRITICAL")]
    public void A_recovery_in_a_bad_state_ends_nothing(string subject, string body, string facts)
    {
        var report = Classifier.Classify(Read($"{Program}From: prod@hal.globenet.org\nSubject: {subject}\n\n{body}"), Sample.Inventory);
        Assert.Equal(facts, $"{report.Kind.Word()} {report.Machine?.Value} {report.Service?.Value} {report.State?.Word()}");
    }

    private static string Table(string type, string state, string more) => $"""
        From: nagios@hal.globenet.org
        Subject: ** {type} Service Alert: hal/POP3 is {state} **
        Date: Sun, 22 Nov 2026 20:00:00 +0000
        Message-Id: <{type}@hal.globenet.org>
        Content-Type: text/html; charset=utf-8

        <html><body><table width="100%"><tr><td><table>
          <tr>
            <td><b>Notification Type:</b></td>
            <td>{type}</td>
          </tr>
          <tr><td>Service Name</td><td>POP3</td></tr><tr><td>Host&nbsp;Name</td><td>hal</td></tr>
          <tr><td>Service State</td><td>{state}</td></tr><tr><td>Service&nbsp;Data:</td><td><p>connexion
          refusée</p></td></tr>{more}
        </table></td></tr></table></body></html>
        """;

    private static ChatBot.Core.Mail.Mail Read(string mail) => Sample.Read(Encoding.UTF8.GetBytes(mail));
}
