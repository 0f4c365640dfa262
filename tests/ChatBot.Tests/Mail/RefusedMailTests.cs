using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

public class RefusedMailTests
{
    [Fact]
    public async Task A_mail_of_nobody_known_has_no_effect_and_the_root_group_hears_of_it_at_once_then_once_an_hour()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        Assert.Single(await engine.RootAsync());
        for (var minute = 0; minute < 59; minute++)
        {
            engine.Clock.Advance(TimeSpan.FromMinutes(1));
            await engine.TakeAsync(engine.Mail(Nagios.Problem("hal", "POP3"), closed: false));
        }

        Assert.Single(await engine.RootAsync());
        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.TakeAsync(engine.Mail(Sample.All.First(sample => sample.Text("source") == "human").Bytes));
        Assert.Contains(await engine.RootAsync(), line => line.Contains("(59 dans l'heure)", StringComparison.Ordinal));
        Assert.Empty(await engine.PublicAsync());
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task The_refused_of_one_batch_are_told_together()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync([.. Enumerable.Range(0, 7).Select(_ => engine.Mail(Nagios.Problem("hal", "POP3"), closed: false))]);
        Assert.Contains("(7 dans l'heure)", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
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
