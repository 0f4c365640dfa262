using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What root reads of several alerts of one machine: the words of each check once.</summary>
public class GroupOutputTests
{
    [Fact]
    public async Task Parts_of_several_programs_stand_together()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Smartd.Mail(engine.Time.GetUtcNow()), Mdadm("Fail", "/dev/md1", "/dev/sdb1"), Mdadm("DegradedArray", "/dev/md2", null));
        Assert.Equal(
            ["[filer] 3 alertes : /dev/md1 CRITICAL (Fail : /dev/sdb1) #2, /dev/md2 CRITICAL (DegradedArray) #3, smartd WARNING (/dev/sdb CurrentPendingSector : secteurs en attente : 8) #1 · !prends! filer <raison>"],
            await engine.RootAsync());
        Assert.Equal(["[filer] 3 alertes : /dev/md1 CRITICAL (Fail) #2, /dev/md2 CRITICAL (DegradedArray) #3, smartd WARNING #1 · !incidents filer"], await engine.PublicAsync());
    }

    [Fact]
    public async Task One_part_alone_says_its_name_once()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Mdadm("Fail", "/dev/md1", "/dev/sdb1"));
        await HearAsync(engine, Mdadm("DegradedArray", "/dev/md2", null));
        await HearAsync(engine, Smartd.Mail(engine.Time.GetUtcNow(), "Health", "Device: /dev/sde [SAT], FAILED SMART self-check. BACK UP DATA NOW!"));
        await HearAsync(engine, Munin("CRITICALs: /srv is 99.00 (outside range [:98])."));
        Assert.Equal(
            [
                "[filer] /dev/md1 CRITICAL (Fail) : /dev/sdb1 — #1 · !prends 1 <raison>",
                "[filer] /dev/md2 CRITICAL (DegradedArray) — #2 · !prends 2 <raison>",
                "[filer] smartd CRITICAL (/dev/sde Health) : FAILED SMART self-check. BACK UP DATA NOW! — #3 · !prends 3 <raison>",
                "[filer] Disk usage in percent CRITICAL (/srv) : 99.00 (outside range [:98]) — #4 · !prends 4 <raison>",
            ],
            await engine.RootAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Root_reads_the_values_of_a_group(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Munin("CRITICALs: /var is 99.00 (outside range [:98]).\n\tWARNINGs: /home is 93.00 (outside range [:92])."));
        Assert.StartsWith(
            engine.In(
                "[filer] Disk usage in percent CRITICAL (/var : 99.00 (outside range [:98]) ; /home WARNING : 93.00 (outside range [:92])) — #1, #2 ·",
                "[filer] Disk usage in percent CRITICAL (/var: 99.00 (outside range [:98]); /home WARNING: 93.00 (outside range [:92])) — #1, #2 ·"),
            Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Equal(engine.In("[filer] Disk usage in percent CRITICAL (/var, /home WARNING) — #1, #2 · !incidents filer", "[filer] Disk usage in percent CRITICAL (/var, /home WARNING) — #1, #2 · !incidents filer"), Assert.Single(await engine.PublicAsync()));
    }

    [Fact]
    public async Task What_has_no_name_for_the_public_is_told_by_its_number_where_its_state_is_another()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Smartd.Mail(engine.Time.GetUtcNow()), Smartd.Mail(engine.Time.GetUtcNow(), "Health", "Device: /dev/sdd [SAT], FAILED SMART self-check. BACK UP DATA NOW!"));
        Assert.Equal(["[filer] smartd CRITICAL (#1 WARNING) — #2, #1 · !incidents filer"], await engine.PublicAsync());
        Assert.StartsWith(
            "[filer] smartd CRITICAL (/dev/sdd Health : FAILED SMART self-check. BACK UP DATA NOW! ; /dev/sdb CurrentPendingSector WARNING : secteurs en attente : 8) — #2, #1 ·",
            Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    private static string Mdadm(string type, string array, string? part) =>
        $"From: root@filer.globenet.org\nMessage-Id: <{type}{array}@x>\nSubject: {type} event on {array}:filer\n\nA {type} event had been detected on md device {array}.\n"
        + (part is null ? "" : $"\nIt could be related to component device {part}.\n");

    private static string Munin(string fields) =>
        $"From: munin@filer.globenet.org\nMessage-Id: <{fields.Length}@x>\nSubject: munin\n\nglobenet :: filer :: Disk usage in percent\n\t{fields}\n";

    private static async Task HearAsync(Engine engine, params string[] mails)
    {
        await engine.TakeAsync(mails);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
    }
}
