using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>Who has an incident that came by mail, and its end, are mailed in the thread of its alert.</summary>
public sealed class IncidentMailTests : IAsyncDisposable
{
    private static readonly SmtpSettings Smtp = new("localhost", 25, "globot@globenet.org", "root@globenet.org") { Threads = true };

    private Engine _engine = null!;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_acknowledgement_and_the_end_answer_the_alert_in_one_thread_also_from_another_process()
    {
        await StartAsync();
        var alert = await OpenAsync("POP3");
        await AcknowledgeAsync(1);
        await _engine.KillAsync();
        await _engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await _engine.PassAsync(TimeSpan.FromMinutes(1));

        var (taken, over) = (await MailsAsync()) is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        var root = Assert.Single(taken.References, id => id != alert);
        Assert.Equal(1, MailIds.IncidentOf(root, root.Split('.')[1]));
        Assert.Null(MailIds.IncidentOf(root, "another"));
        Assert.All([taken, over], mail =>
        {
            Assert.Equal("Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **", mail.Subject.Value);
            Assert.Equal(alert, mail.InReplyTo);
            Assert.Equal([root, alert], mail.References);
            Assert.False(mail.IsReply || mail.IsEncrypted);
        });
        Assert.Contains("je redémarre", Assert.Single(taken.Paragraphs).Value, StringComparison.Ordinal);
        Assert.Contains("[hal] POP3 OK", Assert.Single(over.Paragraphs).Value, StringComparison.Ordinal);
        Assert.Equal(1, await _engine.Database.ReadAsync(transaction => IncidentThreadStore.NumberOfAsync(transaction, alert), CancellationToken.None));
        Assert.Null(await _engine.Database.ReadAsync(transaction => IncidentThreadStore.NumberOfAsync(transaction, "<x@y>"), CancellationToken.None));
    }

    [Fact]
    public async Task That_nobody_has_it_any_more_is_told_too()
    {
        await StartAsync();
        await OpenAsync("POP3");
        await AcknowledgeAsync(1);
        await _engine.Incidents.ReleaseAsync([1], PublicText.Declared("lunar"), null, CancellationToken.None);
        await AcknowledgeAsync(1);
        await _engine.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(4, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task What_is_one_line_is_one_mail_in_the_threads_of_all()
    {
        await StartAsync();
        var alerts = new List<string> { await OpenAsync("POP3"), await OpenAsync("IMAP"), await OpenAsync("SMTP") };
        await AcknowledgeAsync(1, 2, 3);
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal(alerts[0], mail.InReplyTo);
        Assert.Equal(6, mail.References.Count);
        Assert.All(alerts, alert => Assert.Contains(alert, mail.References));
        Assert.Equal(alerts[0], mail.References[^1]);
    }

    [Fact]
    public async Task A_thread_gets_six_mails_a_day_and_the_last_one_says_so()
    {
        await StartAsync();
        await OpenAsync("POP3");
        for (var i = 0; i < 20; i++)
        {
            await AcknowledgeAsync(1);
            await _engine.Incidents.ReleaseAsync([1], PublicText.Declared("lunar"), null, CancellationToken.None);
        }

        var mails = await MailsAsync();
        Assert.Equal(6, mails.Count);
        Assert.Equal("C'est le dernier mail d'aujourd'hui dans ce fil ; la suite est sur IRC : !incident 1", mails[^1].Paragraphs[^1].Value);
        Assert.All(mails.SkipLast(1), mail => Assert.Single(mail.Paragraphs));
        _engine.Time.Advance(TimeSpan.FromDays(1));
        await AcknowledgeAsync(1);
        Assert.Equal(7, (await MailsAsync()).Count);
    }

    [Theory]
    [InlineData("off"), InlineData("without a mail"), InlineData("unasked"), InlineData("unannounced")]
    public async Task Nothing_is_mailed(string where)
    {
        await StartAsync(where switch
        {
            "off" => null,
            "unasked" => Smtp with { Threads = false },
            _ => Smtp,
        });
        if (where == "without a mail")
        {
            await _engine.Database.WriteAsync(
                transaction => _engine.Incidents.ApplyAsync(
                    transaction, [new() { Source = PublicText.Declared("nagios"), Kind = ChatBot.Core.Reports.ReportKind.Alert, Machine = Name.OfMachine("hal"), Service = Name.OfService("POP3"), State = ChatBot.Core.Reports.CheckState.Critical }], _engine.Time.GetUtcNow()),
                CancellationToken.None);
            await _engine.PassAsync(TimeSpan.FromMinutes(1));
        }
        else if (where == "unannounced")
        {
            await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        }
        else
        {
            await OpenAsync("POP3");
        }

        if (where != "unannounced")
        {
            await AcknowledgeAsync(1);
        }

        await _engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await _engine.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await _engine.AskAsync("SELECT COUNT(*) FROM incident WHERE closed_at IS NOT NULL"));
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task An_alert_without_an_identifier_of_its_own_has_a_thread_all_the_same()
    {
        await StartAsync();
        await _engine.TakeAsync(string.Join('\n', Nagios.Problem("hal", "POP3").Split('\n').Select(line => line.StartsWith("Message-Id:", StringComparison.Ordinal) ? "Message-Id: <a b>\u0001" : line)));
        await _engine.PassAsync(TimeSpan.FromMinutes(1));
        await AcknowledgeAsync(1);
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal([mail.InReplyTo!], mail.References);
    }

    private async Task StartAsync() => await StartAsync(Smtp);

    private async Task StartAsync(SmtpSettings? smtp) => _engine = await Engine.StartAsync(settings => settings with { Mail = settings.Mail with { Smtp = smtp } });

    /// <returns>The Message-ID of the alert, once it is announced.</returns>
    private async Task<string> OpenAsync(string service)
    {
        var alert = Nagios.Problem("hal", service);
        await _engine.TakeAsync(alert);
        await _engine.PassAsync(TimeSpan.FromMinutes(1));
        return MailIds.Read(alert[alert.IndexOf("Message-Id", StringComparison.Ordinal)..])!;
    }

    private Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(params long[] numbers) => _engine.Incidents.AcknowledgeAsync(
        numbers,
        new Acknowledgement(
            PublicText.Declared("lunar"), new Remark(new RootText("je redémarre"), Audience.Root), _engine.Time.GetUtcNow(), _engine.Time.GetUtcNow().AddHours(2)),
        null,
        CancellationToken.None);

    private async Task<List<OutgoingMail>> MailsAsync() =>
        [.. (await _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, MailTarget.RootAlias, 100), CancellationToken.None)).Select(row => OutgoingMail.Read(row.Payload))];
}
