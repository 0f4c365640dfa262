using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What is made of mails that no format knows, by their envelope and their subject alone.</summary>
public sealed class UnrecognisedTests
{
    private const string Typed = "User-Agent: Mozilla Thunderbird\n";

    [Theory]
    [InlineData("zou@globenet.org", "", "qui regarde filer ?", "human human - -")]
    [InlineData("root@hal.globenet.org", Typed, "Réunion demain", "human human - -")]
    [InlineData("root@hal.globenet.org", "", "sauvegarde terminée", "unknown unknown hal -")]
    [InlineData("root@globenet.org", "Received: by sql.globenet.org (Postfix, from userid 0)\n\tid 1; Sun, 22 Nov 2026 21:00:00 +0000\n", "échec de la sauvegarde", "unknown unknown sql Critical")]
    [InlineData("root@globenet.org", "Received: from web.no-log.org (web.no-log.org [192.0.2.3])\n\tby mx.globenet.org (Postfix) with ESMTP id 2; Sun, 22 Nov 2026 21:00:00 +0000\n", "0 error", "unknown unknown web -")]
    [InlineData("noreply@globenet.org", "Return-Path: <app@www2.globenet.org>\n", "Warning: quota", "unknown unknown www2 Warning")]
    [InlineData("noreply@globenet.org", "Message-ID: <1@coordsud.globenet.org>\n", "Job OK", "unknown unknown coordsud Ok")]
    [InlineData("noreply@globenet.org", "", "Job done", "unknown unknown - -")]
    [InlineData("root@hal.globenet.org", "", "disque plein sur filer", "unknown unknown filer -")]
    [InlineData("monitoring@hal.globenet.org", "", "le sud est injoignable", "unknown unknown - Critical")]
    [InlineData("root@hal.globenet.org", "", "copie de sur sql vers web.no-log.org", "unknown unknown hal -")]
    [InlineData("zou@globenet.org", "Auto-Submitted: auto-generated\n", "rapport hebdomadaire", "unknown unknown - -")]
    [InlineData("zou@globenet.org", "Auto-Submitted: no\n", "rapport hebdomadaire", "human human - -")]
    [InlineData("mag@globenet.org", "Auto-Submitted: auto-replied (vacation)\n", "Re: disque", "human auto-reply - -")]
    [InlineData("mag@globenet.org", "X-Autorespond: 1\n", "Je suis en congés", "human auto-reply - -")]
    [InlineData("mag@globenet.org", "Precedence: bulk\n", "away from my mail", "human auto-reply - -")]
    [InlineData("mag@globenet.org", "", "Absence demain à la réunion", "human human - -")]
    [InlineData("mag@globenet.org", "Content-Type: multipart/report; report-type=disposition-notification; boundary=\"b\"\n", "Lu : disque", "human auto-reply - -")]
    [InlineData("postmaster@autre.example", "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n", "Non remis : disque", "unknown bounce - -")]
    [InlineData("MAILER-DAEMON@hal.globenet.org", "", "failure notice", "unknown bounce hal Critical")]
    [InlineData("postmaster@autre.example", "Return-Path: <>\n", "Undeliverable: disque", "unknown bounce - -")]
    [InlineData("abuse@autre.example", "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\n", "plainte", "unknown report - -")]
    [InlineData("lettre@autre.example", "List-Unsubscribe: <https://autre.example/>\n", "Notre lettre : alerte promo", "unknown list - -")]
    [InlineData("zou@globenet.org", "List-Id: <tech.listes.example>\n", "[Tech] panne de filer", "unknown list - -")]
    [InlineData("rt@autre.example", "X-RT-Ticket: autre #12\n", "[autre #12] accès", "unknown ticket - -")]
    [InlineData("zou@globenet.org", "X-Cron-Env: <HOME=/>\n", "tâche", "unknown cron - -")]
    [InlineData("spip@autre.example", "X-Mailer: SPIP 4.2\n", "Nouveau message du forum", "unknown unknown - -")]
    public void Kind_machine_and_gravity_are_read_and_nothing_is_invented(string from, string fields, string subject, string facts)
    {
        var report = Classifier.Classify(
            Sample.Read(Encoding.UTF8.GetBytes($"{fields}From: {from}\nSubject: {subject}\nDate: Sun, 22 Nov 2026 21:00:00 +0000\n\n--b\n\nbonjour\n\n--b--\n")), Sample.Inventory);
        Assert.Equal(facts, $"{report.Source} {report.Kind.Word()} {report.Machine?.Value ?? "-"} {report.Severity?.ToString() ?? "-"}");
        Assert.Null(report.Service);
        Assert.Null(report.State);
    }
}
