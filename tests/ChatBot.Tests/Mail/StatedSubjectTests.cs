using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>One-line mails of monitoring programs that no format knows: what opens, what ends it, and what does not.</summary>
public sealed class StatedSubjectTests
{
    private const string Monitor = "supervision@sud.globenet.org";

    private static readonly MailTrust Trust = new() { Monitors = ["*@*"] };

    private static int _number;

    /// <summary>A trouble, its end, and what root reads of the trouble.</summary>
    public static TheoryData<string, string, string> Pairs { get; } = new()
    {
        { "[DOWN] hal: disk", "[UP] hal: disk", "CRITICAL (disk)" },
        { "[ALERT] hal: disk", "[OK] hal: disk", "WARNING (disk)" },
        { "[ALERT] hal: disk 2 (/dev/sdb)", "[OK] hal: disk 2 (/dev/sdb)", "WARNING (disk 2 /dev/sdb)" },
        { "Monitor is DOWN: hal", "Monitor is UP: hal", "CRITICAL" },
        { "hal is DOWN", "hal is UP", "DOWN" },
        { "hal is DOWN", "hal is back UP", "DOWN" },
        { "DOWN hal", "UP hal", "DOWN" },
        { "hal.globenet.org is down", "hal.globenet.org is back up", "DOWN" },
        { "hal Down", "hal has recovered", "DOWN" },
        { "[hal] Alert triggered", "[hal] Alert resolved", "CRITICAL" },
        { "Problem: High CPU on hal", "Resolved: High CPU on hal", "CRITICAL (High CPU)" },
        { "DOWN | hal: sauvegarde", "UP | hal: sauvegarde", "CRITICAL (sauvegarde)" },
        { "hal/disk: failing", "hal/disk: passing", "CRITICAL (disk)" },
        { "Notre Sensu - hal/check-disk: failing", "Notre Sensu - hal/check-disk: passing", "CRITICAL (Notre Sensu check-disk)" },
        { "[Triggered] disk on hal", "[Recovered] disk on hal", "CRITICAL (disk)" },
        { "[Triggered on {host:hal}] CPU high", "[Recovered on {host:hal}] CPU high", "CRITICAL (CPU high)" },
        { "[Monitor Alert] Triggered: disk on hal", "[Monitor Alert] Recovered: disk on hal", "CRITICAL (disk)" },
        { "[P1] [Triggered] eth0 of hal.globenet.org", "[P1] [Recovered] eth0 of hal.globenet.org", "CRITICAL (eth0 of)" },
        { "hal: eth0 DOWN", "hal: eth0 UP", "CRITICAL (eth0)" },
        { "disk on hal is down", "disk on hal is back up", "CRITICAL (disk)" },
        { "ALARM: \"disk on hal\" in EU (Paris)", "OK: \"disk on hal\" in EU (Paris)", "CRITICAL (disk in EU Paris)" },
        { "🔴 hal : charge", "✅ hal : charge", "CRITICAL (charge)" },
        { "[ALERTE] hal : charge", "[RÉSOLU] hal : charge", "WARNING (charge)" },
        { "hal injoignable", "hal de nouveau joignable", "DOWN" },
        { "hal est injoignable", "hal est de nouveau joignable", "DOWN" },
        { "hal ne répond plus", "hal : rétabli", "DOWN" },
        { "PROBLEM: disk /home on hal", "RESOLVED: disk /home on hal", "CRITICAL (disk /home)" },
        { "[FIRING] hal: HostDown", "[RESOLVED] hal: HostDown", "CRITICAL (HostDown)" },
        { "[Prod] [DOWN] hal: port 443", "[Prod] [UP] hal: port 443", "CRITICAL (port 443)" },
        { "[ALERT] hal: no space left on device", "[OK] hal: no space left on device", "WARNING (no space left on device)" },
        { "[DOWN] https://hal.globenet.org/x", "[UP] https://hal.globenet.org/x", "CRITICAL (https://hal.globenet.org/x)" },
    };

    /// <summary>A trouble, and a good state that is not that of the same check, or no sure one.</summary>
    public static TheoryData<string, string> OtherEnds { get; } =
    [
        .. new (string Of, string Trouble, string End)[]
        {
            ("[DOWN] hal: {0}", "443", "80"), ("[DOWN] hal: {0}", "ping (10.0.0.1)", "ping (10.0.0.2)"), ("[DOWN] hal: {0}", "disk (1)", "disk (2)"),
            ("[DOWN] hal: {0}", "HTTP 8080", "HTTP 8443"), ("[DOWN] hal: {0}", "temp 1", "temp 2"), ("[DOWN] hal: {0}", "load 1", "load 15"),
            ("[DOWN] hal: {0}", "drive 0:1:3", "drive 0:1:4"), ("[DOWN] hal: {0}", "nic 00:1a:22:33:44:55", "nic 00:1a:22:33:44:66"),
            ("[DOWN] hal: {0}", "backup 10:00", "backup 22:00"), ("[DOWN] hal: {0}", "+12V rail", "+5V rail"), ("[DOWN] hal: {0}", "slot 1A", "slot 2A"),
            ("[DOWN] hal: {0}", "load 5 min", "load 15 min"), ("[DOWN] hal: {0}", "USB 1-2-1", "USB 1-2-2"), ("[DOWN] hal: {0}", "1 disk", "2 disk"),
            ("[DOWN] hal: {0}", "feed A", "feed"), ("[DOWN] hal: {0}", "feed A", "feed L"), ("[DOWN] hal: {0}", "disk /", "disk"), ("[DOWN] hal: {0}", "disk /Home", "disk /home"),
            ("[DOWN] hal: {0}", "de nouveau tape", "de tape"), ("[DOWN] hal: {0}", "disk 95%", "disk 40%"), ("[DOWN] hal: {0}", "disk 1", "disk 2"), ("[DOWN] hal: {0}", "disk", "load"),
            ("[DOWN] hal{0}", ":443", ":80"), ("[DOWN] https://hal.globenet.org/{0}", "a", "b"), ("[DOWN] hal: {0}", "PHP 8.1", "PHP 8.2"), ("[DOWN] hal{0}", ": 443", ""),
            ("[DOWN] hal{0}", ": disk", ""), ("[DOWN] {0}: disk", "hal", "sud"), ("[DOWN] {0}", "hal.globenet.org", "hal"), ("{0} is DOWN", "hal", "sud"),
        }.Select(one => (string.Format(null, one.Of, one.Trouble), string.Format(null, one.Of.Replace("DOWN", "UP", StringComparison.Ordinal), one.End))),
        ("hal is DOWN", "[OK] hal: disk"), ("hal is DOWN", "[UP] hal: 443"), ("hal is DOWN", "hal: 12 UP"), ("hal is DOWN", "hal: sensor up"), ("hal is DOWN", "[UP] hal: 10.0.0.1"),
        ("[CRITICAL] hal: queue", "hal cleared the queue"), ("hal is DOWN", "hal UP 12"), ("hal is DOWN", "hal is UP again"),
        .. new[]
        {
            "[RESOLVED] hal: disk still failing", "hal: disk has recovered, now CRITICAL again", "hal: disk has been cleared, is now DOWN", "[RESOLVED/CRITICAL] hal: disk",
            "[RESOLVED] hal: disk, 3 DOWN", "RESOLVED → hal: disk CRITICAL", "hal: disk RESOLVED CRITICAL", "[OK] hal: disk is gone", "[0 RESOLVED] hal: disk", "[OK: 0] hal: disk",
            "[UP 50%] hal: disk", "[RESOLVED: 0, FIRING: 1] hal: disk", "[PROBLEM] hal: disk not resolved", "[RESOLVED?] hal: disk", "[ACKNOWLEDGED] hal: disk OK", "[OK] hal: disk is CRITICAL",
            "[PROBLEM] hal: disk OK", "hal: disk was OK", "hal: disk OK -> CRITICAL", "hal: disk CRITICAL -> OK", "[RESOLVED] hal: disk partially", "[TEST] [RESOLVED] hal: disk",
            "Weekly report: hal disk OK", "Re: [UP] hal: disk", "Fwd: [UP] hal: disk", "[SPAM] [UP] hal: disk", "[UP] hal: disk, mais", "[UP] hal: only disk", "[RESOLVED] 3 hal: disk",
            "[RESOLVED] hal: disk KO", "[OK] sud hal: disk",
        }.Select(end => ("[DOWN] hal: disk", end)),
    ];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_state_of_a_machine_opens_an_incident_and_the_same_words_end_it(string trouble, string end, string what)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(trouble));
        await engine.TakeAsync(Mail(trouble));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Matches($"^\\[hal] {Regex.Escape(what)} : .*{Regex.Escape(trouble[^3..])} — #1", Assert.Single(await engine.RootAsync()));
        Assert.StartsWith($"[hal] {what.Split(' ')[0]} — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
        await engine.TakeAsync(Mail(end));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(await Open(engine));
        Assert.Contains("après", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherEnds))]
    [InlineData("[PROBLEM] hal: link up", "[RESOLVED] hal: link down")]
    public void What_is_no_sure_end_of_it_ends_nothing(string trouble, string other)
    {
        var alert = Classifier.Classify(Read(Mail(trouble)), Sample.Inventory, null, Trust);
        var end = Classifier.Classify(Read(Mail(other)), Sample.Inventory, null, Trust);
        Assert.Equal(ReportKind.Alert, alert.Kind);
        Assert.False(end.Kind == ReportKind.Recovery && end.Check == alert.Check);
    }

    [Fact]
    public async Task An_end_of_other_words_is_read_by_root_with_what_stays_open()
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[ALERT] hal: disk /home"), Mail("[OK] hal: disk /srv"));
        Assert.Contains("mail d'un programme inconnu (hal) : [OK] hal: disk /srv (#1 reste ouvert)", await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    [Theory]
    [InlineData("[RESOLVED] hal: disk still failing"), InlineData("[OK: 0] hal: disk"), InlineData("Re: [UP] hal: disk"), InlineData("[UP] hal: disk (3 ms)")]
    public async Task So_is_an_end_that_leaves_a_doubt(string end)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[DOWN] hal: disk"), Mail(end));
        Assert.Contains($"mail d'un programme inconnu (hal) : {end} (#1 reste ouvert)", await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    [Theory]
    [InlineData("[DOWN] sql: 3306", "CRITICAL"), InlineData("[DOWN] routeur: 10.0.0.9", "CRITICAL"), InlineData("webmail: check DOWN", "CRITICAL"), InlineData("[DOWN] hal: 192.168.1.1", "CRITICAL")]
    [InlineData("hal: sensor down", "CRITICAL"), InlineData("[DOWN] hal: /", "CRITICAL"), InlineData("[DOWN] https://hal.globenet.org/", "CRITICAL"), InlineData("[DOWN] hal", "DOWN")]
    public void A_machine_is_down_where_the_subject_says_nothing_else(string subject, string state) =>
        Assert.EndsWith(" " + state, Facts(Classifier.Classify(Read(Mail(subject)), Sample.Inventory, null, Trust)), StringComparison.Ordinal);

    [Fact]
    public void A_long_text_is_read_in_linear_time()
    {
        var text = string.Join('\n', Enumerable.Repeat(new string('\'', 100_000) + " ok " + new string('(', 10_000), 2));
        var report = Classifier.Classify(Read(Mail("[UP] hal: disk", text)), Sample.Inventory, null, Trust);
        Assert.Equal(ReportKind.Recovery, report.Kind);
    }

    [Fact]
    public async Task Another_sender_ends_nothing_and_neither_does_an_end_that_is_older()
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[DOWN] hal: disk"));
        await engine.TakeAsync(Mail("[UP] hal: disk", from: "autre@sud.globenet.org"), Mail("[UP] hal: disk", minutes: -30));
        Assert.Single(await Open(engine));
    }

    [Theory]
    [InlineData("[ALERT] hal", "disk /home full", "[RESOLVED] hal", "load is OK", false)]
    [InlineData("hal CRITICAL", "disk 97%", "hal OK", "load 0.4", false)]
    [InlineData("hal CRITICAL", "disk is CRITICAL 97%", "hal OK", "disk is OK 41%", false)]
    [InlineData("hal CRITICAL", "disk /home is CRITICAL", "hal OK", "disk /home is OK", true)]
    [InlineData("hal is DOWN", "port 443", "hal is UP", "port 80", false)]
    [InlineData("hal is DOWN", "port 443", "hal is UP", "port 443", true)]
    [InlineData("Monitor is DOWN: hal", "The monitor hal (https://hal.globenet.org/a) is currently DOWN", "Monitor is UP: hal", "The monitor hal (https://hal.globenet.org/b) is back UP", false)]
    [InlineData("Monitor is DOWN: hal", "The monitor hal (https://hal.globenet.org/a) is currently DOWN", "Monitor is UP: hal", "The monitor hal (https://hal.globenet.org/a) is back UP", true)]
    [InlineData("hal is DOWN", "Service: HTTP", "hal is UP", "Service: POP3", false)]
    [InlineData("hal: disk is DOWN", "x\nService: HTTP 8080", "hal: disk is UP", "x\nService: HTTP 8443", false)]
    [InlineData("hal: disk is DOWN", "x\nService: A", "hal: disk is UP", "x", false)]
    [InlineData("hal: disk is DOWN", "x\nService: HTTP", "hal: disk is UP", "y\nService: HTTP", true)]
    [InlineData("[DOWN] hal: disk", "x", "[UP] hal: disk", "disk / OK\ndisk /home CRITICAL", false)]
    [InlineData("[DOWN] hal: disk", "x", "[UP] hal: disk", "Status: not OK", false)]
    [InlineData("[DOWN] hal: disk", "x", "[UP] hal: disk", "ce n'est pas OK", false)]
    [InlineData("[DOWN] hal: disk", "x", "[UP] hal: disk", "hal disk is DOWN", false)]
    [InlineData("[DOWN] hal: disk", "x", "[UP] hal: disk", "Your alert is over, all is OK", true)]
    [InlineData("[DOWN] the shop", "https://hal.globenet.org/a", "[UP] the shop", "https://hal.globenet.org/b", false)]
    public async Task Where_the_subject_names_no_check_the_text_may(string trouble, string its, string end, string other, bool isEnd)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(trouble, its), Mail(end, other));
        Assert.Equal(isEnd ? 0 : 1, (await Open(engine)).Count);
    }

    [Fact]
    public async Task An_end_that_a_filter_holds_to_be_junk_ends_nothing()
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[DOWN] hal: disk"), Mail("[UP] hal: disk", fields: "X-Spam-Flag: YES\n"));
        Assert.Single(await Open(engine));
    }

    [Fact]
    public async Task The_inventory_makes_the_name_of_a_check_public()
    {
        await using var engine = await Start();
        engine.Settings.Replace(engine.Settings.Value.Settings with { Inventory = new Inventory([new Machine { Name = "hal", Services = ["POP3"] }]) });
        await engine.TakeAsync(Mail("[DOWN] hal: pop3"), Mail("[DOWN] hal: compte de Dupont"));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        var line = Assert.Single(await engine.PublicAsync());
        Assert.Contains("POP3 CRITICAL", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Dupont", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sql.globenet.org is DOWN", "alert sql DOWN"), InlineData("[webmail] RÉSOLU", "recovery webmail UP")]
    public void A_program_of_one_machine_may_write_of_another_where_the_mail_is_believed(string subject, string facts) =>
        Assert.Equal(facts, Facts(Classifier.Classify(Read(Mail(subject, from: "monitoring@hal.globenet.org")), Sample.Inventory)));

    [Theory]
    [InlineData("le sud est injoignable"), InlineData("hal and sql are DOWN"), InlineData("inconnue is DOWN"), InlineData("Re: [DOWN] hal: disk"), InlineData("[hal] ÉCHEC sauvegarde")]
    [InlineData("maintenance: hal is DOWN"), InlineData("hal was down for 5 minutes"), InlineData("hal shut down"), InlineData("alert mailbox of hal")]
    [InlineData("[ALERT]"), InlineData("hal"), InlineData("[DOWN] 192.0.2.1"), InlineData("[Closed] Alert: CPU on hal"), InlineData("[ALERT] hal: 0 CRITICAL")]
    [InlineData("hal : plus d'alerte CRITIQUE"), InlineData("[sud] hal is DOWN"), InlineData("sud: hal is DOWN"), InlineData("Nagios on sud: hal DOWN"), InlineData("[sql] backup of hal DOWN")]
    [InlineData("[web/hal] Alert triggered"), InlineData("[DOWN] hal: replication to sql"), InlineData("[ALERTE] vent fort, sud Bretagne"), InlineData("[ALERTE] orages sud est")]
    [InlineData("[ALERT] sql injection attempt blocked"), InlineData("[ALERT] slow sql query"), InlineData("[ALERT] web page changed"), InlineData("[CRITICAL] web certificate of example.com expires")]
    [InlineData("web shop is DOWN"), InlineData("hal disk: CRITICAL"), InlineData("[ALERT] slow sql: query")]
    public void What_names_no_machine_or_no_state_is_a_line(string subject)
    {
        var report = Classifier.Classify(Read(Mail(subject)), Sample.Inventory, null, Trust);
        Assert.Equal(("unknown", ReportKind.Unknown, null), (report.Source.Value, report.Kind, report.State));
    }

    [Theory]
    [InlineData("Resolved incident: hal is down"), InlineData("hal: disk OK, load CRITICAL"), InlineData("hal: disk OK -> CRITICAL"), InlineData("[ALERT] hal: disk has recovered")]
    public async Task What_may_be_an_end_opens_nothing(string subject)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(subject));
        Assert.Empty(await Open(engine));
        Assert.Contains(subject, Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[DOWN] web shop", "Host: hal\n"), InlineData("[sud] hal is DOWN", "Host: hal\n")]
    public void The_text_does_not_name_another_machine_than_the_subject(string subject, string text) =>
        Assert.StartsWith("unknown ", Facts(Classifier.Classify(Read(Mail(subject, text)), Sample.Inventory, null, Trust)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host: hal\nhttps://hal.globenet.org/\n", true), InlineData("see https://hal.globenet.org/status\n", true)]
    [InlineData("Host: hal\nhttps://sud.globenet.org/\n", false), InlineData("hal\n", false)]
    public void The_text_names_the_machine_where_the_subject_does_not(string text, bool isNamed) => Assert.Equal(
        isNamed ? "alert hal CRITICAL" : "unknown - -",
        Facts(Classifier.Classify(Read(Mail("[DOWN] the shop", text)), Sample.Inventory, null, Trust)));

    [Theory]
    [InlineData("List-Unsubscribe: <https://service.example/u>\n", true, "alert"), InlineData("List-Unsubscribe: <https://service.example/u>\n", false, "list")]
    [InlineData("X-Cron-Env: <SHELL=/bin/sh>\n", true, "cron"), InlineData("User-Agent: Mozilla Thunderbird\n", false, "human")]
    public void A_listed_monitor_may_offer_to_unsubscribe_and_a_person_is_no_program(string fields, bool isMonitor, string kind) => Assert.Equal(
        kind, Classifier.Classify(Read(Mail("[DOWN] hal: disk", fields: fields)), Sample.Inventory, null, isMonitor ? Trust : null).Kind.Word());

    [Fact]
    public async Task A_mail_that_may_not_act_is_the_line_it_was_and_no_incident()
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Inventory = Sample.Inventory });
        await engine.TakeAsync(engine.Mail(Mail("[DOWN] hal: disk", from: "noreply@ailleurs.example"), closed: false));
        Assert.Empty(await Open(engine));
        Assert.Contains("[DOWN] hal: disk", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Empty(await engine.PublicAsync());
    }

    private static Task<Engine> Start() => Engine.StartAsync(settings => settings with
    {
        Mail = settings.Mail with { Trust = settings.Mail.Trust with { Monitors = ["*@*"] } },
    });

    private static Task<IReadOnlyList<ChatBot.Core.Incidents.Incident>> Open(Engine engine) => engine.Incidents.OpenAsync(null, CancellationToken.None);

    private static string Facts(Report report) => $"{report.Kind.Word()} {(report.State is null ? "-" : report.Machine?.Value)} {report.State?.Word() ?? "-"}";

    private static ChatBot.Core.Mail.Mail Read(string mail) => Sample.Read(Encoding.UTF8.GetBytes(mail));

    private static string Mail(string subject, string text = "x", string from = Monitor, int minutes = 0, string fields = "") =>
        $"{fields}From: {from}\nTo: root@globenet.org\nSubject: {subject}\nMessage-ID: <{Interlocked.Increment(ref _number)}@sud.globenet.org>\nContent-Type: text/plain; charset=utf-8\n"
        + $"{(minutes == 0 ? "" : $"Date: {new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero).AddMinutes(minutes):r}\n")}\n{text}\n";
}
