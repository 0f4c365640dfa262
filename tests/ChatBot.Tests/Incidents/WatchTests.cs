using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>Those who watch are watched themselves.</summary>
public class WatchTests
{
    private const string Alert = "[hal] metche UNKNOWN — #1";

    // Ten minutes for what waited in the mailbox, then the silence.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2) + TimeSpan.FromMinutes(12);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_silence_that_is_too_long_is_an_incident_that_the_next_mail_ends(Locale locale)
    {
        await using var engine = await WatchingAsync(locale: locale);
        await engine.LiveAsync(TimeSpan.FromHours(2));
        Assert.Empty(await engine.PublicAsync());
        await engine.LiveAsync(TimeSpan.FromMinutes(12));
        Assert.Equal([engine.In(Alert, "[hal] metche UNKNOWN — #1")], await engine.PublicAsync());
        Assert.Equal([engine.In(
            "[hal] metche UNKNOWN : aucun mail de metche depuis 2 heures — #1 · !prends 1 <raison>",
            "[hal] metche UNKNOWN: no mail from metche for 2 hours — #1 · !ack 1 <reason>")], await engine.RootAsync());
        await engine.LiveAsync(TimeSpan.FromHours(9));
        Assert.Single(await engine.PublicAsync());

        await engine.TakeAsync(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        Assert.StartsWith(engine.In(
            "[hal] metche OK après 9 heures",
            "[hal] metche OK after 9 hours"), (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        await engine.LiveAsync(TimeSpan.FromMinutes(119));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("#2", StringComparison.Ordinal));
        await engine.LiveAsync(TimeSpan.FromMinutes(3));
        Assert.Contains("#2", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_restarts_the_time()
    {
        await using var engine = await WatchingAsync();
        for (var i = 0; i < 5; i++)
        {
            await engine.LiveAsync(TimeSpan.FromMinutes(110));
            await engine.TakeAsync(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        }

        Assert.DoesNotContain(await engine.RootAsync(), line => line.Contains("UNKNOWN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("metche", "sud.globenet.org"), InlineData("nagios", "hal.globenet.org")]
    public async Task Neither_another_machine_nor_another_program_is_meant(string program, string host)
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        await engine.TakeAsync(program == "metche" ? Metche.Stable(host, engine.Time.GetUtcNow()) : Nagios.Recovery("hal", "POP3"));
        await engine.LiveAsync(Patience - TimeSpan.FromHours(1));
        Assert.Contains(Alert, await engine.PublicAsync());
    }

    [Fact]
    public async Task A_mail_that_is_not_believed_does_not_count()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        await engine.TakeAsync(engine.Mail(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()), closed: false));
        await engine.LiveAsync(Patience - TimeSpan.FromHours(1));
        Assert.Equal([Alert], await engine.PublicAsync());
    }

    [Fact]
    public async Task A_monitor_counts_by_its_own_address_whatever_machine_it_reports_on()
    {
        await using var engine = await WatchingAsync("nagios");
        await engine.LiveAsync(TimeSpan.FromHours(1));
        await engine.TakeAsync(Nagios.Recovery("sud", "POP3")); // from nagios@hal.globenet.org
        await engine.LiveAsync(Patience - TimeSpan.FromHours(1));
        Assert.Empty(await engine.PublicAsync());
    }

    [Fact]
    public async Task Time_during_which_the_mailbox_could_not_be_read_is_no_silence()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        engine.IsListening = false;
        await engine.LiveAsync(TimeSpan.FromHours(30));
        engine.IsListening = true;
        await engine.LiveAsync(TimeSpan.FromMinutes(60));
        Assert.Empty(await engine.PublicAsync());
        await engine.LiveAsync(TimeSpan.FromMinutes(30));
        Assert.Equal([Alert], await engine.PublicAsync());
    }

    [Fact]
    public async Task Nor_is_time_during_which_the_bot_was_not_there()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(129));
        engine.Time.Advance(TimeSpan.FromDays(3));
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(await engine.PublicAsync());

        // What waited in the mailbox is read by now.
        await engine.TakeAsync(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        await engine.LiveAsync(TimeSpan.FromMinutes(110));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("UNKNOWN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_stood_still_begins_by_reading_its_mail()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(125));
        engine.Time.Advance(TimeSpan.FromDays(2));
        await engine.LiveAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await engine.PublicAsync());
    }

    [Theory]
    [InlineData(2), InlineData(-2), InlineData(365 * 24), InlineData(-24), InlineData(111_000)]
    public async Task A_wall_clock_that_jumps_is_no_silence(int hours)
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(TimeSpan.FromMinutes(30));
        engine.Jump(TimeSpan.FromHours(hours));
        await engine.LiveAsync(TimeSpan.FromMinutes(60));
        Assert.Empty(await engine.PublicAsync());
        await engine.LiveAsync(TimeSpan.FromMinutes(60));
        Assert.Equal([Alert], await engine.PublicAsync());
    }

    [Fact]
    public async Task A_restart_keeps_the_incident_and_its_end()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(Patience);
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(5));
        Assert.Single(await engine.PublicAsync());
        await engine.TakeAsync(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        Assert.Contains("metche OK", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_watched_no_more_is_open_no_more()
    {
        await using var engine = await WatchingAsync();
        await engine.LiveAsync(Patience);
        engine.Settings.Replace(engine.Settings.Value.Settings with { Watches = [] });
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Equal([Alert], await engine.PublicAsync());
    }

    [Fact]
    public async Task An_incident_of_the_monitor_by_the_same_name_is_left_to_it()
    {
        await using var engine = await WatchingAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "metche"));
        await engine.LiveAsync(Patience);
        await engine.TakeAsync(Metche.Stable("hal.globenet.org", engine.Time.GetUtcNow()));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("UNKNOWN", StringComparison.Ordinal) || line.Contains("OK", StringComparison.Ordinal));
        Assert.Single(await engine.Incidents.OpenAsync("hal", CancellationToken.None));
    }

    private static Task<Engine> WatchingAsync(string source = "metche", Locale locale = Locale.French) => Engine.StartAsync(settings => settings with
    {
        Watches = [new WatchSettings(source, "hal", TimeSpan.FromHours(2))],
    }, locale);
}
