using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>A change is announced beside the alert that follows it.</summary>
public class ChangeBeforeAlertTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_alert_says_what_was_changed_before_the_files_to_the_root_group_alone(Locale locale)
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf", "etc/postfix/master.cf"], ["postfix", "libsasl2"], locale: locale);
        await AlertAsync(engine, TimeSpan.FromMinutes(12));
        Assert.Equal(
            engine.In(
                "[hal] POP3 CRITICAL — #1 · !prends 1 <raison> · 12 minutes après une modification de /etc/postfix et des paquets libsasl2, postfix",
                "[hal] POP3 CRITICAL — #1 · !ack 1 <reason> · 12 minutes after a change of /etc/postfix and of the packages libsasl2, postfix"),
            Sorted((await engine.PublicAsync())[^1]));
        Assert.Equal(
            engine.In(
                "[hal] POP3 CRITICAL : Connection refused — #1 · 12 minutes après une modification de /etc/postfix/main.cf, /etc/postfix/master.cf et des paquets libsasl2, postfix",
                "[hal] POP3 CRITICAL: Connection refused — #1 · 12 minutes after a change of /etc/postfix/main.cf, /etc/postfix/master.cf and of the packages libsasl2, postfix"),
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

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_group_says_it_once(Locale locale)
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"], locale: locale);
        engine.Time.Advance(TimeSpan.FromMinutes(12));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"));
        await engine.PassAsync(Wait);
        Assert.EndsWith(engine.In(
            " · 12 minutes après une modification de /etc/postfix",
            " · 12 minutes after a change of /etc/postfix"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Locale.French, 60, true), InlineData(Locale.French, 61, false), InlineData(Locale.French, 0, true)]
    [InlineData(Locale.English, 60, true), InlineData(Locale.English, 61, false), InlineData(Locale.English, 0, true)]
    public async Task An_hour_later_it_is_no_longer_said(Locale locale, int minutes, bool isSaid)
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"], locale: locale);
        await AlertAsync(engine, TimeSpan.FromMinutes(minutes));
        Assert.Equal(isSaid, (await engine.PublicAsync())[^1].Contains(engine.In(
            "après une modification",
            "after a change"), StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Nor_of_another_machine_nor_after_a_report_that_nothing_moved(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(
            Metche.Changed("sud.globenet.org", engine.Time.GetUtcNow(), ["etc/x"]), Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        await AlertAsync(engine, TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(engine.In("après", "after"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    private static string Sorted(string line) => line.Replace("postfix, libsasl2", "libsasl2, postfix", StringComparison.Ordinal);

    private static async Task<Engine> ChangedAsync(string[] files, string[]? packages = null, Locale locale = Locale.French)
    {
        var engine = await Engine.StartAsync(locale: locale);
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
