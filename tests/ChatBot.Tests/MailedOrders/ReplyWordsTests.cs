using ChatBot.Configuration.Settings;
using ChatBot.Tests.Mail;
using ChatBot.Tests.OpenPgp;
using Xunit;
using static ChatBot.Tests.MailedOrders.DoorScene;

namespace ChatBot.Tests.MailedOrders;

/// <summary>What people write in answers to the mail of an alert, without having read how: in the thread of #1, with #2 open too.</summary>
public sealed class ReplyWordsTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private int _mails;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 2 jours je suis dessus", "→ ack 1 2 jours je suis dessus\n[hal] POP3 CRITICAL pris par lunar « je suis dessus »")]
    [InlineData("ack 2 h je redémarre", "→ ack 1 2 h je redémarre\n[hal] POP3 CRITICAL pris par lunar « je redémarre » jusqu'à")]
    [InlineData("ack 2 heures je redémarre", "[hal] POP3 CRITICAL pris par lunar « je redémarre » jusqu'à")]
    [InlineData("!prends 2 minutes je redémarre", "[hal] POP3 CRITICAL pris par lunar « je redémarre » jusqu'à")]
    [InlineData("ack 2 heures\n\nJe redémarre.", "[hal] POP3 CRITICAL pris par lunar « Je redémarre » jusqu'à")]
    [InlineData("ack #2 je regarde", "[hal] IMAP CRITICAL pris par lunar « je regarde »")]
    [InlineData("ack n°2 je regarde", "[hal] IMAP CRITICAL pris par lunar « je regarde »")]
    [InlineData("ack 1 2 heures je regarde", "[hal] POP3 CRITICAL pris par lunar « je regarde » jusqu'à")]
    public async Task A_number_is_another_incident_than_the_thread_s_only_where_it_is_written_as_one(string text, string done)
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, text);
        Assert.Contains(done, await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 1 heure", "✗ ack 1 1 heure ; il manque la raison")]
    [InlineData("ack 2 heures", "✗ ack 1 2 heures ; il manque la raison")]
    [InlineData("ack 2 je regarde", "✗ ack 2 je regarde ; quel incident ? écrivez #2 si c'est celui-là, ou la raison sans nombre devant")]
    [InlineData("ack 4 fois de suite, je regarde", "✗ ack 4 fois de suite, je regarde ; quel incident ? écrivez #4 si")]
    [InlineData("ack 1 2 je regarde", "✗ ack 1 2 je regarde ; quel incident ? écrivez #2 si")]
    [InlineData("ack je regarde\nunack 2", "✗ unack 2 ; quel incident ? écrivez #2 si")]
    [InlineData("unack 2 minutes", "✗ unack 2 minutes ; ")]
    public async Task A_number_that_may_be_no_incident_is_asked_about(string text, string why)
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, "ack #2 je regarde");
        await ArriveAsync(scene, text);
        Assert.Contains(why, TextOf((await scene.AnswersAsync())[^1]), StringComparison.Ordinal);
        Assert.Equal(2, await scene.Engine.AskAsync("SELECT MIN(number) FROM incident WHERE acknowledged_by IS NOT NULL"));
    }

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("Ack pas possible, je suis dans le train")]
    [InlineData("ack ? qui s'en occupe")]
    [InlineData("ack? qui s'en occupe")]
    [InlineData("Ack non, laissez")]
    [InlineData("Ack : n'est pas pour moi")]
    [InlineData("!ack surtout pas")]
    [InlineData("ack no")]
    [InlineData("ack not now")]
    [InlineData("ack impossible")]
    [InlineData("ack can't, on a train")]
    [InlineData("unack jamais")]
    public async Task What_refuses_or_asks_does_nothing_and_is_announced_like_any_mail(string text)
    {
        await using var scene = await StartAsync();
        var before = (await scene.Engine.RootAsync()).Count;
        await ArriveAsync(scene, text);
        Assert.Empty(await scene.AnswersAsync());
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Equal(before + 1, (await scene.Engine.RootAsync()).Count);
    }

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 2h\n\nCordialement,\nLunar")]
    [InlineData("ack 2h\nLunar")]
    [InlineData("ack 2h\n\nLunar")]
    [InlineData("ack 2h\n\nLunar Martin\nAdministrateur système")]
    [InlineData("ack 2h\n\nBonne soirée")]
    [InlineData("ack 2h\n\nBest regards,\nLunar")]
    [InlineData("ack 2h\n\nBonjour,\n\nÀ demain !")]
    [InlineData("ack 2h\n\nCe message et ses pièces jointes sont confidentiels.")]
    [InlineData("ack 2h\n\nThis e-mail is intended only for its recipient.")]
    [InlineData("ack 2h\n\n[image: logo]")]
    [InlineData("ack 2h\n\n__ Lunar")]
    [InlineData("ack 2h\n\n=====")]
    [InlineData("ack 2h\n\n| POP3 CRITICAL | ack 9h")]
    [InlineData("ack 2h\n\nTue, Dec 1 2026, Nagios: POP3 CRITICAL")]
    [InlineData("ack 2h\n\nVoici ce que dit Nagios :")]
    public async Task What_is_no_sentence_of_the_writer_is_no_reason(string text)
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, text);
        Assert.Contains("✗ ack 1 2h ; il manque la raison : ", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.EndsWith("Corrigez-les et renvoyez le tout.", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 2h\n\nBonjour,\n\nJe redémarre\nle POP\nLunar", "« Je redémarre le POP »")]
    [InlineData("ack 2h\n\nMerci de patienter quelques minutes, je redémarre.", "« Merci de patienter quelques minutes, je redémarre »")]
    [InlineData("ack 2h\n\nLunar regarde", "« Lunar regarde »")]
    [InlineData("ack 2h je redémarre\nLunar", "« je redémarre »")]
    [InlineData("ack 2h je redémarre\nCordialement,\nLunar", "« je redémarre »")]
    [InlineData("ack 2h je redémarre\nBonne soirée !", "« je redémarre »")]
    public async Task A_name_or_a_closing_ends_the_commands_and_the_reason(string text, string reason)
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, text);
        Assert.Contains("pris par lunar " + reason, await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_refusal_below_a_command_does_nothing_either()
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, "ping\nack pas possible");
        Assert.Contains("✗ ack pas possible ; ", await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task Whom_DKIM_proves_is_not_asked_for_an_OpenPGP_signature()
    {
        await using var scene = await StartAsync();
        await ArriveAsync(scene, "ack je regarde", from: "reader");
        var answer = await scene.AnswerAsync("reader");
        Assert.StartsWith("Rien n'est fait : vous n'avez pas le rôle admin", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenPGP", answer, StringComparison.Ordinal);
    }

    private async Task<DoorScene> StartAsync()
    {
        var scene = await DoorScene.StartAsync(gpg, new MailDoorSettings { Ack = MailProof.Dkim });
        scene.Engine.Dns.Records["s1._domainkey.example.org"] = [DkimMail.Record()];
        await scene.Engine.TakeAsync(Nagios.Problem("hal", "IMAP"));
        return scene;
    }

    private Task ArriveAsync(DoorScene scene, string text, string from = "lunar")
    {
        string[] fields = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "MIME-Version", "Content-Type"];
        var mail = $"""
            From: {from} <{from}@example.org>
            To: {Own}
            Subject: Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **
            Date: {scene.Engine.Time.GetUtcNow():r}
            Message-ID: <{++_mails}@example.org>
            In-Reply-To: {scene.AlertId}
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            """.ReplaceLineEndings("\n") + "\n" + text + "\n";
        return scene.ArriveAsync(DkimMail.Sign(mail, scene.Engine.Time.GetUtcNow(), domain: "example.org", fields: fields));
    }
}
