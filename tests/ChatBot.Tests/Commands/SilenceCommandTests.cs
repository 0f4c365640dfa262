using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Mutes and interventions as people type them, on a Sunday at 14:17 in Paris.</summary>
public sealed class SilenceCommandTests : BilingualScenes
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("mute hal 2h pop3 charge", "[hal] POP3 muet jusqu'à 16:17, par lunar « charge »", "[hal] POP3 muted until 16:17, by lunar “charge”")]
    [InlineData("mute 2h hal pop3 charge", "[hal] POP3 muet jusqu'à 16:17, par lunar « charge »", "[hal] POP3 muted until 16:17, by lunar “charge”")]
    [InlineData("mute hal.globenet.org POP3 charge connue", "[hal] POP3 muet jusqu'à 15:17, par lunar « charge connue »", "[hal] POP3 muted until 15:17, by lunar “charge connue”")]
    [InlineData("mute hal jusqu'à 18h", "[hal] muet jusqu'à 18:00, par lunar", "[hal] muted until 18:00, by lunar")]
    [InlineData("mute hal 8j", "[hal] muet jusqu'au lundi 30/11 14:17, par lunar", "[hal] muted until Monday 30 Nov 14:17, by lunar")]
    [InlineData("mute hal pop3 pendant 2 heures", "[hal] POP3 muet jusqu'à 16:17, par lunar", "[hal] POP3 muted until 16:17, by lunar")]
    [InlineData("mute hal for 2 hours", "[hal] muet jusqu'à 16:17, par lunar", "[hal] muted until 16:17, by lunar")]
    [InlineData("muet hal la baie est chaude 3h", "[hal] muet jusqu'à 17:17, par lunar « la baie est chaude »", "[hal] muted until 17:17, by lunar “la baie est chaude”")]
    [InlineData("mute vieux cpu 1j", "[vieux] CPU muet jusqu'à demain 14:17, par lunar", "[vieux] CPU muted until tomorrow 14:17, by lunar")]
    [InlineData("mute hal 31j", "entre 1 minute et 30 jours", "between 1 minute and 30 days")]
    [InlineData("mute hal jusqu'à aujourd'hui 10h", "entre 1 minute et 30 jours", "between 1 minute and 30 days")]
    [InlineData("mute hall 2h", "machine inconnue ; peut-être hal ?", "unknown machine; maybe hal?"), InlineData("mute 2h", "usage : !mute machine", "usage: !mute machine")]
    [InlineData("mute sql http 2h", "[sql] je ne lui connais aucun service, rien n'est muet", "[sql] I know none of its services, nothing is muted")]
    [InlineData("unmute hale", "machine inconnue", "unknown machine"), InlineData("unmute sud http", "lequel ? sud", "which one? sud")]
    public Task A_mute_takes_its_words_in_any_sensible_order(string say, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InChannel("!" + say)), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_muted_is_listed_and_ended_by_name(Locale locale)
    {
        Speak(locale);
        await Group.InChannel("!mute hal pop3 2h");
        await Group.InChannel("!mute hal imap 2h");
        Assert.Equal(
            [
                In("[sud] muet jusqu'à 15:17, par lunar", "[sud] muted until 15:17, by lunar"),
                In("[hal] POP3 muet jusqu'à 16:17, par lunar", "[hal] POP3 muted until 16:17, by lunar"),
                In("[hal] IMAP muet jusqu'à 16:17, par lunar", "[hal] IMAP muted until 16:17, by lunar"),
            ],
            await Group.InChannel("!mutes", SampleGroup.Marie));
        Assert.Contains(
            In("« confidentiel : la panne de Dupont »", "“confidentiel : la panne de Dupont”"), (await Group.InPrivate("muets"))[0], StringComparison.Ordinal);
        Assert.Equal(In("lequel ? hal POP3, hal IMAP", "which one? hal POP3, hal IMAP"), Assert.Single(await Group.InChannel("!unmute hal")));
        Assert.Equal(In("lequel ? sud, hal POP3, hal IMAP", "which one? sud, hal POP3, hal IMAP"), Assert.Single(await Group.InChannel("!parle")));
        Assert.StartsWith(
            In("[hal] IMAP de nouveau écouté", "[hal] IMAP heard again"), Assert.Single(await Group.InChannel("!parle hal imap")), StringComparison.Ordinal);
        Assert.StartsWith(
            In("[hal] POP3 de nouveau écouté", "[hal] POP3 heard again"), Assert.Single(await Group.InChannel("!parle hal")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mute hal 2h"), InlineData("unmute sud"), InlineData("intervention hal samedi 23h 2h noyau"), InlineData("intervention 1 finir")]
    [InlineData("intervention 2 annuler"), InlineData("intervention 2 déplacer samedi 23h"), InlineData("intervention 1 +1h")]
    public Task Only_admins_silence_anything(string say) => InBothAsync(async () =>
    {
        var refused = In("réservé aux admins", "is for admins");
        Assert.Contains(refused, Assert.Single(await Group.InChannel("!" + say, SampleGroup.Marie)), StringComparison.Ordinal);
        Assert.Contains(refused, Assert.Single(await Group.InPrivate(say, SampleGroup.Stranger)), StringComparison.Ordinal);
        Assert.Equal(3, (await Group.InPrivate("interventions")).Length);
    });

    [Theory]
    [InlineData("hal samedi 23h 2h noyau", "hal", "2026-11-28T22:00Z", 120, "noyau")]
    [InlineData("samedi 23h hal 2h noyau", "hal", "2026-11-28T22:00Z", 120, "noyau")]
    [InlineData("samedi 23h 2h hal noyau", "hal", "2026-11-28T22:00Z", 120, "noyau")]
    [InlineData("hal 2h samedi 23h noyau", "hal", "2026-11-28T22:00Z", 120, "noyau")]
    [InlineData("hal saturday at 11pm for 2 hours new kernel", "hal", "2026-11-28T22:00Z", 120, "new kernel")]
    [InlineData("hal,sud demain 14:00 1h30 baie", "hal sud", "2026-11-23T13:00Z", 90, "baie")]
    [InlineData("hal, sud et sql demain 14:00 pendant 1h30 baie", "hal sud sql", "2026-11-23T13:00Z", 90, "baie")]
    [InlineData("hal dans 2h 30m noyau", "hal", "2026-11-22T15:17Z", 30, "noyau")]
    [InlineData("hal 23h 2h noyau", "hal", "2026-11-22T22:00Z", 120, "noyau")]
    [InlineData("hal maintenant 1h noyau", "hal", "2026-11-22T13:17Z", 60, "noyau")]
    [InlineData("hal 14:10 1h noyau", "hal", "2026-11-22T13:17Z", 60, "noyau")]
    [InlineData("hal 14:00 1h noyau", "hal", "2026-11-23T13:00Z", 60, "noyau")]
    [InlineData("hal samedi 23h jusqu'à 1h noyau", "hal", "2026-11-28T22:00Z", 120, "noyau")]
    [InlineData("hal 28/3/2027 1h 2h noyau", "hal", "2027-03-28T00:00Z", 120, "noyau")]
    [InlineData("hal 28/3/2027 1h jusqu'à 4h noyau", "hal", "2027-03-28T00:00Z", 120, "noyau")]
    [InlineData("hal 12 décembre 23h 2 h 2 disques à changer", "hal", "2026-12-12T22:00Z", 120, "2 disques à changer")]
    public void Machines_beginning_and_length_come_in_any_sensible_order(string typed, string machines, string begins, int minutes, string what)
    {
        var arguments = InterventionArguments.Parse(typed.Split(' '), SampleGroup.Machines, Now, Paris);
        Assert.Equal(machines, string.Join(' ', arguments.Machines.Select(machine => machine.Name)));
        Assert.Equal(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture), arguments.Begins);
        Assert.Equal(minutes, (arguments.Ends - arguments.Begins)?.TotalMinutes);
        Assert.Equal(what, string.Join(' ', arguments.Rest));
    }

    [Theory]
    [InlineData("intervention hal 2026-11-21 23:00 2h noyau", "c'est déjà passé : samedi 21/11 23:00", "already past: Saturday 21 Nov 23:00")]
    [InlineData("intervention hal aujourd'hui 10h 2h noyau", "c'est déjà passé : dimanche 22/11 10:00", "already past: Sunday 22 Nov 10:00")]
    [InlineData("intervention hal samedi 23h 8j noyau", "entre 1 minute et 7 jours", "between 1 minute and 7 days")]
    [InlineData("intervention hal samedi 23h 0m noyau", "entre 1 minute et 7 jours", "between 1 minute and 7 days")]
    [InlineData("intervention hal 2028-01-01 23:00 2h noyau", "pas plus d'un an à l'avance", "not more than a year ahead")]
    [InlineData("intervention hal samedi 2h", "pour combien de temps ? !intervention hal samedi 2h 2h noyau", "for how long? !intervention hal samedi 2h 2h new kernel")]
    [InlineData("intervention hal noyau", "quand ? !intervention hal samedi 23h 2h noyau", "when? !intervention hal saturday 23:00 2h new kernel")]
    [InlineData(
        "intervention hal samedi 23h noyau", "pour combien de temps ? !intervention hal samedi 23h 2h noyau", "for how long? !intervention hal samedi 23h 2h new kernel")]
    [InlineData("intervention hal samedi 23h 2h", "pour quoi faire ? !intervention hal samedi 23h 2h noyau", "what for? !intervention hal samedi 23h 2h new kernel")]
    [InlineData("intervention no-log samedi 23h 2h noyau", "un groupe ne sert qu'à lire", "a group is good for reading only")]
    [InlineData("intervention hall samedi 23h 2h noyau", "machine inconnue ; peut-être hal ?", "unknown machine; maybe hal?")]
    [InlineData("intervention hal,nope samedi 23h 2h noyau", "je ne connais pas cette machine", "I do not know that machine")]
    [InlineData("intervention 9", "il n'y a pas d'intervention #9", "there is no intervention #9")]
    [InlineData("intervention 9 annuler", "il n'y a pas d'intervention #9", "there is no intervention #9")]
    [InlineData("intervention 2 n'importe quoi", "usage : !intervention", "usage: !intervention")]
    [InlineData("intervention 2 déplacer", "quand ? !intervention 2 déplacer samedi 23h", "when? !intervention 2 move saturday 23:00")]
    [InlineData("intervention 2 déplacer samedi", "quand ? !intervention 2 déplacer", "when? !intervention 2 move")]
    [InlineData(
        "intervention 2 décaler vendredi 22h",
        "quel jour ? vendredi 27/11 22:00 : !intervention 2 déplacer 27/11/2026 22:00 · ou vendredi 04/12 22:00 : !intervention 2 déplacer 4/12/2026 22:00",
        "which day? Friday 27 Nov 22:00: !intervention 2 move 27/11/2026 22:00 · or Friday 4 Dec 22:00: !intervention 2 move 4/12/2026 22:00")]
    [InlineData(
        "intervention 2 reportée lundi 22h", "[hal] intervention #2 déplacée : lundi 30/11 22:00, pour 2 heures, par lunar",
        "[hal] intervention #2 moved: Monday 30 Nov 22:00, for 2 hours, by lunar")]
    [InlineData("intervention 2 déplacer 21/11/2026 10h", "c'est déjà passé : samedi 21/11 10:00", "already past: Saturday 21 Nov 10:00")]
    [InlineData(
        "intervention 2 move saturday 10pm 3h", "[hal] intervention #2 déplacée : samedi 28/11 22:00, pour 3 heures, par lunar",
        "[hal] intervention #2 moved: Saturday 28 Nov 22:00, for 3 hours, by lunar")]
    [InlineData(
        "intervention 2 déplacer 22/11/2026 22h", "[hal] intervention #2 déplacée : dimanche 22/11 22:00 (ce soir), pour 2 heures, par lunar",
        "[hal] intervention #2 moved: Sunday 22 Nov 22:00 (tonight), for 2 hours, by lunar")]
    [InlineData(
        "intervention 2 déplacer aujourd'hui 16h", "[hal] intervention #2 déplacée : dimanche 22/11 16:00 (aujourd'hui), pour 2 heures, par lunar",
        "[hal] intervention #2 moved: Sunday 22 Nov 16:00 (today), for 2 hours, by lunar")]
    [InlineData(
        "intervention 2 reporter à dimanche 22h", "[hal] intervention #2 déplacée : dimanche 29/11 22:00, pour 2 heures, par lunar",
        "[hal] intervention #2 moved: Sunday 29 Nov 22:00, for 2 hours, by lunar")]
    [InlineData(
        "intervention 1 déplacer samedi 23h", "pas possible : [sql] intervention #1 en cours jusqu'à 16:17", "not possible: [sql] intervention #1 under way until 16:17")]
    [InlineData(
        "intervention 2 finir", "pas possible : [hal] intervention #2 prévue samedi 28/11 23:00", "not possible: [hal] intervention #2 planned Saturday 28 Nov 23:00")]
    [InlineData("intervention 1 prolonger 1h30", "[sql] l'intervention #1 dure jusqu'à 17:47, par lunar", "[sql] intervention #1 lasts until 17:47, by lunar")]
    [InlineData("intervention 1 + 1h", "[sql] l'intervention #1 dure jusqu'à 17:17, par lunar", "[sql] intervention #1 lasts until 17:17, by lunar")]
    [InlineData("intervention 1 +8j", "entre 1 minute et 7 jours", "between 1 minute and 7 days")]
    [InlineData("intervention #1 done", "[sql] fin de l'intervention #1", "[sql] intervention #1 ends")]
    [InlineData("intervention hal samedi 23h 2h le mdp est chanSecret1", "réponse en privé", "answered in private")]
    public Task What_cannot_be_planned_is_refused_with_the_reason(string say, string french, string english) => InBothAsync(async () =>
        Assert.StartsWith(In(french, english), (await Group.InChannel("!" + say))[0], StringComparison.Ordinal));

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_done_is_told_to_those_who_heard_it(Locale locale)
    {
        Speak(locale);
        var planned = Assert.Single(await Group.InPrivate("intervention sql samedi 23h 2h la base de Dupont"));
        Assert.EndsWith("— la base de Dupont", planned, StringComparison.Ordinal);
        foreach (var say in new[] { "!intervention 4", "!intervention 3", "!interventions", "!mutes" })
        {
            Assert.DoesNotContain("Dupont", string.Join('\n', await Group.InChannel(say)), StringComparison.Ordinal);
        }

        Assert.Contains("Dupont", Assert.Single(await Group.InChannel("!intervention 4", audience: Audience.Root)), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Status_tells_that_a_machine_is_silent(Locale locale)
    {
        Speak(locale);
        Assert.Contains(
            In("· [sud] muet jusqu'à 15:17, par lunar", "· [sud] muted until 15:17, by lunar"), Assert.Single(await Group.InChannel("!status sud")), StringComparison.Ordinal);
        Assert.Contains(
            In("· [sql] intervention #1 en cours jusqu'à 16:17, par lunar — mise à jour", "· [sql] intervention #1 under way until 16:17, by lunar — mise à jour"),
            Assert.Single(await Group.InChannel("!status sql")), StringComparison.Ordinal);
        Assert.DoesNotContain("intervention", Assert.Single(await Group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_is_shown_as_it_stands(Locale locale)
    {
        Speak(locale);
        Assert.StartsWith(
            In("[hal] intervention #2 prévue samedi 28/11 23:00", "[hal] intervention #2 planned Saturday 28 Nov 23:00"),
            Assert.Single(await Group.InChannel("!intervention 2", SampleGroup.Stranger)), StringComparison.Ordinal);
        await Group.InChannel("!intervention 2 annuler");
        await Group.InChannel("!intervention 1 finir");
        Assert.Equal(
            In(
                "[hal] intervention #2 annulée, elle était prévue samedi 28/11 23:00 — changement de noyau",
                "[hal] intervention #2 cancelled, it was planned Saturday 28 Nov 23:00 — changement de noyau"),
            Assert.Single(await Group.InChannel("!intervention 2")));
        Assert.Equal(
            In("[sql] intervention #1 finie à l'instant, par lunar — mise à jour", "[sql] intervention #1 ended just now, by lunar — mise à jour"),
            Assert.Single(await Group.InChannel("!intervention 1")));
    }
}
