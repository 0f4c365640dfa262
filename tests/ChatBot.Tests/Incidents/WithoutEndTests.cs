using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>Disks, arrays and batteries, whose programs never report that it is over.</summary>
public class WithoutEndTests
{
    private const string Disk = "smartd WARNING";

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_disk_is_announced_once_then_silent_then_announced_again_and_a_person_closes_it(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        for (var hour = 0; hour < 3; hour++)
        {
            await HearAsync(engine);
            await engine.LiveAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal([$"[filer] {Disk} — #1"], await engine.PublicAsync());
        Assert.Contains(engine.In("(répété 2 fois, la dernière il y a 1 heure)", "(repeated 2 times, last 1 hour ago)"), await AskAsync(engine, "incidents"), StringComparison.Ordinal);

        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(24));
        Assert.Single(await engine.PublicAsync());
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        var silent = engine.In(
            $"[filer] {Disk} : plus de nouvelles depuis le 22/11 22:00, rien ne dit que c'est fini — #1",
            $"[filer] {Disk}: silent since 22 Nov 22:00, nothing says that it is over — #1");
        Assert.Equal(silent, (await engine.PublicAsync())[^1]);
        Assert.Equal(
            silent.Replace(Disk, Disk + " (/dev/sdb CurrentPendingSector)", StringComparison.Ordinal) + engine.In(" · !clos 1 <raison>", " · !close 1 <reason>"),
            (await engine.RootAsync())[^1]);
        foreach (var question in (string[])["status filer", "incidents", "incident 1"])
        {
            Assert.Contains(engine.In("(sans nouvelles depuis le 22/11 22:00)", "(silent since 22 Nov 22:00)"), await AskAsync(engine, question), StringComparison.Ordinal);
        }

        await engine.LiveAsync(TimeSpan.FromHours(50));
        Assert.Equal(2, (await engine.PublicAsync()).Count);

        await HearAsync(engine);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(engine.In($"[filer] {Disk} de nouveau — #1", $"[filer] {Disk} again — #1"), (await engine.PublicAsync())[^1]);

        Assert.Equal(engine.In("[filer] " + Disk + " clos par lunar « disque changé » après 3 jours et 6 heures — #1", "[filer] " + Disk + " closed by lunar “disque changé” after 3 days and 6 hours — #1"), await AskAsync(engine, "close 1 disque changé"));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        await engine.KillAsync();
        Assert.Contains(engine.In($"[filer] {Disk}, clos après 3 jours et 6 heures — #1", $"[filer] {Disk}, closed after 3 days and 6 hours — #1"), await AskAsync(engine, "ack 1 je regarde"), StringComparison.Ordinal);
        var story = await AskAsync(engine, "incident 1");
        Assert.Contains(engine.In("— clos à l'instant", "— closed just now"), story, StringComparison.Ordinal);
        Assert.Contains(engine.In("sans nouvelles, pas fini pour autant", "silent, not over"), story, StringComparison.Ordinal);
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("OK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_during_which_the_mailbox_was_not_read_is_no_silence()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine);
        await engine.LiveAsync(TimeSpan.FromHours(1));
        engine.IsListening = false;
        await engine.LiveAsync(TimeSpan.FromHours(26));
        engine.IsListening = true;
        engine.Jump(TimeSpan.FromDays(90));
        engine.Time.Advance(TimeSpan.FromDays(9));
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(20));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("plus de nouvelles", StringComparison.Ordinal));
        await engine.LiveAsync(TimeSpan.FromHours(5));
        Assert.Contains("plus de nouvelles", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Kinds => new()
    {
        { Program("root@filer.globenet.org", "DegradedArray event on /dev/md0:filer", Array), "[filer] /dev/md0 CRITICAL (DegradedArray)", "— #1" },
        { Program("root@filer.globenet.org", "Fail event on /dev/md0:filer", Array + "It could be related to component device /dev/sdc1.\n"), "[filer] /dev/md0 CRITICAL (Fail)", "/dev/sdc1" },
        { Program("root@filer.globenet.org", "ZFS device fault for pool tank on filer", "state: FAULTED\nvpath: /dev/sdc\n"), "[filer] zpool tank CRITICAL (FAULTED)", "/dev/sdc" },
        { Program("root@filer.globenet.org", "filer UPS onduleur battery needs changing NOW.", ""), "[filer] UPS onduleur WARNING (battery)", "changing" },
        { Program("nut@filer.globenet.org", "UPS onduleur@localhost battery needs to be replaced", ""), "[filer] UPS onduleur WARNING (battery needs to be replaced)", "replaced" },
        { Program("nut@filer.globenet.org", "UPS onduleur@localhost: forced shutdown in progress", ""), "[filer] UPS onduleur CRITICAL (forced shutdown in progress)", "shutdown" },
        { Smartd.Mail(Engine0), "[filer] " + Disk, "secteurs en attente : 8" },
        { Smartd.Mail(Engine0, "Health", "Device: /dev/disk/by-id/ata-WDC_WD40-68WT0N0_WD-WCC4E1234567 [SAT], FAILED SMART self-check. BACK UP DATA NOW!"), "[filer] smartd CRITICAL", "BACK UP" },
    };

    private static DateTimeOffset Engine0 => new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private const string Array = "This is an automatically generated mail message from mdadm\nA DegradedArray event had been detected on md device /dev/md0.\n";

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_never_ends_is_an_incident_whose_repeat_is_not_announced(string mail, string open, string forRoot)
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await engine.TakeAsync(mail + $"\n{i}\n");
            await engine.PassAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([open + " — #1"], await engine.PublicAsync());
        Assert.Contains(forRoot, Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await engine.Incidents.OpenAsync(null, default)).Repeats!.Count);
    }

    [Fact]
    public async Task Two_disks_behind_one_controller_and_two_faults_of_one_disk_are_four_incidents()
    {
        await using var engine = await Engine.StartAsync();
        foreach (var disk in (string[])["megaraid_disk_04", "megaraid_disk_05"])
        {
            foreach (var type in (string[])["Health", "SelfTest"])
            {
                await engine.TakeAsync(Smartd.Mail(Engine0, type, $"Device: /dev/bus/0 [{disk}] [SAT], {type} of {disk}"));
            }
        }

        Assert.Equal(4, (await engine.Incidents.OpenAsync(null, default)).Count);
    }

    [Fact]
    public async Task A_spare_that_took_over_ends_nothing_and_is_said()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Program("root@filer.globenet.org", "Fail event on /dev/md0:filer", Array));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        await engine.TakeAsync(Program("root@filer.globenet.org", "SpareActive event on /dev/md0:filer", Array));
        Assert.Equal("[filer] mdadm /dev/md0 : SpareActive", (await engine.RootAsync())[^1]);
        Assert.Single(await engine.PublicAsync());
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    [Fact]
    public async Task One_that_names_no_machine_is_of_its_program()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Program("nut@ailleurs.example", "UPS onduleur battery needs to be replaced", ""));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(["[nut] UPS onduleur WARNING (battery needs to be replaced) — #1"], await engine.PublicAsync());
    }

    private static string Program(string from, string subject, string text) =>
        $"From: {from}\nTo: root@globenet.org\nSubject: {subject}\nDate: Sun, 22 Nov 2026 20:00:00 +0000\n\n{text}";

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_its_program_ends_is_closed_only_by_a_call_that_insists(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Alertmanager.Mail("[FIRING:1] DiskFull", Alertmanager.Firing("DiskFull", "filer:9100", "critical")));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(
            engine.In(
                "#1 : alertmanager dira quand c'est fini ; s'il ne le surveille plus : !close! 1 <raison>",
                "#1: alertmanager says when it is over; where it no longer watches it: !close! 1 <reason>"),
            await AskAsync(engine, "close 1 fini"));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        Assert.Contains(engine.In("clos par lunar « fini »", "closed by lunar “fini”"), await AskAsync(engine, "close! 1 fini"), StringComparison.Ordinal);
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    private static Task HearAsync(Engine engine) => engine.TakeAsync(Smartd.Mail(engine.Time.GetUtcNow()));

    private static async Task<string> AskAsync(Engine engine, string question)
    {
        engine.Settings.Replace(engine.Settings.Value.Settings with { People = SampleGroup.Settings(engine.Settings.Value.Settings).People });
        await using var group = SampleGroup.On(engine);
        return string.Join('\n', await group.InChannel("!" + question, SampleGroup.Lunar, Audience.Public));
    }
}
