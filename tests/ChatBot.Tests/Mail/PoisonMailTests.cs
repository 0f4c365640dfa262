using ChatBot.Core.Language;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Mail;

public class PoisonMailTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_that_the_process_died_of_twice_is_set_aside_and_its_neighbours_are_not(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        IncomingMail[] mails = [engine.Mail(Nagios.Problem("hal", "POP3")), engine.Mail(Nagios.Problem("sud", "FTP")), engine.Mail(Nagios.Problem("sql", "MySQL"))];
        await DieAtAsync(engine, mails);
        for (var death = 0; death < 2; death++)
        {
            // The first is read alone without harm; the process dies of the second.
            await engine.TakeAsync(mails[0]);
            await DieAtAsync(engine, mails[1]);
        }

        await engine.TakeAsync(mails);
        Assert.Equal(["hal", "sql"], (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(one => one.Machine.Value));
        Assert.Contains(await engine.RootAsync(), line => line.Contains(engine.In("mis de côté", "is set aside"), StringComparison.Ordinal));
        Assert.Contains("chatbot_mails_set_aside_total 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_death_in_a_batch_and_one_alone_set_nothing_aside()
    {
        await using var engine = await Engine.StartAsync();
        IncomingMail[] mails = [engine.Mail(Nagios.Problem("hal", "POP3")), engine.Mail(Nagios.Problem("hal", "IMAP"))];
        for (var death = 0; death < 2; death++)
        {
            await DieAtAsync(engine, mails);
        }

        await engine.TakeAsync(mails);
        Assert.Equal(2, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Of_many_that_were_begun_together_each_is_tried_alone_after_a_death()
    {
        await using var engine = await Engine.StartAsync();
        var mails = Enumerable.Range(0, 450).Select(i => engine.Mail(Nagios.Problem("hal", $"SVC{i}"), key: $"{i}\n{new string('x', 200)}")).ToArray();
        await DieAtAsync(engine, mails);
        for (var death = 0; death < 2; death++)
        {
            await engine.TakeAsync(mails[99]);
            await DieAtAsync(engine, mails[100]);
        }

        await engine.TakeAsync(mails);
        var open = (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(one => one.Service?.Value).ToHashSet();
        Assert.Equal(449, open.Count);
        Assert.DoesNotContain("SVC100", open);
        Assert.Empty(await engine.Database.ReadAsync(MailStore.UnfinishedAsync, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_stored_one_by_one_keeps_the_mark_until_the_last()
    {
        await using var engine = await Engine.StartAsync();
        var attempts = new MailAttempts(engine.Database, engine.Time);
        IncomingMail[] mails = [engine.Mail(Nagios.Problem("hal", "POP3")), engine.Mail(Nagios.Problem("hal", "IMAP"))];
        await attempts.BeginAsync(mails, CancellationToken.None);
        foreach (var mail in mails)
        {
            Assert.Single(await engine.Database.ReadAsync(MailStore.UnfinishedAsync, CancellationToken.None));
            await engine.Database.WriteAsync(transaction => attempts.EndAsync(transaction, [mail]), CancellationToken.None);
            attempts.Ended([mail]);
        }

        Assert.Empty(await engine.Database.ReadAsync(MailStore.UnfinishedAsync, CancellationToken.None));
    }

    [Fact]
    public async Task After_a_death_the_order_is_kept()
    {
        await using var engine = await Engine.StartAsync();
        IncomingMail[] mails = [engine.Mail(Nagios.Problem("hal", "POP3")), engine.Mail(Nagios.Recovery("hal", "POP3"))];
        await DieAtAsync(engine, mails[0]);
        await engine.TakeAsync(mails);
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_batch_leaves_no_mail_begun()
    {
        await using var engine = await Engine.StartAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => engine.Intake.TakeAsync([engine.Mail(Nagios.Problem("hal", "POP3"))], stop.Token));
        Assert.Empty(await engine.Database.ReadAsync(MailStore.UnfinishedAsync, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_no_mail_is_set_aside_at_once()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(""), engine.Mail(Nagios.Problem("hal", "POP3")));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Single(await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    // A mail is begun in a transaction of its own; then the process is gone before it is stored.
    private static async Task DieAtAsync(Engine engine, params IncomingMail[] mails)
    {
        var commits = await FailingCommits.OfAsync(engine.Database);
        commits.After(well: 1, failing: 1);
        await engine.OfferAsync(mails);
        await engine.KillAsync();
    }
}
