using ChatBot.Core.Commands;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class CommandAnswerTests : IAsyncDisposable
{
    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Status_of_a_machine_is_one_line() => Assert.Equal(
        "hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"
        + " · dernier changement il y a 2 heures · dernière ligne : quota du spool doublé",
        Assert.Single(await _group.InChannel("!status hal")));

    [Fact]
    public async Task Status_tells_the_machines_in_trouble_the_worst_first_and_counts_no_others_as_checked()
    {
        var lines = await _group.InChannel("!status");
        Assert.Equal(
            ["filer (mutualisé) : 1 incident — DOWN depuis 3 minutes #43", "les autres machines : rien d'ouvert"],
            [lines[0], lines[^1]]);
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData("!status pop3 hal"), InlineData("!STATUS HAL Pop3"), InlineData("!etat hal.globenet.org pop3")]
    public async Task Status_takes_its_words_in_any_order_and_case(string text) =>
        Assert.Equal(
            "hal POP3 : 1 incident — POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42",
            Assert.Single(await _group.InChannel(text)));

    [Fact]
    public async Task Status_of_a_service_without_incident_says_only_what_is_known() =>
        Assert.StartsWith(
            "hal SMTP : aucun incident ouvert à ma connaissance · hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes",
            Assert.Single(await _group.InChannel("!status hal smtp")), StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_machine_gets_the_nearest_names() =>
        Assert.Equal("machine inconnue ; peut-être filer ?", Assert.Single(await _group.InChannel("!status filler")));

    [Fact]
    public async Task A_machine_that_only_its_incident_names_can_be_asked_about()
    {
        Assert.Equal("vieux : 1 incident — CPU WARNING depuis 4 heures #39", Assert.Single(await _group.InChannel("!status vieux")));
        Assert.Equal("[vieux] CPU WARNING depuis 4 heures #39", Assert.Single(await _group.InChannel("!incidents VIEUX")));
    }

    [Theory]
    [InlineData("hal\u202e"), InlineData("h\u200bal"), InlineData("../hal"), InlineData("-oProxyCommand=x"), InlineData("root@hal")]
    [InlineData("*"), InlineData("hal#x"), InlineData("$(hostname)"), InlineData("[::1]"), InlineData("localhost")]
    public async Task Only_a_name_of_the_inventory_is_a_machine(string name)
    {
        var before = await _group.EntriesAsync();
        Assert.Contains("machine", Assert.Single(await _group.InChannel($"!log {name} bonjour")), StringComparison.Ordinal);
        Assert.Equal(before, await _group.EntriesAsync());
    }

    [Fact]
    public async Task The_root_channel_hears_what_a_check_said_and_why_it_was_taken()
    {
        var lines = await _group.InChannel("!incident 41", audience: Audience.Root);
        Assert.Contains("« confidentiel : le client Dupont n'a pas payé »", lines[0], StringComparison.Ordinal);
        Assert.Contains("Socket timeout", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_channel_hears_file_names() => Assert.Equal(
        "[hal] modifié : 3 fichiers (/etc/postfix/main.cf, /etc/postfix/confidentiel.cf, /etc/aliases), 2 paquets (postfix, libsasl2)"
        + " — à 12:17 · « alster: confidentiel : relais pour Dupont »",
        Assert.Single(await _group.InChannel("!changes hal", audience: Audience.Root)));

    [Theory]
    [InlineData("ack -1 raison"), InlineData("ack 0x1 raison"), InlineData("ack ¹ raison"), InlineData("ack 1..1000 raison")]
    [InlineData("ack 99999999999999999999 raison"), InlineData("ack * raison"), InlineData("ack 42 1 2"), InlineData("ack {0} raison")]
    public async Task What_is_no_number_or_no_reason_gets_the_usage(string say) =>
        Assert.Equal("usage : !ack 42 [2h] raison", Assert.Single(await _group.InChannel("!" + say)));

    [Fact]
    public async Task Several_of_a_machine_are_listed_before_they_are_taken()
    {
        Assert.Equal(
            "[sud] 2 incidents : SSH WARNING #44, HTTP WARNING #41 · pour tous : ack! sud <raison> · pour un seul : ack 44 <raison>",
            Assert.Single(await _group.InPrivate("ack sud je regarde")));
        Assert.Contains("[sud] SSH WARNING depuis 2 minutes #44 (muet)", await _group.InPrivate("incidents sud"));
        Assert.StartsWith("[sud] 2 incidents pris par lunar « je regarde »", Assert.Single(await _group.InPrivate("ack! sud je regarde")), StringComparison.Ordinal);
        Assert.Contains("[sud] SSH WARNING depuis 2 minutes, pris par lunar « je regarde » #44 (muet)", await _group.InPrivate("incidents sud"));
        Assert.Equal(
            "[sud] 2 incidents : SSH WARNING #44, HTTP WARNING #41 · pour tous : !unack! sud · pour un seul : !unack 44",
            Assert.Single(await _group.InChannel("!unack sud")));
        Assert.Equal(
            "[sud] 2 incidents relâchés par lunar, toujours ouverts : HTTP WARNING #41, SSH WARNING #44",
            Assert.Single(await _group.InChannel("!unack! sud")));
    }

    [Theory]
    [InlineData("!ack hal imap je regarde", "hal IMAP : aucun incident ouvert à ma connaissance")]
    [InlineData("!ack sql je regarde", "sql : aucun incident ouvert à ma connaissance")]
    [InlineData("!ack! je regarde", "lequel ? filer DOWN #43, hal POP3 CRITICAL #42, sud SSH WARNING #44, sud HTTP WARNING #41, vieux CPU WARNING #39")]
    [InlineData("!ack 47 je regarde", "il n'y a pas d'incident #47 ; les plus proches : sud SSH WARNING #44, filer DOWN #43, hal POP3 CRITICAL #42")]
    [InlineData("!ack 40", "déjà terminé : [hal] IMAP OK après 30 minutes — #40 (pris par lunar)")]
    [InlineData("!ack 42", "il manque la raison : !ack 42 je regarde")]
    [InlineData("!prends 42 2h ?", "il manque la raison : !prends 42 2h je regarde")]
    [InlineData("!ack hal", "il manque la raison : !ack hal je regarde")]
    [InlineData("!ack 43 30:00 je regarde", "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h")]
    [InlineData("!ack 43 9:99 je regarde", "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h")]
    [InlineData("!ack 43 je regarde -2h", "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h")]
    [InlineData("!ack 43 999999999d je regarde", "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h")]
    [InlineData("!ack 43, 99 je regarde", "usage : !ack 42 [2h] raison")]
    [InlineData("!ack 43 #x je regarde", "usage : !ack 42 [2h] raison")]
    [InlineData("!ack hal pop je regarde", "[hal] je ne connais pas ce service, rien n'est fait ; je connais : POP3, IMAP, SMTP")]
    [InlineData("!unack hale", "machine inconnue ; peut-être hal ?")]
    [InlineData("!unack hal pop", "usage : !unack [42]")]
    public async Task Nothing_is_taken_that_was_not_meant(string say, string answer)
    {
        Assert.Equal(answer, Assert.Single(await _group.InChannel(say)));
        Assert.Contains("pris par lunar « je redémarre » #42", Assert.Single(await _group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_open_incident_needs_no_name_unless_another_machine_seems_to_be_meant()
    {
        await EndAsync(("vieux", "CPU"), ("sud", "HTTP"), ("sud", "SSH"), ("hal", "POP3"));

        Assert.Equal("lequel ? filer DOWN #43", Assert.Single(await _group.InChannel("!ack webmal ne répond plus")));
        Assert.Equal("sud : aucun incident ouvert à ma connaissance", Assert.Single(await _group.InChannel("!ack sud ne répond plus")));
        Assert.Equal(
            "[filer] DOWN pris par lunar « je regarde » jusqu'à 16:17 — #43", Assert.Single(await _group.InChannel("!ack je regarde 2h")));
        Assert.Equal("[filer] DOWN relâché par lunar, toujours ouvert après 3 minutes — #43", Assert.Single(await _group.InChannel("!rends")));
        Assert.Equal("rien n'est pris", Assert.Single(await _group.InChannel("!rends")));
        await SampleStore.TakeAsync(_group.Engine, NagiosHost.Recovery("filer"));
        Assert.Equal("aucun incident ouvert à ma connaissance", Assert.Single(await _group.InChannel("!ack je regarde")));
    }

    [Fact]
    public async Task An_incident_is_not_taken_for_ever() =>
        Assert.Equal("entre 1 minute et 30 jours", Assert.Single(await _group.InChannel("!ack 42 31j vacances")));

    [Fact]
    public async Task A_reason_told_in_private_stays_out_of_the_channel()
    {
        Assert.Contains("« je vois Paul »", Assert.Single(await _group.InPrivate("ack 42 je vois Paul")), StringComparison.Ordinal);
        Assert.DoesNotContain("Paul", string.Join('\n', await _group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_it_is_the_person_and_not_the_nick()
    {
        var away = SampleGroup.Lunar with { Nick = "lunar_away" };
        Assert.Contains("pris par lunar «", Assert.Single(await _group.InChannel("!ack 42 je regarde", away)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log hal nouveau password=chanSecret1 pour jean"), InlineData("log hal mot de passe de sql : chanSecret1")]
    [InlineData("ack 42 le mdp est chanSecret1"), InlineData("ack 42 2h token chanSecret1")]
    public async Task A_secret_is_neither_kept_nor_said_again(string say)
    {
        var before = await _group.EntriesAsync();
        var lines = await _group.InChannel("!" + say);
        Assert.Equal("réponse en privé", lines[0]);
        Assert.Contains("changez-le maintenant", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("chanSecret1", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Equal(before, await _group.EntriesAsync());
        Assert.Contains("je redémarre", string.Join('\n', await _group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_reads_the_changelog_and_does_not_write_in_it()
    {
        Assert.Contains("quota du spool", Assert.Single(await _group.InChannel("!log hal", SampleGroup.Stranger)), StringComparison.Ordinal);
        Assert.Contains("réservé aux admins", Assert.Single(await _group.InChannel("!log hal pwned", SampleGroup.Stranger)), StringComparison.Ordinal);
        Assert.Equal(3, await _group.EntriesAsync());
    }

    [Fact]
    public async Task An_admin_reads_in_private_what_was_not_said_in_public()
    {
        Assert.Equal(
            ["[hal] lunar, il y a 1 heure : quota du spool doublé", "[hal] lunar, il y a 3 heures : confidentiel : boîte de Dupont vidée"],
            await _group.InPrivate("log hal"));
        Assert.Equal("[sud] aucune ligne de changelog à lire ici", Assert.Single(await _group.InChannel("!log sud")));
    }

    [Fact]
    public async Task A_changelog_line_is_kept_as_it_was_typed()
    {
        await _group.InChannel("!changelog hal  '; $(reboot) \u0002gras\u0002 \u000304,01rouge");
        Assert.Equal("[hal] lunar, à l'instant : '; $(reboot) gras rouge", (await _group.InPrivate("log hal"))[0]);
    }

    [Fact]
    public async Task Appended_is_said_only_where_it_is() =>
        Assert.Equal("[filer] ajouté au changelog de la machine, et relu", Assert.Single(await _group.InChannel("!log filer disque changé")));

    [Fact]
    public async Task Whoami_says_what_the_server_says()
    {
        Assert.StartsWith("vous êtes marie, sans le rôle admin", (await _group.InChannel("!whoami", SampleGroup.Marie))[0], StringComparison.Ordinal);
        Assert.StartsWith("le serveur ne dit pas", (await _group.InChannel("!whoami", SampleGroup.Stranger))[0], StringComparison.Ordinal);
        Assert.EndsWith("ce que lit le groupe root", (await _group.InPrivate("whoami"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_network_knows_nobody_a_proof_is_named_if_there_can_be_one()
    {
        var unknown = SampleGroup.Stranger with { NetworkTellsAccounts = false };
        Assert.EndsWith("avec !prouve", Assert.Single(await _group.InChannel("!ack 42 je regarde", unknown)), StringComparison.Ordinal);
        Assert.EndsWith("avec prouve", Assert.Single(await _group.InPrivate("log hal pwned", unknown)), StringComparison.Ordinal);
        Assert.Contains("avec !prouve", Assert.Single(await _group.InChannel("!whoami", unknown)), StringComparison.Ordinal);
        _group.Configure(settings => settings with { OpenPgp = null });
        Assert.EndsWith("refusé ici à tout le monde", Assert.Single(await _group.InChannel("!ack 42 je regarde", unknown)), StringComparison.Ordinal);
        Assert.Contains("personne n'y est admin", Assert.Single(await _group.InChannel("!whoami", unknown)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoami_says_until_when_a_proof_holds()
    {
        var proved = SampleGroup.Lunar with { Account = null, ProvedUntil = SampleStore.Now.AddHours(2) };
        Assert.Equal(
            "vous êtes lunar, admin, prouvé par OpenPGP jusqu'à 16:17 ; ici je réponds ce que tout le monde peut lire",
            Assert.Single(await _group.InChannel("!whoami", proved)));
    }

    [Fact]
    public async Task Auth_gives_the_sentence_alone_on_its_line_and_in_private()
    {
        var lines = await _group.InChannel("!auth lunar", SampleGroup.Stranger);
        Assert.Equal("réponse en privé", lines[0]);
        Assert.Matches("^chatbot auth globot localhost lunar visiteur 2026-11-22T13:17:00Z [0-9a-f]{32}$", lines[2]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task Every_refusal_of_a_challenge_has_its_own_words()
    {
        var (settings, who) = (_group.Engine.Settings.Value.Settings, SampleGroup.Stranger);
        var words = new List<string>
        {
            await RefusalAsync(who with { Stay = null }), await RefusalAsync(who with { Stay = new Stay("víctor", "víctor") }), await RefusalAsync(who, "???"),
        };
        await _group.InPrivate("auth lunar", who);
        words.Add(await RefusalAsync(who));
        for (var other = 0; other < ProofBook.MostPending; other++)
        {
            await _group.InPrivate("auth lunar", Named($"v{other}"));
        }

        words.Add(await RefusalAsync(Named("late")));
        _group.Configure(now => now with { Irc = now.Irc with { Servers = [new("irc.example.org", 6667)] } });
        words.Add(await RefusalAsync(who));
        _group.Configure(_ => settings with { OpenPgp = null });
        words.Add(await RefusalAsync(who));
        Assert.Distinct(words);
        Assert.Equal(Enum.GetValues<AskRefusal>().Length, words.Count);
        Assert.Contains("usage : auth [nom]", words);

        static Caller Named(string nick) => SampleGroup.Stranger with { Nick = nick, Stay = new Stay(nick, nick) };
        async Task<string> RefusalAsync(Caller caller, string name = "lunar") => Assert.Single(await _group.InPrivate("auth " + name, caller));
    }

    [Fact]
    public async Task Help_is_where_to_begin_in_a_channel_by_topic_in_private_and_all_of_it_where_asked()
    {
        var lines = await _group.InChannel("!aide");
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("pour tous : !état [machine] (comment ça va) · !incidents", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("admins : !prends, !rends, !muet, !parle", lines[1], StringComparison.Ordinal);
        var topics = await _group.InPrivate("aide");
        Assert.Equal(6, topics.Length);
        Assert.Equal("prendre : prends 42 [2h] raison · rends [42] · clos 42 raison", topics[1]);
        Assert.Equal(_group.Commands.Count, (await _group.InPrivate("aide tout")).Length);
    }

    [Fact]
    public async Task Help_hides_from_others_in_private_what_is_for_admins()
    {
        Assert.DoesNotContain(await _group.InPrivate("aide", SampleGroup.Marie), line => line.Contains("prends 42", StringComparison.Ordinal));
        Assert.DoesNotContain(await _group.InPrivate("aide tout", SampleGroup.Stranger), line => line.Contains("(admins)", StringComparison.Ordinal) && line.StartsWith("muet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_of_a_command_has_three_examples_in_the_language_of_the_group()
    {
        Assert.Equal(
            [
                "!prends 42 [2h] raison — prendre un incident, pour 24 h ou le temps donné ; « prends hal … » le prend par sa machine, « ack! hal … » les prend tous (admins)",
                "aussi : !ack",
                "exemples : !prends 42 je redémarre · !prends 42 2h je redémarre · !prends 42 je redémarre jusqu'à 18h",
            ],
            await _group.InChannel("!aide ack"));
        await using var english = new SampleGroup(ChatBot.Core.Language.Locale.English);
        Assert.Equal("examples: !ack 42 restarting · !ack 42 2h restarting · !ack 42 restarting until 18:00", (await english.InChannel("!help ack"))[^1]);
    }

    [Fact]
    public async Task Help_of_a_slip_gets_the_nearest() =>
        Assert.Equal("commande inconnue ; peut-être !état ?", Assert.Single(await _group.InChannel("!help statsu")));

    private async Task EndAsync(params (string Machine, string Service)[] checks)
    {
        await _group.OpenAsync();
        foreach (var (machine, service) in checks)
        {
            await SampleStore.TakeAsync(_group.Engine, Nagios.Recovery(machine, service));
        }
    }
}
