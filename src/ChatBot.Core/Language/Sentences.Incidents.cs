namespace ChatBot.Core.Language;

// What the bot says of incidents.
public static partial class Sentences
{
    public static readonly Sentence4 Alert = new("[{0}] {1} — #{2} · {3}ack {2} <reason>", "[{0}] {1} — #{2} · {3}ack {2} <raison>");

    public static readonly Sentence4 AlertWithDetail = new("[{0}] {1}: {2} — #{3}", "[{0}] {1} : {2} — #{3}");

    public static readonly Sentence5 AlertGroup = new(
        "[{0}] {1} alerts in {2}: {3} · {4}incidents {0}", "[{0}] {1} alertes en {2} : {3} · {4}incidents {0}");

    public static readonly Sentence2 NumberedWithState = new("{0} #{1}", "{0} #{1}");

    public static readonly Sentence4 StateChanged = new("[{0}] {1} (was {2}) — #{3}", "[{0}] {1} (était {2}) — #{3}");

    public static readonly Sentence5 StateChangedWithDetail = new("[{0}] {1} (was {2}): {3} — #{4}", "[{0}] {1} (était {2}) : {3} — #{4}");

    public static readonly Sentence2 CoveredAllOver = new(
        "{0} · the alerts it covered are over ({1})", "{0} · les alertes couvertes sont terminées ({1})");

    public static readonly Sentence3 CoveredStillOpen = new(
        "{0} · still open: {2} of the alerts it covered ({1})", "{0} · encore ouvertes : {2} des alertes couvertes ({1})");

    public static readonly Sentence4 AlertStorm = new(
        "{0} machines in trouble: {1} — {2} · {3}incidents", "{0} machines en alerte : {1} — {2} · {3}incidents");

    public static readonly Sentence3 RecoveryStorm = new("{0} machines recovered: {1} — {2}", "{0} machines rétablies : {1} — {2}");

    public static readonly Sentence2 StormUnheard = new("{0} · over already: {1}", "{0} · déjà terminées : {1}");

    public static readonly Sentence3 Reminder = new(
        "still open and taken by nobody ({0}): {1} · {2}incidents",
        "toujours ouverts et pris par personne ({0}) : {1} · {2}incidents");

    public static readonly Sentence4 Settled = new(
        "[{0}] {1} stable again — #{2} · changes not told: {3}", "[{0}] {1} de nouveau stable — #{2} · changements tus : {3}");

    public static readonly Sentence2 CoveredBy = new("{0} (covered by #{1})", "{0} (couvert par #{1})");

    public static readonly Sentence4 Recovery = new("[{0}] {1} after {2} — #{3}", "[{0}] {1} après {2} — #{3}");

    public static readonly Sentence5 RecoveryTaken = new(
        "[{0}] {1} after {2} — #{3} (taken by {4})", "[{0}] {1} après {2} — #{3} (pris par {4})");

    public static readonly Sentence3 RecoveryGroup = new("[{0}] {1} recoveries: {2}", "[{0}] {1} rétablissements : {2}");

    public static readonly Sentence5 Taken = new("[{0}] {1} taken by {2} until {3} — #{4}", "[{0}] {1} pris par {2} jusqu'à {3} — #{4}");

    public static readonly Sentence6 TakenWithReason = new(
        "[{0}] {1} taken by {2} “{3}” until {4} — #{5}", "[{0}] {1} pris par {2} « {3} » jusqu'à {4} — #{5}");

    public static readonly Sentence4 TakenInMonitor = new("[{0}] {1} acknowledged in {3} — #{2}", "[{0}] {1} acquitté dans {3} — #{2}");

    public static readonly Sentence6 TakenInMonitorBy = new(
        "[{0}] {1} acknowledged in {5} by {2} “{3}” — #{4}", "[{0}] {1} acquitté dans {5} par {2} « {3} » — #{4}");

    public static readonly Sentence5 Released = new(
        "[{0}] {1} let go by {2}, still open after {3} — #{4}", "[{0}] {1} rendu par {2}, toujours ouvert après {3} — #{4}");

    public static readonly Sentence5 TakenEnded = new(
        "[{0}] {1}: {2} had it until now, still open after {3} — #{4}",
        "[{0}] {1} : {2} l'avait pris jusqu'à maintenant, toujours ouvert après {3} — #{4}");

    /// <summary>Machine, count, who, until, which.</summary>
    public static readonly Sentence5 TakenGroup = new(
        "[{0}] {1} incidents taken by {2} until {3}: {4}", "[{0}] {1} incidents pris par {2} jusqu'à {3} : {4}");

    /// <summary>Machine, count, who, reason, until, which.</summary>
    public static readonly Sentence6 TakenGroupWithReason = new(
        "[{0}] {1} incidents taken by {2} “{3}” until {4}: {5}", "[{0}] {1} incidents pris par {2} « {3} » jusqu'à {4} : {5}");

    /// <summary>Machine, count, who, which.</summary>
    public static readonly Sentence4 ReleasedGroup = new(
        "[{0}] {1} incidents let go by {2}, still open: {3}", "[{0}] {1} incidents rendus par {2}, toujours ouverts : {3}");

    public static readonly Sentence3 FlappingStarted = new(
        "[{0}] {1} unstable, changes too often: said once — #{2}",
        "[{0}] {1} instable, change trop souvent : dit une seule fois — #{2}");

    public static readonly Sentence3 FlappingEnded = new("[{0}] {1} stable again — #{2}", "[{0}] {1} de nouveau stable — #{2}");

    /// <summary>When no incident is open.</summary>
    public static readonly Sentence2 FlappingEndedUnknown = new("[{0}] {1} stable again", "[{0}] {1} de nouveau stable");

    public static readonly Sentence3 DowntimeStarted = new(
        "[{0}] {1}: downtime announced in {2} begins", "[{0}] {1} : début d'un arrêt annoncé dans {2}");

    public static readonly Sentence3 DowntimeEnded = new(
        "[{0}] {1}: downtime announced in {2} ends", "[{0}] {1} : fin d'un arrêt annoncé dans {2}");

    public static readonly Sentence3 DowntimeCancelled = new(
        "[{0}] {1}: downtime announced in {2} is cancelled", "[{0}] {1} : arrêt annoncé dans {2} annulé");

    /// <summary>Only what is reported is known.</summary>
    public static readonly Sentence NothingOpen = new("no open incident that I was told of", "aucun incident ouvert à ma connaissance");

    /// <summary>What, how long, number.</summary>
    public static readonly Sentence3 OpenSince = new("{0} for {1} #{2}", "{0} depuis {1} #{2}");

    public static readonly Sentence4 OpenSinceTaken = new("{0} for {1}, taken by {2} #{3}", "{0} depuis {1}, pris par {2} #{3}");

    public static readonly Sentence5 OpenSinceTakenReason = new(
        "{0} for {1}, taken by {2} “{3}” #{4}", "{0} depuis {1}, pris par {2} « {3} » #{4}");

    /// <summary>Only what is reported is known.</summary>
    public static readonly Sentence1 MachineNothingOpen = new(
        "{0}: no open incident that I was told of", "{0} : aucun incident ouvert à ma connaissance");

    public static readonly Sentence5 Covers = new(
        "[{0}] {1} — #{2} (covers {3} other alert{3:|s}) · {4}ack {2} <reason>",
        "[{0}] {1} — #{2} (couvre {3} autre{3:|s} alerte{3:|s}) · {4}ack {2} <raison>");

    public static readonly Sentence4 Overload = new(
        "[{0}] overloaded: {1} — #{2} · {3} check{3:|s} timed out",
        "[{0}] surchargé : {1} — #{2} · {3} contrôle{3:|s} en dépassement de délai");

    public static readonly Sentence3 MachineIncidents = new("{0}: {1} incident{1:|s} — {2}", "{0} : {1} incident{1:|s} — {2}");
}
