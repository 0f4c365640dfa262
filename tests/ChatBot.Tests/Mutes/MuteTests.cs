using ChatBot.Core.Language;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Mutes;

/// <summary>What a mute hides, and how all of it comes out at its end: mails in, lines out, in a time that the test moves.</summary>
public class MuteTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_a_mute_suppressed_is_announced_at_its_end_and_the_counts_add_up(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await MuteAsync(engine, null, 120);
        foreach (var service in new[] { "A", "B", "C", "D", "E", "POP3", "IMAP" })
        {
            await engine.TakeAsync(Nagios.Problem("hal", service));
        }

        await engine.PassAsync(Wait);
        foreach (var service in new[] { "A", "B", "C", "D", "E" })
        {
            await engine.TakeAsync(Nagios.Recovery("hal", service));
        }

        await engine.PassAsync(Wait);
        Assert.Equal([engine.In(
            "[hal] muet jusqu'à 22:00, par lunar « charge connue » · !parle hal",
            "[hal] muted until 22:00, by lunar “charge connue” · !unmute hal")], await engine.RootAsync());
        Assert.Equal(2, (await engine.Incidents.OpenAsync("hal", default)).Count);

        var wait = await engine.PassAsync(TimeSpan.FromMinutes(119));
        Assert.True(wait <= TimeSpan.FromSeconds(48));
        Assert.Single(await engine.RootAsync());
        await engine.PassAsync(TimeSpan.FromSeconds(48));
        Assert.Equal(
            engine.In(
                "[hal] de nouveau écouté (muet 2 heures, par lunar) : 7 alertes masquées, 5 terminées, 2 encore ouvertes : IMAP CRITICAL #7, POP3 CRITICAL #6",
                "[hal] heard again (muted 2 hours, by lunar): 7 alerts suppressed, 5 recovered, 2 still open: IMAP CRITICAL #7, POP3 CRITICAL #6"),
            (await engine.PublicAsync())[^1]);
        await engine.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await engine.PublicAsync()).Count);

        // The end of what the digest announced is announced like everything else, and so is what comes now.
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"), Nagios.Problem("hal", "SMTP"));
        await engine.PassAsync(Wait);
        Assert.Contains(await engine.PublicAsync(), line => line.StartsWith(engine.In(
            "[hal] POP3 OK après",
            "[hal] POP3 OK after"), StringComparison.Ordinal));
        Assert.Contains(await engine.PublicAsync(), line => line.StartsWith("[hal] SMTP CRITICAL", StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Only_the_muted_service_is_silent_and_the_recovery_of_what_was_announced_is_announced(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
        await MuteAsync(engine, "POP3", 60);
        await engine.TakeAsync(Nagios.Problem("hal", "IMAP"), Nagios.Problem("sud", "POP3"), Nagios.Problem("hal", "POP3", "WARNING"));
        await engine.PassAsync(Wait);
        var lines = await engine.PublicAsync();
        Assert.Contains(lines, line => line.StartsWith("[hal] IMAP CRITICAL", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[sud] POP3 CRITICAL", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("WARNING", StringComparison.Ordinal));

        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.StartsWith(engine.In("[hal] POP3 OK après", "[hal] POP3 OK after"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(engine.In(
            "[hal] POP3 de nouveau écouté (muet 1 heure, par lunar) : aucune alerte masquée",
            "[hal] POP3 heard again (muted 1 hour, by lunar): no alert suppressed"), (await engine.PublicAsync())[^1]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_state_that_changed_meanwhile_is_announced_at_the_end(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3", "WARNING"));
        await engine.PassAsync(Wait);
        await MuteAsync(engine, "POP3", 60);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.EndsWith(engine.In(
            "1 alerte masquée, encore ouverte : POP3 CRITICAL #1",
            "1 alert suppressed, still open: POP3 CRITICAL #1"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_waited_for_company_when_the_mute_began_is_suppressed_too(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await MuteAsync(engine, null, 60);
        await engine.PassAsync(Wait);
        Assert.Single(await engine.PublicAsync());
        Assert.NotNull(await engine.Mutes.EndAsync((await engine.Mutes.NowAsync(default))[0], null, default));
        Assert.EndsWith(engine.In(
            "1 alerte masquée, encore ouverte : POP3 CRITICAL #1",
            "1 alert suppressed, still open: POP3 CRITICAL #1"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_restart_in_the_middle_changes_nothing_and_the_end_is_announced_once(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await MuteAsync(engine, null, 60);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.KillAsync();
        await engine.PassAsync(Wait);
        Assert.Single(await engine.PublicAsync());
        engine.Time.Advance(TimeSpan.FromHours(3));
        await engine.KillAsync();
        await engine.PassAsync(TimeSpan.Zero);
        await engine.KillAsync();
        await engine.PassAsync(Wait);
        Assert.Equal(2, (await engine.PublicAsync()).Count);
        Assert.StartsWith(engine.In(
            "[hal] de nouveau écouté (muet 3 heures, par lunar)",
            "[hal] heard again (muted 3 hours, by lunar)"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Of_two_overlapping_mutes_the_last_to_end_announces_what_both_suppressed(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await MuteAsync(engine, "POP3", 60);
        await MuteAsync(engine, null, 120);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"));
        await engine.TakeAsync(Nagios.Recovery("hal", "IMAP"));
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.EndsWith(engine.In(
            "ses alertes restent masquées par un autre silence, qui les annoncera",
            "another mute or intervention still suppresses its alerts and will announce them"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.EndsWith(engine.In(
            "2 alertes masquées, 1 terminée, 1 encore ouverte : POP3 CRITICAL #1",
            "2 alerts suppressed, 1 recovered, 1 still open: POP3 CRITICAL #1"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_second_mute_of_the_same_replaces_the_first(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await MuteAsync(engine, null, 60);
        await engine.PassAsync(TimeSpan.FromMinutes(30));
        await MuteAsync(engine, null, 60);
        Assert.Single(await engine.Mutes.NowAsync(default));
        await engine.PassAsync(TimeSpan.FromMinutes(40));
        Assert.Single(await engine.Mutes.NowAsync(default));
        await engine.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(engine.In(
            "[hal] de nouveau écouté (muet 1 heure et 30 minutes, par lunar) : aucune alerte masquée",
            "[hal] heard again (muted 1 hour and 30 minutes, by lunar): no alert suppressed"), (await engine.PublicAsync())[^1]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_reason_that_the_public_could_not_read_stays_with_the_root_group(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await MuteAsync(engine, null, 60, Audience.Root);
        Assert.Equal([engine.In(
            "[hal] muet jusqu'à 21:00, par lunar",
            "[hal] muted until 21:00, by lunar")], await engine.PublicAsync());
        Assert.Equal([engine.In(
            "[hal] muet jusqu'à 21:00, par lunar « charge connue » · !parle hal",
            "[hal] muted until 21:00, by lunar “charge connue” · !unmute hal")], await engine.RootAsync());
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_make_a_mute_longer()
    {
        await using var engine = await Engine.StartAsync();
        engine.Jump(TimeSpan.FromDays(400));
        await MuteAsync(engine, null, 60);
        engine.Jump(TimeSpan.FromDays(-400));
        await engine.PassAsync(TimeSpan.FromHours(7));
        await engine.PassAsync(TimeSpan.FromMinutes(61));
        Assert.Empty(await engine.Mutes.NowAsync(default));
    }

    [Fact]
    public async Task Who_muted_is_forgotten_ninety_days_after_the_end()
    {
        await using var engine = await Engine.StartAsync();
        await MuteAsync(engine, null, 60);
        await engine.PassAsync(TimeSpan.FromDays(89));
        Assert.Equal(1L, await CountAsync(engine));
        await engine.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(1L, await CountAsync(engine));
        await engine.PassAsync(TimeSpan.FromDays(90));
        Assert.Equal(0L, await CountAsync(engine));
    }

    private static Task<long> CountAsync(Engine engine) => engine.Database.ReadAsync(
        transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM mute WHERE muted_by IS NOT NULL OR reason IS NOT NULL"), default);

    private static Task<Line> MuteAsync(Engine engine, string? service, int minutes, Audience saidTo = Audience.Public)
    {
        var now = engine.Time.GetUtcNow();
        return engine.Mutes.MuteAsync(
            new Mute(
                Name.OfMachine("hal"), service is null ? null : Name.OfService(service), PublicText.Declared("lunar"),
                new Remark(new RootText("charge connue"), saidTo), now, now.AddMinutes(minutes)),
            null,
            default);
    }
}
