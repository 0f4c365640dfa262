using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What lists, sites and filters put before a subject changes nothing of what root reads.</summary>
public class SubjectTagTests
{
    private static readonly Phrasebook French = new(Locale.French, TimeZoneInfo.Utc);
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> All => Sample.Names(_ => true);

    // A tracker's own subject begins with brackets; of what nobody knows they may be all there is, and a person's are theirs.
    public static TheoryData<string> OfPrograms => Sample.Names(
        sample => sample.Text("source") is not ("human" or "unknown" or "trac" or "gitlab" or "github" or "redmine") && sample.Text("kind") is not "auto-reply");

    [Theory, MemberData(nameof(All))]
    public void A_filter_leaves_no_tag(string name)
    {
        foreach (var tag in (string[])["[SPAM?]", "{Spam?}", "***SPAM***", "*** SPAM ***", "[EXTERNAL]", "[SPAM] [External]"])
        {
            Assert.Equal(Said(name, ""), Said(name, tag + " "));
        }
    }

    [Theory, MemberData(nameof(OfPrograms))]
    public void A_site_and_a_list_leave_no_tag(string name)
    {
        foreach (var tag in (string[])["[Prod]", "[root]", "[root] [Prod]", "[root] [SPAM?]"])
        {
            Assert.Equal(Said(name, ""), Said(name, tag + " "));
        }
    }

    [Fact]
    public async Task Apticron_and_mailman_read_as_without_a_tag()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(
            "From: root@hal.globenet.org\nAuto-Submitted: auto-generated\nSubject: [Prod] 3 Debian package update(s) for hal\n\napticron report [x]\n",
            "From: globenet-owner@listes.globenet.org\nX-Mailman-Version: 2.1\nX-List-Administrivia: yes\nSubject: [SPAM?] [Prod] 2 requêtes en attente\n\nx\n",
            "From: root@hal.globenet.org\nSubject: SPAM: 12 mails mis de côté\n\nx\n");
        var root = await engine.RootAsync();
        Assert.Equal(["[hal] apticron : mises à jour en attente : 3", "mailman : 2 requêtes en attente", "mail d'un programme inconnu (hal) : SPAM: 12 mails mis de côté"], root);
    }

    private static string Said(string name, string tags)
    {
        var mail = Sample.Named(name).Mail;
        var report = Classifier.Classify(mail with { Subject = tags + mail.Subject }, Sample.Inventory);
        var line = new ReportLines(French, new IncidentLines(French, "!", publicOutput: false), new People([])).Of(report, mail.FromAddress, Now);
        return $"{report.Source.Value} {report.Kind.Word()} {Check(report)} {line.For(Audience.Root)}";
    }

    private static string Check(Report report) => $"{report.Machine?.Value} {report.Service?.Value} {report.Part.Key} {report.State?.Word()}";
}
