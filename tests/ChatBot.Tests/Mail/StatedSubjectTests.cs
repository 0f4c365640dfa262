using System.Text;
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
        { "[ALERT] hal: disk", "[OK] hal: disk", "WARNING (disk)" },
        { "Monitor is DOWN: hal", "Monitor is UP: hal", "DOWN" },
        { "hal is DOWN", "hal is UP", "DOWN" },
        { "hal.globenet.org is down", "hal.globenet.org is back up", "DOWN" },
        { "hal is down for 5 minutes", "hal has recovered after 12 minutes", "DOWN" },
        { "[PRTG] hal Ping (Ping) Down", "[PRTG] hal Ping (Ping) Up", "CRITICAL (Ping Ping)" },
        { "hal HTTP Down", "hal HTTP Down ended (now: Up)", "CRITICAL (HTTP)" },
        { "[web/hal] Alert triggered", "[web/hal] Alert resolved", "" },
        { "[core/hal disk] Alert triggered", "[core/hal disk] Alert resolved", "CRITICAL (core disk)" },
        { "DOWN | hal sauvegarde", "UP | hal sauvegarde", "CRITICAL (sauvegarde)" },
        { "Notre Sensu - hal/check-disk: failing", "Notre Sensu - hal/check-disk: passing", "CRITICAL (Notre Sensu check-disk)" },
        { "[Triggered on {host:hal}] CPU high", "[Recovered on {host:hal}] CPU high", "CRITICAL (CPU high)" },
        { "[Monitor Alert] Triggered: disk on hal", "[Monitor Alert] Recovered: disk on hal", "CRITICAL (disk)" },
        { "ALARM: \"disk hal\" in EU (Paris)", "OK: \"disk hal\" in EU (Paris)", "CRITICAL (disk in EU Paris)" },
        { "🔴 hal : charge", "✅ hal : charge", "CRITICAL (charge)" },
        { "[ALERTE] hal : charge 12,4", "[RÉSOLU] hal : charge 0,3", "WARNING (charge)" },
        { "hal est injoignable", "hal est de nouveau joignable", "DOWN" },
        { "hal ne répond plus", "hal : rétabli", "DOWN" },
        { "PROBLEM: disk /home 97 % on hal", "RESOLVED: disk /home 40 % on hal", "CRITICAL (disk /home)" },
        { "[CRITICAL] hal: disk is critical (97%) at 12:30", "[RESOLVED] hal: disk is critical (41%) at 13:05:10", "CRITICAL (disk at)" },
        { "Status of hal disk changed from OK to CRITICAL", "Status of hal disk changed from CRITICAL to OK", "CRITICAL (Status of disk changed from to)" },
        { "hal disk: OK -> CRITICAL", "hal disk: CRITICAL -> OK", "CRITICAL (disk)" },
        { "FIRING: hal: HostDown", "[RESOLVED] hal: HostDown", "CRITICAL (HostDown)" },
        { "[Prod] [DOWN] hal: port 443", "[Prod] [UP] hal: port 443", "CRITICAL (port 443)" },
        { "[ALERT] hal: no space left on device", "[OK] hal: no space left on device", "WARNING (no space left on device)" },
        { "[DOWN] https://hal.globenet.org/x (HTTP 500)", "[UP] https://hal.globenet.org/x (HTTP 200)", "CRITICAL (https://hal.globenet.org/x HTTP)" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_state_of_a_machine_opens_an_incident_and_the_same_words_end_it(string trouble, string end, string what)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(trouble));
        if (what.Length == 0)
        {
            Assert.Empty(await Open(engine));
            return;
        }

        await engine.TakeAsync(Mail(trouble));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.StartsWith($"[hal] {what} : {trouble} — #1", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.StartsWith($"[hal] {what.Split(' ')[0]} — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
        await engine.TakeAsync(Mail(end));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(await Open(engine));
        Assert.Contains("après", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ALERT] hal: disk 1", "[OK] hal: disk 2")]
    [InlineData("[ALERT] hal: disk /home", "[OK] hal: disk /srv")]
    [InlineData("[ALERT] hal: disk", "[OK] hal: load")]
    [InlineData("[ALERT] hal: disk", "[OK] hal")]
    [InlineData("hal is DOWN", "[OK] hal: disk")]
    [InlineData("[DOWN] hal:443", "[UP] hal:80")]
    [InlineData("[DOWN] https://hal.globenet.org/a", "[UP] https://hal.globenet.org/b")]
    [InlineData("[DOWN] hal: replication to sql", "[UP] hal: replication from sql")]
    [InlineData("[DOWN] hal: PHP 8.1", "[UP] hal: PHP 8.2")]
    [InlineData("[DOWN] hal: disk", "[UP] sud: disk")]
    [InlineData("[PROBLEM] hal: disk", "[PROBLEM] hal: disk not resolved")]
    [InlineData("[PROBLEM] hal: disk", "[RESOLVED?] hal: disk")]
    [InlineData("[PROBLEM] hal: disk", "[ACKNOWLEDGED] hal: disk OK")]
    [InlineData("[PROBLEM] hal: disk", "[OK] hal: disk is CRITICAL")]
    [InlineData("[PROBLEM] hal: disk", "[PROBLEM] hal: disk OK")]
    [InlineData("[PROBLEM] hal: disk", "hal: disk was OK")]
    [InlineData("[PROBLEM] hal: disk", "hal: disk OK -> CRITICAL")]
    [InlineData("[PROBLEM] hal: disk", "[RESOLVED] hal: disk partially")]
    [InlineData("[PROBLEM] hal: disk", "[TEST] [RESOLVED] hal: disk")]
    [InlineData("[PROBLEM] hal: disk", "Weekly report: hal disk OK")]
    [InlineData("[PROBLEM] hal: link up", "[RESOLVED] hal: link down")]
    public async Task What_is_no_sure_end_of_it_ends_nothing(string trouble, string other)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(trouble));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Single(await Open(engine));
        await engine.TakeAsync(Mail(other));
        await engine.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Contains(await Open(engine), one => one.Number == 1);
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("après", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_of_other_words_is_read_by_root_with_what_stays_open()
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[ALERT] hal: disk /home"), Mail("[OK] hal: disk /srv"));
        Assert.Contains("mail d'un programme inconnu (hal) : [OK] hal: disk /srv (#1 reste ouvert)", await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
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
    [InlineData("hal CRITICAL", "disk is CRITICAL 97%", "hal OK", "disk is OK 41%", true)]
    [InlineData("hal is DOWN", "ping: timeout", "hal is UP", "ping: 3 ms", true)]
    [InlineData("hal is DOWN", "ping: timeout", "hal has recovered", "ping: 3 ms", true)]
    [InlineData("hal is DOWN", "ping: timeout", "[RESOLVED] hal", "disk /home", false)]
    [InlineData("hal is DOWN", "Service: HTTP", "hal is UP", "Service: POP3", false)]
    [InlineData("hal is DOWN", "Service: HTTP\nx", "hal is UP", "y\nService: HTTP", true)]
    public async Task Where_the_subject_names_no_check_the_text_may(string trouble, string its, string end, string other, bool isEnd)
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail(trouble, its), Mail(end, other));
        Assert.Equal(isEnd ? 0 : 1, (await Open(engine)).Count);
    }

    [Fact]
    public async Task An_end_whose_text_begins_with_trouble_ends_nothing()
    {
        await using var engine = await Start();
        await engine.TakeAsync(Mail("[DOWN] hal: disk"), Mail("[UP] hal: disk", "hal disk is DOWN"));
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
    [InlineData("sql.globenet.org is DOWN", "alert sql DOWN"), InlineData("[webmail] RÉSOLU : panne", "recovery webmail UP")]
    public void A_program_of_one_machine_may_write_of_another_where_the_mail_is_believed(string subject, string facts) =>
        Assert.Equal(facts, Facts(Classifier.Classify(Read(Mail(subject, from: "monitoring@hal.globenet.org")), Sample.Inventory)));

    [Theory]
    [InlineData("le sud est injoignable"), InlineData("hal and sql are DOWN"), InlineData("inconnue is DOWN"), InlineData("Re: [DOWN] hal: disk"), InlineData("[hal] ÉCHEC sauvegarde")]
    [InlineData("hal: disk OK, load CRITICAL"), InlineData("maintenance: hal is DOWN"), InlineData("hal was down for 5 minutes"), InlineData("hal shut down"), InlineData("alert mailbox of hal")]
    [InlineData("[ALERT]"), InlineData("hal"), InlineData("[DOWN] 192.0.2.1")]
    public void What_names_no_machine_or_no_state_is_a_line(string subject)
    {
        var report = Classifier.Classify(Read(Mail(subject)), Sample.Inventory, null, Trust);
        Assert.Equal(("unknown", ReportKind.Unknown, null), (report.Source.Value, report.Kind, report.State));
    }

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
