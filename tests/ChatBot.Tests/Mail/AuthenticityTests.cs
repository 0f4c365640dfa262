using System.Net;
using System.Text;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class AuthenticityTests
{
    private const string Outside = "from mon.example.org (unknown [203.0.113.66]) by mx.example.org (Postfix) with ESMTP id 1; Fri, 20 Nov 2026 12:00:00 +0100";
    private const string Inside = "from hal.example.org (hal.example.org [192.0.2.10]) by mx.example.org (Postfix) with ESMTP id 1; Fri, 20 Nov 2026 12:00:00 +0100";
    private const string Local = "by mx.example.org (Postfix, from userid 111) id 1; Fri, 20 Nov 2026 12:00:00 +0100";
    private const string Pass = "mx.example.org; dkim=pass header.d=hal.example.org";

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(1));

    private static readonly Inventory Machines = new(
    [
        new Machine { Name = "hal", Names = ["hal.example.org"] },
        new Machine { Name = "db1", Names = ["db1.example.org"] },
        new Machine { Name = "web3", Names = ["web3.example.org"] },
    ]);

    private static readonly MailTrust Trust = new()
    {
        Mx = "mx.example.org",
        Networks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/32")],
        TrustedSenders = ["*@*.example.org"],
        Monitors = ["nagios@mon.example.org"],
    };

    public static TheoryData<string, Verdict> Hops { get; } = new()
    {
        { Local, Verdict.LocalSubmission },
        { Inside, Verdict.OurNetwork },
        { Inside.Replace("mx.example.org", "MX.Example.org", StringComparison.Ordinal), Verdict.OurNetwork },
        { "from hal (hal [IPv6:2001:db8::5]) by mx.example.org (Postfix) with ESMTPS id 1", Verdict.OurNetwork },
        { "from hal (hal [IPv6:::ffff:192.0.2.10]) by mx.example.org (Postfix) with ESMTPS id 1", Verdict.OurNetwork },
        { "from root by mx.example.org with local (Exim 4.96) (envelope-from <root@hal.example.org>) id 1", Verdict.LocalSubmission },
        { "from hal ([192.0.2.10] helo=hal.example.org) by mx.example.org with esmtp (Exim 4.96) id 1", Verdict.OurNetwork },
        { "from [192.0.2.10] (helo=hal) by mx.example.org with esmtp (Exim 4.96) id 1", Verdict.OurNetwork },
        { "from localhost (mx.example.org [local]) by mx.example.org (OpenSMTPD) with ESMTPA id 1", Verdict.LocalSubmission },
        { "from hal (hal [192.0.2.10]) by mx.example.org (OpenSMTPD) with ESMTP id 1", Verdict.OurNetwork },
        { Outside, Verdict.NoTrustedReceived },
        { "from [203.0.113.66] (helo=[192.0.2.10]) by mx.example.org with esmtp (Exim 4.96) id 1", Verdict.NoTrustedReceived },
        { "from [192.0.2.10] (unknown [203.0.113.66]) by mx.example.org (Postfix) with ESMTP id 1", Verdict.NoTrustedReceived },
        { "from by (unknown [203.0.113.66]) by mx.example.org (Postfix, from userid 0) id 1", Verdict.NoTrustedReceived },
        { "from x (unknown [203.0.113.66]) by mx.example.org (Postfix, from userid 0) id 1", Verdict.NoTrustedReceived },
        { "from root ([203.0.113.66]) by mx.example.org with esmtp (Exim 4.96) (with local) id 1", Verdict.NoTrustedReceived },
        { "by mx.example.org.evil.example.net (Postfix, from userid 0) id 1", Verdict.NoTrustedReceived },
        { "by evil.example.net (by mx.example.org) (Postfix, from userid 0) id 1", Verdict.NoTrustedReceived },
        { "by mx.example.org (Postfix, from userid 0; x) id 1", Verdict.NoTrustedReceived },
        { "from mx.example.org by mx.example.org with LMTP id 1", Verdict.NoTrustedReceived },
        { "(by mx.example.org", Verdict.NoTrustedReceived },
        { "", Verdict.NoTrustedReceived },
    };

    [Theory]
    [MemberData(nameof(Hops))]
    public void The_topmost_Received_of_our_MX_says_where_a_mail_comes_from(string received, Verdict verdict) =>
        Assert.Equal(verdict, Judge([$"Received: {received}"]));

    [Fact]
    public void A_forged_Received_below_the_true_one_counts_for_nothing() =>
        Assert.Equal(Verdict.NoTrustedReceived, Judge([$"Received: {Outside}", $"Received: {Local}", $"Received: {Inside}"]));

    [Theory]
    [InlineData(Outside, Verdict.NoTrustedReceived)]
    [InlineData(Inside, Verdict.OurNetwork)]
    [InlineData(Local, Verdict.LocalSubmission)]
    public void What_the_MX_hands_to_itself_comes_from_where_it_entered(string entry, Verdict verdict)
    {
        const string Lmtp = "from mx.example.org ([127.0.0.1]) by mx.example.org with LMTP id 1";
        const string Filter = "from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id 1";
        Assert.Equal(verdict, Judge([$"Received: {Lmtp}", $"Received: {Filter}", $"Received: {entry}"]));
    }

    [Theory]
    [InlineData(Pass, true)]
    [InlineData("mx.example.org 1; spf=pass smtp.mailfrom=root@hal.example.org", true)]
    [InlineData("MX.example.org (comment; dkim=fail) ; dkim = pass (2048-bit \\) key) reason=\"a;b\" header.d=HAL.example.org header.b=\"x/y=\"", true)]
    [InlineData("mx.example.org; dkim=fail header.d=hal.example.org; dkim=pass header.d=hal.example.org", true)]
    [InlineData("mx.example.org; none", false)]
    [InlineData("mx.example.org 2; dkim=pass header.d=hal.example.org", false)]
    [InlineData("evil.example.net; dkim=pass header.d=hal.example.org", false)]
    [InlineData("mx.example.org.evil.example.net; dkim=pass header.d=hal.example.org", false)]
    [InlineData("mx.example.org; dkim=none (dkim=pass header.d=hal.example.org)", false)]
    [InlineData("mx.example.org; dkim=fail reason=\"; dkim=pass header.d=hal.example.org\" header.d=x", false)]
    [InlineData("mx.example.org; dkim=pass header.d=hal.example.org.evil.example.net", false)]
    [InlineData("mx.example.org; dkim=pass header.d=example.org", false)]
    [InlineData("mx.example.org; dkim=pass header.d=sub.hal.example.org", false)]
    [InlineData("mx.example.org; dkim=pass header.d=evil.example.net header.d=hal.example.org", false)]
    [InlineData("mx.example.org; arc=pass header.d=hal.example.org", false)]
    [InlineData("mx.example.org; dmarc=pass header.from=hal.example.org", false)]
    [InlineData("mx.example.org; spf=pass smtp.helo=hal.example.org", false)]
    [InlineData("mx.example.org; dkim=pass\"x\" header.d=hal.example.org", false)]
    [InlineData("mx.example.org; (dkim=pass header.d=hal.example.org", false)]
    [InlineData("i=1; mx.example.org; dkim=pass header.d=hal.example.org", false)]
    [InlineData("dkim=pass header.d=hal.example.org; mx.example.org", false)]
    [InlineData("mx.example.org; spf=pass smtp.mailfrom=\"evil\"@hal.example.org@evil.example.net", false)]
    [InlineData("mx.example.org; dkim=pass header.d=hal.example.org; spf", false)]
    [InlineData("mx.example.org;\n dkim=pass\n\theader.d=hal.example.org", true)]
    [InlineData("", false)]
    public void Only_our_MX_s_word_for_the_very_domain_of_the_author_counts(string results, bool passes) =>
        Assert.Equal(
            passes ? Verdict.AuthenticatedDomain : Verdict.NoTrustedReceived,
            Judge([$"Authentication-Results: {results}", $"Received: {Outside}"]));

    [Theory]
    [InlineData("Fri, 20 Nov 2026 06:00:00 +0100", Verdict.AuthenticatedDomain)]
    [InlineData("Fri, 20 Nov 2026 05:59:59 +0100", Verdict.DateFarOff)]
    [InlineData("Thu, 20 Nov 2025 12:00:00 +0100", Verdict.DateFarOff)]
    [InlineData("Fri, 20 Nov 2026 13:00:00 +0100", Verdict.AuthenticatedDomain)]
    [InlineData("Fri, 20 Nov 2026 13:00:01 +0100", Verdict.DateFarOff)]
    [InlineData("hier", Verdict.DateFarOff)]
    public void What_proves_a_domain_proves_it_of_a_kept_copy_too_so_that_the_Date_must_be_of_now(string date, Verdict verdict)
    {
        Assert.Equal(verdict, Judge([$"Authentication-Results: {Pass}", $"Received: {Outside}"], date: date));
        Assert.Equal(Verdict.OurNetwork, Judge([$"Authentication-Results: {Pass}", $"Received: {Inside}"], date: date));
    }

    [Theory]
    [InlineData("t=1795172400; x=1795258800", Verdict.AuthenticatedDomain)]
    [InlineData("x=1795171800", Verdict.SignatureOutOfTime)]
    [InlineData("t=1795173000", Verdict.SignatureOutOfTime)]
    [InlineData("x=soon", Verdict.SignatureOutOfTime)]
    public void A_signature_that_has_ended_proves_nothing_though_our_MX_passed_it(string times, Verdict verdict) => Assert.Equal(
        verdict,
        Judge([
            $"Authentication-Results: {Pass}", $"Received: {Outside}",
            $"DKIM-Signature: v=1; a=rsa-sha256; d=hal.example.org; s=s1; h=from:subject:date; {times}; bh=AAAA; b=AAAA"]));

    [Fact]
    public void Results_that_came_with_the_mail_count_for_nothing()
    {
        Assert.Equal(Verdict.NoTrustedReceived, Judge([$"Received: {Outside}", $"Authentication-Results: {Pass}"]));
        Assert.Equal(Verdict.NoTrustedReceived, Judge(["Authentication-Results: mx.example.org; dkim=none", $"Authentication-Results: {Pass}", $"Received: {Outside}"]));
    }

    [Theory]
    [InlineData("root@hal.example.org", "hal", Verdict.LocalSubmission)]
    [InlineData("root@hal.example.org", "db1", Verdict.SpeaksForAnother)]
    [InlineData("root@stranger.example.org", "hal", Verdict.SpeaksForAnother)]
    [InlineData("NAGIOS@mon.example.org", "hal", Verdict.LocalSubmission)]
    [InlineData("nagios@mon.example.org.evil.example.net", "hal", Verdict.SenderNotTrusted)]
    [InlineData("mallory@evil@hal.example.org", "hal", Verdict.SenderNotTrusted)]
    [InlineData("root@evil.example.net", "hal", Verdict.SenderNotTrusted)]
    public void A_machine_speaks_for_itself_and_a_monitor_for_all(string from, string machine, Verdict verdict)
    {
        var mail = new ChatBot.Core.Mail.Mail { ContentHash = "", FromAddress = from, Received = [Local] };
        var report = new Report
        {
            Source = ChatBot.Core.Text.PublicText.Declared("nagios"),
            Kind = ReportKind.Alert,
            Machine = ChatBot.Core.Text.Name.OfMachine(machine),
        };
        Assert.Equal(verdict, Authenticity.Judge(mail, new MailSourceFacts("m", false), Trust, Machines, report, Noon));
    }

    [Fact]
    public void A_closed_mailbox_is_believed() =>
        Assert.Equal(Verdict.ClosedMailbox, JudgeSample(Sample.HostileNamed("130-"), closed: true));

    [Fact]
    public void Without_a_name_for_our_MX_nothing_is_believed() =>
        Assert.Equal(Verdict.NoTrustedReceived, Judge([$"Received: {Local}"], Trust with { Mx = null }));

    [Fact]
    public void Forged_mail_may_not_act()
    {
        var forged = Sample.Hostile.Where(s => !s.Expected.GetProperty("from_trusted_sender").GetBoolean()).ToList();
        Assert.NotEmpty(forged);
        Assert.All(forged, s => Assert.False(JudgeSample(s).MayAct(), s.Name));
        Assert.Equal(Verdict.SpeaksForAnother, JudgeSample(Sample.HostileNamed("142-")));
        Assert.Equal(Verdict.AmbiguousHeaders, JudgeSample(Sample.HostileNamed("079-")));
    }

    [Fact]
    public void Mail_that_must_be_announced_may_act_and_is_recognised()
    {
        foreach (var sample in Sample.Hostile.Where(s => s.Text("relay") == "must"))
        {
            Assert.True(JudgeSample(sample).MayAct(), sample.Name);
            var report = Classifier.Classify(Sample.Read(sample.Bytes), Machines);
            Assert.Equal("nagios", report.Source.Value);
            Assert.Equal("hal", report.Machine?.Value);
            Assert.Contains(sample.Text("token")!, report.Service?.Value, StringComparison.Ordinal);
        }
    }

    private static Verdict JudgeSample(Sample sample, bool closed = false)
    {
        var mail = Sample.Read(sample.Bytes);
        return Authenticity.Judge(
            mail, new MailSourceFacts("m", closed), Trust, Machines, Classifier.Classify(mail, Machines), MailIdentity.ArrivedAt(mail, Trust.Mx, Noon.AddYears(1)));
    }

    private static Verdict Judge(string[] trace, MailTrust? trust = null, string? date = null)
    {
        var text = string.Join('\n', [.. trace, "From: root@hal.example.org", $"Date: {date ?? "Fri, 20 Nov 2026 12:00:00 +0100"}", "Subject: hal.example.org - changes : stable-202611201200", "", "x"]);
        var mail = Sample.Read(Encoding.UTF8.GetBytes(text));
        return Authenticity.Judge(mail, new MailSourceFacts("m", false), trust ?? Trust, Machines, Classifier.Classify(mail, Machines), Noon);
    }
}
