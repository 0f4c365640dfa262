using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Mails of programs that no format knows: nothing that a mail does not say is made up.</summary>
public sealed class UnknownProgramTests
{
    private const string FromHal = "Received: by hal.globenet.org (Postfix, from userid 0) id 1; Sun, 22 Nov 2026 21:04:43 +0100\n";

    public static TheoryData<string, string, string, string> Mails { get; } = new()
    {
        { "root@hal.globenet.org", "[hal] ÉCHEC sauvegarde", "", "unknown unknown hal Critical" },
        { "backup@sql.globenet.org", "sauvegarde terminée sans erreur", "", "unknown unknown sql -" },
        { "root@sql.globenet.org", "disk almost full on sql", "Auto-Submitted: auto-generated\n", "unknown unknown sql -" },
        { "root@hal.globenet.org", "rotation des journaux", "X-Cron-Env: <SHELL=/bin/sh>\n", "unknown cron hal -" },
        { "root@hal.globenet.org", "0 errors, 0 warnings", "", "unknown unknown hal -" },
        { "noreply@fournisseur.example", "Votre facture de novembre", "", "unknown unknown - -" },
        { "no-reply@registrar.example", "Your domain globenet.org expires in 12 days", "", "unknown unknown - -" },
        { "news@list.example", "Weekly news: hal 9000", "List-Id: <news.list.example>\n", "unknown list - -" },
        { "news@list.example", "Lettre de novembre", "List-Unsubscribe: <mailto:x@list.example>\n", "unknown list - -" },
        { "debian@lists.example", "[SECURITY] [DSA 5001-1] redis security update", "Precedence: list\n", "unknown list - -" },
        { "pub@shop.example", "Soldes", "Precedence: bulk\n", "unknown unknown - -" },
        { "postmaster@elsewhere.example", "Undeliverable: hello", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", "unknown bounce - -" },
        { "MAILER-DAEMON@elsewhere.example", "failure notice", "", "unknown bounce - Critical" },
        { "jeanne@globenet.org", "Lu : réunion", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", "human auto-reply - -" },
        { "jeanne@globenet.org", "Absence du bureau", "Auto-Submitted: auto-replied\n", "human auto-reply - -" },
        { "jeanne@globenet.org", "Out of office: back on Monday", "", "human auto-reply - -" },
        { "jeanne@globenet.org", "hal est en panne ?", "", "human human - -" },
        { "jeanne@globenet.org", "Re: [hal] CRITICAL", "Auto-Submitted: no\n", "human human - -" },
        { "root@inconnue.example", "tout va bien", "", "unknown unknown - -" },
        { "www-data@web.no-log.org", "PHP Fatal error", "", "unknown unknown web Critical" },
        { "nagios@sud.globenet.org", "a word of mine", "", "unknown unknown - -" },
    };

    [Theory]
    [MemberData(nameof(Mails))]
    public void Kind_machine_and_severity_are_what_the_mail_says_of_itself(string from, string subject, string more, string expected)
    {
        foreach (var lineEnd in (string[])["\n", "\r\n"])
        {
            var mail = Sample.Read(Encoding.UTF8.GetBytes($"From: {from}\nSubject: {subject}\n{more}\nhal sql sud filer CRITICAL DOWN\n".ReplaceLineEndings(lineEnd)));
            var report = Classifier.Classify(mail, Sample.Inventory);
            Assert.Equal(expected, $"{report.Source} {report.Kind.Word()} {report.Machine?.Value ?? "-"} {report.Severity?.ToString() ?? "-"}");
            Assert.Null(report.State);
            Assert.Null(report.Service);
            Assert.False(report.IsAboutIncident);
        }
    }

    [Fact]
    public void The_machine_that_wrote_it_is_known_by_Received_where_the_sender_s_address_names_none()
    {
        var report = Classifier.Classify(Sample.Read(Encoding.UTF8.GetBytes(FromHal + "From: root@globenet.org\nSubject: rapport\n\nx\n")), Sample.Inventory);
        Assert.Equal("hal", report.Machine?.Value);
    }
}
