using System.Text;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Tests.Mail;
using ChatBot.Tests.OpenPgp;
using Xunit;
using static ChatBot.Tests.MailedOrders.DoorScene;

namespace ChatBot.Tests.MailedOrders;

/// <summary>Signed mails that ask for something: what they do, and what is answered.</summary>
public sealed class MailDoorTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signed_mail_acknowledges_and_writes_and_its_answer_says_by_which_proof()
    {
        await using var scene = await StartAsync(gpg);
        await scene.SendAsync("ack 1 2h je redémarre le POP", "log hal postfix relancé", "--", "mute all");
        var answer = Assert.Single(await scene.AnswersAsync());
        var text = TextOf(answer);
        Assert.StartsWith($"Lu : 2 ordres, signés par lunar (clé …{gpg.Lunar[^8..].ToUpperInvariant()}), à ", text, StringComparison.Ordinal);
        Assert.Contains("→ ack 1 2h je redémarre le POP\n[hal] POP3 CRITICAL pris par lunar", text, StringComparison.Ordinal);
        Assert.Contains("→ log hal postfix relancé\n[hal] noté dans mon seul journal", text, StringComparison.Ordinal);
        Assert.Equal(("Re: POP de hal", "<1@example.org>", "lunar@example.org"), (answer.Subject.Value, answer.InReplyTo, answer.Address));
        Assert.Equal(1, await scene.AcknowledgedAsync());
        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM mute"));
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM mail_order"));
        Assert.Contains(await scene.Engine.PublicAsync(), line => line.Contains("pris par lunar", StringComparison.Ordinal));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Where_one_line_is_no_command_nothing_is_done()
    {
        await using var scene = await StartAsync(gpg);
        await scene.SendAsync("ack 1 je regarde", "redémarre tout", "auth lunar", "log hal");
        var text = await scene.AnswerAsync();
        Assert.Contains("✓ ack 1 je regarde ; serait fait", text, StringComparison.Ordinal);
        Assert.Contains("✗ redémarre tout ; je ne connais pas cet ordre", text, StringComparison.Ordinal);
        Assert.Contains("✗ auth lunar ; pas par mail : sur IRC seulement", text, StringComparison.Ordinal);
        Assert.Contains("Rien n'est fait", text, StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Where_one_line_has_no_effect_nothing_is_done()
    {
        await using var scene = await StartAsync(gpg);
        var before = await scene.Engine.AskAsync("SELECT COUNT(*) FROM outbox");
        string[] inVain =
        [
            "ack 1 #99 je regarde", "unack sql", "mute hall 2h", "mute hal nrpe 2h", "parle", "clos 1 remplacé", "clos 99 remplacé", "undo hal", "log halle relancé",
            "log hal,sud relancé", "intervention 9", "intervention hal samedi 2h noyau", "status nulle-part", "incident 99", "why 99", "changes nulle-part",
        ];
        await scene.SendAsync(["log sql relancé", "ack 1 je redémarre", .. inVain]);
        var text = await scene.AnswerAsync();
        Assert.Contains("✓ log sql relancé ; serait fait\n✓ ack 1 je redémarre ; serait fait\n", text, StringComparison.Ordinal);
        Assert.Equal(inVain, text.Split('\n').Where(line => line.StartsWith('✗')).Select(line => line[2..].Split(" ; ")[0]));
        Assert.Contains("✗ parle ; rien n'est muet\n", text, StringComparison.Ordinal);
        Assert.Contains("Rien n'est fait", text, StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        Assert.Equal(before + 1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM outbox"));
        // The correction is another text, and acts.
        await scene.SendAsync("log sql relancé", "ack 1 je redémarre");
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task More_commands_than_one_mail_may_have_are_refused_in_one_sentence()
    {
        await using var scene = await StartAsync(gpg);
        await scene.SendAsync([.. Enumerable.Repeat("ack 1", 3000)]);
        var text = await scene.AnswerAsync();
        Assert.StartsWith("Lu : 3000 ordres, signés par lunar", text, StringComparison.Ordinal);
        Assert.EndsWith("\nRien n'est fait : plus de 20 ordres dans un mail. Envoyez-en plusieurs, chacun signé.", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').Length);
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_long_answer_says_how_much_it_leaves_out()
    {
        await using var scene = await StartAsync(gpg);
        await scene.Engine.TakeAsync([.. Enumerable.Range(1, 40).Select(i => Nagios.Problem("hal", "SVC" + i))]);
        await scene.SendAsync([.. Enumerable.Range(1, 20).Select(_ => "incidents")]);
        var lines = (await scene.AnswerAsync()).Split('\n');
        Assert.Equal(1 + (20 * 6), lines.Length);
        Assert.Matches("^[0-9]+ lignes de plus, non reprises ici", lines[^1]);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_failure_of_one_command_undoes_those_before_it()
    {
        await using var scene = await StartAsync(gpg);
        await scene.Engine.Database.WriteAsync(
            transaction => Storage.Sql.RunAsync(
                transaction.Connection, "CREATE TRIGGER no_entry BEFORE INSERT ON changelog_entry BEGIN SELECT RAISE(ABORT, 'no'); END", transaction.Transaction),
            CancellationToken.None);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => scene.SendAsync("ack 1 je regarde", "log hal relancé"));
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Empty(await scene.AnswersAsync());
        // The store takes it again: all of it is done, once.
        await scene.Engine.KillAsync();
        Commands.SampleGroup.On(scene.Engine);
        await scene.Engine.Database.WriteAsync(
            transaction => Storage.Sql.RunAsync(transaction.Connection, "DROP TRIGGER no_entry", transaction.Transaction), CancellationToken.None);
        Assert.True(await scene.Engine.Door.TurnAsync(CancellationToken.None));
        Assert.False(await scene.Engine.Door.TurnAsync(CancellationToken.None));
        Assert.Equal(1, await scene.AcknowledgedAsync());
        Assert.Single(await scene.AnswersAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_used_signature_whose_numbers_were_changed_is_the_same()
    {
        await using var scene = await StartAsync(gpg);
        var signed = gpg.Clear(Asking("log hal relancé"));
        await scene.ArriveAsync(scene.Mail(signed));
        foreach (var again in (byte[][])[scene.Mail(MalleableSignature.Changed(signed)), scene.Mail(signed, head: "Content-Type: text/plain; charset=iso-8859-1")])
        {
            scene.Engine.Time.Advance(TimeSpan.FromMinutes(61));
            await scene.ArriveAsync(again);
            Assert.Contains("cette signature a déjà servi", TextOf((await scene.AnswersAsync())[^1]), StringComparison.Ordinal);
        }

        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task PGP_MIME_counts_as_programs_write_it()
    {
        await using var scene = await StartAsync(gpg);
        // Thunderbird: protected headers, the writer's key beside the text, quoted-printable and flowed.
        await scene.ArriveAsync(scene.Mime($"""
            Content-Type: multipart/mixed; boundary="o"; protected-headers="v1"
            From: lunar <lunar@example.org>
            Subject: POP de hal

            --o
            Content-Type: multipart/mixed; boundary="i"

            --i
            Content-Type: text/plain; charset=UTF-8; format=flowed
            Content-Transfer-Encoding: quoted-printable

            {Asking("ack 1 2h je red=C3=A9marre le POP, il faudra=20", "sans doute attendre")}

            Le 22/11/2026 =C3=A0 21:10, globot a =C3=A9crit=C2=A0:
            > pour {Own}
            > mute hal 2h
            --i
            Content-Type: application/pgp-keys; name="OpenPGP_0x1.asc"

            -----BEGIN PGP PUBLIC KEY BLOCK-----
            --i--

            --o--

            """, before: "This is an OpenPGP/MIME signed message (RFC 4880 and 3156)\n"));
        Assert.Contains("→ ack 1 2h je redémarre le POP, il faudra sans doute attendre\n[hal]", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM mute"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_subkey_signs_for_its_person_and_a_late_mail_counts()
    {
        await using var scene = await StartAsync(gpg);
        var mail = scene.Mail(gpg.Clear(Asking("ack 1 je regarde"), "subkeyed"), "subkeyed");
        scene.Engine.Time.Advance(TimeSpan.FromHours(6));
        await scene.ArriveAsync(mail);
        Assert.Contains("[hal] POP3 CRITICAL pris par subkeyed", await scene.AnswerAsync("subkeyed"), StringComparison.Ordinal);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_ping_is_told_who_it_is_and_what_they_may_do(Locale locale)
    {
        await using var scene = await StartAsync(gpg, new MailDoorSettings { Write = MailProof.Off }, locale);
        await scene.SendAsync("ping");
        var text = await scene.AnswerAsync();
        Assert.Contains(scene.Engine.In("vous êtes lunar, admin ; preuve : une signature OpenPGP", "you are lunar, admin; proof: an OpenPGP signature"), text, StringComparison.Ordinal);
        Assert.Contains(scene.Engine.In("rends", "unack"), text, StringComparison.Ordinal);
        Assert.DoesNotContain("log", text, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_the_group_does_not_want_by_mail_is_not_done()
    {
        await using var scene = await StartAsync(gpg, new MailDoorSettings { Write = MailProof.Off, AnswersAlias = true });
        await scene.SendAsync("log hal relancé");
        Assert.Contains("✗ log hal relancé ; le groupe n'en veut pas par mail", await scene.AnswerAsync(MailTarget.RootAlias), StringComparison.Ordinal);
        Assert.Empty(await scene.AnswersAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task The_same_mail_by_two_ways_acts_once_and_a_kill_loses_none()
    {
        await using var scene = await StartAsync(gpg);
        var mail = scene.Mail(gpg.Clear(Asking("log hal relancé")));
        await scene.Engine.TakeAsync(scene.Engine.Mail(mail, closed: false));
        await scene.Engine.KillAsync();
        Commands.SampleGroup.On(scene.Engine);
        await scene.ArriveAsync(mail, mail);
        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        await scene.AnswerAsync();
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Refusals_are_answered_once_an_hour_and_the_silence_is_told_once()
    {
        await using var scene = await StartAsync(gpg);
        for (var i = 0; i < 4; i++)
        {
            await scene.ArriveAsync(scene.Mail(Asking("ack 1")));
        }

        await scene.AnswerAsync();
        var root = await scene.Engine.RootAsync();
        Assert.Single(root, line => line == "un mail au nom de lunar demandait quelque chose ; rien n'est fait : il n'est pas signé avec OpenPGP ; signez-le");
        Assert.Single(root, line => line == "je ne réponds plus pour l'instant aux mails au nom de lunar : il en vient trop");
        scene.Engine.Time.Advance(TimeSpan.FromHours(1));
        await scene.ArriveAsync(scene.Mail(Asking("ack 1")));
        Assert.Equal(2, (await scene.AnswersAsync()).Count);
        // Who is who they say they are is heard meanwhile.
        await scene.SendAsync("ack 1 je regarde");
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_thread_is_answered_six_times_a_day_and_its_commands_act_all_the_same()
    {
        await using var scene = await StartAsync(gpg);
        for (var i = 0; i < 8; i++)
        {
            var mail = scene.Mail(gpg.Clear(Asking("log hal relance numéro " + i)), head: "In-Reply-To: <root@example.org>\nContent-Type: text/plain; charset=utf-8");
            await scene.ArriveAsync(mail);
        }

        Assert.Equal(6, (await scene.AnswersAsync()).Count);
        Assert.Equal(8, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        Assert.Single(await scene.Engine.RootAsync(), line => line.StartsWith("je ne réponds plus", StringComparison.Ordinal));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("Réponse automatique : POP de hal")]
    [InlineData("Automatic reply: POP")]
    [InlineData("Automatische Antwort: POP")]
    [InlineData("Respuesta automática: POP")]
    [InlineData("Risposta automatica: POP")]
    [InlineData("Automatisch antwoord: POP")]
    [InlineData("Resposta automática: POP")]
    [InlineData("Automatyczna odpowiedź: POP")]
    [InlineData("Autosvar: POP")]
    [InlineData("POP", "Precedence: bulk")]
    [InlineData("POP", "Precedence: junk")]
    public async Task What_looks_automatic_acts_where_its_signature_is_valid_and_else_is_not_answered(string subject, string head = "X-Note: nothing")
    {
        await using var scene = await StartAsync(gpg);
        var (fields, signed) = (head + "\nContent-Type: text/plain; charset=utf-8", gpg.Clear(Asking("ack 1 je regarde")));
        await scene.ArriveAsync(
            scene.Mail(signed.Replace("regarde", "guette", StringComparison.Ordinal), head: fields, subject: subject),
            scene.Mail(Asking("ack 1 je regarde"), head: fields, subject: subject));
        Assert.Empty(await scene.AnswersAsync());
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Contains(await scene.Engine.RootAsync(), line => line.StartsWith("un mail au nom de lunar demandait quelque chose ; rien n'est fait : la signature est celle", StringComparison.Ordinal));
        await scene.ArriveAsync(scene.Mail(signed, head: fields, subject: subject));
        Assert.Contains("[hal] POP3 CRITICAL pris par lunar", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("POP", "Precedence: list")]
    [InlineData("Re: Absence")]
    [InlineData("Réf : ** PROBLEM Service Alert: hal/POP3 is CRITICAL **")]
    [InlineData("Tr: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **")]
    [InlineData("** PROBLEM Service Alert: hal/POP3 is CRITICAL **")]
    [InlineData("Cron <root@hal> /usr/bin/sauve")]
    public async Task A_signed_mail_acts_whatever_else_it_looks_like(string subject, string head = "X-Note: nothing")
    {
        await using var scene = await StartAsync(gpg);
        await scene.ArriveAsync(scene.Mail(
            gpg.Clear(Asking("ack 1 je regarde", "", "Nov 29 14:05:02 hal postfix/smtpd[812]: warning: queue is full", "*** hal POP3 CRITICAL ***")),
            head: head + "\nContent-Type: text/plain; charset=utf-8",
            subject: subject));
        Assert.Contains("[hal] POP3 CRITICAL pris par lunar", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("POP", "Auto-Submitted: auto-replied")]
    [InlineData("POP", "X-Autoreply: yes")]
    [InlineData("POP", "Return-Path: <>")]
    [InlineData("POP", "Precedence: auto_reply")]
    [InlineData("POP", "X-ChatBot-Loop: 1")]
    [InlineData("POP", "X-Note: its own", "<7.123.chatbot@globenet.org>")]
    public async Task What_a_program_answers_never_acts_and_is_not_answered(string subject, string head = "X-Note: nothing", string? id = null)
    {
        await using var scene = await StartAsync(gpg);
        var mail = scene.Mail(gpg.Clear(Asking("ack 1 je regarde")), head: head + "\nContent-Type: text/plain; charset=utf-8", subject: subject);
        await scene.ArriveAsync(id is null ? mail : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(mail).Replace("<1@example.org>", id, StringComparison.Ordinal)));
        Assert.Empty(await scene.AnswersAsync());
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Two_bots_that_have_each_other_as_a_person_exchange_one_answer()
    {
        await using var scene = await StartAsync(gpg);
        await using var other = await StartAsync(gpg);
        other.Engine.Settings.Replace(other.Engine.Settings.Value.Settings with
        {
            People = new Core.People.People([new Core.People.Person { Name = "robot", Roles = ["admin"], Mail = [Own] }]),
            Mail = other.Engine.Settings.Value.Settings.Mail with { Smtp = new SmtpSettings("localhost", 25, "autre@example.net", "alias@example.net") },
        });
        await scene.SendAsync("ack 1 je regarde");
        await other.ArriveAsync(await scene.SentAsync("autre@example.net"));
        Assert.Equal(0, await other.Engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'mail'"));
        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'mail'"));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_stranger_gets_no_answer_and_is_announced_like_any_other()
    {
        await using var scene = await StartAsync(gpg);
        var before = (await scene.Engine.RootAsync()).Count;
        await scene.ArriveAsync(scene.Mail(gpg.Clear(Asking("ack 1"), "stranger"), "stranger"));
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'mail'"));
        Assert.Equal(before + 1, (await scene.Engine.RootAsync()).Count);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signed_mail_that_names_no_bot_is_a_mail_like_any_other()
    {
        await using var scene = await StartAsync(gpg);
        var before = (await scene.Engine.RootAsync()).Count;
        await scene.ArriveAsync(
            scene.Mail(gpg.Clear("Bonjour,\nack 1 serait bien.")),
            scene.Mail("Bonjour,\n\n" + Asking("ack 1")),
            scene.Mail(gpg.Clear("pour autre@example.net\nack 1"), to: "root@globenet.org"));
        Assert.Empty(await scene.AnswersAsync());
        Assert.True((await scene.Engine.RootAsync()).Count > before);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Mails_within_a_digest_of_a_list_are_never_believed()
    {
        await using var scene = await StartAsync(gpg);
        var inner = Encoding.UTF8.GetString(scene.Mail(gpg.Clear(Asking("ack 1"))));
        await scene.ArriveAsync(scene.Mail(
            $"--d\nContent-Type: text/plain\n\nSujets du jour\n--d\nContent-Type: multipart/digest; boundary=\"e\"\n\n--e\n\n{inner}\n--e--\n--d--\n",
            head: "Content-Type: multipart/mixed; boundary=\"d\""));
        Assert.Empty(await scene.AnswersAsync());
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }
}
