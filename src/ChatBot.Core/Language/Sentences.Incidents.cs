namespace ChatBot.Core.Language;

// What the bot says of incidents.
public static partial class Sentences
{
    public static readonly Sentence3 Alert = new("[{0}] {1} — #{2}", "[{0}] {1} — #{2}");

    public static readonly Sentence4 AlertWithDetail = new("[{0}] {1}: {2} — #{3}", "[{0}] {1} : {2} — #{3}");

    /// <summary>After a silence.</summary>
    public static readonly Sentence1 Again = new("{0} again", "{0} de nouveau");

    /// <summary>Machine, what, since when nobody reports it, number.</summary>
    public static readonly Sentence4 FellSilent = new(
        "[{0}] {1}: silent {2}, nothing says that it is over — #{3}",
        "[{0}] {1} : plus de nouvelles {2}, rien ne dit que c'est fini — #{3}");

    /// <summary>Machine, count, when one was last reported, which, prefix.</summary>
    public static readonly Sentence5 FellSilentGroup = new(
        "[{0}] {1} incident{1:|s} silent {2}, nothing says that they are over: {3} · {4}incidents {0}",
        "[{0}] {1} incident{1:|s} sans nouvelles {2}, rien ne dit que c'est fini : {3} · {4}incidents {0}");

    /// <summary>An open incident, when it was last reported.</summary>
    public static readonly Sentence2 SilentSince = new("{0} (silent {1})", "{0} (sans nouvelles {1})");

    /// <summary>An open incident, how often it was repeated, how long ago for the last time.</summary>
    public static readonly Sentence3 RepeatedLately = new(
        "{0} (repeated {1} time{1:|s}, last {2})", "{0} (répété {1} fois, la dernière {2})");

    /// <summary>Machine, what, who, why, how long, number.</summary>
    public static readonly Sentence6 ClosedBy = new(
        "[{0}] {1} closed by {2} “{3}” after {4} — #{5}", "[{0}] {1} clos par {2} « {3} » après {4} — #{5}");

    public static readonly Sentence5 ClosedByWithoutReason = new(
        "[{0}] {1} closed by {2} after {3} — #{4}", "[{0}] {1} clos par {2} après {3} — #{4}");

    /// <summary>Machine, count, who, why, which.</summary>
    public static readonly Sentence5 ClosedGroup = new(
        "[{0}] {1} incident{1:|s} closed by {2} “{3}”: {4}", "[{0}] {1} incident{1:|s} clos par {2} « {3} » : {4}");

    public static readonly Sentence4 ClosedGroupWithoutReason = new(
        "[{0}] {1} incident{1:|s} closed by {2}: {3}", "[{0}] {1} incident{1:|s} clos par {2} : {3}");

    /// <summary>It did not recover as far as anybody reported.</summary>
    public static readonly Sentence4 ClosedAfter = new("[{0}] {1}, closed after {2} — #{3}", "[{0}] {1}, clos après {2} — #{3}");

    /// <summary>Machine, count, within how long, which.</summary>
    public static readonly Sentence4 AlertGroup = new("[{0}] {1} alert{1:|s} in {2}: {3}", "[{0}] {1} alerte{1:|s} en {2} : {3}");

    /// <summary>Machine, count, which.</summary>
    public static readonly Sentence3 AlertGroupAtOnce = new("[{0}] {1} alert{1:|s}: {2}", "[{0}] {1} alerte{1:|s} : {2}");

    /// <summary>Several checks of one service; without a count, which the numbers tell.</summary>
    public static readonly Sentence3 OfParts = new("[{0}] {1} — {2}", "[{0}] {1} — {2}");

    /// <summary>Behind an alert: prefix, number.</summary>
    public static readonly Sentence2 ToAcknowledge = new("{0}ack {1} <reason>", "{0}prends {1} <raison>");

    /// <summary>Behind what fell silent: prefix, number.</summary>
    public static readonly Sentence2 ToClose = new("{0}close {1} <reason>", "{0}clos {1} <raison>");

    /// <summary>Behind several alerts: prefix, machine.</summary>
    public static readonly Sentence2 ToAcknowledgeAll = new("{0}ack! {1} <reason>", "{0}prends! {1} <raison>");

    /// <summary>Behind several alerts: prefix, machine.</summary>
    public static readonly Sentence2 ToList = new("{0}incidents {1}", "{0}incidents {1}");

    /// <summary>Behind what was changed before an alert: prefix, machine.</summary>
    public static readonly Sentence2 ToSeeChanges = new("{0}changes {1}", "{0}changements {1}");

    /// <summary>What a check printed, behind its name.</summary>
    public static readonly Sentence1 InParentheses = new("({0})", "({0})");

    /// <summary>What fires for as long as all is well does no more.</summary>
    public static readonly Sentence1 HeartbeatStopped = new(
        "{0} no longer fires: the alerting chain itself may be broken", "{0} ne se déclenche plus : la chaîne d'alerte elle-même est peut-être coupée");

    public static readonly Sentence2 AlertsLeftOut = new(
        "{0}: {1} more alert{1:|s} in one mail could not be read: look there",
        "{0} : {1} autre{1:|s} alerte{1:|s} d'un mail {1:n'a|n'ont} pas pu être lue{1:|s} : voyez sur place");

    /// <summary>The source, how many were seen and not read, how many kilobytes were not read.</summary>
    public static readonly Sentence3 AlertsUnread = new(
        "{0}: a mail is too long, at least {2} KB not read; alerts seen and not read: {1} at least; look there",
        "{0} : mail trop long, au moins {2} Ko non lus ; alertes vues sans être lues : {1} au moins ; voyez sur place");

    public static readonly Sentence2 NumberedWithState = new("{0} #{1}", "{0} #{1}");

    public static readonly Sentence4 StateChanged = new("[{0}] {1} (was {2}) — #{3}", "[{0}] {1} (était {2}) — #{3}");

    public static readonly Sentence5 StateChangedWithDetail = new("[{0}] {1} (was {2}): {3} — #{4}", "[{0}] {1} (était {2}) : {3} — #{4}");

    public static readonly Sentence2 InhibitedAllRecovered = new(
        "{0} · {1} inhibited alert{1:|s}, {1:|all }recovered", "{0} · {1} alerte{1:|s} inhibée{1:|s}, {1:|toutes }terminée{1:|s}");

    public static readonly Sentence3 InhibitedStillOpen = new(
        "{0} · {1} inhibited alert{1:|s}, {2} still open", "{0} · {1} alerte{1:|s} inhibée{1:|s}, dont {2} encore ouverte{2:|s}");

    public static readonly Sentence4 AlertStorm = new(
        "{0} machine{0:|s} in trouble: {1} — {2} · {3}incidents", "{0} machine{0:|s} en alerte : {1} — {2} · {3}incidents");

    public static readonly Sentence3 AlertStormNamed = new(
        "{0} machine{0:|s} in trouble: {1} · {2}incidents", "{0} machine{0:|s} en alerte : {1} · {2}incidents");

    public static readonly Sentence3 RecoveryStorm = new("{0} machine{0:|s} recovered: {1} — {2}", "{0} machine{0:|s} rétablie{0:|s} : {1} — {2}");

    public static readonly Sentence2 StormRecovered = new("{0} · {1} already recovered", "{0} · {1} déjà terminée{1:|s}");

    public static readonly Sentence3 Reminder = new(
        "still open, unacknowledged ({0}): {1} · {2}incidents",
        "toujours ouvert{0:|s}, sans personne dessus ({0}) : {1} · {2}incidents");

    public static readonly Sentence4 FlappingEndedCounted = new(
        "[{0}] {1} stable again — #{2} · {3} change{3:|s} suppressed",
        "[{0}] {1} de nouveau stable — #{2} · {3} changement{3:|s} non annoncé{3:|s}");

    public static readonly Sentence2 InhibitedBy = new("{0} (inhibited by #{1})", "{0} (inhibé par #{1})");

    public static readonly Sentence4 Recovery = new("[{0}] {1} after {2} — #{3}", "[{0}] {1} après {2} — #{3}");

    public static readonly Sentence5 RecoveryAcknowledged = new(
        "[{0}] {1} after {2} — #{3} (ack by {4})", "[{0}] {1} après {2} — #{3} (pris par {4})");

    public static readonly Sentence3 RecoveryGroup = new("[{0}] {1} recover{1:y|ies}: {2}", "[{0}] {1} rétablissement{1:|s} : {2}");

    public static readonly Sentence5 Acknowledged = new(
        "[{0}] {1} acknowledged by {2} {3} — #{4}", "[{0}] {1} pris par {2} {3} — #{4}");

    public static readonly Sentence6 AcknowledgedWithReason = new(
        "[{0}] {1} acknowledged by {2} “{3}” {4} — #{5}", "[{0}] {1} pris par {2} « {3} » {4} — #{5}");

    public static readonly Sentence4 AcknowledgedInMonitor = new("[{0}] {1} acknowledged in {3} — #{2}", "[{0}] {1} acquitté dans {3} — #{2}");

    public static readonly Sentence6 AcknowledgedInMonitorBy = new(
        "[{0}] {1} acknowledged in {5} by {2} “{3}” — #{4}", "[{0}] {1} acquitté dans {5} par {2} « {3} » — #{4}");

    public static readonly Sentence5 Unacknowledged = new(
        "[{0}] {1} released by {2}, still open after {3} — #{4}", "[{0}] {1} relâché par {2}, toujours ouvert après {3} — #{4}");

    public static readonly Sentence5 AcknowledgementExpired = new(
        "[{0}] {1}: ack by {2} expired, still open after {3} — #{4}",
        "[{0}] {1} n'est plus pris par {2} (délai écoulé), toujours ouvert après {3} — #{4}");

    /// <summary>Machine, count, who, until, which.</summary>
    public static readonly Sentence5 AcknowledgedGroup = new(
        "[{0}] {1} incident{1:|s} acknowledged by {2} {3}: {4}", "[{0}] {1} incident{1:|s} pris par {2} {3} : {4}");

    /// <summary>Machine, count, who, reason, until, which.</summary>
    public static readonly Sentence6 AcknowledgedGroupWithReason = new(
        "[{0}] {1} incident{1:|s} acknowledged by {2} “{3}” {4}: {5}",
        "[{0}] {1} incident{1:|s} pris par {2} « {3} » {4} : {5}");

    /// <summary>Machine, count, who, which.</summary>
    public static readonly Sentence4 UnacknowledgedGroup = new(
        "[{0}] {1} incident{1:|s} released by {2}, still open: {3}", "[{0}] {1} incident{1:|s} relâché{1:|s} par {2}, toujours ouvert{1:|s} : {3}");

    public static readonly Sentence3 FlappingStarted = new(
        "[{0}] {1} flapping, quiet until stable — #{2}", "[{0}] {1} instable (flapping), silence jusqu'au retour au calme — #{2}");

    public static readonly Sentence3 FlappingEnded = new("[{0}] {1} stable again — #{2}", "[{0}] {1} de nouveau stable — #{2}");

    /// <summary>When no incident is open.</summary>
    public static readonly Sentence2 FlappingEndedUnknown = new("[{0}] {1} stable again", "[{0}] {1} de nouveau stable");

    /// <summary>Machine, what, when by the sender's clock.</summary>
    public static readonly Sentence3 OutOfOrder = new(
        "[{0}] {1}: a message written {2} came after a newer one, not counted (is the sender's clock right?)",
        "[{0}] {1} : un message écrit {2} est arrivé après un plus récent, pas pris en compte (l'horloge de l'expéditeur est-elle juste ?)");

    public static readonly Sentence3 DowntimeStarted = new(
        "[{0}] {1}: scheduled downtime started ({2})", "[{0}] {1} : début de la maintenance planifiée ({2})");

    public static readonly Sentence3 DowntimeEnded = new(
        "[{0}] {1}: scheduled downtime ended ({2})", "[{0}] {1} : fin de la maintenance planifiée ({2})");

    public static readonly Sentence3 DowntimeCancelled = new(
        "[{0}] {1}: scheduled downtime cancelled ({2})", "[{0}] {1} : maintenance planifiée annulée ({2})");

    /// <summary>Only what is reported is known.</summary>
    public static readonly Sentence NothingOpen = new("no open incident that I know of", "aucun incident ouvert à ma connaissance");

    /// <summary>What is open is for the root group alone.</summary>
    public static readonly Sentence NothingOpenHere = new("nothing open that I may name here", "rien d'ouvert que je puisse dire ici");

    /// <summary>What, how long, number.</summary>
    public static readonly Sentence3 OpenSince = new("{0} for {1} #{2}", "{0} depuis {1} #{2}");

    /// <summary>As <see cref="OpenSince"/>, and it waits for somebody.</summary>
    public static readonly Sentence3 OpenSinceUnacknowledged = new("{0} for {1}, nobody has it #{2}", "{0} depuis {1}, pris par personne #{2}");

    /// <summary>An incident, how many it inhibits, which.</summary>
    public static readonly Sentence3 WithInhibited = new(
        "{0}, the cause of {1} other{1:|s} ({2})", "{0}, dont {1} autre{1:|s} {1:découle|découlent} ({2})");

    public static readonly Sentence4 OpenSinceAcknowledged = new("{0} for {1}, ack by {2} #{3}", "{0} depuis {1}, pris par {2} #{3}");

    public static readonly Sentence5 OpenSinceAcknowledgedReason = new(
        "{0} for {1}, ack by {2} “{3}” #{4}", "{0} depuis {1}, pris par {2} « {3} » #{4}");

    /// <summary>Only what is reported is known.</summary>
    public static readonly Sentence1 MachineNothingOpen = new(
        "{0}: no open incident that I know of", "{0} : aucun incident ouvert à ma connaissance");

    public static readonly Sentence4 Inhibits = new(
        "[{0}] {1} — #{2} (inhibits {3} other alert{3:|s})", "[{0}] {1} — #{2} (inhibe {3} autre{3:|s} alerte{3:|s})");

    public static readonly Sentence4 Overload = new(
        "[{0}] overloaded: {1} — #{2} · {3} check{3:|s} timed out",
        "[{0}] surchargé : {1} — #{2} · {3} contrôle{3:|s} en dépassement de délai");

    public static readonly Sentence3 MachineIncidents = new("{0}: {1} incident{1:|s} — {2}", "{0} : {1} incident{1:|s} — {2}");

    /// <summary>As <see cref="MachineIncidents"/>, all of which wait for somebody.</summary>
    public static readonly Sentence3 MachineIncidentsUnacknowledged = new(
        "{0}: {1} incident{1:|s}, nobody has {1:it|them} — {2}", "{0} : {1} incident{1:|s}, pris par personne — {2}");
}
