using ChatBot.Core.Language;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Mail;

public class MailIntakeTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_alert_is_said_after_the_wait_its_detail_to_the_root_group_alone(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal.globenet.org", "POP3", output: "Socket timeout after 10 seconds"));
        Assert.Empty(await engine.PublicAsync());
        await engine.PassAsync(Wait);
        Assert.Equal(["[hal] POP3 CRITICAL — #1"], await engine.PublicAsync());
        Assert.Equal([engine.In(
            "[hal] POP3 CRITICAL : Socket timeout after 10 seconds — #1 · !prends 1 <raison>",
            "[hal] POP3 CRITICAL: Socket timeout after 10 seconds — #1 · !ack 1 <reason>")], await engine.RootAsync());
    }

    [Fact]
    public async Task Without_a_wait_an_alert_is_said_in_the_transaction_that_stores_it()
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Speech = new(TimeSpan.Zero, false) });
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        Assert.Single(await engine.PublicAsync());
        Assert.Single(await engine.RootAsync());
    }

    [Fact]
    public async Task An_alert_that_is_gone_within_the_wait_is_silent_but_counted()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        engine.Time.Advance(TimeSpan.FromSeconds(2));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.Empty(await engine.PublicAsync());
        Assert.Empty(await engine.RootAsync());
        Assert.Contains("chatbot_suppressed_total{reason=\"recovered-before-announced\"} 1", engine.Metrics, StringComparison.Ordinal);
        Assert.Equal(2, (await engine.Incidents.StoryAsync(1, CancellationToken.None)).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_recovery_is_said_at_once_where_the_problem_was(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(Wait);
        await engine.PassAsync(TimeSpan.FromMinutes(12) - Wait);
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        Assert.Equal(engine.In("[hal] POP3 OK après 12 minutes — #1", "[hal] POP3 OK after 12 minutes — #1"), (await engine.PublicAsync())[^1]);
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.Equal(2, (await engine.PublicAsync()).Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Alerts_of_one_machine_are_one_line_the_gravest_first(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Problem("hal", "SMTP", "WARNING"));
        engine.Time.Advance(TimeSpan.FromSeconds(3));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), Nagios.Problem("sud", "FTP"));
        await engine.PassAsync(TimeSpan.FromSeconds(2));
        var line = Assert.Single(await engine.PublicAsync());
        Assert.Equal(engine.In(
            "[hal] 3 alertes : POP3 CRITICAL #2, IMAP CRITICAL #3, SMTP WARNING #1 · !incidents hal",
            "[hal] 3 alerts: POP3 CRITICAL #2, IMAP CRITICAL #3, SMTP WARNING #1 · !incidents hal"), line);
        await engine.PassAsync(TimeSpan.FromSeconds(3));
        Assert.StartsWith("[sud] FTP CRITICAL", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_storm_that_waited_in_the_mailbox_is_one_line_for_all_its_machines(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        var mails = Enumerable.Range(0, 1000).Select(i => engine.Mail(Nagios.Problem("m" + i % 10, "S" + i))).ToArray();
        engine.Time.Advance(TimeSpan.FromHours(3));
        foreach (var batch in mails.Chunk(100))
        {
            await engine.TakeAsync(batch);
        }

        await engine.PassAsync(Wait);
        Assert.Equal(
            [engine.In(
                "10 machines en alerte : m9 S999 CRITICAL (100), m8 S998 CRITICAL (100), m7 S997 CRITICAL (100), m6 S996 CRITICAL (100), m5 S995 CRITICAL (100), m4 S994 CRITICAL (100), m3 S993 CRITICAL (100), m2 S992 CRITICAL (100), m1 S991 CRITICAL (100), m0 S990 CRITICAL (100) — #1–#1000 · !incidents",
                "10 machines in trouble: m9 S999 CRITICAL (100), m8 S998 CRITICAL (100), m7 S997 CRITICAL (100), m6 S996 CRITICAL (100), m5 S995 CRITICAL (100), m4 S994 CRITICAL (100), m3 S993 CRITICAL (100), m2 S992 CRITICAL (100), m1 S991 CRITICAL (100), m0 S990 CRITICAL (100) — #1–#1000 · !incidents")],
            await engine.PublicAsync());
        Assert.Equal(1000, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_stands_before_many_large_mails_is_stored_before_they_are_read()
    {
        await using var engine = await Engine.StartAsync();
        var large = Enumerable.Range(0, 5).Select(i => engine.Mail(Nagios.Problem("hal", "S" + i) + new string('x', 1024 * 1024)));
        var commits = await FailingCommits.OfAsync(engine.Database);
        commits.After(well: 2, failing: 1); // It is noted that the first are begun, and they are stored.
        Assert.IsType<IntakeResult.TryLater>(await engine.OfferAsync([engine.Mail(Nagios.Problem("hal", "POP3")), .. large]));
        Assert.Contains(await engine.Incidents.OpenAsync("hal", CancellationToken.None), one => one.Service?.Value == "POP3");
    }

    [Fact]
    public async Task The_same_mail_delivered_twice_is_one()
    {
        await using var engine = await Engine.StartAsync();
        var text = Nagios.Problem("hal", "POP3");
        await engine.TakeAsync(text, text);
        await engine.TakeAsync(text);
        await engine.PassAsync(Wait);
        Assert.Single(await engine.PublicAsync());
        Assert.Contains("chatbot_mails_repeated_total 2", engine.Metrics, StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_acknowledgement_of_nagios_says_who_to_the_root_group_and_only_that_to_the_public(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        var more = "Author: jeanne.dupont\nComment: le mot de passe est azerty";
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Write("ACKNOWLEDGEMENT", "hal", "POP3", "CRITICAL", "x", more));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(Wait);
        Assert.Equal(
            [
                engine.In("[hal] POP3 CRITICAL acquitté dans Nagios — #1", "[hal] POP3 CRITICAL acknowledged in Nagios — #1"),
                engine.In("[hal] POP3 OK après 0 seconde — #1 (pris par Nagios)", "[hal] POP3 OK after 0 seconds — #1 (ack by Nagios)"),
            ],
            await engine.PublicAsync());
        Assert.Equal(
            engine.In(
                "[hal] POP3 CRITICAL acquitté dans Nagios par jeanne.dupont « le mot de passe est azerty » — #1",
                "[hal] POP3 CRITICAL acknowledged in Nagios by jeanne.dupont “le mot de passe est azerty” — #1"),
            (await engine.RootAsync())[0]);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_flapping_check_is_said_when_it_begins_and_when_it_ends(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTART", "hal", "IMAP", "WARNING"));
        for (var i = 0; i < 5; i++)
        {
            await engine.TakeAsync(Nagios.Problem("hal", "IMAP"), Nagios.Problem("hal", "IMAP", "WARNING"));
            await engine.PassAsync(TimeSpan.FromMinutes(1));
        }

        await engine.TakeAsync(Nagios.Problem("hal", "IMAP", "WARNING", "said again"));
        await engine.TakeAsync(Nagios.Write("FLAPPINGSTOP", "hal", "IMAP", "OK"));
        Assert.Equal(
            [
                engine.In(
                    "[hal] IMAP WARNING instable (flapping), silence jusqu'au retour au calme — #1",
                    "[hal] IMAP WARNING flapping, quiet until stable — #1"),
                engine.In("[hal] IMAP OK de nouveau stable — #1 · 10 changements non annoncés", "[hal] IMAP OK stable again — #1 · 10 changes suppressed"),
            ],
            await engine.PublicAsync());
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_downtime_is_said_and_opens_nothing()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Write("DOWNTIMESTART", "hal", "IMAP", "OK"), Nagios.Write("DOWNTIMEEND", "hal", "IMAP", "OK"));
        Assert.Equal(2, (await engine.PublicAsync()).Count);
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Mails_of_people_and_of_unknown_programs_are_for_the_root_group_alone()
    {
        await using var engine = await Engine.StartAsync();
        var others = Sample.All.Where(sample => sample.Text("source") is "human" or "unknown").ToList();
        Assert.NotEmpty(others);
        await engine.TakeAsync([.. others.Select(sample => engine.Mail(sample.Bytes, closed: false))]);
        Assert.Empty(await engine.PublicAsync());
        Assert.NotEmpty(await engine.RootAsync());
    }

    [Fact]
    public async Task No_byte_of_a_diff_is_stored()
    {
        await using var engine = await Engine.StartAsync();
        var changes = Sample.All.Where(sample => sample.Text("source") == "metche").ToList();
        await engine.TakeAsync([.. changes.Select(sample => engine.Mail(sample.Bytes))]);
        var stored = engine.Stored();
        Assert.Contains("dovecot-sql.conf.ext", stored, StringComparison.Ordinal);
        foreach (var secret in changes.SelectMany(sample => sample.Strings("never_root")))
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_store_cannot_take_stays_in_the_mailbox_and_nothing_of_it_is_kept()
    {
        await using var engine = await Engine.StartAsync();
        var commits = await FailingCommits.OfAsync(engine.Database);
        var mails = new[] { engine.Mail(Nagios.Problem("hal", "POP3")), engine.Mail(Nagios.Problem("hal", "IMAP")) };
        for (var i = 0; i < 5; i++)
        {
            // First the mails are begun, then they are stored.
            commits.After(well: i == 0 ? 1 : 0, failing: 1);
            Assert.IsType<IntakeResult.TryLater>(await engine.OfferAsync(mails));
            Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        }

        await engine.TakeAsync(mails);
        Assert.Equal(2, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Count);
        Assert.Empty(await engine.Database.ReadAsync(MailStore.UnfinishedAsync, CancellationToken.None));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(365 * 24)]
    [InlineData(-365 * 24)]
    public async Task A_clock_that_jumps_delays_nothing(int hours)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        engine.Jump(TimeSpan.FromHours(hours));
        await engine.TakeAsync(Nagios.Problem("sud", "FTP"));
        for (var second = 0; second < 2; second++)
        {
            await engine.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, (await engine.PublicAsync()).Count);
        engine.Jump(TimeSpan.FromHours(-hours));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"), Nagios.Recovery("sud", "FTP"));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(4, (await engine.PublicAsync()).Count);
    }

    [Fact]
    public async Task A_change_is_never_of_the_future_be_the_clock_of_its_machine_wrong()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Sample.Named("083-").Bytes));
        var change = Assert.Single(await engine.Database.ReadAsync(transaction => ChangeStore.LatestAsync(transaction, "hal", 2), CancellationToken.None));
        Assert.Equal(engine.Time.GetUtcNow(), change.At);
    }
}
