using System.Net;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>A place is no identity: who sends from our networks, or from any account of the mail server, is not the monitor.</summary>
public sealed class SendingPlaceTests
{
    private const string Shared = "from www.globenet.org (www.globenet.org [192.0.2.80]) by mail.globenet.org (Postfix) with ESMTP id A1; Sun, 22 Nov 2026 20:00:00 +0000";
    private const string Own = "from hal.globenet.org (hal.globenet.org [192.0.2.20]) by mail.globenet.org (Postfix) with ESMTP id A2; Sun, 22 Nov 2026 20:00:00 +0000";

    private const string User33 = "by mail.globenet.org (Postfix, from userid 33) id A3; Sun, 22 Nov 2026 20:00:00 +0000";
    private const string Stranger = "from evil (unknown [203.0.113.9]) by mail.globenet.org (Postfix) with ESMTP id A1; Sun, 22 Nov 2026 20:00:00 +0000";

    private int _number;

    public static TheoryData<string, string, bool> Hops { get; } = new()
    {
        { "root@hal.globenet.org", Own, true },
        { "root@hal.globenet.org", Shared, false },
        { "root@hal.globenet.org", "by mail.globenet.org (Postfix, from userid 33) id A3; Sun, 22 Nov 2026 20:00:00 +0000", false },
        { "root@hal.globenet.org", "by mail.globenet.org (Postfix, from userid 0) id A4; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@sud.globenet.org", Own, false },
        { "nagios@sud.globenet.org", Shared, false },
        { "NAGIOS@sud.globenet.org", "from sud (sud [192.0.2.10]) by mail.globenet.org (Postfix) with ESMTP id A5; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@sud.globenet.org", "by mail.globenet.org (Postfix, from userid 111) id A6; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@sud.globenet.org", "by mail.globenet.org (Postfix, from userid 0) id A7; Sun, 22 Nov 2026 20:00:00 +0000", false },
        { "nagios@sud.globenet.org", "from nagios by mail.globenet.org with local (Exim 4.96) (envelope-from <nagios@sud>) id A8; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@sud.globenet.org", "from www-data by mail.globenet.org with local (Exim 4.96) (envelope-from <nagios@sud>) id A9; Sun, 22 Nov 2026 20:00:00 +0000", false },
        { "nagios@sud.globenet.org", "(from nagios@localhost) by mail.globenet.org (8.17.1/8.17.1/Submit) id AA; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@sud.globenet.org", "(from www-data@localhost) by mail.globenet.org (8.17.1/8.17.1/Submit) id AB; Sun, 22 Nov 2026 20:00:00 +0000", false },
        { "nagios@sud.globenet.org", "from localhost (mail.globenet.org [local]) by mail.globenet.org (OpenSMTPD) with ESMTPA id AC; Sun, 22 Nov 2026 20:00:00 +0000", false },
        { "nagios@coordsud.globenet.org", "from localhost (mail.globenet.org [local]) by mail.globenet.org (OpenSMTPD) with ESMTPA id AD; Sun, 22 Nov 2026 20:00:00 +0000", true },
        { "nagios@coordsud.globenet.org", "from c (c [192.0.2.11]) by mail.globenet.org (Postfix) with ESMTP id AE; Sun, 22 Nov 2026 20:00:00 +0000", false },
    };

    [Theory]
    [MemberData(nameof(Hops))]
    public async Task Only_from_its_own_place_a_machine_or_a_monitor_is_believed(string from, string received, bool isBelieved)
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(engine.Mail(Write(from, received), closed: false));
        Assert.Equal(isBelieved ? 1 : 0, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
        Assert.Equal(!isBelieved, engine.Metrics.Contains("reason=\"wrong-place\"} 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("from sud.globenet.org (sud [192.0.2.10]) (from evil [203.0.113.9])", false)]
    [InlineData("from evil (unknown [203.0.113.9]) (sud [192.0.2.10])", false)]
    [InlineData("from evil (sud [192.0.2.10] [203.0.113.9])", false)]
    [InlineData("from evil (sud [192.0.2.10]) by mail.globenet.org (unknown [203.0.113.9])", false)]
    [InlineData("from evil(sud [192.0.2.10]) (unknown [203.0.113.9])", false)]
    [InlineData("from [192.0.2.10] (unknown [203.0.113.9])", false)]
    [InlineData("from [192.0.2.10] (unknown [unknown])", false)]
    [InlineData("from [192.0.2.10] (helo=sud)", true)]
    [InlineData("from [203.0.113.9] (helo=[192.0.2.10])", false)]
    [InlineData("from sud ([192.0.2.10] helo=[203.0.113.9])", true)]
    [InlineData("from sud ([203.0.113.9] helo=[192.0.2.10] ident=[192.0.2.10])", false)]
    [InlineData("from unknown (HELO [192.0.2.10]) (203.0.113.9)", false)]
    [InlineData("from sud (evil evil [192.0.2.10])", false)]
    [InlineData("from sud (sud.globenet.org [192.0.2.10]) (using TLSv1.3 with cipher X (256/256 bits)) (No client certificate requested)", true)]
    [InlineData("from sud (root@sud.globenet.org [192.0.2.10] (may be forged))", true)]
    [InlineData("from [203.0.113.9] (sud.globenet.org [192.0.2.10])", true)]
    public async Task Of_a_hop_only_what_our_server_saw_of_its_peer_counts(string from, bool isBelieved)
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(engine.Mail(
            Write("nagios@sud.globenet.org", from + " by mail.globenet.org (Postfix) with ESMTPS id B1; Sun, 22 Nov 2026 20:00:00 +0000"), closed: false));
        Assert.Equal(isBelieved ? 1 : 0, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
        Assert.Equal(isBelieved ? 0 : 1, (await engine.RootAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_end_that_a_customer_of_a_shared_host_writes_ends_nothing_and_the_root_group_hears_why(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync(engine.Mail(Write("root@hal.globenet.org", Own), closed: false));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        await engine.TakeAsync(engine.Mail(Write("root@hal.globenet.org", Shared, "RECOVERY"), closed: false));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Contains(
            engine.In("il ne vient ni de l'adresse ni du compte déclarés", "it does not come from the address or account listed"),
            (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Each_reason_and_each_sender_is_announced_at_once_though_another_mail_was_refused_just_before(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        foreach (var (from, received, machine) in new[]
        {
            ("root@hal.globenet.org", Own, "sud"),
            ("nagios@sud.globenet.org", User33, "hal"),
            ("nagios@sud.globenet.org", Stranger, "coordsud"),
            ("nagios@coordsud.globenet.org", Shared, "hal"),
        })
        {
            await engine.TakeAsync(engine.Mail(Write(from, received, machine: machine), closed: false));
            engine.Time.Advance(TimeSpan.FromSeconds(12));
        }

        Assert.Equal(
            engine.In(
                """
                mail ignoré, qui prétend parler de sud : son expéditeur est une autre machine, pas un superviseur (1 dans l'heure)
                mail ignoré, qui prétend parler de hal : il ne vient ni de l'adresse ni du compte déclarés pour son expéditeur (1 dans l'heure)
                mail ignoré, qui prétend parler de coordsud : il ne vient ni de notre serveur de mail ni de nos réseaux (1 dans l'heure)
                mail ignoré, qui prétend parler de hal : il ne vient ni de l'adresse ni du compte déclarés pour son expéditeur (1 dans l'heure)
                """,
                """
                ignored a mail about sud: its sender is another machine, not a monitor (1 in the last hour)
                ignored a mail about hal: it does not come from the address or account listed for its sender (1 in the last hour)
                ignored a mail about coordsud: it came neither through our mail server nor from our networks (1 in the last hour)
                ignored a mail about hal: it does not come from the address or account listed for its sender (1 in the last hour)
                """),
            string.Join('\n', await engine.RootAsync()));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Whatever_strangers_write_a_monitor_refused_for_its_place_is_announced_at_once_within_six_lines_an_hour(Locale locale)
    {
        await using var engine = await StartAsync(locale: locale);
        await engine.TakeAsync([.. Enumerable.Range(0, 10).Select(i => engine.Mail(
            $"Received: {Stranger}\nFrom: a{i}@evil.example\nTo: root@globenet.org\nSubject: gagnez {i}\nMessage-ID: <{i}@evil.example>\n"
            + $"Date: Sun, 22 Nov 2026 20:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nBonjour {i}\n", closed: false))]);
        await engine.TakeAsync([.. Enumerable.Range(0, 10).Select(i => engine.Mail(Write($"nagios@m{i}.evil.example", Stranger, service: $"S{i}"), closed: false))]);
        Assert.Equal(5, (await engine.RootAsync()).Count);
        await engine.TakeAsync(engine.Mail(Write("nagios@sud.globenet.org", Shared), closed: false));
        Assert.Equal(6, (await engine.RootAsync()).Count);
        Assert.Contains(engine.In("ni du compte déclarés", "or account listed"), (await engine.RootAsync())[^1], StringComparison.Ordinal);
        await engine.TakeAsync(engine.Mail(Write("root@hal.globenet.org", Shared), closed: false));
        await engine.KillAsync();
        await engine.TakeAsync(engine.Mail(Write("nagios@sud.globenet.org", Shared), closed: false));
        Assert.Equal(6, (await engine.RootAsync()).Count);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.Contains(
            engine.In(
                "mails ignorés, seulement comptés : il ne vient ni de notre serveur de mail ni de nos réseaux (9 dans l'heure)"
                + " · il ne vient ni de l'adresse ni du compte déclarés pour son expéditeur (2 dans l'heure)",
                "ignored mails, only counted: it came neither through our mail server nor from our networks (9 in the last hour)"
                + " · it does not come from the address or account listed for its sender (2 in the last hour)"),
            await engine.RootAsync());
        await engine.TakeAsync(engine.Mail(Write("nagios@sud.globenet.org", Shared), closed: false));
        Assert.Equal(8, (await engine.RootAsync()).Count);
        await engine.TakeAsync(engine.Mail(Write("root@hal.globenet.org", Shared), closed: false));
        Assert.Equal(9, (await engine.RootAsync()).Count);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("192.0.2.0/24", false)]
    public async Task What_stands_below_a_hand_over_by_loopback_counts_only_where_the_group_has_a_filter(string network, bool isBelieved)
    {
        await using var engine = await StartAsync(network);
        const string Forged = "from localhost (localhost [127.0.0.1]) by mail.globenet.org (Postfix) with ESMTP id A1; Sun, 22 Nov 2026 20:00:00 +0000\n"
            + "Received: by mail.globenet.org (Postfix, from userid 111) id A0; Sun, 22 Nov 2026 20:00:00 +0000";
        await engine.TakeAsync(engine.Mail(Write("nagios@sud.globenet.org", Forged), closed: false));
        Assert.Equal(isBelieved ? 1 : 0, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData("spf=pass smtp.mailfrom=hal.globenet.org", false)]
    [InlineData("dkim=pass header.d=hal.globenet.org", true)]
    public async Task From_a_host_that_others_share_SPF_proves_nothing_and_a_signature_the_domain(string result, bool isBelieved)
    {
        await using var engine = await StartAsync();
        var mail = $"Authentication-Results: mail.globenet.org; {result}\n" + Write("root@hal.globenet.org", Shared);
        await engine.TakeAsync(engine.Mail(mail, closed: false));
        Assert.Equal(isBelieved ? 1 : 0, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Where_nobody_has_listed_a_place_the_networks_of_the_group_still_vouch_for_it()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(
            engine.Mail(Write("root@filer.globenet.org", Shared, machine: "filer"), closed: false),
            engine.Mail(Write("root@filer.globenet.org", "by mail.globenet.org (Postfix, from userid 33) id A3; x", service: "NFS", machine: "filer"), closed: false));
        Assert.Equal(2, (await engine.Incidents.OpenAsync("filer", CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData("lunar@hal.globenet.org", Own, "", true)]
    [InlineData("lunar@hal.globenet.org", Shared, "", false)]
    [InlineData("lunar@globenet.org", Shared, "", false)]
    [InlineData("lunar@globenet.org", Shared, "Authentication-Results: mail.globenet.org; dkim=pass header.d=globenet.org\n", false)]
    [InlineData("lunar@globenet.org", "from x (x [203.0.113.9]) by mail.globenet.org (Postfix) with ESMTP id A1; x", "Authentication-Results: mail.globenet.org; dkim=pass header.d=globenet.org\n", true)]
    [InlineData("zou@hal.globenet.org", Own, "", false)]
    public async Task Who_speaks_to_everybody_is_a_person_of_the_group_that_a_domain_or_a_listed_place_proves(
        string from, string received, string results, bool isPublic)
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync(engine.Mail(
            $"{results}Received: {received}\nFrom: {from}\nTo: root@globenet.org\nSubject: [public] coupure à 20h\nUser-Agent: Mutt/2.2.12\n"
            + "Date: Sun, 22 Nov 2026 20:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nBonjour\n", closed: false));
        Assert.Equal(isPublic ? 1 : 0, (await engine.PublicAsync()).Count);
        Assert.Single(await engine.RootAsync());
    }

    private static Task<Engine> StartAsync(string network = "192.0.2.0/24", Locale locale = Locale.French) => Engine.StartAsync(
        settings => settings with
        {
            Inventory = new Inventory([.. Sample.Inventory.Machines.Select(machine => machine.Name switch
            {
                "hal" => machine with { Places = [Place("192.0.2.20"), Place("local:0")] },
                "sud" => machine with { Places = [Place("192.0.2.10"), Place("local:111"), Place("local:nagios")] },
                "coordsud" => machine with { Places = [Place("192.0.2.11")] },
                _ => machine,
            })]),
            People = new ChatBot.Core.People.People([new ChatBot.Core.People.Person { Name = "lunar", Mail = ["lunar@globenet.org", "lunar@hal.globenet.org"] }]),
            Mail = settings.Mail with
            {
                Trust = new MailTrust
                {
                    Mx = "mail.globenet.org",
                    Networks = [IPNetwork.Parse(network)],
                    TrustedSenders = ["*@*.globenet.org"],
                    Monitors = ["nagios@sud.globenet.org", "nagios@coordsud.globenet.org"],
                    MonitorPlaces = new Dictionary<string, IReadOnlyList<SendingPlace>>(StringComparer.OrdinalIgnoreCase)
                    {
                        ["nagios@coordsud.globenet.org"] = [Place("local:*")],
                    },
                },
                Dkim = false,
            },
        },
        locale);

    private static SendingPlace Place(string text) => SendingPlace.Parse(text)!;

    private string Write(string from, string received, string type = "PROBLEM", string service = "POP3", string machine = "hal")
    {
        var state = type == "PROBLEM" ? "CRITICAL" : "OK";
        return $"Received: {received}\nFrom: {from}\nTo: root@globenet.org\nSubject: ** {type} Service Alert: {machine}/{service} is {state} **\n"
            + $"Date: Sun, 22 Nov 2026 20:00:{++_number:D2} +0000\n\nNotification Type: {type}\n\nService: {service}\nHost: {machine}\nState: {state}\n\nAdditional Info:\n\nx\n";
    }
}
