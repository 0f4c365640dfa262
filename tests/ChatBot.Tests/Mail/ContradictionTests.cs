using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using Xunit;
using static ChatBot.Tests.Mail.Alertmanager;

namespace ChatBot.Tests.Mail;

/// <summary>Mails of monitors that say two things of one check, and messages that say nothing of it.</summary>
public class ContradictionTests
{
    // Opens an incident; contradicts it; ends it.
    public static TheoryData<string, string, string, string> Programs { get; } = new()
    {
        { "nagios", Nagios("PROBLEM", "CRITICAL"), Nagios("RECOVERY", "OK", "** PROBLEM Service Alert: hal/POP3 is CRITICAL **"), Nagios("RECOVERY", "OK") },
        { "nagios, type alone", Nagios("PROBLEM", "CRITICAL"), Nagios("RECOVERY", "OK", "[nagios] PROBLEM : machine hal OK"), Nagios("RECOVERY", "OK") },
        { "nagios, state alone", Nagios("PROBLEM", "CRITICAL"), Nagios("RECOVERY", "OK", "** RECOVERY Service Alert: hal/POP3 is CRITICAL **"), Nagios("RECOVERY", "OK") },
        { "nagios, stable", Nagios("PROBLEM", "CRITICAL"), Nagios("FLAPPINGSTOP", "OK", "** FLAPPINGSTOP Service Alert: hal/POP3 is CRITICAL **"), Nagios("RECOVERY", "OK") },
        { "nagios, problem", Nagios("PROBLEM", "CRITICAL"), Nagios("PROBLEM", "OK"), Nagios("RECOVERY", "OK") },
        { "nagios, ack", Nagios("PROBLEM", "CRITICAL"), Nagios("ACKNOWLEDGEMENT", "OK"), Nagios("RECOVERY", "OK") },
        { "shinken", Nagios("PROBLEM", "CRITICAL", title: "Shinken Notification *****"), Nagios("RECOVERY", "OK", "** PROBLEM alert - hal/POP3 is CRITICAL **", "Shinken Notification *****"), Nagios("RECOVERY", "OK", title: "Shinken Notification *****") },
        { "centreon", Nagios("PROBLEM", "CRITICAL", title: "Centreon *****"), Nagios("RECOVERY", "OK", "** PROBLEM alert - hal/POP3 is CRITICAL **", "Centreon *****"), Nagios("RECOVERY", "OK", title: "Centreon *****") },
        { "omd", Omd("PROBLEM", "CRITICAL"), Omd("RECOVERY", "OK", "*** PROBLEM *** hal / POP3 is CRITICAL"), Omd("RECOVERY", "OK") },
        { "icinga2", Icinga("PROBLEM", "CRITICAL", "CRITICAL"), Icinga("RECOVERY", "OK", "CRITICAL"), Icinga("RECOVERY", "OK", "OK") },
        { "icinga2, text", Icinga("PROBLEM", "CRITICAL", "CRITICAL"), Icinga("PROBLEM", "CRITICAL", "OK"), Icinga("RECOVERY", "OK", "OK") },
        { "icinga2, old", OldIcinga("PROBLEM", "CRITICAL"), OldIcinga("RECOVERY", "OK", "PROBLEM - hal - POP3 is CRITICAL"), OldIcinga("RECOVERY", "OK") },
        { "checkmk", Checkmk("OK -> CRIT", "OK -> CRIT"), Checkmk("OK -> CRIT", "CRIT -> OK"), Checkmk("CRIT -> OK", "CRIT -> OK") },
        { "alertmanager", Alertmanager.Mail("[FIRING:1] POP3", Firing("POP3", "hal:9100", "critical")), Alertmanager.Mail("[FIRING:1] POP3", Resolved("POP3", "hal:9100", "critical")), Alertmanager.Mail("[RESOLVED] POP3", Resolved("POP3", "hal:9100", "critical")) },
        { "alertmanager, resolved", Alertmanager.Mail("[FIRING:1] POP3", Firing("POP3", "hal:9100", "critical")), Alertmanager.Mail("[RESOLVED] POP3", Firing("POP3", "hal:9100", "critical")), Alertmanager.Mail("[RESOLVED] POP3", Resolved("POP3", "hal:9100", "critical")) },
        { "zabbix", Zabbix("Problem: POP3", "Problem started at 20:00:00 on 2026.11.22"), Zabbix("Problem: POP3", "Problem has been resolved at 20:00:05 on 2026.11.22"), Zabbix("Resolved in 5s: POP3", "Problem has been resolved at 20:00:05 on 2026.11.22") },
        { "monit", Monit("Connection failed", "Connection failed"), Monit("Connection failed", "Connection succeeded"), Monit("Connection succeeded", "Connection succeeded") },
        { "uptime-kuma", Kuma("🔴 Down", "🔴 Down"), Kuma("✅ Up", "🔴 Down"), Kuma("✅ Up", "✅ Up") },
        { "netdata", Netdata("CRITICAL", "is critical"), Netdata("CRITICAL", "recovered"), Netdata("CLEAR", "recovered") },
        { "nut", Ups("UPS apc@hal on battery", "UPS apc@hal on battery"), Ups("UPS apc@hal on line power", "UPS apc@hal on battery"), Ups("UPS apc@hal on line power", "UPS apc@hal on line power") },
        { "apcupsd", Ups("hal UPS apc Power Failure !!!", "hal UPS apc Power Failure !!!"), Ups("hal UPS apc Power has returned", "hal UPS apc Power Failure !!!"), Ups("hal UPS apc Power has returned", "hal UPS apc Power has returned") },
        { "munin", Munin("CRITICAL", "CRITICALs"), Munin("CRITICAL", "OKs"), Munin("OK", "OKs") },
    };

    [Theory, MemberData(nameof(Programs))]
    public async Task A_mail_that_contradicts_itself_ends_and_opens_nothing_and_root_reads_why(string name, string begins, string contradicts, string ends)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, contradicts);
        Assert.True((await engine.Incidents.OpenAsync(null, default)).Count == 0, name);
        Assert.Empty(await engine.PublicAsync());
        Assert.Contains("mail contradictoire, sans effet : objet « ", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);

        await HearAsync(engine, begins);
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        await HearAsync(engine, contradicts.Replace("Message-Id: <", "Message-Id: <again-", StringComparison.Ordinal).Replace("Date: Sun, 22 Nov 2026 20:00:00", "Date: Sun, 22 Nov 2026 20:00:09", StringComparison.Ordinal));
        Assert.Null(Assert.Single(await engine.Incidents.OpenAsync(null, default)).Acknowledgement);
        Assert.Single(await engine.PublicAsync());
        Assert.EndsWith(" (#1 reste ouvert)", (await engine.RootAsync())[^1], StringComparison.Ordinal);

        await HearAsync(engine, ends);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Fact]
    public async Task An_end_whose_subject_names_another_machine_or_check_than_its_text_ends_nothing()
    {
        await using var engine = await Engine.StartAsync(settings => settings with
        {
            Inventory = new([new() { Name = "hal", Services = ["POP3", "IMAP"] }, new() { Name = "sud" }]),
        });
        await HearAsync(engine, Nagios("PROBLEM", "CRITICAL"));
        await HearAsync(engine, Nagios("RECOVERY", "OK", "** RECOVERY Service Alert: sud/POP3 is OK **"));
        await HearAsync(engine, Nagios("RECOVERY", "OK", "** RECOVERY Service Alert: hal/IMAP is OK **").Replace("<RECOVERY", "<R2", StringComparison.Ordinal));
        await HearAsync(engine, Icinga("RECOVERY", "OK", "OK").Replace("POP3 on hal is OK!\nContent", "POP3 on sud is OK!\nContent", StringComparison.Ordinal));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        Assert.Equal(3, (await engine.RootAsync()).Count(line => line.Contains("mail contradictoire, sans effet", StringComparison.Ordinal)));

        // A problem still opens an incident; an alias that is no machine of the inventory contradicts nothing.
        await HearAsync(engine, Nagios("PROBLEM", "CRITICAL", "** PROBLEM Service Alert: sud/IMAP is CRITICAL **").Replace("Service: POP3", "Service: SMTP", StringComparison.Ordinal));
        Assert.Equal(2, (await engine.Incidents.OpenAsync(null, default)).Count);
        await HearAsync(engine, Nagios("RECOVERY", "OK", "** RECOVERY Service Alert: Serveur de courrier/POP3 is OK **").Replace("<RECOVERY", "<R3", StringComparison.Ordinal));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    // Scripts that gather notifications: of these programs each begins alike.
    [Theory, MemberData(nameof(Programs))]
    public async Task An_end_above_a_problem_of_the_same_check_ends_nothing(string name, string begins, string contradicts, string ends)
    {
        Assert.NotNull(contradicts);
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, begins);
        var gathered = $"{ends}\n----\n\n{begins[(begins.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]}";
        await HearAsync(engine, gathered.Replace("Message-Id: <", "Message-Id: <gathered-", StringComparison.Ordinal));
        Assert.True((await engine.Incidents.OpenAsync(null, default)).Count == 1, name);
        Assert.Contains("mail contradictoire, sans effet : objet « ", (await engine.RootAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith(" (#1 reste ouvert)", (await engine.RootAsync())[^1], StringComparison.Ordinal);
        await HearAsync(engine, ends);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Of_other_checks_below_the_count_is_said(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Nagios("PROBLEM", "CRITICAL"));
        var imap = Nagios("PROBLEM", "CRITICAL").Replace("POP3", "IMAP", StringComparison.Ordinal);
        await HearAsync(engine, $"{Nagios("RECOVERY", "OK")}\n----\n{imap[(imap.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]}");
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Contains(
            engine.In("nagios : 1 autre alerte d'un mail n'a pas pu être lue : voyez sur place", "nagios: 1 more alert in one mail could not be read: look there"),
            await engine.RootAsync());
    }

    // A site's own subject may name the state before, and a check may print anything.
    public static TheoryData<string, string> Ends { get; } = new()
    {
        { Nagios("PROBLEM", "CRITICAL"), Nagios("RECOVERY", "OK", "[nagios] RECOVERY hal CRITICAL -> OK") },
        { Nagios("PROBLEM", "CRITICAL"), Nagios("RECOVERY", "OK", "RECOVERY : service hal/POP3 CRITICAL puis OK") },
        { Icinga("PROBLEM", "CRITICAL", "CRITICAL"), Icinga("RECOVERY", "OK", "OK").Replace("Info: x", "Info: x\nthe mirror is DOWN!", StringComparison.Ordinal) },
        { Alertmanager.Mail("[FIRING:2] POP3", Firing("POP3", "hal:9100", "critical")), Alertmanager.Mail("[FIRING:1, RESOLVED:1] POP3", Resolved("POP3", "hal:9100", "critical")) },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task What_only_looks_like_a_contradiction_ends_its_incident(string begins, string ends)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, begins);
        await HearAsync(engine, ends);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_message_from_the_monitor_is_none_of_a_recovery(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Nagios("PROBLEM", "CRITICAL"));
        await HearAsync(engine, Nagios("CUSTOM", "OK"));
        Assert.Equal(engine.In("[hal] message de Nagios (POP3 OK) : out (#1 reste ouvert)", "[hal] message from Nagios (POP3 OK): out (#1 is still open)"), (await engine.RootAsync())[^1]);
        Assert.Single(await engine.PublicAsync());

        await HearAsync(engine, Nagios("RECOVERY", "OK"));
        await HearAsync(engine, Nagios("CUSTOM", "OK").Replace("<CUSTOM", "<CUSTOM2", StringComparison.Ordinal));
        Assert.Equal(engine.In("[hal] message de Nagios (POP3 OK) : out", "[hal] message from Nagios (POP3 OK): out"), (await engine.RootAsync())[^1]);
        await HearAsync(engine, Nagios("RECOVERY", "OK", "** PROBLEM Service Alert: hal/POP3 is CRITICAL **").Replace("<RECOVERY", "<R2", StringComparison.Ordinal));
        Assert.Equal(
            engine.In(
                "[hal] nagios POP3 : mail contradictoire, sans effet : objet « ** PROBLEM Service Alert: hal/POP3 is CRITICAL ** », texte RECOVERY OK",
                "[hal] nagios POP3: contradictory mail, no effect: subject “** PROBLEM Service Alert: hal/POP3 is CRITICAL **”, text RECOVERY OK"),
            (await engine.RootAsync())[^1]);
    }

    private static async Task HearAsync(Engine engine, string mail)
    {
        await engine.TakeAsync(mail);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    private static string Of(string from, string id, string subject, string text) =>
        $"From: {from}\nTo: root@globenet.org\nMessage-Id: <{id}@hal>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n";

    private static string Nagios(string type, string state, string? subject = null, string title = "Nagios *****") => Of(
        "nagios@sud.globenet.org", type, subject ?? $"** {type} Service Alert: hal/POP3 is {state} **",
        $"***** {title}\n\nNotification Type: {type}\n\nService: POP3\nHost: hal\nState: {state}\n\nAdditional Info:\n\nout");

    private static string Omd(string type, string state, string? subject = null) => Of(
        "nagios@sud.globenet.org", type, subject ?? $"*** {type} *** hal / POP3 is {state}", $"- Notification Type: {type}\n- Hostname: hal\n- Service: POP3\n- State: {state}");

    private static string Icinga(string type, string subject, string text) => Of(
        "icinga@sud.globenet.org", type + text, $"[{type}] POP3 on hal is {subject}!", $"***** Service Monitoring on sud *****\n\nPOP3 on hal is {text}!\n\nInfo: x\n\nHost: hal");

    private static string OldIcinga(string type, string state, string? subject = null) => Of(
        "icinga@sud.globenet.org", type, subject ?? $"{type} - hal - POP3 is {state}",
        $"***** Icinga  *****\n\nNotification Type: {type}\n\nService: POP3\nHost: hal\nState: {state}\n\nAdditional Info: out");

    private static string Checkmk(string subject, string text) => Of(
        "checkmk@sud.globenet.org", subject[..2] + text[..2], $"Check_MK: hal/POP3 {subject}", $"Host:     hal\nService:  POP3\nEvent:    {text}\nOutput:   x");

    private static string Zabbix(string subject, string text) => Of(
        "zabbix@sud.globenet.org", subject[..3] + text.Length, subject, $"{text}\nProblem name: POP3\nHost: hal\nSeverity: High\nOriginal problem ID: 7");

    private static string Monit(string subject, string text) => Of(
        "monit@hal.globenet.org", $"{subject.Length}{text.Length}", $"monit alert -- {subject} mail", $"{text} Service mail\n\n\tDate: Sun, 22 Nov 2026 20:00:00\n\tHost: hal\n\tDescription: port 25");

    private static string Kuma(string subject, string text) => Of("kuma@hal.globenet.org", subject + text.Length, $"[hal] [{subject}] x", $"[hal] [{text}] x");

    private static string Netdata(string subject, string text) => Of(
        "netdata@hal.globenet.org", subject + text.Length, $"{subject}: load = 12, on hal", $"hal {text}\nload = 12\nChart : system.load\nSeverity : x");

    private static string Ups(string subject, string text) => Of("root@hal.globenet.org", $"{subject.Length}{text.Length}", subject, text);

    private static string Munin(string subject, string text) => Of(
        "munin@hal.globenet.org", subject + text, $"Munin {subject}: disk", $"globenet :: hal :: Disk usage\n\t{text}: /var is 99.00 (outside range [:98]).");
}
