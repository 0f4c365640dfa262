using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>A change is told beside the alert that follows it.</summary>
public class ChangeBeforeAlertTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_alert_says_what_was_changed_before_the_files_to_the_root_group_alone()
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf", "etc/postfix/master.cf"], ["postfix", "libsasl2"]);
        await AlertAsync(engine, TimeSpan.FromMinutes(12));
        Assert.Equal(
            "[hal] POP3 CRITICAL — #1 · !ack 1 <raison> · 12 minutes après une modification de /etc/postfix et des paquets libsasl2, postfix",
            Sorted((await engine.PublicAsync())[^1]));
        Assert.Equal(
            "[hal] POP3 CRITICAL : Connection refused — #1 · 12 minutes après une modification de /etc/postfix/main.cf, /etc/postfix/master.cf et des paquets libsasl2, postfix",
            Sorted((await engine.RootAsync())[^1]));
    }

    [Fact]
    public async Task Commands_find_it_too_and_none_where_there_was_none()
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"]);
        var desk = new ChangelogWriter(engine.Database, engine.Outbox, engine.Pump, engine.Settings);
        IChanges changes = desk;
        var now = engine.Time.GetUtcNow();
        Assert.Equal(now, (await changes.BeforeAsync("hal", now.AddMinutes(60), CancellationToken.None))?.At);
        Assert.Null(await changes.BeforeAsync("hal", now.AddMinutes(61), CancellationToken.None));
        Assert.Null(await changes.BeforeAsync("hal", now.AddMinutes(-1), CancellationToken.None));
        Assert.Null(await changes.BeforeAsync("sud", now.AddMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task A_group_says_it_once()
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"]);
        engine.Time.Advance(TimeSpan.FromMinutes(12));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"));
        await engine.PassAsync(Wait);
        Assert.EndsWith(" · 12 minutes après une modification de /etc/postfix", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, true), InlineData(61, false), InlineData(0, true)]
    public async Task An_hour_later_it_is_told_no_more(int minutes, bool isTold)
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"]);
        await AlertAsync(engine, TimeSpan.FromMinutes(minutes));
        Assert.Equal(isTold, (await engine.PublicAsync())[^1].Contains("après une modification", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_of_another_machine_nor_after_a_report_that_nothing_moved()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(
            Metche.Changed("sud.globenet.org", engine.Time.GetUtcNow(), ["etc/x"]), Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        await AlertAsync(engine, TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("après", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    private static string Sorted(string line) => line.Replace("postfix, libsasl2", "libsasl2, postfix", StringComparison.Ordinal);

    private static async Task<Engine> ChangedAsync(string[] files, string[]? packages = null)
    {
        var engine = await Engine.StartAsync();
        await engine.TakeAsync(Metche.Changed("hal.globenet.org", engine.Time.GetUtcNow(), files, packages));
        return engine;
    }

    private static async Task AlertAsync(Engine engine, TimeSpan later)
    {
        engine.Time.Advance(later);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
    }
}
