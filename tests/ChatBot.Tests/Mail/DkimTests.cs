using System.Text;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Mail;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;
using MimeKit.Cryptography;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class DkimTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private readonly FakeDns _dns = new();
    private readonly FakeTimeProvider _time = new(Now);

    public DkimTests() => _dns.Records[DkimMail.KeyName] = [DkimMail.Record()];

    [Theory]
    [InlineData("rsa", "\n", DkimCanonicalizationAlgorithm.Relaxed)]
    [InlineData("rsa", "\r\n", DkimCanonicalizationAlgorithm.Simple)]
    [InlineData("ed25519", "\n", DkimCanonicalizationAlgorithm.Simple)]
    [InlineData("ed25519", "\r\n", DkimCanonicalizationAlgorithm.Relaxed)]
    public async Task A_right_signature_of_the_author_s_domain_proves_it(string algorithm, string lineEnd, DkimCanonicalizationAlgorithm canonical)
    {
        _dns.Records[DkimMail.KeyName] = [DkimMail.Record(algorithm)];
        var mail = DkimMail.Sign(DkimMail.Unsigned(Now), Now, algorithm, with: signer =>
            signer.HeaderCanonicalizationAlgorithm = signer.BodyCanonicalizationAlgorithm = canonical);
        Assert.Null(await FlawAsync(Text(mail).ReplaceLineEndings(lineEnd)));
        Assert.Null(await FlawAsync("Received: from x by y\n" + Text(mail)));
    }

    [Fact]
    public async Task A_mail_of_several_parts_is_proved_whole()
    {
        const string Parts = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n";
        var mail = DkimMail.Unsigned(Now, more: Parts) + "\npreamble\n--b\nContent-Type: text/plain; charset=utf-8\n\nÉchec \n--b\n\nx\n--b--\nepilogue\n";
        var signed = Text(DkimMail.Sign(mail, Now));
        Assert.Null(await FlawAsync(signed));
        Assert.Equal(DkimFlaw.Mismatch, await FlawAsync(signed.Replace("epilogue", "epilogus", StringComparison.Ordinal)));
        Assert.Equal(DkimFlaw.Mismatch, await FlawAsync(signed.Replace("boundary=b", "boundary=c", StringComparison.Ordinal)));
    }

    public static TheoryData<string, DkimFlaw> Edits { get; } = new()
    {
        { "State: CRITICAL=>State: OK", DkimFlaw.Mismatch },
        { "Alert: hal=>Alert: sud", DkimFlaw.Mismatch },
        { "To: root=>To: toor", DkimFlaw.Mismatch },
        { "From: root@hal=>From: root@hal.globenet.org\nFrom: root@hal", DkimFlaw.FieldUnsigned },
        { "Subject:=>Subject: x\nSubject:", DkimFlaw.FieldUnsigned },
        { "Date:=>Date: Sun, 22 Nov 2026 19:00:00 +0000\nDate:", DkimFlaw.FieldUnsigned },
        { "To: root=>Content-Transfer-Encoding: base64\nTo: root", DkimFlaw.FieldUnsigned },
        { "To: root=>Content-Disposition: attachment\nTo: root", DkimFlaw.FieldUnsigned },
        { "v=1;=>v=1; l=10;", DkimFlaw.PartOfBody },
        { "v=1;=>v=1; l=10; l=11;", DkimFlaw.Malformed },
        { "v=1;=>v=2;", DkimFlaw.Malformed },
        { "v=1;=>v=1; v=1;", DkimFlaw.Malformed },
        { "v=1;=>", DkimFlaw.Malformed },
        { "v=1;=>v=1; q=ftp;", DkimFlaw.Malformed },
        { "v=1;=>v=1; x=soon;", DkimFlaw.Malformed },
        { "v=1;=>v=1; i=@evil.example.net;", DkimFlaw.OtherDomain },
        { "v=1;=>v=1; i=@sub.hal.globenet.org;", DkimFlaw.OtherDomain },
        { "v=1;=>v=1; x=1;", DkimFlaw.Malformed },
        { "s=s1=>s=../s1", DkimFlaw.Malformed },
        { "s=s1=>s=s2", DkimFlaw.NoKey },
        { "a=rsa-sha256=>a=rsa-sha1", DkimFlaw.UnknownAlgorithm },
        { "a=rsa-sha256=>a=ed25519-sha256", DkimFlaw.KeyUnfit },
        { "bh==>zz=", DkimFlaw.Malformed },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Whatever_is_changed_under_the_way_breaks_it(string edit, DkimFlaw flaw)
    {
        var signed = Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now));
        var (from, to) = (edit[..edit.IndexOf("=>", StringComparison.Ordinal)], edit[(edit.IndexOf("=>", StringComparison.Ordinal) + 2)..]);
        Assert.Contains(from, signed, StringComparison.Ordinal);
        Assert.Equal(flaw, await FlawAsync(signed.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("evil.example.net")]
    [InlineData("globenet.org")]
    [InlineData("sub.hal.globenet.org")]
    public async Task Another_domain_does_not_speak_for_the_author_and_is_not_asked(string domain)
    {
        _dns.Records[$"s1._domainkey.{domain}"] = [DkimMail.Record()];
        Assert.Equal(DkimFlaw.OtherDomain, await FlawAsync(Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now, domain: domain))));
        Assert.Empty(_dns.Asked);
    }

    [Theory]
    [InlineData(-6 * 60, null)]
    [InlineData(4, null)]
    [InlineData(6, DkimFlaw.FromTheFuture)]
    [InlineData(-8 * 24 * 60, DkimFlaw.Expired)]
    public async Task A_signature_counts_from_when_it_was_made_until_it_ends(int minutes, DkimFlaw? flaw)
    {
        var made = Now + TimeSpan.FromMinutes(minutes);
        var mail = DkimMail.Sign(DkimMail.Unsigned(Now), made, with: signer => signer.SignaturesExpireAfter = TimeSpan.FromDays(7));
        Assert.Equal(flaw, await FlawAsync(Text(mail)));
    }

    [Theory]
    [InlineData(-6 * 60, null)]
    [InlineData((-6 * 60) - 1, DkimFlaw.DateFarOff)]
    [InlineData(60, null)]
    [InlineData(61, DkimFlaw.DateFarOff)]
    public async Task An_old_mail_that_somebody_sends_again_proves_nothing(int minutes, DkimFlaw? flaw) =>
        Assert.Equal(flaw, await FlawAsync(Text(DkimMail.Sign(DkimMail.Unsigned(Now + TimeSpan.FromMinutes(minutes)), Now))));

    [Theory]
    [InlineData("Subject,Date")]
    [InlineData("From,Date")]
    [InlineData("From,Subject")]
    public async Task What_decides_the_meaning_must_be_signed(string fields)
    {
        // MimeKit refuses to sign without From, so it is taken out of the list afterwards.
        var signed = Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now, fields: ["From", .. fields.Split(',').Where(name => name != "From")]));
        if (!fields.Contains("From", StringComparison.Ordinal))
        {
            signed = signed.Replace("h=from:", "h=", StringComparison.Ordinal);
        }

        Assert.Equal(DkimFlaw.FieldUnsigned, await FlawAsync(signed));
    }

    public static TheoryData<string[], DkimFlaw?> Keys { get; } = new()
    {
        { [DkimMail.Record(more: " h=sha1:sha256; s=email; t=s; n=note;")], null },
        { [DkimMail.Record().Replace("v=DKIM1; k=rsa; ", "", StringComparison.Ordinal)], null },
        { ["v=DKIM1; k=rsa; p="], DkimFlaw.KeyRevoked },
        { [DkimMail.Record(more: " t=y;")], DkimFlaw.KeyOnTrial },
        { [DkimMail.Record(more: " t=s:y;")], DkimFlaw.KeyOnTrial },
        { [DkimMail.Record(more: " h=sha1;")], DkimFlaw.KeyUnfit },
        { [DkimMail.Record(more: " s=tlsrpt;")], DkimFlaw.KeyUnfit },
        { [DkimMail.Record("ed25519")], DkimFlaw.KeyUnfit },
        { [DkimMail.Record("small")], DkimFlaw.KeyUnfit },
        { [DkimMail.Record().Replace("DKIM1", "DKIM2", StringComparison.Ordinal)], DkimFlaw.KeyUnfit },
        { [DkimMail.Record(more: " k=rsa;")], DkimFlaw.KeyUnfit },
        { ["v=DKIM1; k=rsa; p=AAAA"], DkimFlaw.KeyUnfit },
        { ["v=DKIM1; k=rsa; p=%%%"], DkimFlaw.KeyUnfit },
        { ["v=spf1 -all"], DkimFlaw.KeyUnfit },
        { [""], DkimFlaw.KeyUnfit },
        { [new string('x', 100_000)], DkimFlaw.KeyUnfit },
        { [], DkimFlaw.NoKey },
        { [DkimMail.Record(), DkimMail.Record("ed25519")], DkimFlaw.NoKey },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_counts_only_for_what_it_was_made_for(string[] records, DkimFlaw? flaw)
    {
        _dns.Records[DkimMail.KeyName] = records;
        Assert.Equal(flaw, await FlawAsync(Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now))));
    }

    [Fact]
    public async Task One_right_signature_among_others_is_enough_and_three_are_tried()
    {
        var right = Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now));
        const string Wrong = $"DKIM-Signature: v=1; a=rsa-sha256; d={DkimMail.Domain}; s=s1; h=from:subject:date; bh=AAAA; b=AAAA\n";
        const string Others = "DKIM-Signature: v=1; a=rsa-sha256; d=list.example.net; s=s1; h=from:subject:date; bh=AAAA; b=AAAA\n";
        Assert.Null(await FlawAsync(Others + Others + Others + Others + Wrong + Wrong + right));
        Assert.Equal(DkimFlaw.Mismatch, await FlawAsync(Wrong + Wrong + Wrong + right));
    }

    [Fact]
    public async Task A_mail_above_a_bound_is_not_looked_at()
    {
        var large = DkimMail.Unsigned(Now) + new string('x', MailBounds.MostBytes);
        Assert.Equal(DkimFlaw.NotWhole, await FlawAsync(Text(DkimMail.Sign(large, Now))));
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task A_key_is_asked_for_once_in_an_hour_and_a_silence_is_remembered_half_a_minute()
    {
        var keys = new DkimKeys(_dns, _time);
        Assert.NotNull(await keys.OfAsync(DkimMail.KeyName, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await keys.OfAsync(DkimMail.KeyName, CancellationToken.None));
        Assert.Single(_dns.Asked);
        _dns.IsSilent = true;
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var ask = 0; ask < 2; ask++)
        {
            Assert.Null(await keys.OfAsync(DkimMail.KeyName, new CancellationToken(canceled: true)));
        }

        Assert.Equal(2, _dns.Asked.Count);
        _dns.IsSilent = false;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(await keys.OfAsync(DkimMail.KeyName, CancellationToken.None));
        for (var name = 0; name < 10 * DkimKeys.MostKept; name++)
        {
            Assert.Empty((await keys.OfAsync($"s{name}._domainkey.x", CancellationToken.None))!);
        }
    }

    [Fact]
    public async Task A_signed_alert_from_outside_opens_an_incident_and_the_same_mail_again_does_not()
    {
        await using var engine = await StartAsync();
        var mail = DkimMail.Sign(DkimMail.Unsigned(Now), Now);
        await engine.TakeAsync(engine.Mail(mail, closed: false));
        await engine.TakeAsync(engine.Mail(mail, closed: false));
        Assert.Equal("hal", Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None)).Machine.Value);
        Assert.Empty(await engine.RootAsync());
        Assert.Contains("chatbot_mails_repeated_total 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_signs_for_itself_alone_and_the_DNS_is_not_asked_about_another_or_a_stranger()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(engine.Mail(DkimMail.Sign(DkimMail.Unsigned(Now, "sud"), Now), closed: false));
        var stranger = DkimMail.Unsigned(Now).Replace($"root@{DkimMail.Domain}", "root@evil.example.net", StringComparison.Ordinal);
        await engine.TakeAsync(engine.Mail(DkimMail.Sign(stranger, Now, domain: "evil.example.net"), closed: false));
        await engine.TakeAsync(engine.Mail(DkimMail.Unsigned(Now), closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Empty(engine.Dns.Asked);
        await engine.TakeAsync(engine.Mail(DkimMail.Sign(DkimMail.Unsigned(Now), Now)));
        Assert.Empty(engine.Dns.Asked);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_forged_signature_is_refused_by_its_reason(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        var forged = Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now)).Replace("State: CRITICAL", "State: WARNING", StringComparison.Ordinal);
        await engine.TakeAsync(engine.Mail(forged, closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Contains(engine.In(
            "avec une signature DKIM invalide",
            "with an invalid DKIM signature"), Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Contains("signature-invalid", engine.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_whose_key_was_not_told_in_time_opens_its_incident_once_it_is()
    {
        await using var engine = await StartAsync();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(Now), Now));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        var incident = Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Equal("hal", incident.Machine.Value);
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await engine.PublicAsync(), line => line.EndsWith($"#{incident.Number}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_whose_key_was_not_told_in_time_opens_nothing_after_its_end()
    {
        await using var engine = await StartAsync();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(Now), Now));
        var report = Assert.IsType<MailReading.Readable>(MailParser.Read(DkimMail.Sign(DkimMail.Unsigned(Now), Now))).Mail;
        var service = Classifier.Classify(report, Sample.Inventory).Service!.Value.Value;
        await engine.TakeAsync(Nagios.Recovery("hal", service));
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await engine.Incidents.FindAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task Two_hundred_forgeries_of_one_network_push_no_true_alert_out_of_those_that_wait_for_their_key()
    {
        await using var engine = await StartAsync();
        var signed = DkimMail.Sign(DkimMail.Unsigned(Now), Now);
        var later = DkimMail.Sign(DkimMail.Unsigned(Now).Replace("POP3", "IMAP", StringComparison.Ordinal), Now);
        var forged = Enumerable.Range(0, 250).Select(i => Entered(
            $"198.51.100.{i}", Encoding.UTF8.GetBytes(Text(signed).Replace("POP3", $"S{i}", StringComparison.Ordinal))));
        await TakeInSilenceAsync(engine, [Entered("203.0.113.7", signed), .. forged, Entered("203.0.113.7", later)]);
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["IMAP", "POP3"], (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(one => one.Service!.Value.Value).Order());
    }

    [Fact]
    public async Task An_alert_that_waits_for_its_key_survives_a_kill_and_no_diff_is_stored_for_it()
    {
        await using var engine = await StartAsync();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(Now), Now), DkimMail.Sign(DkimMail.Unsigned(Now).Replace("POP3", "IMAP", StringComparison.Ordinal) + "\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-SECRETDIFF\n", Now));
        var kept = Assert.Single(await engine.Database.ReadAsync(ChatBot.Storage.UncheckedMailStore.AllAsync, CancellationToken.None));
        Assert.DoesNotContain("SECRETDIFF", Text(Convert.FromBase64String(kept.Content)), StringComparison.Ordinal);
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("POP3", Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None)).Service?.Value);
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task An_alert_that_waited_before_a_kill_opens_nothing_after_its_end()
    {
        await using var engine = await StartAsync();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(Now), Now));
        await engine.KillAsync();
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await engine.Incidents.FindAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task A_stranger_s_mail_about_the_same_machine_overtakes_no_alert_that_waits_for_its_key()
    {
        await using var engine = await StartAsync();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(Now).Replace("Service: POP3\n", "", StringComparison.Ordinal)
            .Replace("Service Alert: hal/POP3 is CRITICAL", "Host Alert: hal is DOWN", StringComparison.Ordinal).Replace("State: CRITICAL", "State: DOWN", StringComparison.Ordinal), Now));
        await engine.TakeAsync(engine.Mail("From: x@hal.globenet.org\nSubject: hal\nAuto-Submitted: auto-generated\nDate: Sun, 22 Nov 2026 20:00:00 +0000\n\nx\n", closed: false));
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_key_that_is_told_only_after_an_hour_is_too_late_and_a_forgery_stays_one()
    {
        await using var engine = await StartAsync();
        var forged = Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now)).Replace("State: CRITICAL", "State: WARNING", StringComparison.Ordinal);
        await TakeInSilenceAsync(engine, Encoding.UTF8.GetBytes(forged));
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        engine.Time.Advance(TimeSpan.FromHours(7)); // The key is forgotten.
        var later = engine.Time.GetUtcNow();
        await TakeInSilenceAsync(engine, DkimMail.Sign(DkimMail.Unsigned(later), later));
        engine.Time.Advance(TimeSpan.FromHours(1));
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await engine.Incidents.FindAsync(1, CancellationToken.None));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Silent_name_servers_hold_a_batch_up_for_two_seconds_and_no_longer(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        engine.Dns.IsSilent = true;
        IncomingMail[] mails =
        [
            .. Enumerable.Range(0, 20).Select(i => engine.Mail(
                Text(DkimMail.Sign(DkimMail.Unsigned(Now), Now)).Replace("s=s1", $"s=s{i}", StringComparison.Ordinal), closed: false)),
            engine.Mail(Nagios.Problem("sud", "FTP")),
        ];
        var taking = engine.OfferAsync(mails);
        await Eventually.Is(() => engine.Dns.Asked.Count == 20);
        Assert.False(taking.IsCompleted);
        engine.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<IntakeResult.Stored>(await taking);
        Assert.Equal("sud", Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None)).Machine.Value);
        Assert.Contains(engine.In(
            "le DNS n'a pas donné à temps sa clé DKIM",
            "the DNS did not return its DKIM key in time"), Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_the_DNS_is_never_asked()
    {
        await using var engine = await StartAsync(dkim: false);
        await engine.TakeAsync(engine.Mail(DkimMail.Sign(DkimMail.Unsigned(Now), Now), closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Empty(engine.Dns.Asked);
    }

    // The name servers say nothing while it is taken, and answer from then on.
    private static async Task TakeInSilenceAsync(Engine engine, params byte[][] mails)
    {
        engine.Dns.IsSilent = true;
        var asked = engine.Dns.Asked.Count;
        var taking = engine.OfferAsync([.. mails.Select(mail => engine.Mail(mail, closed: false))]);
        await Eventually.Is(() => engine.Dns.Asked.Count > asked);
        engine.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<IntakeResult.Stored>(await taking);
        engine.Dns.IsSilent = false;
    }

    private static async Task<Engine> StartAsync(bool dkim = true, Locale locale = Locale.French)
    {
        var engine = await Engine.StartAsync(settings => settings with
        {
            Mail = settings.Mail with { Trust = new MailTrust { Mx = "mail.globenet.org", TrustedSenders = ["*@*.globenet.org"] }, Dkim = dkim },
        }, locale);
        engine.Dns.Records[DkimMail.KeyName] = [DkimMail.Record()];
        return engine;
    }

    private static byte[] Entered(string client, byte[] mail) => [.. Encoding.UTF8.GetBytes(
        $"Received: from hal (hal [{client}]) by mail.globenet.org (Postfix) with ESMTP id A{client}; Sun, 22 Nov 2026 20:00:00 +0000\n"), .. mail];

    private static string Text(byte[] mail) => Encoding.UTF8.GetString(mail);

    private Task<DkimFlaw?> FlawAsync(string mail) =>
        new DkimCheck(new DkimKeys(_dns, _time)).FlawAsync(Encoding.UTF8.GetBytes(mail), $"root@{DkimMail.Domain}", Now, CancellationToken.None);
}
