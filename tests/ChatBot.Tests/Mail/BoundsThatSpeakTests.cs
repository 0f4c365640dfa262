using System.Globalization;
using System.Text;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Monitoring;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Nothing above a bound is dropped without a word.</summary>
public sealed class BoundsThatSpeakTests
{
    [Fact]
    public void All_files_packages_and_changelog_lines_of_a_large_change_count()
    {
        var files = Enumerable.Range(1, 1100).Select(i => $"etc/x/{i}").ToArray();
        var packages = Enumerable.Range(1, 1100).Select(i => $"lib{i}").ToArray();
        var mail = Metche.Changed("hal", new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero), files, packages);
        var change = Classified(mail).Change!;
        Assert.Equal((1100, 1100), (change.Files.Count, change.Packages.Count));
    }

    [Fact]
    public void All_packages_of_a_large_upgrade_count()
    {
        var names = Enumerable.Range(1, 1200).Select(i => $"lib{i}");
        var report = Classified(
            "From: root@hal.globenet.org\nSubject: unattended-upgrades result for hal: SUCCESS\nDate: Sun, 22 Nov 2026 20:00:00 +0000\n\n"
            + $"Packages that were upgraded:\n {string.Join("\n ", names)}\n\nlog\n");
        Assert.Equal(1200, report.Change!.Packages.Count);
    }

    [Theory]
    [InlineData(300, "")]
    [InlineData(5000, "… (+4640)")]
    [InlineData(5_000_000, "… (+ ≥ 261657)")]
    public void Of_a_long_output_the_count_of_what_is_left_out_is_said(int length, string end)
    {
        var detail = Classified(Nagios.Problem("hal", "POP3", output: new string('x', length))).Detail!.Value.Value;
        Assert.EndsWith("x" + end, detail, StringComparison.Ordinal);
        Assert.Equal(Math.Min(length, 360) + end.Length, detail.Length);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task However_little_of_an_output_a_line_holds_the_rest_is_counted(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        var group = SampleGroup.On(engine);
        await engine.TakeAsync([.. ((string[])["POP3", "IMAP", "SMTP"]).Select(check => engine.Mail(Nagios.Problem("hal", check, output: new string('x', 500))))]);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        string[] lines =
        [
            .. await engine.RootAsync(), .. await group.InPrivate("status hal"), .. (await group.InPrivate("incidents")).SkipLast(1), .. (await group.InPrivate("incident 1"))[1..2],
        ];
        Assert.Equal(6, lines.Length);
        Assert.Equal([3, 3, 1, 1, 1, 1], lines.Select(Counted));

        static int Counted(string line)
        {
            var parts = line.Split("… (+");
            foreach (var (before, behind) in parts.Zip(parts.Skip(1)))
            {
                Assert.Equal(500, before.Length - before.TrimEnd('x').Length + int.Parse(behind.Split(')')[0], CultureInfo.InvariantCulture));
            }

            return parts.Length - 1;
        }
    }

    [Fact]
    public async Task Of_an_output_that_is_long_in_public_the_rest_is_counted()
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Speech = settings.Speech with { PublicOutput = true } });
        await engine.TakeAsync(Nagios.Problem("hal", "POP3", output: string.Concat(Enumerable.Repeat("timeout ", 44)).Trim()));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.EndsWith("timeout… (+160) — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French, "mail trop long : lu en partie, au moins 655 Ko non lus"), InlineData(Locale.English, "the mail is too long: read in part, at least 655 KB not")]
    public void A_count_of_a_mail_that_is_read_in_part_says_so(Locale locale, string words)
    {
        var phrases = new Phrasebook(locale, TimeZoneInfo.Utc);
        var lines = new ReportLines(phrases, new IncidentLines(phrases, "!", publicOutput: false), People.Empty);
        var files = Enumerable.Range(1, 9000).Select(i => $"etc/x/{i}").ToArray();
        var mail = Metche.Changed("hal", new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero), files);
        var line = lines.Of(Classified(mail), null, DateTimeOffset.UnixEpoch);
        Assert.EndsWith(words, line.For(Audience.Public), StringComparison.Ordinal);
        Assert.EndsWith(words, line.For(Audience.Root), StringComparison.Ordinal);
        Assert.DoesNotContain(words, lines.Of(Classified(Metche.Changed("hal", DateTimeOffset.UnixEpoch, ["etc/x"])), null, DateTimeOffset.UnixEpoch).For(Audience.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_object_of_an_Icinga_counts()
    {
        var hosts = string.Join(',', Enumerable.Range(1, 100_001).Select(i => $$"""{"name":"h{{i}}","attrs":{"state":0,"last_check":1} }"""));
        ReadOnlyMemory<byte> none = "{\"results\":[]}"u8.ToArray();
        var state = IcingaState.Parse([Encoding.UTF8.GetBytes($"{{\"results\":[{hosts}]}}"), none, none, none, none], DateTimeOffset.UnixEpoch)!;
        Assert.Equal(100_001, state.Checks.Count);
    }

    [Fact]
    public async Task What_a_machine_changed_is_found_however_much_others_changed_since()
    {
        await using var engine = await Engine.StartAsync();
        var at = engine.Time.GetUtcNow();
        await engine.TakeAsync(Metche.Changed("hal", at.AddMinutes(-20), ["etc/postfix/main.cf"]));
        await engine.TakeAsync([.. Enumerable.Range(1, 600).Select(i => engine.Mail(Metche.Changed("sud", at.AddMinutes(-10), [$"etc/{i}"])))]);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains("après une modification", Assert.Single(await engine.PublicAsync(), line => line.Contains("POP3", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static Report Classified(string mail) => Classifier.Classify(Sample.Read(Encoding.UTF8.GetBytes(mail)), Sample.Inventory);
}
