using System.Collections.Frozen;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>The words by which monitoring programs say in a subject how a check is, in English and French, without accents and in lower case.</summary>
internal static class StateWord
{
    private static readonly FrozenDictionary<string, CheckState> States = new (CheckState State, string Words)[]
    {
        (CheckState.Down, "down offline unreachable injoignable inaccessible panne outage indisponible unavailable hors-ligne hors-service en-panne not-responding ne-repond"),
        (CheckState.Critical, "critical critique crit firing triggered re-triggered retriggered declenche declenchee failing problem probleme alarm emergency red rouge 🔴 ❌ 🚨 🔥"),
        (CheckState.Warning, "warning warn avertissement alert alerte ⚠ 🟠 🟡"),
        (CheckState.Ok, "ok passing healthy normal green vert clear ✅ 🟢 ✔"),
        (CheckState.Up, "up online en-ligne joignable back-up back-online operational operationnel operationnelle"),
    }.SelectMany(group => group.Words.Split(' ').Select(word => (word, group.State))).Concat(Over()).ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Ends = Over().Select(pair => pair.Word).ToFrozenSet(StringComparer.Ordinal);

    // They name what it is about as often as its state: “Alert resolved”, “[Monitor Alert]”.
    private static readonly FrozenSet<string> Nouns = FrozenSet.ToFrozenSet(
        ["alert", "alerte", "alarm", "alarme", "incident", "problem", "probleme", "panne", "outage", "monitor", "check", "sensor", "issue", "evenement", "event", "down"]);

    // They name a colour, a person or a thing as often as a state: only as the tag of a subject.
    private static readonly FrozenSet<string> TagsAlone = FrozenSet.ToFrozenSet(["red", "rouge", "green", "vert", "normal", "clear", "alert", "alerte", "alarm", "problem", "probleme"]);

    private static readonly FrozenSet<string> Verbs = FrozenSet.ToFrozenSet(
        ["is", "are", "est", "sont", "has", "have", "been", "now", "back", "again", "still", "a", "ete", "gone", "became", "de-nouveau", "maintenant", "toujours", "currently", "status", "state", "etat", "statut"]);

    // Beside a state they tell nothing of the check. An end has none of the last four, see DoubtsOfEnd.
    private static readonly FrozenSet<string> LeftOut = FrozenSet.ToFrozenSet(
        ["is", "are", "est", "sont", "has", "been", "now", "back", "de-nouveau", "maintenant", "currently", "still", "again", "encore", "toujours"]);

    // Their trouble may be named where it is over: “Alert resolved”.
    private static readonly FrozenSet<string> NounsOfEnd = FrozenSet.ToFrozenSet(["alert", "alerte", "incident", "problem", "probleme", "issue", "event", "evenement"]);

    // More goes on than what is over.
    private static readonly FrozenSet<string> DoubtsOfEnd = FrozenSet.ToFrozenSet(
        [.. "still again encore toujours but mais except sauf only seulement uniquement gone remaining remains reste restent yet soon bientot".Split(' ')]);

    // They begin nothing, as a program says so of its work too, but beside them nothing is well.
    private static readonly FrozenSet<string> Failures = FrozenSet.ToFrozenSet(
        [.. "ko fail fails failed failure error erreur echec degraded degrade degradee unhealthy dead crashed".Split(' ')]);

    private static readonly FrozenSet<string> Closings = FrozenSet.ToFrozenSet(["closed", "close", "ferme", "fermee", "clos", "cloture", "cloturee", "over", "finie", "fini"]);

    // What makes it something else than a state that begins or ends now, or leaves it open which.
    private static readonly FrozenSet<string> Doubts = FrozenSet.ToFrozenSet(
    [
        .. ("was were etait etaient unresolved acknowledged acked ack acquitte acquittee snoozed muted silenced maintenance downtime "
            + "flapping paused scheduled planned planifie planifiee test rapport report summary digest weekly daily monthly hebdomadaire quotidien will if unless may might "
            + "partial partially partiel partielle partiellement partly almost presque predicted expected should sera si when unknown inconnu inconnue").Split(' '),
    ]);

    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet(["no", "not", "non", "never", "pas", "sans", "without", "aucun", "aucune", "plus", "cannot", "longer"]);

    /// <summary>The state that a word says; null for any other word.</summary>
    public static CheckState? Of(string word) => States.TryGetValue(word, out var state) ? state : null;

    /// <summary>Whether it says that something is over, which names the trouble as well: “resolved: disk critical”.</summary>
    public static bool IsEnd(string word) => Ends.Contains(word);

    public static bool IsNoun(string word) => Nouns.Contains(word);

    public static bool IsTagAlone(string word) => TagsAlone.Contains(word);

    public static bool IsVerb(string word) => Verbs.Contains(word);

    /// <summary>Whether it is a verb or an adverb of the state beside it, and no part of the check.</summary>
    public static bool IsLeftOut(string word) => LeftOut.Contains(word);

    public static bool IsNounOfEnd(string word) => NounsOfEnd.Contains(word);

    public static bool IsDoubtOfEnd(string word) => DoubtsOfEnd.Contains(word);

    public static bool IsFailure(string word) => Failures.Contains(word);

    /// <summary>Whether it says of a trouble beside it that it is over, and is no state by itself.</summary>
    public static bool IsClosed(string word) => Closings.Contains(word);

    public static bool IsDoubt(string word) => Doubts.Contains(word);

    public static bool IsDenial(string word) => Denials.Contains(word);

    private static IEnumerable<(string Word, CheckState State)> Over() =>
        "resolved resolu resolue resolus recovered recovery restored retabli retablie retablis cleared solved fixed ended termine terminee recupere all-clear fin-de end-of"
            .Split(' ').Select(word => (word, CheckState.Ok));
}
