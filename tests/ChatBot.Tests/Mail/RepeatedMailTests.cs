using System.Text;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Which mails are the same, and which only read alike.</summary>
public sealed class RepeatedMailTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private int _number;

    public static TheoryData<string> Undated { get; } = ["", "Date: 28 nov. 2026 à 10:00\n", "Date: Thu, 01 Jan 1970 00:00:12 +0000\n", "Date:\n"];

    [Theory]
    [MemberData(nameof(Undated))]
    public async Task Two_outages_in_the_same_words_without_a_Date_are_two_and_announced_twice(string date)
    {
        await using var engine = await StartSignedAsync(Locale.French);
        await OutageAsync(engine, engine.Mail(Write("PROBLEM", date, received: true)), engine.Mail(Write("RECOVERY", date, received: true)));
        engine.Time.Advance(TimeSpan.FromDays(1));
        await OutageAsync(engine, engine.Mail(Write("PROBLEM", date, received: true)), engine.Mail(Write("RECOVERY", date, received: true)));
        Assert.Equal(2, (await engine.PublicAsync()).Count(line => line.Contains("CRITICAL", StringComparison.Ordinal)));
        Assert.Equal(2, (await engine.PublicAsync()).Count(line => line.Contains(" OK ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Undated))]
    public async Task Where_our_MX_wrote_nothing_the_mailbox_tells_two_outages_apart(string date)
    {
        await using var engine = await Engine.StartAsync();
        await OutageAsync(engine, engine.Mail(Write("PROBLEM", date), key: "1/1"), engine.Mail(Write("RECOVERY", date), key: "1/2"));
        await OutageAsync(engine, engine.Mail(Write("PROBLEM", date), key: "1/3"), engine.Mail(Write("RECOVERY", date), key: "1/4"));
        Assert.Equal(4, (await engine.PublicAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_very_same_mail_without_a_Date_that_is_fetched_twice_stays_one(bool received)
    {
        await using var engine = await StartSignedAsync(Locale.French);
        var mail = engine.Mail(Write("PROBLEM", "", received), key: "1/1");
        await engine.TakeAsync(mail);
        await engine.TakeAsync(engine.Mail(Write("RECOVERY", "", received), key: "1/2"));
        await engine.TakeAsync(mail);
        await engine.PassAsync(Wait);
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Contains("chatbot_mails_repeated_total 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_without_a_Date_is_of_when_our_MX_took_it()
    {
        await using var engine = await StartSignedAsync(Locale.French);
        var change = Encoding.UTF8.GetString(Sample.Named("083-").Bytes);
        var undated = string.Join('\n', change.Split('\n').Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)));
        engine.Time.Advance(TimeSpan.FromDays(30));
        await engine.TakeAsync(engine.Mail("Received: by mail.globenet.org (Postfix, from userid 0) id A1; Mon, 30 Nov 2026 10:00:00 +0100 (CET)\n" + undated));
        var found = Assert.Single(await engine.Database.ReadAsync(
            transaction => ChatBot.Storage.ChangeStore.LatestAsync(transaction, "hal", 2), CancellationToken.None));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero), found.At);
    }

    [Theory]
    [InlineData("x  y", "x   y")]
    [InlineData("State: CRITICAL", "State:  CRITICAL")]
    [InlineData("Subject: **", "Subject:  **")]
    [InlineData("CRITICAL\n", "CRITICAL \t\n")]
    [InlineData("x  y\n", "x  y\n\n\n")]
    public async Task A_copy_with_other_white_space_is_the_same_mail(string written, string copied)
    {
        await using var engine = await Engine.StartAsync();
        var mail = DkimMail.Unsigned(engine.Time.GetUtcNow());
        Assert.Contains(written, mail, StringComparison.Ordinal);
        await engine.TakeAsync(mail, mail.Replace(written, copied, StringComparison.Ordinal));
        Assert.Contains("chatbot_mails_repeated_total 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signed_end_that_somebody_sends_again_ends_nothing(Locale locale)
    {
        await using var engine = await StartSignedAsync(locale);
        var end = DkimMail.Sign(
            DkimMail.Unsigned(engine.Time.GetUtcNow()).Replace("PROBLEM", "RECOVERY", StringComparison.Ordinal).Replace("CRITICAL", "OK", StringComparison.Ordinal),
            engine.Time.GetUtcNow());
        await engine.TakeAsync(Signed(engine));
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(engine.Mail(end, closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(Signed(engine));
        await engine.TakeAsync(engine.Mail(Encoding.UTF8.GetString(end).Replace("x  y", "x y", StringComparison.Ordinal), closed: false));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));

        engine.Time.Advance(TimeSpan.FromDays(6));
        await engine.TakeAsync(engine.Mail("X-Again: 1\n" + Encoding.UTF8.GetString(end), closed: false));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_signature_that_was_seen_tells_a_copy_whatever_else_was_changed_in_it()
    {
        await using var engine = await Engine.StartAsync(settings => settings with
        {
            Mail = settings.Mail with { Trust = new MailTrust { Mx = "mail.globenet.org", TrustedSenders = ["*@*.globenet.org"] }, Dkim = false },
        });
        const string Passed = "Authentication-Results: mail.globenet.org; dkim=pass header.d=hal.globenet.org\n";
        var signed = Encoding.UTF8.GetString(DkimMail.Sign(DkimMail.Unsigned(engine.Time.GetUtcNow()), engine.Time.GetUtcNow(), fields: ["From", "To"]));
        await engine.TakeAsync(engine.Mail(Passed + signed, closed: false));
        await engine.TakeAsync(engine.Mail(Passed + signed.Replace("20:00:00", "20:00:01", StringComparison.Ordinal), closed: false));
        Assert.Contains("chatbot_mails_repeated_total 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_old_mail_that_our_MX_passes_again_is_refused_by_its_own_reason(Locale locale)
    {
        await using var engine = await StartSignedAsync(locale);
        var old = DkimMail.Unsigned(engine.Time.GetUtcNow().AddHours(-7));
        await engine.TakeAsync(engine.Mail("Authentication-Results: mail.globenet.org; dkim=pass header.d=hal.globenet.org\n" + old, closed: false));
        await engine.TakeAsync(engine.Mail(DkimMail.Sign(DkimMail.Unsigned(engine.Time.GetUtcNow().AddDays(-2)), engine.Time.GetUtcNow()), closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Contains(
            engine.In("sa date n'est pas celle d'aujourd'hui", "its Date is not that of now"), Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Contains("reason=\"date-far-off\"} 2", engine.Metrics, StringComparison.Ordinal);
        Assert.Empty(engine.Dns.Asked);
    }

    [Fact]
    public async Task A_mail_that_waited_in_the_mailbox_while_the_bot_was_away_is_of_when_our_MX_took_it()
    {
        await using var engine = await StartSignedAsync(Locale.French);
        var mail = "Received: from hal (hal [203.0.113.7]) by mail.globenet.org (Postfix) with ESMTP id A1; Sun, 22 Nov 2026 20:00:01 +0000\n"
            + Encoding.UTF8.GetString(DkimMail.Sign(DkimMail.Unsigned(engine.Time.GetUtcNow()), engine.Time.GetUtcNow()));
        engine.Time.Advance(TimeSpan.FromDays(2));
        await engine.TakeAsync(engine.Mail(mail, closed: false));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    private static IncomingMail Signed(Engine engine) =>
        engine.Mail(DkimMail.Sign(DkimMail.Unsigned(engine.Time.GetUtcNow()), engine.Time.GetUtcNow()), closed: false);

    private static async Task OutageAsync(Engine engine, IncomingMail problem, IncomingMail recovery)
    {
        await engine.TakeAsync(problem);
        await engine.PassAsync(Wait);
        await engine.TakeAsync(recovery);
        await engine.PassAsync(Wait);
    }

    private static async Task<Engine> StartSignedAsync(Locale locale)
    {
        var engine = await Engine.StartAsync(
            settings => settings with
            {
                Mail = settings.Mail with { Trust = new MailTrust { Mx = "mail.globenet.org", TrustedSenders = ["*@*.globenet.org"] } },
            },
            locale);
        engine.Dns.Records[DkimMail.KeyName] = [DkimMail.Record()];
        return engine;
    }

    private string Write(string type, string date, bool received = false)
    {
        var (state, number) = (type == "PROBLEM" ? "CRITICAL" : "OK", ++_number);
        return (received ? $"Received: from ups (ups [192.0.2.9]) by mail.globenet.org (Postfix) with SMTP id A{number}; Sun, 22 Nov 2026 20:00:00 +0000\n" : "")
            + $"To: root@globenet.org\nSubject: ** {type} Service Alert: hal/UPS is {state} **\n{date}From: nagios@hal.globenet.org\n\n"
            + $"Notification Type: {type}\n\nService: UPS\nHost: hal\nState: {state}\n\nAdditional Info:\n\nx\n";
    }
}
