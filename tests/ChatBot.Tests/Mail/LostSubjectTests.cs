using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Mails whose subject got lost on the way are read by their text, and what the text does not tell is quoted.</summary>
public class LostSubjectTests
{
    // Only the subject names the machine, or what the mail is.
    private static readonly string[] Lost =
    [
        "125", "127", "130", "131", "132", "134", "149", "151", "154", "318", "320", "347", "357", "359", "360", "364", "365", "366", "367", "439", "442", "443", "456", "465", "466", "467", "468",
    ];

    // The text is that of a problem or of a message: an acknowledgement, a downtime.
    private static readonly string[] Doubtful = ["101", "395", "401", "405"];

    // The bot says nothing of its own mails. It knows them by their subject.
    public static TheoryData<string> Samples => Sample.Names(sample => sample.Text("source") is not ("human" or "chatbot"));

    [Theory, MemberData(nameof(Samples))]
    public void A_mail_is_understood_without_its_subject(string name)
    {
        var mail = Sample.Named(name).Mail;
        var (whole, lost) = (Classifier.Classify(mail, Sample.Inventory), Classifier.Classify(mail with { Subject = "" }, Sample.Inventory));
        var number = name[..3];
        if (Lost.Contains(number) || Doubtful.Contains(number))
        {
            Assert.NotEqual(ReportKind.Human, lost.Kind);
            Assert.NotEqual(ReportKind.Recovery, lost.Kind);
            Assert.True(lost is { Detail.IsEmpty: false } or { Says.Count: > 0 } or { State: not null }, name);
            return;
        }

        Assert.Equal(Facts(whole), Facts(lost));
    }

    [Theory]
    [InlineData("Subject:\n")]
    [InlineData("Subject: [Root]\n")]
    [InlineData("")]
    [InlineData("Subject: =?utf-8?Q?_?=\n")]
    public async Task Root_reads_the_first_line_of_what_nobody_knows(string subject)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync($"From: root@hal.globenet.org\n{subject}\n\n----\nle cache est plein\nautre ligne\n");
        Assert.Equal(["mail d'un programme inconnu (hal) : (sans objet) « le cache est plein »"], await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    [Fact]
    public async Task A_person_without_a_subject_is_not_quoted()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync("From: Marie <marie@assoc.example>\nSubject:\n\nBonjour, le site est lent.\n");
        Assert.Equal(["mail de Marie : (sans objet)"], await engine.RootAsync());
    }

    [Fact]
    public async Task What_is_no_certain_end_ends_nothing()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Icinga("[PROBLEM] POP3 on hal is CRITICAL!", "CRITICAL", ""));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        await engine.TakeAsync(Icinga("", "OK", "\nComment by zou:\n  essai\n"));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        Assert.Equal("[hal] message de Icinga (POP3 OK) : zou : essai (#1 reste ouvert)", (await engine.RootAsync())[^1]);

        await engine.TakeAsync(Icinga("", "OK", ""));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    private static string Icinga(string subject, string state, string comment) =>
        $"From: icinga@sud.globenet.org\nMessage-Id: <{subject.Length}{comment.Length}@sud>\nSubject: {subject}\n\n"
        + $"***** Service Monitoring on sud *****\n\nPOP3 on hal is {state}!\n\nInfo:    x\n\nHost:    hal\n{comment}";

    private static string Facts(Report report) => string.Join(
        ' ', report.Source.Value, report.Kind.Word(), report.Machine?.Value, report.Service?.Value, report.State?.Word());
}
