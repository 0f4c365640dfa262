using ChatBot.Core.Delivery;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;
using static ChatBot.Tests.Mail.Alertmanager;

namespace ChatBot.Tests.Incidents;

/// <summary>Two troubles that the public does not tell apart: the end of one is no all-clear of the other.</summary>
public class LookalikeTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_end_of_one_names_the_other_that_goes_on(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Two());
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] Quota", Resolved("Quota", "filer:9100", "warning", "customer=Béatrice")));
        Assert.Equal(engine.In("[filer] Quota OK après 6 secondes — #2 (#1 reste ouvert)", "[filer] Quota OK after 6 seconds — #2 (#1 is still open)"), (await engine.PublicAsync())[^1]);
        Assert.Equal(engine.In("[filer] Quota OK (Béatrice) après 6 secondes — #2", "[filer] Quota OK (Béatrice) after 6 seconds — #2"), (await engine.RootAsync())[^1]);
        Assert.Contains(engine.In("(#1 reste ouvert)", "(#1 is still open)"), await AskAsync(engine, "incident 2"), StringComparison.Ordinal);

        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] Quota", Resolved("Quota", "filer:9100", "warning", "customer=Zoé")));
        Assert.Equal(engine.In("[filer] Quota OK après 12 secondes — #1", "[filer] Quota OK after 12 seconds — #1"), (await engine.PublicAsync())[^1]);
    }

    [Fact]
    public async Task The_ends_of_two_name_the_third()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Alertmanager.Mail(
            "[FIRING:3] Quota",
            Firing("Quota", "filer:9100", "warning", "customer=Zoé"), Firing("Quota", "filer:9100", "warning", "customer=Béatrice"), Firing("Quota", "filer:9100", "warning", "customer=Éloi")));
        await HearAsync(engine, Alertmanager.Mail(
            "[RESOLVED] Quota", Resolved("Quota", "filer:9100", "warning", "customer=Zoé"), Resolved("Quota", "filer:9100", "warning", "customer=Béatrice")));
        Assert.Equal("[filer] Quota OK — #1, #2 (#3 reste ouvert)", (await engine.PublicAsync())[^1]);
        Assert.Equal("[filer] Quota OK (Zoé, Béatrice) — #1, #2", (await engine.RootAsync())[^1]);
    }

    [Fact]
    public async Task Whoever_acknowledges_or_closes_one_disk_reads_that_the_other_is_left()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Smartd.Mail(engine.Time.GetUtcNow(), message: "Device: /dev/sda [SAT], 8 Currently unreadable (pending) sectors"));
        await HearAsync(engine, Smartd.Mail(engine.Time.GetUtcNow()));
        Assert.EndsWith("— #2 (personne n'a pris #1)", await AskAsync(engine, "ack 2 je regarde"), StringComparison.Ordinal);
        Assert.DoesNotContain("personne", await AskAsync(engine, "ack 2 je regarde", inPrivate: true), StringComparison.Ordinal);
        Assert.EndsWith("— #2 (personne n'a pris #1)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("personne", (await engine.RootAsync())[^1], StringComparison.Ordinal);
        Assert.Contains("smartd WARNING (/dev/sdb CurrentPendingSector) pris par lunar", (await engine.RootAsync())[^1], StringComparison.Ordinal);

        Assert.DoesNotContain("reste", await AskAsync(engine, "close 2 disque changé", inPrivate: true), StringComparison.Ordinal);
        Assert.EndsWith("— #2 (#1 reste ouvert)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("reste", (await engine.RootAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith("— #2 (#1 reste ouvert)", await AskAsync(engine, "close 2 disque changé"), StringComparison.Ordinal);
        Assert.Contains("(#1 reste ouvert)", await AskAsync(engine, "since 1h"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_at_once_leave_nothing()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Two());
        Assert.DoesNotContain("(personne", await AskAsync(engine, "ack! filer je regarde"), StringComparison.Ordinal);
        Assert.DoesNotContain("reste", await AskAsync(engine, "close! filer réglé"), StringComparison.Ordinal);
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("reste", StringComparison.Ordinal) || line.Contains("personne", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_and_machines_whose_names_are_not_public_look_alike_too()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios("PROBLEM", "filer", "compta@example.org", "CRITICAL"));
        await HearAsync(engine, Nagios("PROBLEM", "filer", "paie@example.org", "CRITICAL"));
        await HearAsync(engine, Nagios("RECOVERY", "filer", "paie@example.org", "OK"));
        Assert.EndsWith("[filer] un service OK après 6 secondes — #2 (#1 reste ouvert)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith("— #2", (await engine.RootAsync())[^1], StringComparison.Ordinal);

        await HearAsync(engine, Nagios("PROBLEM", "marie@a.example", "HTTP", "CRITICAL"));
        await HearAsync(engine, Nagios("PROBLEM", "marie@b.example", "HTTP", "CRITICAL"));
        await HearAsync(engine, Nagios("RECOVERY", "marie@b.example", "HTTP", "OK"));
        Assert.EndsWith("] HTTP OK après 6 secondes — #4 (#3 reste ouvert)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith("— #4", (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_service_of_two_programs_looks_alike_to_everybody()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios("PROBLEM", "filer", "DiskFull", "CRITICAL"));
        await HearAsync(engine, Alertmanager.Mail("[FIRING:1] DiskFull", Firing("DiskFull", "filer:9100", "critical")));
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] DiskFull", Resolved("DiskFull", "filer:9100", "critical")));
        Assert.EndsWith("#2 (#1 reste ouvert)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith("#2 (#1 reste ouvert)", (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_that_recover_together_name_what_is_still_open_there()
    {
        await using var engine = await Engine.StartAsync();
        string[] machines = ["filer", "hal", "sud", "sql", "web"];
        await HearAsync(engine, [.. machines.Select(machine => Nagios("PROBLEM", machine, "SSH", "CRITICAL")), Nagios("PROBLEM", "filer", "HTTP", "CRITICAL")]);
        await HearAsync(engine, [.. machines.Select(machine => Nagios("RECOVERY", machine, "SSH", "OK"))]);
        Assert.StartsWith("5 machines rétablies : filer, hal", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith(" (#6 reste ouvert)", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith(" (#6 reste ouvert)", (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_digest_of_ends_names_what_goes_on(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Two());
        await DropLinesAsync(engine);
        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] Quota", Resolved("Quota", "filer:9100", "warning", "customer=Béatrice")));
        await HearAsync(engine, Nagios("PROBLEM", "filer", "HTTP", "CRITICAL"));
        Assert.Contains(engine.In("· Quota OK après 6 secondes #2 (#1 reste ouvert) ·", "· Quota OK after 6 seconds #2 (#1 is still open) ·"), await DigestAsync(engine), StringComparison.Ordinal);

        await HearAsync(engine, Alertmanager.Mail("[RESOLVED] Quota", Resolved("Quota", "filer:9100", "warning", "customer=Zoé")));
        Assert.DoesNotContain(engine.In("reste", "still"), await DigestAsync(engine), StringComparison.Ordinal);
    }

    private static Task<long> DropLinesAsync(Engine engine) => engine.Database.WriteAsync(
        transaction => Sql.RunAsync(transaction.Connection, "UPDATE outbox SET done_at = 1 RETURNING 1", transaction.Transaction), CancellationToken.None);

    private static async Task<string> DigestAsync(Engine engine)
    {
        var rows = await engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, Engine.PublicChannel, int.MaxValue), CancellationToken.None);
        var lines = rows.Select(row => new WaitingLine(row.Id, Line.FromStore(row.Payload, Audience.Public), engine.Time.GetUtcNow(), row.About)).ToList();
        var parts = new Digest(engine.Settings.Value.Phrases, "!", Audience.Public, 400).Of(lines, engine.Time.GetUtcNow());
        return string.Join('|', parts.SelectMany(part => part.Lines));
    }

    private static string Two() => Alertmanager.Mail(
        "[FIRING:2] Quota", Firing("Quota", "filer:9100", "warning", "customer=Zoé"), Firing("Quota", "filer:9100", "warning", "customer=Béatrice"));

    private static string Nagios(string type, string host, string service, string state) =>
        $"From: nagios@sud.globenet.org\nTo: root@globenet.org\nSubject: ** {type} Service Alert: {host}/{service} is {state} **\n\n"
        + $"***** Nagios *****\n\nNotification Type: {type}\n\nService: {service}\nHost: {host}\nState: {state}\n\nAdditional Info:\n\nx\n";

    private static async Task HearAsync(Engine engine, params string[] mails)
    {
        await engine.TakeAsync(mails);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    private static async Task<string> AskAsync(Engine engine, string text, bool inPrivate = false)
    {
        engine.Settings.Replace(engine.Settings.Value.Settings with { People = SampleGroup.Settings(engine.Settings.Value.Settings).People });
        await using var group = SampleGroup.On(engine);
        return string.Join(" | ", inPrivate ? await group.InPrivate(text, SampleGroup.Lunar) : await group.InChannel($"!{text}", SampleGroup.Lunar));
    }
}
