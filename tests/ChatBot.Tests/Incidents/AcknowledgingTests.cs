using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>Who has an incident, in the store and in the channels.</summary>
public class AcknowledgingTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);
    private static readonly PublicText Lunar = PublicText.Declared("lunar");

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Several_are_acknowledged_in_one_line_a_machine_and_what_is_none_is_said(Locale locale)
    {
        await using var engine = await ThreeOpenAsync(locale: locale);
        await engine.TakeAsync(Nagios.Recovery("hal", "IMAP"));
        var outcomes = await TakeAsync(engine, 60, 1, 2, 3, 99);
        Assert.Equal(
            [AcknowledgeResult.Done, AcknowledgeResult.AlreadyClosed, AcknowledgeResult.Done, AcknowledgeResult.NoSuchIncident], outcomes.Select(one => one.Result));
        Assert.Equal(
            [engine.In("[hal] POP3 CRITICAL pris par lunar « je regarde » jusqu'à 21:00 — #1", "[hal] POP3 CRITICAL acknowledged by lunar “je regarde” until 21:00 — #1"), engine.In(
                "[sud] HTTP CRITICAL pris par lunar « je regarde » jusqu'à 21:00 — #3",
                "[sud] HTTP CRITICAL acknowledged by lunar “je regarde” until 21:00 — #3")],
            (await engine.RootAsync())[^2..]);

        Assert.All(await engine.Incidents.ReleaseAsync([1, 3], Lunar, Engine.RootChannel, default), one => Assert.Equal(AcknowledgeResult.Done, one.Result));
        Assert.StartsWith(engine.In(
            "[sud] HTTP CRITICAL relâché par lunar",
            "[sud] HTTP CRITICAL released by lunar"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.EndsWith("— #3", (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Several_of_a_machine_are_one_line(Locale locale)
    {
        await using var engine = await ThreeOpenAsync(locale: locale);
        await TakeAsync(engine, 60, 1, 2);
        Assert.Equal(
            engine.In(
                "[hal] 2 incidents pris par lunar « je regarde » jusqu'à 21:00 : POP3 CRITICAL #1, IMAP CRITICAL #2",
                "[hal] 2 incidents acknowledged by lunar “je regarde” until 21:00: POP3 CRITICAL #1, IMAP CRITICAL #2"), (await engine.RootAsync())[^1]);
        Assert.Equal(engine.In(
            "[hal] 2 incidents pris par lunar jusqu'à 21:00 : POP3 CRITICAL #1, IMAP CRITICAL #2",
            "[hal] 2 incidents acknowledged by lunar until 21:00: POP3 CRITICAL #1, IMAP CRITICAL #2"), (await engine.PublicAsync())[^1]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task When_the_problem_outlives_it_one_line_names_who_acknowledged_it_and_a_new_problem_has_a_new_number(Locale locale)
    {
        await using var engine = await ThreeOpenAsync(locale: locale);
        await TakeAsync(engine, 60, 1, 2);
        await engine.TakeAsync(Nagios.Recovery("hal", "IMAP"));
        await engine.KillAsync();
        await engine.PassAsync(TimeSpan.FromMinutes(61));
        await engine.PassAsync(Wait);
        Assert.Single(await engine.PublicAsync(), line => line.StartsWith(engine.In(
            "[hal] POP3 CRITICAL n'est plus pris par lunar (délai écoulé)",
            "[hal] POP3 CRITICAL: ack by lunar expired"), StringComparison.Ordinal));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.StartsWith("[hal] IMAP", StringComparison.Ordinal) && line.Contains(engine.In(
            "délai écoulé",
            "expired"), StringComparison.Ordinal));
        await engine.TakeAsync(Nagios.Problem("hal", "IMAP"));
        var again = Assert.Single(await engine.Incidents.OpenAsync("hal", default), one => one.Service?.Value == "IMAP");
        Assert.Equal((4L, null), (again.Number, again.Acknowledgement));
    }

    private static async Task<Engine> ThreeOpenAsync(Locale locale = Locale.French)
    {
        var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), Nagios.Problem("sud", "HTTP"));
        await engine.PassAsync(Wait);
        engine.Time.SetUtcNow(new DateTimeOffset(2026, 11, 22, 20, 0, 30, TimeSpan.Zero));
        return engine;
    }

    private static Task<IReadOnlyList<AcknowledgeOutcome>> TakeAsync(Engine engine, int minutes, params long[] numbers)
    {
        var now = engine.Time.GetUtcNow();
        return engine.Incidents.AcknowledgeAsync(
            numbers, new Acknowledgement(Lunar, new Remark(new RootText("je regarde"), Audience.Root), now, now.AddMinutes(minutes)), null, default);
    }
}
