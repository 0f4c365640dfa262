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
    public async Task An_alert_says_how_much_was_changed_before_and_to_the_root_group_alone_what(Locale locale)
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf", "etc/postfix/master.cf"], ["postfix", "libsasl2"], locale: locale);
        await AlertAsync(engine, TimeSpan.FromMinutes(12));
        Assert.Equal(
            engine.In(
                "[hal] POP3 CRITICAL — #1 · 12 minutes après une modification (2 fichiers, 2 paquets)",
                "[hal] POP3 CRITICAL — #1 · 12 minutes after a change (2 files, 2 packages)"),
            (await engine.PublicAsync())[^1]);
        Assert.Equal(
            engine.In(
                "[hal] POP3 CRITICAL : Connection refused — #1 · 12 minutes après une modification (2 fichiers, libsasl2 et postfix) · !changements hal · !prends 1 <raison>",
                "[hal] POP3 CRITICAL: Connection refused — #1 · 12 minutes after a change (2 files, libsasl2 and postfix) · !changes hal · !ack 1 <reason>"),
            Sorted((await engine.RootAsync())[^1]));
    }

    [Fact]
    public async Task Commands_find_it_too_and_none_where_there_was_none()
    {
        await using var engine = await ChangedAsync(["etc/postfix/main.cf"]);
        var desk = engine.Changelog;
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
            " · 12 minutes après une modification (1 fichier) · !incidents hal",
            " · 12 minutes after a change (1 file) · !incidents hal"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith(engine.In(
            " · 12 minutes après une modification (/etc/postfix/main.cf) · !changements hal · !prends! hal <raison>",
            " · 12 minutes after a change (/etc/postfix/main.cf) · !changes hal · !ack! hal <reason>"), (await engine.RootAsync())[^1], StringComparison.Ordinal);
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

    private static string Sorted(string line) => line.Replace("postfix et libsasl2", "libsasl2 et postfix", StringComparison.Ordinal)
        .Replace("postfix and libsasl2", "libsasl2 and postfix", StringComparison.Ordinal);

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
