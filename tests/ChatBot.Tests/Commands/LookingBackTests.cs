using ChatBot.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>What commands tell of the past.</summary>
public sealed class LookingBackTests : IAsyncDisposable
{
    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Theory]
    [InlineData(Locale.English), InlineData(Locale.French)]
    public void Every_reason_has_its_own_words(Locale locale)
    {
        var phrases = new Phrasebook(locale, TimeZoneInfo.Utc);
        var words = Enum.GetValues<Reason>().Select(reason => WhyCommand.Words(phrases, reason, MonitorNames.Icinga).Value).ToList();
        Assert.DoesNotContain("", words);
        Assert.Distinct(words);
        Assert.DoesNotContain(words, line => line.Contains("Nagios", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nagios", "Nagios"), InlineData("icinga", "Icinga"), InlineData("icinga2", "Icinga"), InlineData("zabbix", "zabbix")]
    public async Task Why_and_the_story_name_the_monitor_that_reported(string source, string name)
    {
        await _group.InChannel("!unack 42");
        await _group.Engine.TakeAsync(Nagios.Write("ACKNOWLEDGEMENT", "hal", "POP3", "CRITICAL", more: "Author: marie\nComment: vu"));
        await _group.Engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, $"UPDATE incident SET source = '{source}'", transaction.Transaction), CancellationToken.None);
        Assert.Contains($"14:10 CRITICAL — {name} répète ce qui est connu : pas annoncé (× 2)", await _group.InPrivate("why 42"));
        Assert.Contains(await _group.InPrivate("incident 42"), line => line.Contains($"acquitté dans {name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_tells_the_hour_in_the_zone_of_the_group() =>
        Assert.StartsWith("14:05 CRITICAL — nouveau", (await _group.InPrivate("why 42"))[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("why hal"), InlineData("pourquoi hal POP3"), InlineData("why hal.globenet.org pop3")]
    public async Task Why_finds_the_last_incident_of_a_check(string text) =>
        Assert.StartsWith("#42 : [hal] POP3 CRITICAL", (await _group.InPrivate(text))[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("!why hal smtp", "aucun incident connu"), InlineData("!why www2", "aucun incident connu")]
    [InlineData("!why filler", "machine inconnue ; peut-être filer ?")]
    public async Task Why_says_where_there_is_none(string text, string answer) =>
        Assert.StartsWith(answer, Assert.Single(await _group.InChannel(text)), StringComparison.Ordinal);

    [Fact]
    public async Task Why_mentions_the_change_before_it_the_files_to_the_root_group_alone()
    {
        Assert.Contains("12 minutes après une modification de /etc/nfs", await _group.InChannel("!why 43"));
        Assert.Contains("12 minutes après une modification de /etc/nfs/confidentiel.cf", await _group.InPrivate("why 43"));
        Assert.DoesNotContain("après une modification", string.Join('\n', await _group.InPrivate("why 42")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_is_three_lines_in_a_channel_and_all_of_it_in_private()
    {
        Assert.Equal(
            [
                "[hal] POP3 — incidents : 5, notifications : 12, jamais pris : 3, durée médiane : 3 minutes — 3 sur 5 ont duré moins de 4 minutes :"
                + " un max_check_attempts plus grand, ou un first_notification_delay de 5 minutes, les aurait évités",
                "[webmail] HTTP — incidents : 2, notifications : 2, jamais pris : 2, durée médiane : 25 minutes — 2 sur 2 ont commencé pendant que routeur"
                + " était DOWN : une dépendance (depends_on, parents) les aurait inhibés",
                "contrôles non montrés : 7, incidents : 7 ; davantage en privé",
            ],
            await _group.InChannel("!noise"));
        Assert.Equal(9, (await _group.InPrivate("noise 7j")).Length);
    }

    [Fact]
    public async Task More_incidents_than_are_counted_are_said_beside_the_checks_that_are_not_shown()
    {
        await _group.OpenAsync();
        await _group.Engine.Database.WriteAsync(
            transaction => Sql.RunAsync(
                transaction.Connection,
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
                INSERT INTO incident (machine, service, state, opened_at, closed_at)
                SELECT 'sql', 'S' || (i % 9), 'CRITICAL', m.at - 60000, m.at FROM n, (SELECT MAX(opened_at) AS at FROM incident) AS m
                """,
                transaction.Transaction),
            CancellationToken.None);

        var said = await _group.InChannel("!noise");
        Assert.Equal(3, said.Length);
        Assert.StartsWith("seuls les derniers incidents sont comptés (5000), depuis ", said[0], StringComparison.Ordinal);
        Assert.StartsWith("contrôles non montrés : ", said[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!noise 91d", "usage : !noise"), InlineData("!noise 10m", "usage : !noise"), InlineData("!noise 7x", "usage : !noise")]
    [InlineData("!noise hal sud 7d", "usage : !noise"), InlineData("!bruit filler", "machine inconnue"), InlineData("!bruit sql", "aucune alerte en 7 jours")]
    public async Task Noise_takes_a_period_and_a_machine(string text, string answer) =>
        Assert.StartsWith(answer, Assert.Single(await _group.InChannel(text)), StringComparison.Ordinal);

    [Fact]
    public async Task Noise_in_any_order() =>
        Assert.Equal(await _group.InChannel("!noise hal 30d"), await _group.InChannel("!bruit 30j hal.globenet.org"));

    [Fact]
    public async Task Since_tells_each_audience_what_it_may_read()
    {
        Assert.Equal(
            [
                "depuis 13:17 (1 heure) — incidents ouverts : 4, terminés : 0, pris : 2 · changements : 1 · changelog : 1",
            ],
            (await _group.InPrivate("since 1h", SampleGroup.Stranger))[..1]);
        var root = await _group.InPrivate("depuis 1 heure");
        Assert.Contains("changelog : 2", root[0], StringComparison.Ordinal);
        Assert.Contains("[filer] DOWN depuis 3 minutes #43", root);
        Assert.Contains(root, line => line.Contains("confidentiel.cf", StringComparison.Ordinal));
        Assert.Contains(root, line => line.Contains("certificat de Dupont", StringComparison.Ordinal));
        Assert.InRange(root.Length, 2, 15);
    }

    [Fact]
    public async Task Since_begins_where_the_asker_left()
    {
        var now = SampleStore.Now;
        var lunar = new IrcMember("lunar", new Stay("lunar", "lunar")) { Account = "lunar" };
        _group.Absences.Hear(new IrcEvent.MemberJoined("#globenet", lunar, AfterNetsplit: false), now.AddHours(-9));
        _group.Absences.Hear(new IrcEvent.MemberQuit(lunar, false), now.AddHours(-8));
        Assert.StartsWith("depuis votre départ à 06:17 — ", (await _group.InPrivate("since"))[0], StringComparison.Ordinal);
        Assert.StartsWith("depuis 02:17 (12 heures, faute de savoir depuis quand) — ", (await _group.InPrivate("since", SampleGroup.Marie))[0], StringComparison.Ordinal);

        Assert.StartsWith("oublié", (await _group.InPrivate("forget-me"))[0], StringComparison.Ordinal);
        Assert.StartsWith("depuis 02:17", (await _group.InPrivate("since"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("since 1m", "depuis 14:16 (1 minute) : rien de nouveau ; encore ouverts : 5 (incidents)"), InlineData("since 31d", "usage : since"), InlineData("since hier", "usage : since")]
    public async Task Since_says_where_there_is_nothing(string text, string answer) =>
        Assert.StartsWith(answer, Assert.Single(await _group.InPrivate(text)), StringComparison.Ordinal);
}
