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
public sealed class LookingBackTests : BilingualScenes
{
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
    [InlineData(Locale.French, "nagios", "Nagios"), InlineData(Locale.French, "icinga", "Icinga"), InlineData(Locale.French, "icinga2", "Icinga")]
    [InlineData(Locale.French, "zabbix", "zabbix"), InlineData(Locale.English, "nagios", "Nagios"), InlineData(Locale.English, "icinga2", "Icinga")]
    public async Task Why_and_the_story_name_the_monitor_that_reported(Locale locale, string source, string name)
    {
        Speak(locale);
        await Group.InChannel("!unack 42");
        await Group.Engine.TakeAsync(Nagios.Write("ACKNOWLEDGEMENT", "hal", "POP3", "CRITICAL", more: "Author: marie\nComment: vu"));
        await Group.Engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, $"UPDATE incident SET source = '{source}'", transaction.Transaction), CancellationToken.None);
        Assert.Contains(
            In($"14:10 CRITICAL — {name} répète ce qui est connu : pas annoncé (2 fois)", $"14:10 CRITICAL — {name} repeats what is known: not announced (2 times)"),
            await Group.InPrivate("why 42"));
        Assert.Contains(
            await Group.InPrivate("incident 42"), line => line.Contains(In($"acquitté dans {name}", $"acknowledged in {name}"), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Why_is_one_plain_line_a_decision_in_the_zone_of_theGroup(Locale locale)
    {
        Speak(locale);
        await Group.InChannel("!unack 42");
        var lines = await Group.InPrivate("why 42");
        Assert.Equal(
            In(
                "14:05 CRITICAL — nouvelle alerte : j'attends un instant s'il en vient d'autres, puis j'annonce",
                "14:05 CRITICAL — new alert: I wait a moment for others before I announce it"),
            lines[0]);
        Assert.Contains(In("14:14 CRITICAL — pris ici par lunar, annoncé", "14:14 CRITICAL — acknowledged here by lunar, announced"), lines);
        Assert.Contains(In("14:17 CRITICAL — relâché ici par lunar, annoncé", "14:17 CRITICAL — released here by lunar, announced"), lines);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Why_names_the_incident_that_inhibits(Locale locale)
    {
        Speak(locale);
        await Group.OpenAsync();
        await SampleStore.TakeAsync(Group.Engine, Nagios.Problem("filer", "NFS"));
        await Group.Engine.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Contains(
            await Group.InPrivate("why 45"),
            line => line.EndsWith(In("CRITICAL — inhibé par la panne #43 : pas annoncé", "CRITICAL — inhibited by the outage #43: not announced"), StringComparison.Ordinal));
        Assert.Contains(
            In("dont 1 autre découle (NFS #45)", "the cause of 1 other (NFS #45)"), (await Group.InPrivate("incidents filer"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("why hal"), InlineData("pourquoi hal POP3"), InlineData("why hal.globenet.org pop3")]
    public Task Why_finds_the_last_incident_of_a_check(string text) => InBothAsync(async () =>
        Assert.StartsWith(In("#42 : [hal] POP3 CRITICAL", "#42: [hal] POP3 CRITICAL"), (await Group.InPrivate(text))[0], StringComparison.Ordinal));

    [Theory]
    [InlineData("!why hal smtp", "aucun incident connu", "no incident known"), InlineData("!why www2", "aucun incident connu", "no incident known")]
    [InlineData("!why filler", "machine inconnue ; peut-être filer ?", "unknown machine; maybe filer?")]
    public Task Why_says_where_there_is_none(string text, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InChannel(text)), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Both))]
    public async Task Why_mentions_the_change_before_it_and_the_files_to_the_rootGroup_alone(Locale locale)
    {
        Speak(locale);
        Assert.Contains(In("12 minutes après une modification (1 fichier)", "12 minutes after a change (1 file)"), await Group.InChannel("!why 43"));
        Assert.Contains(
            In("12 minutes après une modification (/etc/nfs/confidentiel.cf)", "12 minutes after a change (/etc/nfs/confidentiel.cf)"), await Group.InPrivate("why 43"));
        Assert.DoesNotContain(In("après une modification", "after a change"), string.Join('\n', await Group.InPrivate("why 42")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Noise_is_three_lines_in_a_channel_and_all_of_it_in_private(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            [
                In(
                    "[hal] POP3 : 5 fois (12 notifications), 3 minutes en médiane, pris 2 fois — 3 sur 5 ont duré moins de 4 minutes :"
                    + " un max_check_attempts plus grand, ou un first_notification_delay de 5 minutes, les aurait évités",
                    "[hal] POP3: 5 times (12 notifications), median 3 minutes, acknowledged 2 times — 3 of 5 lasted less than 4 minutes:"
                    + " a larger max_check_attempts, or a first_notification_delay of 5 minutes, would have avoided them"),
                In(
                    "[webmail] HTTP : 2 fois (2 notifications), 25 minutes en médiane, jamais pris — rien de commun entre eux que je voie",
                    "[webmail] HTTP: 2 times (2 notifications), median 25 minutes, never acknowledged — nothing in common that I can see"),
                In("et 7 autres contrôles, 7 incidents : écrivez-moi « bruit »", "and 7 other checks, 7 incidents: ask me “noise” in private"),
            ],
            await Group.InChannel("!noise"));
        Assert.Equal(9, (await Group.InPrivate("noise 7j")).Length);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Noise_names_the_setting_after_several_outages_and_not_where_it_is_there_already(Locale locale)
    {
        Speak(locale);
        await Group.OpenAsync();
        await Group.Engine.PassAsync(TimeSpan.FromDays(1));
        await SampleStore.TakeAsync(Group.Engine, NagiosHost.Problem("routeur"));
        await SampleStore.TakeAsync(Group.Engine, Nagios.Problem("webmail", "HTTP"));
        await SampleStore.TakeAsync(Group.Engine, Nagios.Problem("sud", "POP3"));
        await Group.Engine.PassAsync(TimeSpan.FromMinutes(20));
        await SampleStore.TakeAsync(Group.Engine, NagiosHost.Recovery("routeur"));
        await SampleStore.TakeAsync(Group.Engine, Nagios.Recovery("webmail", "HTTP"));
        await SampleStore.TakeAsync(Group.Engine, Nagios.Recovery("sud", "POP3"));
        await Group.Engine.PassAsync(TimeSpan.FromMinutes(20));
        await SampleStore.TakeAsync(Group.Engine, NagiosHost.Problem("routeur"));
        await SampleStore.TakeAsync(Group.Engine, Nagios.Problem("sud", "POP3"));
        var said = string.Join('\n', await Group.InPrivate("noise"));
        Assert.Contains(
            In(
                "3 sur 3 ont commencé pendant 2 pannes de routeur : depends_on = [\"routeur\"] pour webmail dans l'inventaire les aurait inhibés",
                "3 of 3 began during 2 outages of routeur: depends_on = [\"routeur\"] for webmail in the inventory would have inhibited them"),
            said, StringComparison.Ordinal);
        Assert.DoesNotContain(In("pour sud", "for sud"), said, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task More_incidents_than_are_counted_are_said_beside_the_checks_that_are_not_shown(Locale locale)
    {
        Speak(locale);
        await Group.OpenAsync();
        await Group.Engine.Database.WriteAsync(
            transaction => Sql.RunAsync(
                transaction.Connection,
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
                INSERT INTO incident (machine, service, state, opened_at, closed_at)
                SELECT 'sql', 'S' || (i % 9), 'CRITICAL', m.at - 60000, m.at FROM n, (SELECT MAX(opened_at) AS at FROM incident) AS m
                """,
                transaction.Transaction),
            CancellationToken.None);

        var said = await Group.InChannel("!noise");
        Assert.Equal(3, said.Length);
        Assert.StartsWith(In("seuls les derniers incidents sont comptés (5000), depuis ", "only the last incidents are counted (5000), since "), said[0], StringComparison.Ordinal);
        Assert.StartsWith(In("et 9 autres contrôles, ", "and 9 other checks, "), said[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!noise 91d", "usage : !noise", "usage: !noise"), InlineData("!noise 10m", "usage : !noise", "usage: !noise"), InlineData("!noise 7x", "usage : !noise", "usage: !noise")]
    [InlineData("!noise hal sud 7d", "usage : !noise", "usage: !noise"), InlineData("!bruit filler", "machine inconnue", "unknown machine")]
    [InlineData("!bruit sql", "aucune alerte en 7 jours", "no alert in 7 days")]
    public Task Noise_takes_a_period_and_a_machine(string text, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InChannel(text)), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Both))]
    public async Task Noise_in_any_order(Locale locale)
    {
        Speak(locale);
        Assert.Equal(await Group.InChannel("!noise hal 30d"), await Group.InChannel("!bruit 30j hal.globenet.org"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Since_tells_each_audience_what_it_may_read(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            [
                In(
                    "depuis 13:17 (1 heure) — incidents ouverts : 4, terminés : 0, pris : 2 · changements : 1 · changelog : 1",
                    "since 13:17 (1 hour) — incidents opened: 4, ended: 0, acknowledged: 2 · changes: 1 · changelog: 1"),
            ],
            (await Group.InPrivate("since 1h", SampleGroup.Stranger))[..1]);
        var root = await Group.InPrivate(In("depuis 1 heure", "since 1 hour"));
        Assert.Contains(In("changelog : 2", "changelog: 2"), root[0], StringComparison.Ordinal);
        Assert.Contains(root, line => line.StartsWith("[filer] DOWN (", StringComparison.Ordinal)
            && line.EndsWith(In(") depuis 3 minutes, pris par personne #43", ") for 3 minutes, nobody has it #43"), StringComparison.Ordinal));
        Assert.Contains(root, line => line.Contains("confidentiel.cf", StringComparison.Ordinal));
        Assert.Contains(root, line => line.Contains("certificat de Dupont", StringComparison.Ordinal));
        Assert.InRange(root.Length, 2, 15);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Since_counts_a_change_by_when_the_bot_learned_of_it(Locale locale)
    {
        Speak(locale);
        Assert.Contains(In("changements : 2 ·", "changes: 2 ·"), (await Group.InPrivate("since 6h"))[0], StringComparison.Ordinal);
        await Group.Engine.TakeAsync(
            Metche.Changed("hal", SampleStore.Now.AddDays(-4), files: ["etc/vieux.conf"]), Metche.Changed("sud", SampleStore.Now.AddDays(-3), files: ["etc/autre.conf"]));
        await Group.Engine.PassAsync(TimeSpan.FromSeconds(20));
        var lines = await Group.InPrivate("since 6h");
        Assert.Contains(In("changements : 4 ·", "changes: 4 ·"), lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("vieux.conf", StringComparison.Ordinal));
        await Group.Engine.PassAsync(TimeSpan.FromHours(7));
        Assert.DoesNotContain(await Group.InPrivate("since 6h"), line => line.Contains("vieux.conf", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Since_begins_where_the_asker_left(Locale locale)
    {
        Speak(locale);
        var now = SampleStore.Now;
        var lunar = new IrcMember("lunar", new Stay("lunar", "lunar")) { Account = "lunar" };
        var unknown = In("ces 12 dernières heures (j'ignore quand vous êtes parti·e) — ", "the last 12 hours (I do not know when you left) — ");
        Group.Absences.Hear(new IrcEvent.MemberJoined("#globenet", lunar, AfterNetsplit: false), now.AddHours(-9));
        Group.Absences.Hear(new IrcEvent.MemberQuit(lunar, false), now.AddHours(-8));
        Assert.StartsWith(In("depuis votre départ à 06:17 — ", "since you left at 06:17 — "), (await Group.InPrivate("since"))[0], StringComparison.Ordinal);
        Assert.StartsWith(unknown, (await Group.InPrivate("since", SampleGroup.Marie))[0], StringComparison.Ordinal);

        Assert.StartsWith(In("oublié", "forgotten"), (await Group.InPrivate("forget-me"))[0], StringComparison.Ordinal);
        Assert.StartsWith(unknown, (await Group.InPrivate("since"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Since_says_the_day_where_it_is_another(Locale locale)
    {
        Speak(locale);
        var lunar = new IrcMember("lunar", new Stay("lunar", "lunar")) { Account = "lunar" };
        Group.Absences.Hear(new IrcEvent.MemberQuit(lunar, false), SampleStore.Now.AddHours(-20));
        Assert.StartsWith(
            In("depuis votre départ le 21/11 à 18:17 — ", "since you left on 21 Nov at 18:17 — "), (await Group.InPrivate("since"))[0], StringComparison.Ordinal);
        Assert.StartsWith(In("depuis le 21/11 14:17 (1 jour) — ", "since 21 Nov 14:17 (1 day) — "), (await Group.InPrivate("since 24h"))[0], StringComparison.Ordinal);
    }

    [Theory, InlineData(5, "2h"), InlineData(100, "4h")]
    public Task Where_nothing_is_new_since_who_asks_left_the_answer_says_how_to_look_further_back(int minutes, string further) => InBothAsync(async () =>
    {
        await Group.OpenAsync();
        await Group.Engine.PassAsync(TimeSpan.FromHours(30));
        var lunar = new IrcMember("lunar", new Stay("lunar", "lunar")) { Account = "lunar" };
        Group.Absences.Hear(new IrcEvent.MemberQuit(lunar, false), Group.Engine.Time.GetUtcNow().AddMinutes(-minutes));
        Assert.Matches(
            In($"^depuis votre départ .* : rien de nouveau ; encore ouverts : [0-9]+ .* ; plus loin : depuis {further}$",
                $"^since you left .*: nothing new; still open: [0-9]+ .*; further back: since {further}$"),
            Assert.Single(await Group.InPrivate(In("depuis", "since"))));
    });

    [Theory, InlineData("since yesterday"), InlineData("depuis hier"), InlineData("depuis samedi"), InlineData("since 21/11")]
    public Task Since_takes_a_day(string text) => InBothAsync(async () =>
        Assert.StartsWith(
            In("depuis le 21/11 00:00 (1 jour et 14 heures) — ", "since 21 Nov 00:00 (1 day and 14 hours) — "),
            (await Group.InPrivate(text))[0], StringComparison.Ordinal));

    [Theory]
    [InlineData("since 1m", "depuis 14:16 (1 minute) : rien de nouveau ; encore ouverts : 5 (incidents)", "since 14:16 (1 minute): nothing new; still open: 5 (incidents)")]
    [InlineData("since 31d", "usage : since", "usage: since"), InlineData("since demain", "usage : since", "usage: since")]
    public Task Since_says_where_there_is_nothing(string text, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InPrivate(text)), StringComparison.Ordinal));
}
