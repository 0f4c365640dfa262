using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>The digest of the morning. The engine begins on a Sunday at 20:00 UTC.</summary>
public sealed class DigestMailTests : IAsyncDisposable
{
    private static readonly Person Alice = new() { Name = "Alice", Mail = ["alice@example.org"], Pgp = [new string('a', 40)] };
    private static readonly DigestSettings Daily = new(new TimeOnly(8, 0), Enum.GetValues<DayOfWeek>(), TimeZoneInfo.Utc, [new(Alice, Locale.French, IsEncrypted: true)]);

    private Engine _engine = null!;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task It_says_what_waits_for_somebody_first_then_what_happened()
    {
        await StartAsync(Daily with { Recipients = [.. Daily.Recipients, new(null, Locale.English, IsEncrypted: false)] });
        await HappenAsync();
        await ToAsync(8, 0);
        var mail = Assert.Single(await MailsAsync(MailTarget.Of(Alice)));
        Assert.True(mail.IsEncrypted);
        Assert.Equal("Résumé : 1 à prendre, 1 terminé", mail.Subject.Value);
        Assert.Equal(
            """
            De dimanche 22/11 08:00 à lundi 23/11 08:00.

            PERSONNE NE LES A (1)
            - [sud] HTTP CRITICAL (Connection refused) depuis 12 heures #3

            PRIS (1)
            - [hal] IMAP CRITICAL (Connection refused) depuis 12 heures, pris par lunar « je redémarre » #2

            TERMINÉS (1)
            - [hal] POP3 OK — le 22/11 à 20:05, après 5 minutes #1

            1 alerte terminée sans avoir été annoncée : finie en quelques secondes, ou masquée.

            MODIFICATIONS SANS LIGNE AU CHANGELOG (1)
            - [sud] modifié : 1 fichier (/etc/fstab) — le 22/11 à 20:06 · personne n'a rien écrit au changelog

            CHANGELOG (1)
            - [hal] 22/11 20:06, lunar : postfix relancé

            INTERVENTIONS (1)
            - [sud] intervention #1 prévue mardi 24/11 20:00, pour 1 heure, par lunar — disque
            """.ReplaceLineEndings("\n"),
            string.Join('\n', mail.Paragraphs.Select(one => one.Value)));
        var english = Assert.Single(await MailsAsync(MailTarget.RootAlias));
        Assert.False(english.IsEncrypted);
        Assert.Equal("Digest: 1 to take, 1 ended", english.Subject.Value);
        Assert.Contains("NOBODY HAS THEM (1)", english.Paragraphs.Select(one => one.Value));
    }

    [Fact]
    public async Task It_is_sent_once_a_day_whatever_is_restarted_and_says_what_is_new_since()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(7, 59);
        Assert.Empty(await MailsAsync());
        await ToAsync(8, 0);
        Assert.Single(await MailsAsync());
        await _engine.KillAsync();
        await _engine.LiveAsync(TimeSpan.FromHours(5));
        Assert.Single(await MailsAsync());
        await ToAsync(8, 0);
        var mails = await MailsAsync();
        Assert.Equal(2, mails.Count);
        Assert.StartsWith("De lundi 23/11 08:00 à mardi 24/11 08:00", mails[1].Paragraphs[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_was_down_sends_it_the_same_morning_and_not_in_the_afternoon()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(7, 0);
        _engine.Time.Advance(TimeSpan.FromHours(4));
        await _engine.KillAsync();
        await _engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await MailsAsync());

        await ToAsync(7, 0);
        _engine.Time.Advance(TimeSpan.FromHours(6));
        await _engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task One_that_is_due_before_midnight_is_sent_after_it_where_the_bot_was_down()
    {
        await StartAsync(Daily with { At = new TimeOnly(22, 0), Days = [DayOfWeek.Monday] });
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(21, 50);
        await ToAsync(21, 30);
        _engine.Time.Advance(TimeSpan.FromHours(3));
        await _engine.KillAsync();
        await _engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await MailsAsync());
        await ToAsync(21, 59);
        await ToAsync(22, 30);
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task What_a_digest_that_could_not_be_delivered_said_is_in_the_next_one()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        for (var day = 0; day < 2; day++)
        {
            await ToAsync(8, 0);
            var lost = Assert.Single(await RowsAsync(MailTarget.Of(Alice)));
            await _engine.Database.WriteAsync(transaction => OutboxStore.DoneAsync(transaction, lost.Id, _engine.Time.GetUtcNow(), "no-key"), CancellationToken.None);
        }

        await ToAsync(8, 0);
        var text = Assert.Single(await MailsAsync()).Paragraphs;
        Assert.Equal("De dimanche 22/11 08:00 à mercredi 25/11 08:00.", text[0].Value);
        Assert.Equal("Le résumé précédent n'a pas pu être remis : celui-ci couvre aussi sa période.", text[1].Value);
        await ToAsync(8, 0);
        Assert.Equal(["De mercredi 25/11 08:00 à jeudi 26/11 08:00.", ""], (await MailsAsync())[1].Paragraphs.Take(2).Select(one => one.Value));
    }

    [Fact]
    public async Task After_more_than_a_week_it_says_that_it_leaves_out_the_beginning()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(8, 0);
        _engine.Time.Advance(TimeSpan.FromDays(11));
        await ToAsync(8, 0);
        var text = (await MailsAsync())[1].Paragraphs;
        Assert.Equal("De jeudi 26/11 08:01 à vendredi 04/12 08:01.", text[0].Value);
        Assert.Equal("Ce qui s'est passé avant n'y est pas : !depuis et !incidents le disent sur IRC.", text[1].Value);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_say_nothing_is_sent()
    {
        await StartAsync(Daily);
        await ToAsync(8, 5);
        Assert.Empty(await MailsAsync());
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await _engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(await MailsAsync());
        await ToAsync(8, 0);
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task After_days_without_one_it_says_all_that_happened_meanwhile()
    {
        await StartAsync(Daily with { Days = [DayOfWeek.Monday, DayOfWeek.Friday] });
        await ToAsync(8, 0);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        foreach (var _ in Enumerable.Range(0, 4))
        {
            Assert.Empty(await MailsAsync());
            _engine.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(10));
            await ToAsync(8, 0);
        }

        Assert.StartsWith("De lundi 23/11 08:00 à vendredi 27/11 08:00", Assert.Single(await MailsAsync()).Paragraphs[0].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-25T06:59:00Z", false), InlineData("2026-10-25T07:00:00Z", true)] // winter time has begun that night
    [InlineData("2026-10-24T06:00:00Z", true)]
    public async Task The_hour_is_that_of_its_zone(string now, bool isSent)
    {
        _engine = Engine.Make(Locale.French, DateTimeOffset.Parse(now, null).AddHours(-3), settings => With(settings, Daily with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris") }));
        await _engine.OpenAsync();
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await _engine.PassAsync(TimeSpan.FromMinutes(1));
        _engine.Time.Advance(TimeSpan.FromHours(3) - TimeSpan.FromMinutes(1));
        await _engine.PassAsync(TimeSpan.Zero);
        Assert.Equal(isSent ? 1 : 0, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task A_clock_that_was_years_ahead_does_not_keep_it_silent()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(7, 59);
        _engine.Jump(TimeSpan.FromDays(1000));
        await _engine.LiveAsync(TimeSpan.FromMinutes(2));
        _engine.Jump(TimeSpan.FromDays(-1000));
        await ToAsync(8, 3);
        var mails = await MailsAsync();
        Assert.Equal(2, mails.Count);
        Assert.StartsWith("De dimanche 22/11 08:0", mails[1].Paragraphs[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_much_happened_a_section_is_short_and_counts_the_others()
    {
        await StartAsync(Daily);
        await _engine.TakeAsync([.. Enumerable.Range(1, 300).Select(i => Nagios.Problem("hal", $"S{i}"))]);
        await ToAsync(8, 0);
        var mail = Assert.Single(await MailsAsync());
        Assert.Contains("- et 280 de plus", mail.Paragraphs.Select(one => one.Value));
        Assert.InRange(mail.Paragraphs.Count, 20, 40);
    }

    [Fact]
    public async Task A_person_may_have_it_in_clear()
    {
        await StartAsync(Daily with { Recipients = [new(Alice, Locale.French, IsEncrypted: false)] });
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await ToAsync(8, 0);
        Assert.False(Assert.Single(await MailsAsync()).IsEncrypted);
    }

    private static BotSettings With(BotSettings settings, DigestSettings digest) => settings with
    {
        People = new People([Alice]),
        Digest = digest,
        Mail = settings.Mail with { Smtp = new("localhost", 25, "globot@globenet.org", "root@globenet.org") },
    };

    private async Task StartAsync(DigestSettings digest) => _engine = await Engine.StartAsync(settings => With(settings, digest));

    private async Task HappenAsync()
    {
        var lunar = PublicText.Declared("lunar");
        await _engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", "IMAP"), Nagios.Problem("sud", "HTTP"));
        await _engine.LiveAsync(TimeSpan.FromMinutes(5));
        await _engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await _engine.LiveAsync(TimeSpan.FromMinutes(1));
        var now = _engine.Time.GetUtcNow();
        await _engine.Incidents.AcknowledgeAsync([2], new Acknowledgement(lunar, new Remark(new RootText("je redémarre"), Audience.Root), now, now.AddDays(3)), null, CancellationToken.None);
        await _engine.TakeAsync(Nagios.Problem("web", "HTTP"));
        await _engine.TakeAsync(Nagios.Recovery("web", "HTTP"));
        await _engine.TakeAsync(Metche.Changed("hal", now, ["etc/postfix/main.cf"]), Metche.Changed("sud", now, ["etc/fstab"]));
        await _engine.Changelog.AppendAsync(new ChangelogEntry(Name.OfMachine("hal"), now, lunar, new Remark(new RootText("postfix relancé"), Audience.Root)), null, CancellationToken.None);
        var begins = new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);
        await _engine.Interventions.PlanAsync(
            new Intervention { Machines = [PublicText.Declared("sud")], By = lunar, What = new Remark(new RootText("disque"), Audience.Root), PlannedAt = now, BeginsAt = begins, EndsAt = begins.AddHours(1) },
            null,
            CancellationToken.None);
    }

    /// <summary>Time passes until that hour, and everything is done once a minute in the last five of them.</summary>
    private async Task ToAsync(int hour, int minute)
    {
        var now = _engine.Time.GetUtcNow();
        var then = new DateTimeOffset(now.Date, TimeSpan.Zero).Add(new TimeSpan(hour, minute, 0));
        then = then > now ? then : then.AddDays(1);
        if (then - now > TimeSpan.FromMinutes(5))
        {
            await _engine.LiveAsync(TimeSpan.FromMinutes(2));
            _engine.Time.Advance(then - TimeSpan.FromMinutes(3) - _engine.Time.GetUtcNow());
        }

        await _engine.LiveAsync(then - _engine.Time.GetUtcNow());
    }

    private Task<List<OutgoingMail>> MailsAsync() => MailsAsync(MailTarget.Of(Alice));

    private async Task<List<OutgoingMail>> MailsAsync(string target) => [.. (await RowsAsync(target)).Select(row => OutgoingMail.Read(row.Payload))];

    private Task<IReadOnlyList<OutboxRow>> RowsAsync(string target) =>
        _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, target, 100), CancellationToken.None);
}
