using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class MailDeliveryTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Engine? _engine;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_mail_is_handed_over_as_the_standards_want_it()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        await AddAsync("Été sur IRC\nUne ligne.\n\n.une autre, à point\n");
        Assert.Null(await CarryAsync());
        Assert.Equal(
            """
            EHLO globenet.org
            MAIL FROM:<globot@globenet.org> BODY=8BITMIME
            RCPT TO:<root@globenet.org>
            DATA
            From: globot <globot@globenet.org>
            Date: Sun, 22 Nov 2026 20:00:00 +0000
            Subject: =?utf-8?b?w4l0w6k=?= sur IRC
            Message-Id: <1.1795377600000.chatbot@globenet.org>
            To: root@globenet.org
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            List-Id: <chatbot.globenet.org>
            X-ChatBot-Loop: 1
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8; format=flowed
            Content-Transfer-Encoding: 8bit

            Une ligne.

            ..une autre, à point
            .
            QUIT
            """.ReplaceLineEndings("\n"),
            string.Join('\n', server.Received));
        Assert.Empty(await WaitingAsync());
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 later", "451")]
    [InlineData("RCPT", "450 4.2.1 greylisted", "450")]
    [InlineData(".", "452 4.3.1 full", "452")]
    [InlineData("MAIL", "421 4.3.2 going down", "421")]
    [InlineData("EHLO", "", "connection")]
    [InlineData(".", "", "connection")]
    public async Task What_the_server_does_not_take_now_is_tried_again(string verb, string answer, string reason)
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        server.Answers[verb] = answer;
        await AddAsync("un\ntexte\n");
        Assert.InRange((await CarryAsync())!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Equal(reason, Assert.Single(await WaitingAsync()).Result);
        server.Answers.Clear();
        Assert.Null(await CarryAsync());
        Assert.Empty(await WaitingAsync());
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user")]
    [InlineData(".", "554 5.7.1 spam")]
    public async Task What_the_server_refuses_is_set_aside_after_the_third_time_and_delays_no_other(string verb, string answer)
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        server.Answers[verb] = answer;
        await AddAsync("un\ntexte\n");
        Assert.Equal(TimeSpan.FromMinutes(1), await CarryAsync());
        server.Answers.Clear();
        await AddAsync("deux\ntexte\n");
        await CarryAsync();
        Assert.Equal("un", Assert.Single(await WaitingAsync()).Payload.Split('\n')[0]);
        server.Answers[verb] = answer;
        _engine!.Time.Advance(TimeSpan.FromMinutes(1));
        await CarryAsync();
        _engine.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await CarryAsync());
        Assert.Empty(await WaitingAsync());
        Assert.Equal([$"l'envoi 1 pour root-alias a été refusé trois fois ({answer[..3]}) : il est mis de côté"], await _engine.RootAsync());
    }

    [Fact]
    public async Task Where_nobody_listens_the_mail_waits()
    {
        var gone = new SmtpPeer();
        await StartAsync(gone);
        await gone.DisposeAsync();
        await AddAsync("un\ntexte\n");
        Assert.NotNull(await CarryAsync());
        Assert.Equal("connection", Assert.Single(await WaitingAsync()).Result);
    }

    [Fact]
    public async Task A_mail_whose_answer_was_lost_is_sent_again_as_the_same_mail()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        server.Answers["."] = "";
        await AddAsync("un\ntexte\n");
        await CarryAsync();
        server.Answers.Clear();
        _engine!.Time.Advance(TimeSpan.FromHours(3));
        await _engine.KillAsync();
        await CarryAsync();
        foreach (var field in new[] { "Message-Id: ", "Date: " })
        {
            var written = server.Received.Where(line => line.StartsWith(field, StringComparison.Ordinal)).ToList();
            Assert.Equal(2, written.Count);
            Assert.Single(written.Distinct());
        }
    }

    [Fact]
    public async Task With_starttls_and_a_certificate_that_is_believed_the_login_and_the_mail_go_encrypted()
    {
        await using var server = new SmtpPeer { Extensions = ["AUTH PLAIN", "STARTTLS"] };
        await StartAsync(server, smtp => smtp with { Tls = SmtpTls.StartTls, TlsCaFile = Authority(TestCertificates.AuthorityPem), User = "globot", Password = new("sésame") });
        await AddAsync("un\ntexte\n");
        Assert.Null(await CarryAsync());
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL"], server.Received.Take(5).Select(line => line.Split(' ')[0]));
        Assert.Empty(await WaitingAsync());

        server.Answers["AUTH"] = "535 5.7.8 no";
        await AddAsync("deux\ntexte\n");
        Assert.NotNull(await CarryAsync());
        Assert.Equal("login", Assert.Single(await WaitingAsync()).Result);
    }

    [Fact]
    public async Task A_certificate_that_is_not_believed_gets_neither_login_nor_mail()
    {
        await using var server = new SmtpPeer { Extensions = ["STARTTLS"] };
        await StartAsync(server, smtp => smtp with { Tls = SmtpTls.StartTls, TlsCaFile = Authority(TestCertificates.StrangerPem) });
        await AddAsync("un\ntexte\n");
        Assert.NotNull(await CarryAsync());
        Assert.Equal("certificate", Assert.Single(await WaitingAsync()).Result);
        Assert.Equal(["EHLO globenet.org", "STARTTLS"], server.Received);
    }

    [Fact]
    public async Task A_server_without_the_starttls_that_was_asked_for_gets_no_mail()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server, smtp => smtp with { Tls = SmtpTls.StartTls });
        await AddAsync("un\ntexte\n");
        Assert.NotNull(await CarryAsync());
        Assert.Equal("no-tls", Assert.Single(await WaitingAsync()).Result);
        Assert.DoesNotContain(server.Received, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_text_is_more_than_a_text()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        await AddAsync("un\r\u2028Bcc: x@example.org\nBcc: y@example.org\r\n.\r\nMAIL FROM:<z@example.org>\r.\r\n");
        await CarryAsync();
        Assert.Equal(1, server.Received.Count(line => line == "."));
        var header = server.Received.SkipWhile(line => line != "DATA").TakeWhile(line => line.Length > 0).ToList();
        Assert.Contains("Subject: un Bcc: x@example.org", header);
        Assert.DoesNotContain(header, line => line.StartsWith("Bcc", StringComparison.Ordinal));
        Assert.Equal(1, server.Received.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-ChatBot-Loop:")]
    [InlineData("Message-Id:")]
    [InlineData("X-ChatBot-Loop:|Auto-Submitted:|From:|Subject:")] // as a list that rewrites what it forwards
    public async Task The_bot_knows_its_own_mail_when_it_comes_back(string lost)
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        await AddAsync("PROBLEM: hal/POP3 is CRITICAL\n***** Nagios *****\nNotification Type: PROBLEM\nService: POP3\nHost: hal\nState: CRITICAL\n");
        await CarryAsync();
        var mail = server.Received.SkipWhile(line => line != "DATA").Skip(1).TakeWhile(line => line != ".")
            .Where(line => !lost.Split('|', StringSplitOptions.RemoveEmptyEntries).Any(field => line.StartsWith(field, StringComparison.Ordinal)));
        await _engine!.TakeAsync(string.Join('\n', lost.Contains("From", StringComparison.Ordinal) ? mail.Prepend("From: Liste <root@globenet.org>") : mail));
        Assert.Empty(await _engine.RootAsync());
        Assert.Equal(0, await _engine.AskAsync("SELECT COUNT(*) FROM incident"));
    }

    [Fact]
    public async Task A_reply_stands_in_its_thread_and_says_that_it_is_one()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server, smtp => smtp with { EnvelopeFrom = "rebonds@globenet.org" });
        await AddAsync(new OutgoingMail(new("Re: hal"), [new("vu")])
        {
            InReplyTo = "<a.1@hal.globenet.org>",
            References = ["<incident-1.x.chatbot@globenet.org>", "<a.1@hal.globenet.org>", "<b>\r\nBcc: x@example.org"],
            IsReply = true,
        });
        Assert.Null(await CarryAsync());
        Assert.Contains("MAIL FROM:<rebonds@globenet.org>", server.Received);
        Assert.Contains("In-Reply-To: <a.1@hal.globenet.org>", server.Received);
        Assert.Contains("Auto-Submitted: auto-replied", server.Received);
        Assert.Equal(
            "References: <incident-1.x.chatbot@globenet.org> <a.1@hal.globenet.org>",
            string.Concat(server.Received.SkipWhile(line => !line.StartsWith("References:", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith("References:", StringComparison.Ordinal) || line.StartsWith(' ') || line.StartsWith('\t')).Select(line => line.Replace('\t', ' '))));
        Assert.DoesNotContain(server.Received, line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_gets_mail_at_an_address_of_the_people_file_and_at_no_other()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server, person: new Person { Name = "Alice B.", Mail = ["alice@example.org", "alice@example.net"] });
        var target = MailTarget.Of(new Person { Name = "Alice B." });
        var mail = new OutgoingMail(new("un"), [new("texte")]);
        await AddAsync(mail, target);
        await AddAsync(mail with { Address = "ALICE@example.net" }, target);
        await AddAsync(mail with { Address = "mallory@example.com" }, target);
        Assert.Null(await _engine!.Pump.CarryAsync(OutboxStore.MailKind, target, CancellationToken.None));
        Assert.Equal(
            ["RCPT TO:<alice@example.org>", "RCPT TO:<alice@example.net>", "RCPT TO:<alice@example.org>"],
            server.Received.Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.DoesNotContain("alice@", _engine.Stored(), StringComparison.Ordinal);

        _engine.Settings.Replace(_engine.Settings.Value.Settings with { People = People.Empty });
        await AddAsync(mail, target);
        Assert.Null(await _engine.Pump.CarryAsync(OutboxStore.MailKind, target, CancellationToken.None));
        Assert.Equal(3, server.Received.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal(1, await _engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE result = 'no-address' AND done_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_long_text_flows_and_nothing_in_it_is_more_than_text()
    {
        await using var server = new SmtpPeer();
        await StartAsync(server);
        var text = string.Join(' ', Enumerable.Repeat("déjà vu", 40));
        await AddAsync(new OutgoingMail(new("un"), [new(text), default, new("From nowhere"), new("> cité"), new("-- ")]));
        await CarryAsync();
        var lines = server.Received.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line != ".").ToList();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 72));
        Assert.Equal(text, string.Concat(lines.TakeWhile(line => line.Length > 0)));
        Assert.Equal(["", " From nowhere", " > cité", "--"], lines.SkipWhile(line => line.Length > 0));
    }

    private string Authority(string pem)
    {
        var path = _folder["ca.pem"];
        File.WriteAllText(path, pem);
        return path;
    }

    private async Task StartAsync(SmtpPeer server, Func<SmtpSettings, SmtpSettings>? with = null, Person? person = null)
    {
        var smtp = new SmtpSettings("localhost", server.Port, "globot@globenet.org", "root@globenet.org");
        _engine = await Engine.StartAsync(settings => settings with
        {
            Mail = settings.Mail with { Smtp = with?.Invoke(smtp) ?? smtp },
            People = person is null ? settings.People : new People([person]),
        });
    }

    private Task<long> AddAsync(OutgoingMail mail, string target = MailTarget.RootAlias) => _engine!.Database.WriteAsync(
        transaction => OutboxStore.AddMailAsync(transaction, target, mail, _engine.Time.GetUtcNow()), CancellationToken.None);

    private Task<TimeSpan?> CarryAsync() => _engine!.Pump.CarryAsync(OutboxStore.MailKind, MailTarget.RootAlias, CancellationToken.None);

    private Task<long> AddAsync(string payload) => _engine!.Database.WriteAsync(
        transaction => OutboxStore.AddAsync(transaction, OutboxStore.MailKind, MailTarget.RootAlias, Audience.Root, payload, _engine.Time.GetUtcNow()),
        CancellationToken.None);

    private Task<IReadOnlyList<OutboxRow>> WaitingAsync() => _engine!.Database.ReadAsync(
        transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, MailTarget.RootAlias, 10), CancellationToken.None);
}
