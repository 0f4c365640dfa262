using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What a mail that no format knows is made of, by its header alone.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("CRITICAL: /var", Severity.Critical)]
    [InlineData("La sauvegarde a échoué", Severity.Critical)]
    [InlineData("Backup finished, 0 errors", null)]
    [InlineData("Backup finished, errors: 0", null)]
    [InlineData("Sauvegarde terminée sans erreur", null)]
    [InlineData("aucune nouvelle erreur cette nuit", null)]
    [InlineData("10 erreurs cette nuit", Severity.Critical)]
    [InlineData("Avertissement : disque", Severity.Warning)]
    [InlineData("Résolu : erreur disque", Severity.Ok)]
    [InlineData("pas rétabli", null)]
    [InlineData("[OK] backup", Severity.Ok)]
    [InlineData("terrorist book", null)]
    [InlineData("Job 100-0 failed", Severity.Critical)]
    [InlineData("copie de /srv/failed/error.log", null)]
    [InlineData("error.log: file changed while we backed it up", null)]
    [InlineData("sync of root@hal:/error done", null)]
    [InlineData("see https://hal/error", null)]
    [InlineData("ran `backup --on-error stop`", null)]
    [InlineData("error: /var/log/ok.log", Severity.Critical)]
    [InlineData("backup \"nightly\" failed.", Severity.Critical)]
    [InlineData("rapport hebdomadaire", null)]
    public void Gravity_is_read_out_of_whole_words_in_both_languages(string subject, Severity? severity) =>
        Assert.Equal(severity, Classify($"From: root@hal.globenet.org\nAuto-Submitted: auto-generated\nContent-Type: text/plain; charset=utf-8\nSubject: {subject}").Severity);

    [Theory]
    [InlineData("From: backup@hal.globenet.org\nAuto-Submitted: auto-generated", "hal", ReportKind.Unknown)]
    [InlineData("Received: by sud.globenet.org (Postfix, from userid 0) id 1; x\nFrom: script@example.org\nPrecedence: bulk", "sud", ReportKind.Unknown)]
    [InlineData("From: zabbix@hal.globenet.org\nAuto-Submitted: auto-generated", null, ReportKind.Unknown)]
    [InlineData("From: news@example.org\nList-Unsubscribe: <mailto:x@example.org>", null, ReportKind.List)]
    [InlineData("From: x@hal.globenet.org\nX-Cron-Env: <A=b>", "hal", ReportKind.Cron)]
    [InlineData("From: zou@globenet.org\nAuto-Submitted: no", null, ReportKind.Human)]
    public void Kind_and_machine_are_read_out_of_the_header(string header, string? machine, ReportKind kind)
    {
        var report = Classify(header + "\nSubject: x");
        Assert.Equal((machine, kind), (report.Machine?.Value, report.Kind));
    }

    [Theory]
    [InlineData("dim. 22 nov. 2026 22:04:43 CET")]
    [InlineData("Sun Nov 22 21:04:43 UTC 2026")]
    [InlineData("Sun, 22 Nov 2026 22:04:43 +0100")]
    [InlineData("dimanche 22 novembre 2026, 22:04:43")]
    [InlineData("nov. 22 22:04:43")]
    [InlineData("2026-11-22 22:04:43")]
    [InlineData("2026-11-22T21:04:43Z")]
    [InlineData("2026-11-22 22:04:43+0100")]
    public void A_date_is_read_as_programs_write_it_and_without_zone_in_the_sender_s(string written)
    {
        var report = new MonitFormat().Recognise(
            Sample.Read(Encoding.UTF8.GetBytes($"Date: Sun, 22 Nov 2026 22:05:00 +0100\nSubject: monit alert -- x y\n\nx Service y\n\tDate: {written}\n")), Sample.Inventory)!;
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 21, 4, 43, TimeSpan.Zero), report.When);
    }

    private static Report Classify(string header) => Classifier.Classify(Sample.Read(Encoding.UTF8.GetBytes(header + "\n\ntexte\n")), Sample.Inventory);
}
