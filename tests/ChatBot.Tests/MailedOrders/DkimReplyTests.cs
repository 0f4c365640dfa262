using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Tests.Mail;
using ChatBot.Tests.OpenPgp;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static ChatBot.Tests.MailedOrders.DoorScene;

namespace ChatBot.Tests.MailedOrders;

/// <summary>Answers to the mail of an alert for which the DKIM signature of their author's domain vouches.</summary>
public sealed class DkimReplyTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;
    private const string Domain = "example.org";
    private const string Subject = "Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **";
    private const string Plain = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8";

    private static readonly string[] Signed = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];

    private int _mails;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task An_answer_to_an_alert_acknowledges_its_incident_and_is_answered_in_the_thread()
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack 2h je redémarre le POP\n\nLe 22/11/2026 à 21:00, nagios a écrit :\n> ack 1 30d pas moi\n")));
        var answer = Assert.Single(await scene.AnswersAsync());
        Assert.StartsWith("Lu : 1 ordre de lunar, par la signature DKIM de example.org, à ", TextOf(answer), StringComparison.Ordinal);
        Assert.Contains("→ ack 1 2h je redémarre le POP\n[hal] POP3 CRITICAL pris par lunar « je redémarre le POP »", TextOf(answer), StringComparison.Ordinal);
        Assert.Equal((Subject, "<1@example.org>", "lunar@example.org"), (answer.Subject.Value, answer.InReplyTo, answer.Address));
        Assert.Equal(1, await scene.AcknowledgedAsync());
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM mail_order"));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack\n\nJe m'en occupe, je redémarre. Merci de patienter.", "Je m'en occupe, je redémarre »")]
    [InlineData("ack\nJe m'en occupe, je redémarre\nle POP. Merci.", "Je m'en occupe, je redémarre le POP »")]
    [InlineData("!prends je regarde", "je regarde »")]
    [InlineData("prends 2h je regarde", "je regarde » jusqu'à")]
    [InlineData("ack 1 je regarde\n--\nlunar", "je regarde »")]
    [InlineData("pour globot@globenet.org\nack je regarde", "je regarde »")]
    [InlineData("ack\n\n2 disques sont pleins", "« 2 disques sont pleins »")]
    public async Task The_reason_is_the_rest_of_the_line_or_the_first_sentence_below(string text, string reason)
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, text)));
        Assert.Contains(reason, await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("Je m'en occupe, je redémarre le POP.")]
    [InlineData("Prends ton temps.")]
    [InlineData("Prends 2 minutes pour lire la doc.")]
    [InlineData("Status quo pour moi.")]
    [InlineData("Bonjour,\nack 1 serait bien.")]
    [InlineData("> ack 1 je regarde\n> la suite")]
    [InlineData("ack 1 je regarde a écrit :\n> bonjour")]
    public async Task Free_text_does_nothing_and_is_announced_like_any_mail(string text)
    {
        await using var scene = await StartAsync();
        var before = (await scene.Engine.RootAsync()).Count;
        await scene.ArriveAsync(Sign(scene, Reply(scene, text)));
        Assert.Empty(await scene.AnswersAsync());
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Equal(before + 1, (await scene.Engine.RootAsync()).Count);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_is_acknowledged_is_released_and_asked_for_by_answers_too()
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack je regarde")));
        await scene.ArriveAsync(Sign(scene, Reply(scene, "unack\nstatus hal\nping")));
        Assert.Equal(0, await scene.AcknowledgedAsync());
        var text = TextOf((await scene.AnswersAsync())[^1]);
        Assert.Contains("→ unack 1\n[hal] POP3 CRITICAL relâché par lunar", text, StringComparison.Ordinal);
        Assert.Contains("preuve : votre adresse, par la signature DKIM de example.org\npar mail vous pouvez : état, prends, rends, ping", text, StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("log hal postfix relancé")]
    [InlineData("mute hal 2h")]
    [InlineData("incidents")]
    public async Task What_takes_OpenPGP_is_refused_with_what_to_send_instead_and_nothing_else_is_done(string line)
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack je regarde\n" + line)));
        var text = await scene.AnswerAsync();
        Assert.Contains("✓ ack 1 je regarde ; serait fait", text, StringComparison.Ordinal);
        Assert.Contains($"✗ {line} ; demande une signature OpenPGP : mettez « pour {Own} » au-dessus et signez le mail", text, StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_mail_that_comes_again_acts_once_and_is_not_answered_again()
    {
        await using var scene = await StartAsync();
        var mail = Sign(scene, Reply(scene, "ack je regarde"));
        await scene.ArriveAsync(mail);
        await scene.Engine.Incidents.ReleaseAsync([1], Core.Text.PublicText.Declared("lunar"), null, CancellationToken.None);
        await scene.Engine.KillAsync();
        Commands.SampleGroup.On(scene.Engine);
        scene.Engine.Time.Advance(TimeSpan.FromHours(23));
        await scene.ArriveAsync(Encoding.UTF8.GetBytes("Received: from list by mx\n" + Encoding.UTF8.GetString(mail)));
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Single(await scene.AnswersAsync());
    }

    private static readonly Dictionary<string, (OrderRefusal Why, Func<DkimReplyTests, DoorScene, byte[]> Mail)> Refused = new()
    {
        ["no signature"] = (OrderRefusal.NoDkim, (test, scene) => Bytes(test.Reply(scene, "ack 1 je regarde"))),
        ["another domain's"] = (OrderRefusal.DkimOfAnother, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), domain: "example.net")),
        ["of a domain below"] = (OrderRefusal.DkimOfAnother, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), domain: "mail.example.org")),
        ["of a label"] = (OrderRefusal.DkimOfAnother, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), domain: "org")),
        ["for somebody else"] = (OrderRefusal.DkimOfAnother, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), forWhom: "bob@" + Domain)),
        ["through a list"] = (OrderRefusal.DkimBroken, (test, scene) => [.. Sign(scene, test.Reply(scene, "ack je regarde")), .. "\n_______\nroot mailing list\n"u8]),
        ["an altered word"] = (OrderRefusal.DkimBroken, (test, scene) => Changed(Sign(scene, test.Reply(scene, "ack je regarde")), "ack je", "ack te")),
        ["another thread"] = (OrderRefusal.DkimBroken, (test, scene) => Changed(Sign(scene, test.Reply(scene, "ack je regarde")), "In-Reply-To: <", "In-Reply-To: <x")),
        ["no Message-ID under it"] = (OrderRefusal.DkimIncomplete, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), leftOut: "Message-ID")),
        ["no In-Reply-To under it"] = (OrderRefusal.DkimIncomplete, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), leftOut: "In-Reply-To")),
        ["no Subject under it"] = (OrderRefusal.DkimIncomplete, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), leftOut: "Subject")),
        ["a second Subject"] = (OrderRefusal.DkimIncomplete, (test, scene) => [.. "Subject: Re: x\n"u8, .. Sign(scene, test.Reply(scene, "ack je regarde"))]),
        ["a second In-Reply-To"] = (OrderRefusal.DkimIncomplete, (test, scene) => [.. "In-Reply-To: <x@y>\n"u8, .. Sign(scene, test.Reply(scene, "ack je regarde"))]),
        ["a second Message-ID"] = (OrderRefusal.DkimIncomplete, (test, scene) => [.. "Message-ID: <x@y>\n"u8, .. Sign(scene, test.Reply(scene, "ack je regarde"))]),
        ["half of the text"] = (OrderRefusal.DkimBroken, (test, scene) => Changed(Sign(scene, test.Reply(scene, "ack je regarde")), "v=1;", "v=1; l=3;")),
        ["no key"] = (OrderRefusal.DkimNoKey, (test, scene) => Changed(Sign(scene, test.Reply(scene, "ack je regarde")), "s=s1", "s=s2")),
        ["a silent name server"] = (OrderRefusal.DkimNoAnswer, (test, scene) => Silent(scene, Sign(scene, test.Reply(scene, "ack je regarde")))),
        ["an old mail"] = (OrderRefusal.MailTooOld, (test, scene) => Later(scene, Sign(scene, test.Reply(scene, "ack je regarde")), TimeSpan.FromMinutes(24 * 60 + 1))),
        ["an old signature"] = (OrderRefusal.MailTooOld, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), at: TimeSpan.FromHours(-25))),
        ["an old signature that ended"] = (OrderRefusal.DkimExpired, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde"), at: TimeSpan.FromHours(-3), lasts: TimeSpan.FromHours(1))),
        ["a mail of the future"] = (OrderRefusal.MailInFuture, (test, scene) => Later(scene, Sign(scene, test.Reply(scene, "ack je regarde")), TimeSpan.FromMinutes(-62))),
        ["no admin"] = (OrderRefusal.NotAdmin, (test, scene) => Sign(scene, test.Reply(scene, "ack je regarde", from: "reader"))),
        ["another bot"] = (OrderRefusal.OtherBot, (test, scene) => Sign(scene, test.Reply(scene, "pour autre@example.net\nack je regarde", more: "\nX-To: " + Own))),
    };

    public static TheoryData<string> Names => [.. Refused.Keys];

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), MemberData(nameof(Names))]
    public async Task What_does_not_prove_its_author_does_nothing_and_only_an_author_is_answered(string name)
    {
        await using var scene = await StartAsync();
        var (why, mail) = Refused[name];
        var bytes = mail(this, scene);
        await scene.ArriveAsync(bytes);
        await scene.ArriveAsync([.. "Received: by mx\n"u8, .. bytes]);
        Assert.Equal(0, await scene.AcknowledgedAsync());
        var sentence = OrderRefusals.Sentence(why).French;
        Assert.Single(await scene.Engine.RootAsync(), line => line.EndsWith($"rien n'est fait : {sentence}", StringComparison.Ordinal));
        var answers = await scene.EveryAnswerAsync();
        if (OrderRefusals.IsOfNobody(why))
        {
            Assert.Empty(answers);
        }
        else
        {
            Assert.Contains(sentence, Assert.Single(answers), StringComparison.Ordinal);
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_domain_above_signs_for_its_people_and_a_late_mail_counts()
    {
        await using var scene = await StartAsync();
        var mail = Sign(scene, Reply(scene, "ack je regarde", from: "lunar@mail.example.org"));
        var people = scene.Engine.Settings.Value.Settings.People.Persons;
        scene.Engine.Settings.Replace(scene.Engine.Settings.Value.Settings with
        {
            People = new([.. people.Select(one => one.Name == "lunar" ? one with { Mail = [.. one.Mail, "lunar@mail.example.org"] } : one)]),
        });
        scene.Engine.Time.Advance(TimeSpan.FromHours(6));
        await scene.ArriveAsync(mail);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("gm", 1)]
    [InlineData("evil", 0)]
    public async Task Where_nobody_signs_the_kind_of_the_text_only_one_reading_of_it_counts(string boundary, int acknowledged)
    {
        await using var scene = await StartAsync();
        var signed = Sign(
            scene,
            Reply(
                scene,
                "--gm\nContent-Type: text/plain; charset=utf-8\n\nack je regarde\n\nOn Sun, Nov 22, 2026, nagios wrote:\n> bonjour\n\n--gm\n"
                + "Content-Type: text/html\n\n<div>ack je regarde</div><blockquote>\n--evil\nContent-Type: text/plain\n\nack 1 30d pas moi\n--evil--\n</blockquote>\n--gm--\n",
                head: "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"gm\""),
            leftOut: "Content-Type");
        await scene.ArriveAsync(Changed(signed, "boundary=\"gm\"", $"boundary=\"{boundary}\""));
        Assert.Equal(acknowledged, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("In-Reply-To: <parti@example.org>", Subject, 1)]
    [InlineData("In-Reply-To: <parti@example.org>", "Re: [root] ** PROBLEM Service Alert: hal/POP3 is CRITICAL **", 1)]
    [InlineData("In-Reply-To: <parti@example.org>", "Re: la réunion", 0)]
    [InlineData("In-Reply-To: <parti@example.org>", "Fwd: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **", 0)]
    [InlineData("X-Note: none", "** PROBLEM Service Alert: hal/POP3 is CRITICAL **", 0)]
    public async Task The_subject_names_the_incident_where_the_identifiers_are_lost(string field, string subject, int acknowledged)
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack je regarde", field: field, subject: subject)));
        Assert.Equal(acknowledged, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task An_answer_to_the_mail_of_several_incidents_has_to_name_one()
    {
        await using var scene = await StartAsync();
        await scene.Engine.TakeAsync(Nagios.Problem("hal", "IMAP"));
        await scene.Engine.PassAsync(TimeSpan.FromMinutes(1));
        var root = (await scene.Engine.Database.ReadAsync(transaction => ChatBot.Storage.IncidentThreadStore.OpenAsync(transaction), CancellationToken.None)).Select(one => one.MessageId);
        var references = "References: " + string.Join(' ', root);
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack je regarde", field: references)));
        Assert.Contains("✗ ack je regarde ; quel incident ? écrivez son numéro : prends 42 …", await scene.AnswerAsync(), StringComparison.Ordinal);
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack 2 je regarde", field: references)));
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\nSubject: " + Subject, "ack 2h je redémarre", 1)]
    [InlineData("Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\nSubject: Re: autre chose", "ack 2h je redémarre", 0)]
    [InlineData("Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\nSubject: Re: autre chose", "pour globot@globenet.org\nack 1 2h je redémarre", 1)]
    [InlineData("Content-Type: text/plain; charset=utf-8", Subject + "\nack 2h je redémarre", 1)]
    [InlineData("Content-Type: text/plain; charset=utf-8", "ack 2h je redémarre", 0)]
    public async Task A_text_signed_with_OpenPGP_names_its_incident_by_the_subject_within(string head, string text, int acknowledged)
    {
        await using var scene = await DoorScene.StartAsync(gpg);
        var mime = Encoding.UTF8.GetString(scene.Mime($"{head}\n\n{text}\n"));
        await scene.ArriveAsync(Bytes(mime.Replace("Subject: POP de hal", $"Subject: {Subject}\nIn-Reply-To: {scene.AlertId}", StringComparison.Ordinal)));
        Assert.Equal(acknowledged, await scene.AcknowledgedAsync());
        Assert.Single(await scene.AnswersAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(19, 0)]
    public async Task Three_signatures_of_the_author_s_domain_are_tried_and_no_more(int fakes, int acknowledged)
    {
        await using var scene = await StartAsync();
        var mail = Encoding.UTF8.GetString(Sign(scene, Reply(scene, "ack je regarde")));
        var signature = Regex.Match(mail, @"^DKIM-Signature:.*\n(?:[ \t].*\n)*", RegexOptions.Multiline).Value;
        var fake = Regex.Replace(signature, @"(?<=;\s*bh=)[^;]*", "eA==");
        Assert.NotEqual(signature, fake);
        await scene.ArriveAsync(Bytes(string.Concat(Enumerable.Repeat(fake, fakes)) + mail));
        Assert.Equal(acknowledged, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Of_many_forged_mails_few_are_looked_at()
    {
        await using var scene = await StartAsync();
        var mail = Changed(Sign(scene, Reply(scene, "ack je regarde")), "ack je", "ack te");
        byte[] good = Sign(scene, Reply(scene, "ack je regarde"));
        await scene.ArriveAsync([.. Enumerable.Range(0, 30).Select(i => (byte[])[.. Bytes($"Received: by mx{i}\n"), .. mail]), good]);
        Assert.Equal(0, await scene.AcknowledgedAsync());
        scene.Engine.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.ArriveAsync([.. "Received: by mx\n"u8, .. good]);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signature_of_OpenPGP_counts_where_a_domain_s_word_would_do()
    {
        await using var scene = await StartAsync();
        await scene.SendAsync("ack 1 je regarde", "log hal relancé");
        Assert.Equal(1, await scene.AcknowledgedAsync());
        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("06-gmail-web")]
    [InlineData("12-outlook-web-html")]
    [InlineData("17-roundcube")]
    [InlineData("23-diff-below")]
    public async Task Answers_as_programs_write_them_act_by_a_Maildir_and_no_word_of_what_they_quote_is_stored(string sample)
    {
        await using var scene = await StartAsync();
        var lines = Encoding.UTF8.GetString(Sample.Replies.Single(one => one.Name == sample).Bytes).Split('\n').Select(
            line => line.StartsWith("Date:", StringComparison.Ordinal) ? $"Date: {scene.Engine.Time.GetUtcNow():r}" : line.Replace("<4711@hal.globenet.org>", scene.AlertId, StringComparison.Ordinal));
        using var folder = new TemporaryFolder();
        var root = folder["Maildir"];
        MaildirSource.CreateFolders(root);
        await File.WriteAllBytesAsync(Path.Combine(root, "tmp", "1.a.hal"), Sign(scene, string.Join('\n', lines)));
        File.Move(Path.Combine(root, "tmp", "1.a.hal"), Path.Combine(root, "new", "1.a.hal"));

        using var stop = new CancellationTokenSource();
        var source = new MaildirSource(new MailSourceFacts("box", false), root, scene.Engine.Intake, scene.Engine.Time, () => 0, NullLogger<MaildirSource>.Instance);
        var running = Task.Run(() => source.RunAsync(stop.Token));
        await Eventually.Is(() => source.Stored == 1);
        await stop.CancelAsync();
        await running;
        Assert.DoesNotContain("dovecot.conf", scene.Engine.Stored(), StringComparison.Ordinal);
        Assert.True(await scene.Engine.Door.TurnAsync(CancellationToken.None));

        Assert.Equal(1, await scene.AcknowledgedAsync());
        var answer = Assert.Single(await scene.AnswersAsync());
        Assert.Equal($"<reply{int.Parse(sample[..2], CultureInfo.InvariantCulture)}@example.org>", answer.InReplyTo);
        Assert.Contains("[hal] POP3 CRITICAL pris par lunar", TextOf(answer), StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signature_for_the_author_or_for_the_domain_counts()
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, "ack je regarde"), forWhom: "Lunar@" + Domain));
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 1 2h https://evil.example/?token=abc password=hunter2")]
    [InlineData("ack 1 je regarde\nack 99 password=hunter2")]
    public async Task What_looks_like_a_password_is_in_no_answer(string text)
    {
        await using var scene = await StartAsync();
        await scene.ArriveAsync(Sign(scene, Reply(scene, text)));
        var answer = Assert.Single(await scene.EveryAnswerAsync());
        Assert.Contains("✗ ack […] ; ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", answer, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Forged_addresses_of_many_people_fill_no_channel()
    {
        await using var scene = await StartAsync();
        foreach (var person in scene.Engine.Settings.Value.Settings.People.Persons)
        {
            await scene.ArriveAsync(Bytes(Reply(scene, "ack 1 je regarde", from: person.Name)));
        }

        var said = (await scene.Engine.RootAsync()).Where(line => line.Contains("rien n'est fait", StringComparison.Ordinal) || line.Contains("pendant une heure", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, said.Count);
        Assert.StartsWith("d'autres mails demandent", said[^1], StringComparison.Ordinal);
    }

    private async Task<DoorScene> StartAsync(Locale locale = Locale.French)
    {
        var scene = await DoorScene.StartAsync(gpg, new MailDoorSettings { Ack = MailProof.Dkim }, locale);
        foreach (var domain in (string[])[Domain, "example.net", "mail.example.org", "org"])
        {
            scene.Engine.Dns.Records["s1._domainkey." + domain] = [DkimMail.Record()];
        }

        return scene;
    }

    private string Reply(DoorScene scene, string text, string from = "lunar", string head = Plain, string subject = Subject, string? field = null, string more = "") => $"""
        From: {from} <{(from.Contains('@', StringComparison.Ordinal) ? from : from + "@" + Domain)}>
        To: {Own}
        Subject: {subject}
        Date: {scene.Engine.Time.GetUtcNow():r}
        Message-ID: <{++_mails}@example.org>
        {field ?? $"In-Reply-To: {scene.AlertId}"}{more}
        {head}

        """.ReplaceLineEndings("\n") + "\n" + text + "\n";

    private static byte[] Sign(DoorScene scene, string mail, string domain = Domain, string? leftOut = null, TimeSpan at = default, TimeSpan? lasts = null, string? forWhom = null) => DkimMail.Sign(
        mail, scene.Engine.Time.GetUtcNow() + at, domain: domain, fields: [.. Signed.Where(field => field != leftOut && mail.Split("\n\n")[0].Contains(field + ":", StringComparison.Ordinal))],
        with: signer => (signer.SignaturesExpireAfter, signer.AgentOrUserIdentifier) = (lasts, forWhom));

    private static byte[] Changed(byte[] mail, string from, string to)
    {
        var text = Encoding.UTF8.GetString(mail);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Bytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    private static byte[] Later(DoorScene scene, byte[] mail, TimeSpan by)
    {
        scene.Engine.Jump(by);
        return mail;
    }

    private static byte[] Silent(DoorScene scene, byte[] mail)
    {
        scene.Engine.Dns.Records.Clear();
        scene.Engine.Dns.IsFailing = true;
        return mail;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
