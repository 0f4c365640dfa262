using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

public class RefusedMailTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_of_nobody_known_has_no_effect_and_the_root_group_hears_of_it_at_once_then_once_an_hour(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        Assert.Single(await engine.RootAsync());
        for (var minute = 0; minute < 59; minute++)
        {
            engine.Time.Advance(TimeSpan.FromMinutes(1));
            await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        }

        Assert.Single(await engine.RootAsync());
        await engine.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Single(await engine.RootAsync());
        await engine.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Contains(await engine.RootAsync(), line => line.Contains(engine.In(
            "(59 dans l'heure)",
            "(59 in the last hour)"), StringComparison.Ordinal));
        Assert.Empty(await engine.PublicAsync());
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_was_counted_is_announced_at_the_end_of_the_hour_though_the_process_died_meanwhile(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        for (var minute = 0; minute < 3; minute++)
        {
            await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
            engine.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await engine.KillAsync();
        await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        await engine.PassAsync(TimeSpan.FromMinutes(57));
        Assert.Equal(2, (await engine.RootAsync()).Count);
        Assert.Contains(engine.In("(3 dans l'heure)", "(3 in the last hour)"), (await engine.RootAsync())[^1], StringComparison.Ordinal);
        await engine.PassAsync(TimeSpan.FromHours(5));
        Assert.Equal(2, (await engine.RootAsync()).Count);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_a_year_delays_no_count()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        engine.Jump(TimeSpan.FromDays(-365));
        await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "IMAP"), closed: false));
        Assert.Equal(2, (await engine.RootAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_refused_of_one_batch_are_announced_together(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync([.. Enumerable.Range(0, 7).Select(_ => engine.Mail(Nagios.Problem("hal", "POP3"), closed: false))]);
        Assert.Contains(engine.In("(7 dans l'heure)", "(7 in the last hour)"), Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("List-Id: <root.globenet.org>\n")]
    [InlineData("Auto-Submitted: auto-replied\n")]
    [InlineData("In-Reply-To: <1@example.org>\n")]
    public async Task A_forged_copy_that_comes_first_does_not_hide_the_true_mail(string header)
    {
        await using var engine = await Engine.StartAsync();
        var text = Nagios.Problem("hal", "POP3");
        await engine.TakeAsync(engine.Mail(header + text, closed: false));
        await engine.TakeAsync(engine.Mail(text));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_change_of_nobody_known_is_neither_kept_nor_public()
    {
        await using var engine = await Engine.StartAsync();
        var change = Sample.All.First(sample => sample.Text("source") == "metche" && sample.Text("machine") == "sud");
        await engine.TakeAsync(engine.Mail(change.Bytes, closed: false));
        Assert.Empty(await engine.PublicAsync());
        Assert.Single(await engine.RootAsync());
    }
}
