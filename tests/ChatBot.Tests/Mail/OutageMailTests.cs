using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class OutageMailTests : IAsyncDisposable
{
    private Engine _engine = null!;
    private OutageMail _job = null!;
    private bool _isOnIrc = true;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task After_an_hour_without_IRC_the_root_alias_reads_what_waits_and_later_that_it_is_back()
    {
        await StartAsync();
        await PassAsync(10);
        _isOnIrc = false;
        await PassAsync(1);
        await SayAsync(new Line(PublicText.Declared("[hal] POP3 CRITICAL — #1"), new RootText("[hal] POP3 CRITICAL : Socket timeout after 10 seconds, comme hier soir à la même heure — #1")));
        await SayAsync(new RootText("cron de sud : la sauvegarde a échoué"));
        await PassAsync(59);
        Assert.Empty(await MailsAsync());
        await PassAsync(1);
        Assert.Equal(
            """
            IRC injoignable depuis 20:11
            Je n'arrive plus à parler sur IRC depuis 20:11 (1 heure). Les mails sont toujours lus et les incidents suivis ; ce que j'ai à dire attend et sera dit au retour d'IRC.

            En attente :
            - #globenet : 1 ligne
            - #globenet-root : 2 lignes

            Pour #globenet-root :
            - [hal] POP3 CRITICAL : Socket timeout after 10 seconds, comme hier soir à la même heure — #1 · cron de sud : la sauvegarde a échoué
            """.ReplaceLineEndings("\n"),
            Assert.Single(await MailsAsync()));
        await PassAsync(600);
        Assert.Single(await MailsAsync());

        _isOnIrc = true;
        await PassAsync(1);
        var mails = await MailsAsync();
        Assert.Equal(2, mails.Count);
        Assert.StartsWith("IRC est de retour\nJe peux de nouveau parler sur IRC depuis ", mails[1], StringComparison.Ordinal);
        await PassAsync(600);
        Assert.Equal(2, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task A_restart_neither_restarts_the_hour_nor_repeats_the_mail()
    {
        await StartAsync();
        _isOnIrc = false;
        await PassAsync(50);
        await RestartAsync();
        await PassAsync(10);
        Assert.Empty(await MailsAsync());
        await PassAsync(1);
        Assert.Single(await MailsAsync());
        await RestartAsync();
        await PassAsync(120);
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task A_bot_that_was_down_for_hours_tries_first()
    {
        await StartAsync();
        _isOnIrc = false;
        await PassAsync(1);
        _engine.Time.Advance(TimeSpan.FromHours(5));
        await RestartAsync();
        await PassAsync(1);
        _isOnIrc = true;
        await PassAsync(5);
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task What_comes_back_within_the_hour_is_not_worth_a_mail()
    {
        await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            _isOnIrc = false;
            await PassAsync(59);
            _isOnIrc = true;
            await PassAsync(1);
        }

        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_written_and_once_there_is_one_it_is()
    {
        await StartAsync(hasServer: false);
        _isOnIrc = false;
        await PassAsync(120);
        Assert.Empty(await MailsAsync());
        var settings = _engine.Settings.Value.Settings;
        _engine.Settings.Replace(settings with { Mail = settings.Mail with { Smtp = Smtp } });
        await PassAsync(1);
        Assert.StartsWith("IRC injoignable depuis 20:01\n", Assert.Single(await MailsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_much_waits_the_mail_stays_short_in_English_too()
    {
        await StartAsync(locale: Locale.English);
        _isOnIrc = false;
        for (var i = 0; i < 500; i++)
        {
            await SayAsync(new RootText($"line {i} {string.Concat(Enumerable.Repeat("éé ", 120))}"));
        }

        await PassAsync(61);
        var mail = Assert.Single(await MailsAsync());
        Assert.StartsWith("IRC unreachable since 20:01\nI have not been able to speak", mail, StringComparison.Ordinal);
        Assert.Contains("\n- #globenet-root: 500 lines\n", mail, StringComparison.Ordinal);
        Assert.EndsWith(" more", mail, StringComparison.Ordinal);
        Assert.InRange(mail.Split('\n').Length, 10, 60);
        Assert.InRange(mail.Length, 1000, 30_000);
    }

    private static SmtpSettings Smtp => new("localhost", 25, "globot@globenet.org", "root@globenet.org");

    private async Task StartAsync(bool hasServer = true, Locale locale = Locale.French)
    {
        _engine = await Engine.StartAsync(settings => settings with { Locale = locale, Mail = settings.Mail with { Smtp = hasServer ? Smtp : null } });
        await RestartAsync();
    }

    private async Task RestartAsync()
    {
        await _engine.KillAsync();
        _job = new OutageMail(_engine.Database, _engine.Settings, () => _isOnIrc, _engine.Time);
    }

    private async Task PassAsync(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            _engine.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(TimeSpan.FromMinutes(1), await _job.RunAsync(_engine.Time.GetUtcNow(), CancellationToken.None));
        }
    }

    private Task SayAsync(Line line) => _engine.Database.WriteAsync(
        transaction => _engine.Outbox.SayAsync(transaction, line, _engine.Time.GetUtcNow(), About.Nothing), CancellationToken.None);

    private async Task<List<string>> MailsAsync() => [.. (await _engine.Database.ReadAsync(
        transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, MailTarget.RootAlias, 10), CancellationToken.None)).Select(row => row.Payload)];
}
