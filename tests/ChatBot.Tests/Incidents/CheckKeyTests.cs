using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;
using static ChatBot.Tests.Mail.Alertmanager;

namespace ChatBot.Tests.Incidents;

/// <summary>Two troubles never share an incident, and an end closes exactly its own.</summary>
public class CheckKeyTests
{
    private const string Disk = "NodeFilesystemAlmostOutOfSpace";

    [Fact]
    public async Task One_mount_point_that_is_well_again_leaves_the_other_open()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail($"[FIRING:2] {Disk}", Firing(Disk, "filer:9100", "critical", "mountpoint=/home"), Firing(Disk, "filer:9100", "warning", "mountpoint=/srv")));
        Assert.Equal([$"[filer] {Disk} CRITICAL (/home, /srv WARNING) — #1, #2 · !incidents filer"], await engine.PublicAsync());

        await HearAsync(engine, Alertmanager.Mail($"[FIRING:1] {Disk}", Firing(Disk, "filer:9100", "critical", "mountpoint=/home"), Resolved(Disk, "filer:9100", "warning", "mountpoint=/srv")));
        Assert.Equal($"[filer] {Disk} OK (/srv) après 6 secondes — #2", (await engine.PublicAsync())[^1]);
        Assert.Equal([1], await OpenAsync(engine));

        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk}", Resolved(Disk, "filer:9100", "critical", "mountpoint=/home")));
        Assert.Equal($"[filer] {Disk} OK (/home) après 12 secondes — #1", (await engine.PublicAsync())[^1]);
        Assert.Empty(await OpenAsync(engine));
    }

    [Fact]
    public async Task Two_rules_of_one_name_that_differ_in_severity_are_two()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail($"[FIRING:2] {Disk}", Firing(Disk, "filer:9100", "critical", "mountpoint=/home"), Firing(Disk, "filer:9100", "warning", "mountpoint=/home")));
        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk}", Resolved(Disk, "filer:9100", "critical", "mountpoint=/home")));
        Assert.Equal([2], await OpenAsync(engine));
    }

    [Fact]
    public async Task Both_ends_in_one_mail_are_one_line()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail($"[FIRING:2] {Disk}", Firing(Disk, "filer:9100", "critical", "mountpoint=/home"), Firing(Disk, "filer:9100", "critical", "mountpoint=/srv")));
        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk}", Resolved(Disk, "filer:9100", "critical", "mountpoint=/home"), Resolved(Disk, "filer:9100", "critical", "mountpoint=/srv")));
        Assert.Equal([$"[filer] {Disk} CRITICAL (/home, /srv) — #1, #2 · !incidents filer", $"[filer] {Disk} OK (/home, /srv) — #1, #2"], await engine.PublicAsync());
    }

    [Theory]
    [InlineData("DiskFull filer"), InlineData("DiskFull filer is still CRITICAL"), InlineData("filer DiskFull")]
    public async Task Another_program_s_end_of_the_same_words_ends_none_of_Alertmanager_s(string words)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail("[FIRING:1] DiskFull", Firing("DiskFull", "filer:9100", "critical")));
        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {words}").Replace("From: alertmanager@", "From: other@", StringComparison.Ordinal));
        Assert.Equal([1], await OpenAsync(engine));
    }

    [Fact]
    public async Task An_end_that_does_not_say_of_which_alert_ends_none_of_two()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail($"[FIRING:2] {Disk}", Firing(Disk, "filer:9100", "critical", "mountpoint=/home"), Firing(Disk, "filer:9100", "critical", "mountpoint=/srv")));
        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk} filer (critical)"));
        Assert.Equal([1, 2], await OpenAsync(engine));
        Assert.DoesNotContain(await engine.RootAsync(), line => line.Contains("OK", StringComparison.Ordinal));
        Assert.Equal(Reason.AmbiguousRecovery, (await engine.Incidents.StoryAsync(2, default))[^1].Reason);

        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk}", Resolved(Disk, "filer:9100", "critical", "mountpoint=/home")));
        await HearAsync(engine, Alertmanager.Mail($"[RESOLVED] {Disk} filer (critical)"));
        Assert.Empty(await OpenAsync(engine));
    }

    [Fact]
    public async Task Labels_that_are_no_name_of_a_thing_are_not_for_the_public()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail("[FIRING:1] Quota", Firing("Quota", "filer:9100", "warning", "customer=Zibeline")));
        Assert.Equal(["[filer] Quota WARNING — #1"], await engine.PublicAsync());
        Assert.Equal(["[filer] Quota WARNING (Zibeline) : reste peu — #1 · !prends 1 <raison>"], await engine.RootAsync());
    }

    [Theory]
    [InlineData("device=https://x.example"), InlineData("device=marie@example.org"), InlineData("device=www.example.org")]
    [InlineData("device=0612345678"), InlineData("device=192.0.2.1"), InlineData("device=2001:db8::1"), InlineData("device=a(b)"), InlineData("device=été")]
    public async Task A_name_that_may_be_more_than_a_name_is_not_for_the_public(string label)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail("[FIRING:1] X", Firing("X", "filer:9100", "warning", label)));
        Assert.Equal(["[filer] X WARNING — #1"], await engine.PublicAsync());
        Assert.Equal([$"[filer] X WARNING ({label[7..]}) : reste peu — #1 · !prends 1 <raison>"], await engine.RootAsync());
    }

    [Fact]
    public async Task Sixty_alerts_of_one_mail_are_sixty_incidents()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail("[FIRING:60] Many", [.. Enumerable.Range(1, 60).Select(i => Firing("Many", "filer:9100", "critical", $"disk=sd{i}"))]));
        Assert.Equal(60, (await OpenAsync(engine)).Count);
        Assert.Equal(["[filer] Many CRITICAL (sd1, sd2, sd3, sd4 et 56 autres) — #1–#60 · !incidents filer"], await engine.PublicAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Of_a_list_that_is_too_long_is_said_that_more_may_be_missing_than_was_seen(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        var filling = new string('x', 4000);
        await HearAsync(engine, Alertmanager.Mail("[FIRING:90] Many", [.. Enumerable.Range(1, 90).Select(i => Firing("Many", "filer:9100", "critical", $"disk=sd{i}", $"note={filling}"))]));
        Assert.Matches(
            engine.In(
                @"^alertmanager : mail trop long, au moins \d+ Ko non lus ; alertes vues sans être lues : \d+ au moins ; voyez sur place$",
                @"^alertmanager: a mail is too long, at least \d+ KB not read; alerts seen and not read: \d+ at least; look there$"),
            Assert.Single(await engine.PublicAsync(), line => line.StartsWith("alertmanager", StringComparison.Ordinal)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_the_subject_counts_and_the_mail_does_not_list_is_counted(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Alertmanager.Mail("[FIRING:12] DiskFull", Firing("DiskFull", "filer:9100", "critical")));
        Assert.Contains(
            engine.In("alertmanager : 11 autres alertes d'un mail n'ont pas pu être lues : voyez sur place", "alertmanager: 11 more alerts in one mail could not be read: look there"),
            await engine.PublicAsync());
    }

    [Fact]
    public async Task An_alert_without_a_machine_is_announced_beside_one_with_a_machine_and_has_its_own_end()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail("[FIRING:2] x", Firing("SiteDown", null, "critical"), Firing("DiskFull", "filer:9100", "critical")));
        Assert.Contains(await engine.PublicAsync(), line => line.StartsWith("[filer] DiskFull CRITICAL", StringComparison.Ordinal));
        Assert.Contains(await engine.PublicAsync(), line => line.StartsWith("[alertmanager] SiteDown CRITICAL", StringComparison.Ordinal));
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] x", Resolved("SiteDown", null, "critical")));
        Assert.StartsWith("[alertmanager] SiteDown OK", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Single(await OpenAsync(engine));
    }

    [Theory, InlineData("Watchdog"), InlineData("DeadMansSwitch")]
    public async Task What_fires_for_ever_is_announced_once_and_is_never_an_incident(string name)
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await HearAsync(engine, Alertmanager.Mail("[FIRING:2] x", Firing(name, "hal:9090", "none"), Firing("DiskFull", "filer:9100", "critical")));
        }

        Assert.Single(await engine.RootAsync(), line => line.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains(name, StringComparison.Ordinal));
        Assert.Single(await OpenAsync(engine));

        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] x", Resolved(name, "hal:9090", "none")));
        Assert.Equal($"alertmanager : {name} ne se déclenche plus : la chaîne d'alerte elle-même est peut-être coupée", (await engine.RootAsync())[^1]);
    }

    [Fact]
    public async Task What_fires_for_ever_feeds_its_watch_and_other_alerts_do_not()
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Watches = [new WatchSettings(WatchSettings.Watchdog, "hal", TimeSpan.FromHours(2))] });
        for (var i = 0; i < 3; i++)
        {
            await engine.LiveAsync(TimeSpan.FromMinutes(100));
            await engine.TakeAsync(Alertmanager.Mail("[FIRING:1] Watchdog", Firing("Watchdog", null, "none")));
        }

        Assert.Empty(await engine.PublicAsync());
        await engine.LiveAsync(TimeSpan.FromMinutes(60));
        await engine.TakeAsync(Alertmanager.Mail("[RESOLVED] DiskFull", Resolved("DiskFull", "filer:9100", "critical")));
        await engine.LiveAsync(TimeSpan.FromMinutes(75));
        Assert.StartsWith("[hal] watchdog UNKNOWN", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], string> Pairs => new()
    {
        { "monit loadavg", [Monit("Resource limit matched", "loadavg (5min) of 5.2 matches resource limit [loadavg (5min) > 4.0]"), Monit("Resource limit matched", "mem usage of 91.0% matches resource limit [mem usage > 80.0%]"), Monit("Resource limit succeeded", "'hal' loadavg(5min) check succeeded [current loadavg(5min) = 1.2]")], "hal OK (loadavg 5min)" },
        { "monit mem", [Monit("Resource limit matched", "mem usage of 91.0% matches resource limit [mem usage > 80.0%]"), Monit("Resource limit matched", "loadavg (5min) of 5.2 matches resource limit [loadavg (5min) > 4.0]"), Monit("Resource limit succeeded", "mem usage check succeeded [current mem usage = 20.0%]")], "hal OK (mem usage)" },
        { "monit connection", [Monit("Connection failed", "failed protocol test [HTTP] at [localhost]:80/x [TCP/IP] -- refused"), Monit("Connection failed", "failed protocol test [HTTP] at [localhost]:443 [TCP/IP TLS] -- refused"), Monit("Connection succeeded", "connection succeeded to [localhost]:80 [TCP/IP]")], "hal OK (connection localhost:80)" },
        { "monit process", [Monit("Does not exist", "process is not running"), Monit("Connection failed", "failed protocol test [HTTP] at [localhost]:80 [TCP/IP] -- refused"), Monit("Exists", "process is running with pid 42")], "hal OK (process)" },
        { "munin", [Munin("WARNINGs: /var is 95.00 (outside range [:92])."), Munin("CRITICALs: / is 99.00 (outside range [:98])."), Munin("OKs: /var is 50.00.")], "Disk usage OK (/var)" },
        { "zabbix", [Zabbix("Problem started", 1), Zabbix("Problem started", 2), Zabbix("Problem has been resolved", 1)], "Disk is full OK" },
        { "nut", [Program("nut", "UPS onduleur@localhost on battery"), Program("nut", "Communications with UPS onduleur@localhost lost"), Program("nut", "UPS onduleur@localhost on line power")], "UPS onduleur OK" },
        { "apcupsd", [Program("root", "hal UPS onduleur Power Failure !!!"), Program("root", "hal Communications with UPS onduleur lost"), Program("root", "hal UPS onduleur Power has returned")], "UPS onduleur OK" },
        { "nagios", [Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), Nagios.Recovery("hal", "POP3")], "POP3 OK" },
        { "icinga", [Icinga("PROBLEM", "CRITICAL", "disk-home"), Icinga("PROBLEM", "CRITICAL", "disk-srv"), Icinga("RECOVERY", "OK", "disk-home")], "Disk OK" },
        { "grafana", [Grafana("FIRING", "(1) FIRING", "/home"), Grafana("FIRING", "(1) FIRING", "/srv"), Grafana("RESOLVED", "(1) RESOLVED", "/home")], "Disk OK (/home)" },
        { "alertmanager lines", [Alertmanager.Mail("[FIRING] x") + "[firing] Disk on hal /home 92% (critical)\n", Alertmanager.Mail("[FIRING] x") + "[firing] Disk on hal /srv 93% (critical)\n", Alertmanager.Mail("[RESOLVED] x") + "[resolved] Disk on hal /home 20% (critical)\n"], "Disk OK" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public async Task The_end_of_one_leaves_the_other_open(string program, string[] mails, string end)
    {
        await using var engine = await Engine.StartAsync();
        foreach (var mail in mails)
        {
            await HearAsync(engine, mail);
        }

        Assert.Contains(await engine.RootAsync(), line => line.StartsWith($"[hal] {end} après ", StringComparison.Ordinal));
        Assert.True((await OpenAsync(engine)).SequenceEqual([2]), program);
    }

    public static TheoryData<string> UnmatchedEnds { get; } = new()
    {
        Nagios.Recovery("hal", "POP3"),
        Monit("Connection succeeded", "connection succeeded to [localhost]:80 [TCP/IP]"),
        Zabbix("Problem has been resolved", 4711),
        Text("zabbix@hal.globenet.org", "Resolved: High CPU utilization", "Problem has been resolved at 20:00:00 on 2026.11.22\nProblem name: High CPU utilization\nHost: hal\n"),
        Text("zabbix@hal.globenet.org", "Resolved: High CPU utilization", "Problem name: High CPU utilization\nHost: hal\nSeverity: High\nOriginal problem ID: 999\n"),
        Text("root@hal.globenet.org", "Resolved in 5m 0s: High CPU utilization", "Host: hal\nSeverity: High\nOriginal problem ID: 999\n"),
        Text("zabbix@hal.globenet.org", "Resolved in 5m 0s: High CPU utilization", "Host: hal\nSeverity: High\n"),
    };

    [Theory, MemberData(nameof(UnmatchedEnds))]
    public async Task An_end_of_which_no_beginning_is_known_is_announced_nowhere_whatever_the_program(string mail)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, mail);
        Assert.Empty(await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    [Theory]
    [InlineData("Resolved: Disk is full", "Problem name: Disk is full\nHost: hal\nSeverity: High\nOriginal problem ID: 1\n")]
    [InlineData("Resolved: Disk is full", "Host: hal\nSeverity: High\n")]
    [InlineData("Resolved in 5m 0s: Disk is full", "Problem name: Disk is full\nHost: hal\n")]
    public async Task A_stock_subject_of_Zabbix_ends_its_problem_whatever_a_site_left_of_the_text(string subject, string text)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Zabbix("Problem started", 1));
        await HearAsync(engine, Text("zabbix@hal.globenet.org", subject, text, 30));
        Assert.Empty(await OpenAsync(engine));
        Assert.Contains(await engine.RootAsync(), line => line.StartsWith("[hal] Disk is full OK après ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_that_call_their_checks_alike_do_not_end_each_others_troubles()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Problem("hal", "Disk"));
        await HearAsync(engine, Grafana("FIRING", "(1) FIRING", "/home"));
        await HearAsync(engine, Grafana("RESOLVED", "(1) RESOLVED", "/home"));
        Assert.Equal([1], await OpenAsync(engine));
    }

    [Fact]
    public async Task Every_retry_of_a_ups_that_is_unavailable_is_one_trouble_that_ends_when_it_answers()
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await HearAsync(engine, Program("nut", "UPS onduleur@localhost is unavailable", i));
        }

        await HearAsync(engine, Program("nut", "Communications with UPS onduleur@localhost established"));
        Assert.Equal(["[hal] UPS onduleur communication WARNING — #1", "[hal] UPS onduleur communication OK après 1 minute — #1"], await engine.PublicAsync());
    }

    [Theory]
    [InlineData(1, "/home", new long[0], "[filer] X OK")]
    [InlineData(2, "/home", new long[] { 1 }, null)]
    public async Task An_incident_of_before_the_keys_ends_only_where_one_alert_was_heard_of_it(int alerts, string ended, long[] open, string? said)
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < alerts; i++)
        {
            await HearAsync(engine, Alertmanager.Mail("[FIRING:1] X", Firing("X", "filer:9100", "critical", "mountpoint=/home")));
        }

        await engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, "UPDATE incident SET part = '', part_name = ''", transaction.Transaction), CancellationToken.None);
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] X", Resolved("X", "filer:9100", "critical", $"mountpoint={ended}")));
        Assert.Equal(open, await OpenAsync(engine));
        Assert.Equal(said is not null, (await engine.PublicAsync())[^1].StartsWith("[filer] X OK", StringComparison.Ordinal));

        // It becomes that of the alert that is repeated, and ends with it.
        await HearAsync(engine, Alertmanager.Mail("[FIRING:1] X", Firing("X", "filer:9100", "critical", "mountpoint=/srv")));
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] X", Resolved("X", "filer:9100", "critical", "mountpoint=/srv")));
        Assert.Empty(await OpenAsync(engine));
    }

    [Fact]
    public async Task The_mails_of_Grafana_are_read_alert_by_alert()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Field("424-grafana-two-firing"));
        Assert.Equal(["[filer] DiskFull CRITICAL — #1", "[hal] LoadHigh WARNING — #2"], await engine.PublicAsync());
        await HearAsync(engine, Field("425-grafana-one-resolved"));
        Assert.Equal([1], await OpenAsync(engine));
        Assert.StartsWith("[hal] LoadHigh OK", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await HearAsync(engine, Field("426-grafana-all-resolved"));
        Assert.Empty(await OpenAsync(engine));
        Assert.Equal(4, (await engine.PublicAsync()).Count);
        await HearAsync(engine, Field("427-grafana-v9"));
        Assert.StartsWith("[filer] DiskFull CRITICAL", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    private static string Field(string sample) => System.Text.Encoding.UTF8.GetString(Sample.All.Single(one => one.Name == sample).Bytes);

    private static async Task HearAsync(Engine engine, string mail)
    {
        await engine.TakeAsync(mail);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    private static async Task<List<long>> OpenAsync(Engine engine) => [.. (await engine.Incidents.OpenAsync(null, default)).Select(one => one.Number)];

    private static string Monit(string name, string description) => Text(
        "monit@hal.globenet.org", $"monit alert --  {name} hal", $"{name} Service hal\n\n\tHost: hal\n\tDescription: {description}\n");

    private static string Munin(string fields) => Text("munin@hal.globenet.org", "Munin notification", $"globenet.org :: hal.globenet.org :: Disk usage\n\t{fields}\n");

    private static string Zabbix(string what, int problem) => Text(
        "zabbix@hal.globenet.org", what.Contains("resolved", StringComparison.Ordinal) ? "Resolved in 1m: Disk is full" : "Problem: Disk is full",
        $"{what} at 20:00:00 on 2026.11.22\nProblem name: Disk is full\nHost: hal\nSeverity: High\nOriginal problem ID: {problem}\n");

    private static string Program(string from, string subject, int second = 0) => Text($"{from}@hal.globenet.org", subject, "", second);

    private static string Icinga(string type, string state, string service) => Text(
        "icinga@hal.globenet.org", $"[{type}] Disk on hal is {state}!",
        $"***** Service Monitoring on hal *****\n\nDisk on hal is {state}!\n\nInfo:    x\n\nService: {service}\nHost:    hal\n");

    private static string Grafana(string type, string heading, string mountpoint) => Text(
        "grafana@hal.globenet.org", $"[{type}:1] Disk (Machines)",
        $"You have alerts\n\n{heading}\n-----------\n\nLabels: \n - alertname = Disk\n - grafana_folder = Machines\n - instance = hal:9100\n - mountpoint = {mountpoint}\n"
        + "Summary: x\n\nSent by Grafana v10.1.0 (c) 2023 Grafana Labs\n");

    private static string Text(string from, string subject, string body, int second = 0) =>
        $"From: {from}\nDate: Sun, 22 Nov 2026 20:00:{second:00} +0000\nAuto-Submitted: auto-generated\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n";
}
