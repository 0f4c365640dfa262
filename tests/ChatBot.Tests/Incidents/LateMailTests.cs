using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>A mail that was delayed changes nothing that is known since, and a wrong clock hides no trouble.</summary>
public class LateMailTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_problem_that_comes_after_its_end_opens_nothing_and_why_tells_it(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Nagios.Written(Start, "OK"));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-5)));
        Assert.Empty(await OpenAsync(engine));
        Assert.Empty(await engine.PublicAsync());

        await using var group = SampleGroup.On(engine);
        var why = engine.In(
            "un message est arrivé en retard, plus ancien que ce qui est connu : ne change rien, pas annoncé",
            "a message came late, older than what is known: changes nothing, not announced");
        Assert.Contains(await group.InPrivate("why hal POP3", SampleGroup.Stranger), line => line.EndsWith($"CRITICAL — {why}", StringComparison.Ordinal));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_repeat_dated_an_hour_ago_after_the_end_opens_nothing_and_the_root_group_reads_of_it_once(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Nagios.Written(Start.AddHours(-2)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-1), "OK"));
        var (open, root) = ((await engine.PublicAsync()).Count, (await engine.RootAsync()).Count);
        await HearAsync(engine, Nagios.Written(Start.AddHours(-1)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-50)));
        Assert.Empty(await OpenAsync(engine));
        Assert.Equal(open, (await engine.PublicAsync()).Count);
        Assert.Equal(
            [engine.In(
                "[hal] POP3 CRITICAL : un message écrit à 19:00 est arrivé après un plus récent, pas pris en compte (l'horloge de l'expéditeur est-elle juste ?)",
                "[hal] POP3 CRITICAL: a message written at 19:00 came after a newer one, not counted (is the sender's clock right?)")],
            (await engine.RootAsync())[root..]);
        Assert.Equal([Reason.OutOfOrder, Reason.OutOfOrder], (await engine.Incidents.StoryAsync(1, default)).TakeLast(2).Select(step => step.Reason));
    }

    [Fact]
    public async Task An_end_that_is_older_than_the_last_report_of_the_problem_ends_nothing()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-30)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-10)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-20), "OK"));
        Assert.Equal([1], await OpenAsync(engine));
        Assert.Equal(Reason.OutOfOrder, (await engine.Incidents.StoryAsync(1, default))[^1].Reason);
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-5), "OK"));
        Assert.Empty(await OpenAsync(engine));
    }

    [Fact]
    public async Task An_older_state_does_not_replace_a_newer_one()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-10)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-30), "WARNING"));
        Assert.Equal("CRITICAL", Assert.Single(await engine.Incidents.OpenAsync(null, default)).State.ToString().ToUpperInvariant());
    }

    [Fact]
    public async Task An_acknowledgement_of_the_trouble_before_opens_nothing_and_one_that_was_delayed_counts()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-60)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-40), "OK"));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-50), type: "ACKNOWLEDGEMENT"));
        Assert.Empty(await OpenAsync(engine));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-30)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-10)));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-20), type: "ACKNOWLEDGEMENT"));
        Assert.NotNull(Assert.Single(await engine.Incidents.OpenAsync(null, default)).Acknowledgement);
    }

    [Theory, InlineData(60), InlineData(-60), InlineData(3), InlineData(-3)]
    public async Task A_clock_that_is_wrong_hides_nothing(int minutes)
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(minutes)));
            Assert.Equal([1 + i], await OpenAsync(engine));
            await engine.LiveAsync(TimeSpan.FromMinutes(10));
            await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(minutes), "OK"));
            Assert.Empty(await OpenAsync(engine));
            await engine.LiveAsync(TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public async Task A_clock_that_is_behind_still_orders_what_it_wrote()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start.AddHours(-1), "OK"));
        await HearAsync(engine, Nagios.Written(Start.AddHours(-1).AddMinutes(-5)));
        Assert.Empty(await OpenAsync(engine));
    }

    [Theory, InlineData(60, 0), InlineData(-60, 0), InlineData(1000000, 0), InlineData(0, 60), InlineData(0, -1000000)]
    public async Task A_clock_that_jumps_hides_nothing(int before, int after)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(before)));
        await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(before), "OK"));
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(after)));
        Assert.Equal([2], await OpenAsync(engine));
    }

    [Fact]
    public async Task A_problem_of_a_clock_that_was_put_back_cannot_be_told_from_a_delayed_one_and_is_said_at_once()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(1), "OK"));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-58)));
        Assert.StartsWith("[hal] POP3 CRITICAL : un message écrit à 19:02 ", (await engine.RootAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_of_our_own_clock_hides_nothing()
    {
        await using var engine = await Engine.StartAsync();
        engine.Jump(TimeSpan.FromDays(400));
        await HearAsync(engine, Nagios.Written(Start, "OK"));
        engine.Jump(TimeSpan.FromDays(-400));
        await HearAsync(engine, Nagios.Written(Start));
        Assert.Equal([1], await OpenAsync(engine));
    }

    [Fact]
    public async Task The_clocks_of_two_monitors_are_not_compared()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start, "OK"));
        await HearAsync(engine, Nagios.Written(Start.AddHours(-1), sender: "sud"));
        Assert.Equal([1], await OpenAsync(engine));
    }

    [Fact]
    public async Task The_same_outage_twice_in_mails_without_a_date_is_announced_twice()
    {
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await HearAsync(engine, Nagios.Written(null));
            await HearAsync(engine, Nagios.Written(null, "OK"));
            await engine.LiveAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(4, (await engine.PublicAsync()).Count);
    }

    [Fact]
    public async Task What_is_known_outlives_a_restart_and_a_day()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Written(Start, "OK"));
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(50));
        await HearAsync(engine, Nagios.Written(Start.AddMinutes(-5)));
        Assert.Empty(await OpenAsync(engine));
    }

    private static async Task HearAsync(Engine engine, string mail)
    {
        await engine.TakeAsync(mail);
        await engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    private static async Task<List<long>> OpenAsync(Engine engine) => [.. (await engine.Incidents.OpenAsync(null, default)).Select(one => one.Number)];
}
