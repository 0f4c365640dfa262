using System.Text;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Mails of people: who hears of them, and how often.</summary>
public sealed class ThreadTests
{
    private int _number;

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Answers_within_the_hour_are_counted_and_the_next_line_says_how_many(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Write("zou", "disque de filer", id: "<a@x>"));
        await engine.TakeAsync(Write("mag", "Re: disque de filer", answers: "<a@x>", id: "<b@x>"));
        await engine.TakeAsync(Write("zou", "Re: disque de filer", answers: "<b@x>", id: "<c@x>"));
        Assert.Equal([engine.In("mail de zou : disque de filer", "mail from zou: disque de filer")], await engine.RootAsync());
        engine.Time.Advance(TimeSpan.FromMinutes(61));
        await engine.TakeAsync(Write("mag", "autre sujet", answers: "<c@x>"));
        Assert.Equal(engine.In(
            "mail de mag : autre sujet (et 2 autres dans ce fil)",
            "mail from mag: autre sujet (and 2 more in this thread)"), (await engine.RootAsync())[^1]);
        await engine.TakeAsync(Write("zou", "RE: Disque de filer"));
        Assert.Equal(2, (await engine.RootAsync()).Count);
    }

    public static TheoryData<string> Machines => Sample.Names(sample => sample.Text("source") is not ("human" or "chatbot") && sample.Text("kind") is not ("bounce" or "list" or "ticket" or "auto-reply"));

    [Theory, MemberData(nameof(Machines))]
    public async Task Root_reads_that_a_person_forwards_what_a_machine_wrote_and_nothing_else_comes_of_it(string name)
    {
        var mail = Sample.Named(name).Mail;
        await using var engine = await Engine.StartAsync();
        foreach (var (prefix, i) in ((string[])["Fwd:", "Tr :", "[root] Fwd:"]).Select((prefix, i) => (prefix, i)))
        {
            await engine.TakeAsync(
                $"From: Marie <marie@assoc.example>\nMessage-ID: <{i}@x>\nIn-Reply-To: <machine@x>\nReferences: <machine@x>\nSubject: {prefix} {Bare(mail.Subject)}\n"
                + $"Content-Type: text/plain; charset=utf-8\n\n---------- Forwarded message ---------\n{mail.Text}");
        }

        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Empty(await engine.PublicAsync());
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Equal(3, (await engine.RootAsync()).Count(line => line.StartsWith("mail de Marie : ", StringComparison.Ordinal)));
        Assert.Equal(3, (await engine.RootAsync()).Count);
    }

    // In a raw header only what it may hold.
    private static string Bare(string subject) => string.Concat(subject.Where(char.IsAscii));

    [Fact]
    public async Task A_forward_is_told_though_the_thread_was_a_moment_ago()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Write("zou", "Re: ** PROBLEM Service Alert: sud/POP3 is CRITICAL **", id: "<a@x>"));
        await engine.TakeAsync(Write("mag", "Fwd: ** PROBLEM Service Alert: sud/POP3 is CRITICAL **", answers: "<a@x>", id: "<b@x>"));
        await engine.TakeAsync(Write("zou", "Re: Fwd: ** PROBLEM Service Alert: sud/POP3 is CRITICAL **", answers: "<b@x>", id: "<c@x>"));
        Assert.Equal(
            ["mail de zou : Re: ** PROBLEM Service Alert: sud/POP3 is CRITICAL **", "mail de mag : Fwd: ** PROBLEM Service Alert: sud/POP3 is CRITICAL **"],
            await engine.RootAsync());
    }

    [Fact]
    public async Task The_same_subject_again_is_another_thread_and_an_answer_to_nothing_known_is_announced()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Write("zou", "réunion"), Write("mag", "réunion"), Write("lunar", "Re: ce que personne n'a vu"));
        Assert.Equal(3, (await engine.RootAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_with_the_flag_is_announced_in_public_without_it(Locale locale)
    {
        await using var engine = await Engine.StartAsync(
            settings => settings with { People = new ChatBot.Core.People.People([new ChatBot.Core.People.Person { Name = "lunar", Mail = ["lunar@globenet.org"] }]) },
            locale);
        await engine.TakeAsync(Write("lunar", "[Public] le webmail revient à 20h"), Write("mag", "coupure à TH2"), Write("lunar", "Re: [public] et mon mot de passe ?"));
        Assert.Equal([engine.In(
            "mail de lunar : le webmail revient à 20h",
            "mail from lunar: le webmail revient à 20h")], await engine.PublicAsync());
        Assert.Equal(3, (await engine.RootAsync()).Count);
    }

    [Fact]
    public async Task Nobody_is_heard_in_public_who_is_no_person_of_the_group()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Write("zou", "[public] achetez des montres"));
        Assert.Empty(await engine.PublicAsync());
        Assert.Single(await engine.RootAsync());
    }

    [Fact]
    public async Task No_mail_is_announced_in_public_that_does_not_show_where_it_comes_from()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Write("zou", "[public] achetez des montres"), closed: false));
        Assert.Empty(await engine.PublicAsync());
        Assert.Single(await engine.RootAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_disk_whose_recovery_nobody_will_report_opens_an_incident_unless_the_mail_is_not_believed(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(engine.Mail(Sample.Named("120-").Bytes));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["[filer] smartd WARNING — #1"], await engine.PublicAsync());
        Assert.Equal([engine.In(
            "[filer] smartd WARNING (/dev/sdb CurrentPendingSector) : secteurs en attente : 8 — #1 · !prends 1 <raison>",
            "[filer] smartd WARNING (/dev/sdb CurrentPendingSector): pending sectors: 8 — #1 · !ack 1 <reason>")], await engine.RootAsync());
        Assert.Equal([1], (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(one => one.Number));
        await engine.TakeAsync(engine.Mail(Sample.Named("123-").Bytes, closed: false));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Single(await engine.PublicAsync());
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Each_alert_of_one_mail_opens_its_own_incident()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Sample.Named("108-").Bytes));
        Assert.Equal(["web", "webmail"], (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(i => i.Machine.Value).Order());
    }

    [Fact]
    public async Task What_the_bot_wrote_itself_is_not_announced_again()
    {
        await using var engine = await Engine.StartAsync();
        var bounce = Encoding.UTF8.GetString(Sample.Named("149-").Bytes).Replace("Subject: rapport hebdomadaire", "X-ChatBot-Loop: x\nSubject: rapport", StringComparison.Ordinal);
        await engine.TakeAsync(
            engine.Mail(Sample.All.Single(s => s.Name.EndsWith("chatbot-own", StringComparison.Ordinal)).Bytes), engine.Mail(Encoding.UTF8.GetBytes(bounce)));
        Assert.Empty(await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    [Fact]
    public void A_bounce_is_the_bot_s_where_its_address_is_on_what_came_back()
    {
        var mail = Sample.Named("149-").Mail;
        Assert.Contains(mail.Returned, header => header is { Name: "Subject", Value: "rapport hebdomadaire" });
        Assert.Equal("chatbot", ChatBot.Core.Mail.Formats.Classifier.Classify(mail, Sample.Inventory, "root@hal.globenet.org").Source.Value);
        Assert.Equal("postfix", ChatBot.Core.Mail.Formats.Classifier.Classify(mail, Sample.Inventory, "globot@globenet.org").Source.Value);
        Assert.Contains(Sample.Named("154-").Mail.Returned, header => header is { Name: "Subject", Value: "sauvegarde" });
    }

    private string Write(string who, string subject, string? id = null, string? answers = null) =>
        $"From: {who} <{who}@globenet.org>\nTo: root@globenet.org\nSubject: {subject}\nMessage-ID: {id ?? $"<{++_number}@y>"}\n"
        + (answers is null ? "" : $"In-Reply-To: {answers}\nReferences: {answers}\n")
        + "Date: Sun, 22 Nov 2026 20:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nBonjour\n";
}
