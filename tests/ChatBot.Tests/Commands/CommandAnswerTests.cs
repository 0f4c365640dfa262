using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class CommandAnswerTests : BilingualScenes
{
    private const string NotATime = "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h";
    private const string NotATimeEnglish = "I do not understand that time, nothing is done; for example 2h, 1h30, 2 days, until 18:00";

    [Theory, MemberData(nameof(Both))]
    public async Task Status_of_a_machine_is_one_line(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In(
                "hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"
                + " · dernier changement il y a 2 heures · dernière ligne : quota du spool doublé",
                "hal (no-log): 1 incident — POP3 CRITICAL for 12 minutes, ack by lunar “je redémarre” #42"
                + " · last change 2 hours ago · last line: quota du spool doublé"),
            Assert.Single(await Group.InChannel("!status hal")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Status_tells_the_machines_in_trouble_the_worst_first_and_counts_no_others_as_checked(Locale locale)
    {
        Speak(locale);
        var lines = await Group.InChannel("!status");
        Assert.Equal(
            [
                In("filer (mutualisé) : 1 incident — DOWN depuis 3 minutes, pris par personne #43", "filer (mutualisé): 1 incident — DOWN for 3 minutes, nobody has it #43"),
                In("les autres machines : rien d'ouvert, que je sache", "the other machines: nothing open that I know of"),
            ],
            [lines[0], lines[^1]]);
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData(Locale.French, "!status pop3 hal"), InlineData(Locale.French, "!STATUS HAL Pop3"), InlineData(Locale.French, "!etat hal.globenet.org pop3")]
    [InlineData(Locale.English, "!status pop3 hal"), InlineData(Locale.English, "!STATUS HAL Pop3"), InlineData(Locale.English, "!etat hal.globenet.org pop3")]
    public async Task Status_takes_its_words_in_any_order_and_case(Locale locale, string text)
    {
        Speak(locale);
        Assert.Equal(
            In(
                "hal POP3 : 1 incident — POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42",
                "hal POP3: 1 incident — POP3 CRITICAL for 12 minutes, ack by lunar “je redémarre” #42"),
            Assert.Single(await Group.InChannel(text)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Status_of_a_service_without_incident_says_only_what_is_known(Locale locale)
    {
        Speak(locale);
        Assert.StartsWith(
            In(
                "hal SMTP : aucun incident ouvert à ma connaissance · hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes",
                "hal SMTP: no open incident that I know of · hal (no-log): 1 incident — POP3 CRITICAL for 12 minutes"),
            Assert.Single(await Group.InChannel("!status hal smtp")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_unknown_machine_gets_the_nearest_names(Locale locale)
    {
        Speak(locale);
        Assert.Equal(In("machine inconnue ; peut-être filer ?", "unknown machine; maybe filer?"), Assert.Single(await Group.InChannel("!status filler")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_machine_that_only_its_incident_names_can_be_asked_about(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In("vieux : 1 incident — CPU WARNING depuis 4 heures, pris par personne #39", "vieux: 1 incident — CPU WARNING for 4 hours, nobody has it #39"),
            Assert.Single(await Group.InChannel("!status vieux")));
        Assert.Equal(
            In("[vieux] CPU WARNING depuis 4 heures, pris par personne #39", "[vieux] CPU WARNING for 4 hours, nobody has it #39"),
            Assert.Single(await Group.InChannel("!incidents VIEUX")));
    }

    [Theory]
    [InlineData("hal\u202e"), InlineData("h\u200bal"), InlineData("../hal"), InlineData("-oProxyCommand=x"), InlineData("root@hal")]
    [InlineData("*"), InlineData("hal#x"), InlineData("$(hostname)"), InlineData("[::1]"), InlineData("localhost")]
    public async Task Only_a_name_of_the_inventory_is_a_machine(string name)
    {
        foreach (var locale in Enum.GetValues<Locale>())
        {
            await using var group = new SampleGroup(locale);
            var before = await group.EntriesAsync();
            Assert.Contains("machine", Assert.Single(await group.InChannel($"!log {name} bonjour")), StringComparison.Ordinal);
            Assert.Equal(before, await group.EntriesAsync());
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_root_channel_hears_what_a_check_said_and_why_it_was_taken(Locale locale)
    {
        Speak(locale);
        var lines = await Group.InChannel("!incident 41", audience: Audience.Root);
        Assert.Contains(
            In("« confidentiel : le client Dupont n'a pas payé »", "“confidentiel : le client Dupont n'a pas payé”"), lines[0], StringComparison.Ordinal);
        Assert.Contains("Socket timeout", lines[1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_root_channel_hears_file_names(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In(
                "[hal] modifié : 3 fichiers (/etc/postfix/main.cf, /etc/postfix/confidentiel.cf, /etc/aliases), 2 paquets (postfix, libsasl2)"
                + " — à 12:17 · « alster: confidentiel : relais pour Dupont »",
                "[hal] changed: 3 files (/etc/postfix/main.cf, /etc/postfix/confidentiel.cf, /etc/aliases), 2 packages (postfix, libsasl2)"
                + " — at 12:17 · “alster: confidentiel : relais pour Dupont”"),
            Assert.Single(await Group.InChannel("!changes hal", audience: Audience.Root)));
        Assert.Equal(
            In(
                "[hal] modifié : 3 fichiers (/etc/postfix, /etc), 2 paquets (postfix, libsasl2) — à 12:17",
                "[hal] changed: 3 files (/etc/postfix, /etc), 2 packages (postfix, libsasl2) — at 12:17"),
            Assert.Single(await Group.InChannel("!changes hal")));
    }

    [Theory]
    [InlineData("ack -1 raison"), InlineData("ack 0x1 raison"), InlineData("ack ¹ raison")]
    [InlineData("ack 99999999999999999999 raison"), InlineData("ack * raison"), InlineData("ack 42 1 2"), InlineData("ack {0} raison")]
    public Task What_is_no_number_or_no_reason_gets_the_usage(string say) => InBothAsync(async () =>
        Assert.Equal(In("usage : !ack 42 [2h] raison", "usage: !ack 42 [2h] reason"), Assert.Single(await Group.InChannel("!" + say))));

    [Theory, MemberData(nameof(Both))]
    public async Task Several_of_a_machine_are_listed_before_they_are_taken(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In(
                "[sud] 2 incidents : SSH WARNING #44, HTTP WARNING #41 · pour tous : ack! sud <raison> · pour un seul : ack 44 <raison>",
                "[sud] 2 incidents: SSH WARNING #44, HTTP WARNING #41 · for all: ack! sud <reason> · for one: ack 44 <reason>"),
            Assert.Single(await Group.InPrivate("ack sud je regarde")));
        Assert.Contains(
            In("[sud] SSH WARNING (Connection refused) depuis 2 minutes #44 (muet)", "[sud] SSH WARNING (Connection refused) for 2 minutes #44 (muted)"),
            await Group.InPrivate("incidents sud"));
        Assert.StartsWith(
            In("[sud] 2 incidents pris par lunar « je regarde »", "[sud] 2 incidents acknowledged by lunar “je regarde”"),
            Assert.Single(await Group.InPrivate("ack! sud je regarde")), StringComparison.Ordinal);
        Assert.Contains(
            In(
                "[sud] SSH WARNING (Connection refused) depuis 2 minutes, pris par lunar « je regarde » #44 (muet)",
                "[sud] SSH WARNING (Connection refused) for 2 minutes, ack by lunar “je regarde” #44 (muted)"),
            await Group.InPrivate("incidents sud"));
        Assert.Equal(
            In(
                "[sud] 2 incidents : SSH WARNING #44, HTTP WARNING #41 · pour tous : !unack! sud · pour un seul : !unack 44",
                "[sud] 2 incidents: SSH WARNING #44, HTTP WARNING #41 · for all: !unack! sud · for one: !unack 44"),
            Assert.Single(await Group.InChannel("!unack sud")));
        Assert.Equal(
            In(
                "[sud] 2 incidents relâchés par lunar, toujours ouverts : HTTP WARNING #41, SSH WARNING #44",
                "[sud] 2 incidents released by lunar, still open: HTTP WARNING #41, SSH WARNING #44"),
            Assert.Single(await Group.InChannel("!unack! sud")));
    }

    [Theory]
    [InlineData("!ack hal imap je regarde", "hal IMAP : aucun incident ouvert à ma connaissance", "hal IMAP: no open incident that I know of")]
    [InlineData("!ack sql je regarde", "sql : aucun incident ouvert à ma connaissance", "sql: no open incident that I know of")]
    [InlineData(
        "!ack! je regarde", "lequel ? filer DOWN #43, hal POP3 CRITICAL #42, sud SSH WARNING #44, sud HTTP WARNING #41, vieux CPU WARNING #39",
        "which one? filer DOWN #43, hal POP3 CRITICAL #42, sud SSH WARNING #44, sud HTTP WARNING #41, vieux CPU WARNING #39")]
    [InlineData(
        "!ack 47 je regarde", "il n'y a pas d'incident #47 ; incidents ouverts les plus proches : sud SSH WARNING #44, filer DOWN #43, hal POP3 CRITICAL #42",
        "there is no incident #47; the nearest open incidents: sud SSH WARNING #44, filer DOWN #43, hal POP3 CRITICAL #42")]
    [InlineData("!ack 40", "déjà terminé : [hal] IMAP OK après 30 minutes — #40 (pris par lunar)", "already recovered: [hal] IMAP OK after 30 minutes — #40 (ack by lunar)")]
    [InlineData("!ack 42", "il manque la raison : !ack 42 je regarde", "the reason is missing: !ack 42 looking")]
    [InlineData("!prends 42 2h ?", "il manque la raison : !prends 42 2h je regarde", "the reason is missing: !prends 42 2h looking")]
    [InlineData("!ack hal", "il manque la raison : !ack hal je regarde", "the reason is missing: !ack hal looking")]
    [InlineData("!ack 43 30:00 je regarde", NotATime, NotATimeEnglish), InlineData("!ack 43 9:99 je regarde", NotATime, NotATimeEnglish)]
    [InlineData("!ack 43 je regarde -2h", NotATime, NotATimeEnglish), InlineData("!ack 43 999999999d je regarde", NotATime, NotATimeEnglish)]
    [InlineData("!ack 43 -2h bof", NotATime, NotATimeEnglish), InlineData("!ack 43 -1h30 bof", NotATime, NotATimeEnglish)]
    [InlineData("!ack 43 : −30min bof", NotATime, NotATimeEnglish), InlineData("!ack -2h 43 bof", NotATime, NotATimeEnglish)]
    [InlineData("!ack 43 -2 h bof", NotATime, NotATimeEnglish), InlineData("!ack 43 bof -2 h", NotATime, NotATimeEnglish)]
    [InlineData("!ack 43 jusqu'à -2h bof", NotATime, NotATimeEnglish), InlineData("!ack 43 pendant -2h bof", NotATime, NotATimeEnglish)]
    [InlineData("!mute hal imap -1h bruit", NotATime, NotATimeEnglish), InlineData("!mute hal bruit -1h", NotATime, NotATimeEnglish)]
    [InlineData("!mute -1h hal", NotATime, NotATimeEnglish), InlineData("!mute hal –18h30", NotATime, NotATimeEnglish)]
    [InlineData("!mute hal 2h -30m bruit", NotATime, NotATimeEnglish)]
    [InlineData("!intervention hal -1h 2h noyau", NotATime, NotATimeEnglish), InlineData("!intervention -1h hal noyau", NotATime, NotATimeEnglish)]
    [InlineData("!intervention hal demain 18h -2h noyau", NotATime, NotATimeEnglish)]
    [InlineData("!intervention hal dans -1h 2h noyau", "quand ? !intervention hal samedi 23h 2h noyau", "when? !intervention hal saturday 23:00 2h new kernel")]
    [InlineData(
        "!ack 43, 99 je regarde", "je ne comprends pas ces numéros, rien n'est fait ; par exemple !ack 42 43 je regarde",
        "I do not understand these numbers, nothing is done; for example !ack 42 43 looking")]
    [InlineData("!ack 43 #x je regarde", "usage : !ack 42 [2h] raison", "usage: !ack 42 [2h] reason")]
    [InlineData(
        "!ack hal pop je regarde", "[hal] je ne connais pas ce service, rien n'est fait ; je connais : POP3, IMAP, SMTP",
        "[hal] I do not know that service, nothing is done; I know: POP3, IMAP, SMTP")]
    [InlineData("!unack hale", "machine inconnue ; peut-être hal ?", "unknown machine; maybe hal?")]
    [InlineData("!unack hal pop", "usage : !unack [42]", "usage: !unack [42]")]
    public async Task Nothing_is_taken_that_was_not_meant(string say, string french, string english)
    {
        await InBothAsync(async () =>
        {
            Assert.Equal(In(french, english), Assert.Single(await Group.InChannel(say)));
            Assert.Contains(
                In("pris par lunar « je redémarre » #42", "ack by lunar “je redémarre” #42"), Assert.Single(await Group.InChannel("!status hal")), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("!état d'hal", "!état hal"), InlineData("!status d’hal pop3 ?", "!status hal pop3"), InlineData("!état de l'hal", "!état hal")]
    [InlineData("!état de hal", "!état hal"), InlineData("!état D'hal ok", "!état hal"), InlineData("!incidents d'hal", "!incidents hal")]
    [InlineData("!état ok", "!état"), InlineData("!status okay ?", "!status"), InlineData("!incidents ok", "!incidents")]
    public Task An_elision_or_a_courtesy_is_no_other_machine(string say, string plain) => InBothAsync(async () =>
        Assert.Equal(await Group.InChannel(plain), await Group.InChannel(say)));

    [Theory]
    [InlineData("!ack 43 : 2h - vu !", "[filer] DOWN pris par lunar « vu ! » jusqu'à 16:17 — #43", "[filer] DOWN acknowledged by lunar “vu !” until 16:17 — #43")]
    [InlineData("!ack 43 :2h vu", "[filer] DOWN pris par lunar « vu » jusqu'à 16:17 — #43", "[filer] DOWN acknowledged by lunar “vu” until 16:17 — #43")]
    [InlineData("!ack filer : 1,5h : vu", "[filer] DOWN pris par lunar « vu » jusqu'à 15:47 — #43", "[filer] DOWN acknowledged by lunar “vu” until 15:47 — #43")]
    [InlineData("!ack 2h : 43 — vu", "[filer] DOWN pris par lunar « vu » jusqu'à 16:17 — #43", "[filer] DOWN acknowledged by lunar “vu” until 16:17 — #43")]
    [InlineData("!ack 43 +2h vu", "[filer] DOWN pris par lunar « vu » jusqu'à 16:17 — #43", "[filer] DOWN acknowledged by lunar “vu” until 16:17 — #43")]
    [InlineData("!ack 41, 44 : 1,5h vu", "[sud] 2 incidents pris par lunar « vu » jusqu'à 15:47", "[sud] 2 incidents acknowledged by lunar “vu” until 15:47")]
    [InlineData("!ack 41 et 44 : 1,5h - vu !", "[sud] 2 incidents pris par lunar « vu ! » jusqu'à 15:47", "[sud] 2 incidents acknowledged by lunar “vu !” until 15:47")]
    [InlineData("!mute hal : 2h - bruit", "[hal] muet jusqu'à 16:17, par lunar « bruit »", "[hal] muted until 16:17, by lunar “bruit”")]
    [InlineData("!mute hal : pop3 : 2h : bruit", "[hal] POP3 muet jusqu'à 16:17, par lunar « bruit »", "[hal] POP3 muted until 16:17, by lunar “bruit”")]
    [InlineData("!mute hal + 2h bruit", "[hal] muet jusqu'à 16:17, par lunar « bruit »", "[hal] muted until 16:17, by lunar “bruit”")]
    [InlineData("!mute 2h : hal +bruit", "[hal] muet jusqu'à 16:17, par lunar « +bruit »", "[hal] muted until 16:17, by lunar “+bruit”")]
    [InlineData("!mute hal +2h bruit", "[hal] muet jusqu'à 16:17, par lunar « bruit »", "[hal] muted until 16:17, by lunar “bruit”")]
    [InlineData(
        "!intervention hal : samedi 23h - 2h : noyau", "[hal] intervention #4 prévue samedi 28/11 23:00, pour 2 heures, par lunar — noyau",
        "[hal] intervention #4 planned Saturday 28 Nov 23:00, for 2 hours, by lunar — noyau")]
    public Task What_separates_hides_no_time(string say, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InChannel(say)), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Both))]
    public async Task The_only_open_incident_needs_no_name_unless_another_machine_seems_to_be_meant(Locale locale)
    {
        Speak(locale);
        await EndAsync(("vieux", "CPU"), ("sud", "HTTP"), ("sud", "SSH"), ("hal", "POP3"));

        Assert.Equal(In("lequel ? filer DOWN #43", "which one? filer DOWN #43"), Assert.Single(await Group.InChannel("!ack webmal ne répond plus")));
        Assert.Equal(
            In("sud : aucun incident ouvert à ma connaissance", "sud: no open incident that I know of"), Assert.Single(await Group.InChannel("!ack sud ne répond plus")));
        Assert.Equal(
            In("[filer] DOWN pris par lunar « je regarde » jusqu'à 16:17 — #43", "[filer] DOWN acknowledged by lunar “je regarde” until 16:17 — #43"),
            Assert.Single(await Group.InChannel("!ack je regarde 2h")));
        Assert.Equal(
            In("[filer] DOWN relâché par lunar, toujours ouvert après 3 minutes — #43", "[filer] DOWN released by lunar, still open after 3 minutes — #43"),
            Assert.Single(await Group.InChannel("!rends")));
        Assert.Equal(In("rien n'est pris", "nothing is acknowledged"), Assert.Single(await Group.InChannel("!rends")));
        await SampleStore.TakeAsync(Group.Engine, NagiosHost.Recovery("filer"));
        Assert.Equal(
            In("aucun incident ouvert à ma connaissance", "no open incident that I know of"), Assert.Single(await Group.InChannel("!ack je regarde")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_incident_is_not_taken_for_ever(Locale locale)
    {
        Speak(locale);
        Assert.Equal(In("entre 1 minute et 30 jours", "between 1 minute and 30 days"), Assert.Single(await Group.InChannel("!ack 42 31j vacances")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_reason_told_in_private_stays_out_of_the_channel(Locale locale)
    {
        Speak(locale);
        Assert.Contains(In("« je vois Paul »", "“je vois Paul”"), Assert.Single(await Group.InPrivate("ack 42 je vois Paul")), StringComparison.Ordinal);
        Assert.DoesNotContain("Paul", string.Join('\n', await Group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_takes_it_is_the_person_and_not_the_nick(Locale locale)
    {
        Speak(locale);
        var away = SampleGroup.Lunar with { Nick = "lunar_away" };
        Assert.Contains(
            In("pris par lunar «", "acknowledged by lunar “"), Assert.Single(await Group.InChannel("!ack 42 je regarde", away)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log hal nouveau password=chanSecret1 pour jean"), InlineData("log hal mot de passe de sql : chanSecret1")]
    [InlineData("ack 42 le mdp est chanSecret1"), InlineData("ack 42 2h token chanSecret1")]
    public async Task A_secret_is_neither_kept_nor_said_again(string say)
    {
        await InBothAsync(async () =>
        {
            var before = await Group.EntriesAsync();
            var lines = await Group.InChannel("!" + say);
            Assert.Equal(In("réponse en privé", "answered in private"), lines[0]);
            Assert.Contains(In("changez-le maintenant", "change it now"), lines[1], StringComparison.Ordinal);
            Assert.DoesNotContain("chanSecret1", string.Join('\n', lines), StringComparison.Ordinal);
            Assert.Equal(before, await Group.EntriesAsync());
            Assert.Contains("je redémarre", string.Join('\n', await Group.InChannel("!status hal")), StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_stranger_reads_the_changelog_and_does_not_write_in_it(Locale locale)
    {
        Speak(locale);
        Assert.Contains("quota du spool", Assert.Single(await Group.InChannel("!log hal", SampleGroup.Stranger)), StringComparison.Ordinal);
        Assert.Contains(In("réservé aux admins", "is for admins"), Assert.Single(await Group.InChannel("!log hal pwned", SampleGroup.Stranger)), StringComparison.Ordinal);
        Assert.Equal(5, await Group.EntriesAsync());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_admin_reads_in_private_what_was_not_said_in_public(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            [
                In("[hal] lunar, il y a 1 heure : quota du spool doublé", "[hal] lunar, 1 hour ago: quota du spool doublé"),
                In("[hal] lunar, il y a 3 heures : confidentiel : boîte de Dupont vidée", "[hal] lunar, 3 hours ago: confidentiel : boîte de Dupont vidée"),
                In("[hal] alster, aujourd'hui : confidentiel : relais pour Dupont", "[hal] alster, today: confidentiel : relais pour Dupont"),
            ],
            await Group.InPrivate("log hal"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Whether_there_is_a_line_for_the_rootGroup_alone_is_not_for_everybody(Locale locale)
    {
        Speak(locale);
        foreach (var machine in new[] { "sud", "sql" })
        {
            Assert.Equal(
                In(
                    $"[{machine}] rien au changelog que tout le monde puisse lire ; le groupe root le lit sur son canal",
                    $"[{machine}] nothing in the changelog that everybody may read; the root group reads it in its channel"),
                Assert.Single(await Group.InChannel("!log " + machine)));
        }

        Assert.Contains("Dupont", Assert.Single(await Group.InPrivate("log sud")), StringComparison.Ordinal);
        Assert.Equal(In("[sql] changelog vide", "[sql] the changelog is empty"), Assert.Single(await Group.InPrivate("log sql")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_incident_for_the_rootGroup_alone_is_to_others_as_one_that_is_not(Locale locale)
    {
        Speak(locale);
        await Group.OpenAsync();
        await Group.Engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, "UPDATE incident SET for_root = 1 WHERE number = 43", transaction.Transaction), CancellationToken.None);

        foreach (var command in new[] { "incident", "why" })
        {
            var (hidden, none) = (await Group.InChannel($"!{command} 43", SampleGroup.Stranger), await Group.InPrivate($"{command} 99", SampleGroup.Stranger));
            Assert.Equal(In("il n'y a pas d'incident #43 que je puisse montrer ici", "there is no incident #43 that I may show here"), Assert.Single(hidden));
            Assert.Equal(Assert.Single(hidden), Assert.Single(none).Replace("#99", "#43", StringComparison.Ordinal));
            Assert.Equal(In("il n'y a pas d'incident #99", "there is no incident #99"), Assert.Single(await Group.InPrivate($"{command} 99")));
        }

        Assert.Contains(await Group.InPrivate("incident 43"), line => line.Contains("[filer] DOWN", StringComparison.Ordinal));
        Assert.Equal(
            In("la réponse est pour le groupe root : sur son canal, ou en privé", "the answer is for the root group: in its channel, or in private"),
            Assert.Single(await Group.InChannel("!ack 43 je regarde")));
        Assert.DoesNotContain(await Group.InChannel("!incidents"), line => line.Contains("43", StringComparison.Ordinal) || line.Contains("filer", StringComparison.Ordinal));
        await EndAsync(("vieux", "CPU"), ("sud", "HTTP"), ("sud", "SSH"), ("hal", "POP3"));
        foreach (var command in new[] { "!incidents", "!status" })
        {
            Assert.Equal(In("rien d'ouvert que je puisse dire ici", "nothing open that I may name here"), Assert.Single(await Group.InChannel(command)));
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_last_line_says_to_admins_what_to_take(Locale locale)
    {
        Speak(locale);
        Assert.Equal(In("à prendre : !prends 43 <raison>", "to acknowledge: !ack 43 <reason>"), (await Group.InChannel("!incidents", audience: Audience.Root))[^1]);
        Assert.Equal(In("à prendre : prends 43 <raison>", "to acknowledge: ack 43 <reason>"), (await Group.InPrivate("incidents"))[^1]);
        foreach (var lines in new[] { await Group.InChannel("!incidents"), await Group.InPrivate("incidents", SampleGroup.Stranger), await Group.InPrivate("incidents hal") })
        {
            Assert.DoesNotContain(lines, line => line.Contains(In("à prendre", "to acknowledge"), StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_changelog_line_is_kept_as_it_was_typed(Locale locale)
    {
        Speak(locale);
        await Group.InChannel("!changelog hal  '; $(reboot) \u0002gras\u0002 \u000304,01rouge");
        Assert.Equal(
            In("[hal] lunar, à l'instant : '; $(reboot) gras rouge", "[hal] lunar, just now: '; $(reboot) gras rouge"), (await Group.InPrivate("log hal"))[0]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Appended_is_said_only_where_it_is(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In("[filer] ajouté au changelog de la machine, et relu : lignes 1–2", "[filer] appended to the machine's changelog, and read back: lines 1–2"),
            Assert.Single(await Group.InChannel("!log filer disque changé")));
        Assert.Equal(
            In(
                "noté, en route vers hal",
                "noted, on its way to hal"),
            Assert.Single(await Group.InChannel("!log hal quota doublé")));
        Assert.Equal(
            In(
                "[sql] noté dans mon seul journal : l'inventaire ne donne pas de fichier pour cette machine (!journal sql le relit)",
                "[sql] noted in my own changelog alone: the inventory names no file of that machine (!journal sql reads it again)"),
            Assert.Single(await Group.InChannel("!journal sql index refait")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Whoami_says_what_the_server_says(Locale locale)
    {
        Speak(locale);
        Assert.StartsWith(
            In("vous êtes marie, sans le rôle admin", "you are marie, without the admin role"), (await Group.InChannel("!whoami", SampleGroup.Marie))[0], StringComparison.Ordinal);
        Assert.StartsWith(
            In("le serveur ne dit pas", "the server does not say"), (await Group.InChannel("!whoami", SampleGroup.Stranger))[0], StringComparison.Ordinal);
        Assert.EndsWith(In("ce que lit le groupe root", "what the root group reads"), (await Group.InPrivate("whoami"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Where_the_network_knows_nobody_a_proof_is_named_if_there_can_be_one(Locale locale)
    {
        Speak(locale);
        var unknown = SampleGroup.Stranger with { NetworkTellsAccounts = false };
        Assert.EndsWith(In("avec !prouve", "with !auth"), Assert.Single(await Group.InChannel("!ack 42 je regarde", unknown)), StringComparison.Ordinal);
        Assert.EndsWith(
            In("avec prouve", "with auth"), Assert.Single(await Group.InPrivate("log hal pwned", unknown with { NickKey = "other" })), StringComparison.Ordinal);
        Assert.Contains(In("avec !prouve", "with !auth"), Assert.Single(await Group.InChannel("!whoami", unknown)), StringComparison.Ordinal);
        Group.Configure(settings => settings with { OpenPgp = null });
        Assert.EndsWith(
            In("refusé ici à tout le monde", "refused here to everybody"),
            Assert.Single(await Group.InChannel("!ack 42 je regarde", unknown with { NickKey = "third" })), StringComparison.Ordinal);
        Assert.Contains(In("personne n'y est admin", "nobody is an admin on it"), Assert.Single(await Group.InChannel("!whoami", unknown)), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Whoami_says_until_when_a_proof_holds(Locale locale)
    {
        Speak(locale);
        var proved = SampleGroup.Lunar with { Account = null, ProvedUntil = SampleStore.Now.AddHours(2) };
        Assert.Equal(
            In(
                "vous êtes lunar, admin, prouvé par OpenPGP jusqu'à 16:17 ; ici je réponds ce que tout le monde peut lire",
                "you are lunar, admin, proved by OpenPGP until 16:17; here I answer what everybody may read"),
            Assert.Single(await Group.InChannel("!whoami", proved)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Auth_gives_the_sentence_alone_on_its_line_and_in_private(Locale locale)
    {
        Speak(locale);
        var lines = await Group.InChannel("!auth lunar", SampleGroup.Stranger);
        Assert.Equal(In("réponse en privé", "answered in private"), lines[0]);
        Assert.Matches("^chatbot auth globot localhost lunar visiteur 2026-11-22T13:17:00Z [0-9a-f]{32}$", lines[2]);
        Assert.Equal(4, lines.Length);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Every_refusal_of_a_challenge_has_its_own_words(Locale locale)
    {
        Speak(locale);
        var (settings, who) = (Group.Engine.Settings.Value.Settings, SampleGroup.Stranger);
        var words = new List<string>
        {
            await RefusalAsync(who with { Stay = null }), await RefusalAsync(who with { Stay = new Stay("víctor", "víctor") }), await RefusalAsync(who, "???"),
        };
        await Group.InPrivate("auth lunar", who);
        words.Add(await RefusalAsync(who));
        for (var other = 0; other < ProofBook.MostPending; other++)
        {
            await Group.InPrivate("auth lunar", Named($"v{other}"));
        }

        words.Add(await RefusalAsync(Named("late")));
        Group.Configure(now => now with { Irc = now.Irc with { Servers = [new("irc.example.org", 6667)] } });
        words.Add(await RefusalAsync(who));
        Group.Configure(_ => settings with { OpenPgp = null });
        words.Add(await RefusalAsync(who));
        Assert.Distinct(words);
        Assert.Equal(Enum.GetValues<AskRefusal>().Length, words.Count);
        Assert.Contains(In("usage : auth [nom]", "usage: auth [name]"), words);

        static Caller Named(string nick) => SampleGroup.Stranger with { Nick = nick, Stay = new Stay(nick, nick) };
        async Task<string> RefusalAsync(Caller caller, string name = "lunar") => Assert.Single(await Group.InPrivate("auth " + name, caller));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Help_is_where_to_begin_in_a_channel_by_topic_in_private_and_all_of_it_where_asked(Locale locale)
    {
        Speak(locale);
        var lines = await Group.InChannel(In("!aide", "!help"));
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(
            In("pour tous : !état [machine] (comment ça va) · !incidents", "for all: !status [machine] (how things are) · !incidents"), lines[0], StringComparison.Ordinal);
        Assert.StartsWith(In("admins : !prends, !rends, !muet, !parle", "admins: !ack, !unack, !mute, !unmute"), lines[1], StringComparison.Ordinal);
        var topics = await Group.InPrivate(In("aide", "help"));
        Assert.Equal(6, topics.Length);
        Assert.Equal(In("prendre : prends 42 [2h] raison · rends [42] · clos 42 raison", "acknowledge: ack 42 [2h] reason · unack [42] · close 42 reason"), topics[1]);
        Assert.Equal(Group.Commands.Count, (await Group.InPrivate(In("aide tout", "help all"))).Length);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_asks_for_help_in_private_in_the_other_language_is_answered_in_it(Locale locale)
    {
        Speak(locale);
        Assert.Equal("acknowledge: ack 42 [2h] reason · unack [42] · close 42 reason", (await Group.InPrivate("help"))[1]);
        Assert.Equal("prendre : prends 42 [2h] raison · rends [42] · clos 42 raison", (await Group.InPrivate("AIDE ?"))[1]);
        Assert.StartsWith("ack 42 [2h] reason — acknowledge an incident", (await Group.InPrivate("help prends"))[0], StringComparison.Ordinal);
        Assert.StartsWith(In("pour tous : !état", "for all: !status"), (await Group.InChannel("!help"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Help_hides_from_others_in_private_what_is_for_admins(Locale locale)
    {
        Speak(locale);
        var (ack, mute) = (In("prends 42", "ack 42"), In("muet", "mute"));
        Assert.DoesNotContain(await Group.InPrivate(In("aide", "help"), SampleGroup.Marie), line => line.Contains(ack, StringComparison.Ordinal));
        Assert.DoesNotContain(
            await Group.InPrivate(In("aide tout", "help all"), SampleGroup.Stranger),
            line => line.Contains("(admins)", StringComparison.Ordinal) && line.StartsWith(mute, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Help_of_a_command_has_three_examples_in_the_language_of_theGroup(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            [
                In(
                    "!prends 42 [2h] raison — prendre un incident, pour 24 h ou le temps donné ; « prends hal … » le prend par sa machine, « prends! hal … » les prend tous, « prends tout … » ce que personne n'a (admins)",
                    "!ack 42 [2h] reason — acknowledge an incident, for 24 h or the time given; “ack hal …” by its machine, “ack! hal …” all of them, “ack all …” what nobody has (admins)"),
                In("aussi : !ack", "also: !prends"),
                In(
                    "exemples : !prends 42 je redémarre · !prends 42 2h je redémarre · !prends 42 je redémarre jusqu'à 18h",
                    "examples: !ack 42 restarting · !ack 42 2h restarting · !ack 42 restarting until 18:00"),
            ],
            await Group.InChannel(In("!aide ack", "!help prends")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Help_of_a_slip_gets_the_nearest(Locale locale)
    {
        Speak(locale);
        Assert.Equal(
            In("commande inconnue ; peut-être !état ?", "unknown command; maybe !status?"), Assert.Single(await Group.InChannel("!help statsu")));
    }

    private async Task EndAsync(params (string Machine, string Service)[] checks)
    {
        await Group.OpenAsync();
        foreach (var (machine, service) in checks)
        {
            await SampleStore.TakeAsync(Group.Engine, Nagios.Recovery(machine, service));
        }
    }
}
