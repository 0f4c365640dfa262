namespace ChatBot.Core.Language;

// What the bot says of mails.
public static partial class Sentences
{
    public static readonly Sentence2 Human = new("mail from {0}: {1}", "mail de {0} : {1}");

    public static readonly Sentence Somebody = new("somebody", "quelqu'un");

    public static readonly Sentence NoSubject = new("(no subject)", "(sans objet)");

    /// <summary>The first line of its text.</summary>
    public static readonly Sentence1 NoSubjectBut = new("(no subject) “{0}”", "(sans objet) « {0} »");

    /// <summary>The line about a mail whose counts may be too small.</summary>
    public static readonly Sentence2 ReadInPart = new(
        "{0} · the mail is too long: read in part, at least {1} KB not", "{0} · mail trop long : lu en partie, au moins {1} Ko non lus");

    public static readonly Sentence2 ReportUnreadable = new(
        "unreadable report of {0}, the name of its machine or service is empty: {1}",
        "rapport illisible de {0}, le nom de sa machine ou de son service est vide : {1}");

    /// <summary>From which machine, subject.</summary>
    public static readonly Sentence2 UnknownMail = new(
        "mail from an unknown program ({0}): {1}", "mail d'un programme inconnu ({0}) : {1}");

    /// <summary>Kind, subject.</summary>
    public static readonly Sentence2 AutomaticMail = new("automatic mail ({0}): {1}", "mail automatique ({0}) : {1}");

    /// <summary>Program, what it reports, where no machine is known.</summary>
    public static readonly Sentence2 Says = new("{0}: {1}", "{0} : {1}");

    /// <summary>Subject, what the text says.</summary>
    public static readonly Sentence2 Contradicts = new(
        "contradictory mail, no effect: subject “{0}”, text {1}", "mail contradictoire, sans effet : objet « {0} », texte {1}");

    /// <summary>Machine, monitor, what in which state.</summary>
    public static readonly Sentence3 Message = new("[{0}] message from {1} ({2})", "[{0}] message de {1} ({2})");

    /// <summary>The same and what it says.</summary>
    public static readonly Sentence4 MessageSaying = new("[{0}] message from {1} ({2}): {3}", "[{0}] message de {1} ({2}) : {3}");

    /// <summary>What is tested.</summary>
    public static readonly Sentence1 TestMail = new("test mail ({0})", "mail de test ({0})");

    /// <summary>Count.</summary>
    public static readonly Sentence1 PendingSectors = new("pending sectors: {0}", "secteurs en attente : {0}");

    /// <summary>Count.</summary>
    public static readonly Sentence1 LostSectors = new("uncorrectable sectors: {0}", "secteurs irrécupérables : {0}");

    /// <summary>The line that shows the failure.</summary>
    public static readonly Sentence1 HasFailed = new("failed: {0}", "échec : {0}");

    /// <summary>What the program says of it: how long, how much.</summary>
    public static readonly Sentence1 HasCompleted = new("done: {0}", "terminé : {0}");

    /// <summary>Count.</summary>
    public static readonly Sentence1 UpdatesPending = new("pending updates: {0}", "mises à jour en attente : {0}");

    /// <summary>Packages.</summary>
    public static readonly Sentence1 Upgraded = new("upgraded: {0}", "mis à jour : {0}");

    /// <summary>Packages.</summary>
    public static readonly Sentence1 UpgradeAttempted = new("upgrade attempted: {0}", "mise à jour tentée : {0}");

    public static readonly Sentence RebootNeeded = new("reboot needed", "redémarrage nécessaire");

    /// <summary>The other side.</summary>
    public static readonly Sentence1 SmtpErrors = new("SMTP errors with {0}", "erreurs SMTP avec {0}");

    /// <summary>Recipient, reason.</summary>
    public static readonly Sentence2 MailReturned = new("not delivered to {0}: {1}", "non remis à {0} : {1}");

    /// <summary>Recipient, reason.</summary>
    public static readonly Sentence2 MailDelayed = new("delayed for {0}: {1}", "en attente pour {0} : {1}");

    /// <summary>Recipient, what the other side said.</summary>
    public static readonly Sentence2 MailDelivered = new("delivered to {0}: {1}", "remis à {0} : {1}");

    /// <summary>Address, jail.</summary>
    public static readonly Sentence2 Banned = new("address banned: {0} ({1})", "adresse bannie : {0} ({1})");

    /// <summary>Address, jail.</summary>
    public static readonly Sentence2 Unbanned = new("address unbanned: {0} ({1})", "adresse débannie : {0} ({1})");

    /// <summary>Count, jail.</summary>
    public static readonly Sentence2 BannedMany = new("addresses banned: {0} ({1})", "adresses bannies : {0} ({1})");

    /// <summary>What.</summary>
    public static readonly Sentence1 Started = new("{0} started", "{0} démarré");

    /// <summary>What.</summary>
    public static readonly Sentence1 Stopped = new("{0} stopped", "{0} arrêté");

    /// <summary>Count.</summary>
    public static readonly Sentence1 FilesChanged = new("files changed: {0}", "fichiers modifiés : {0}");

    /// <summary>Counts.</summary>
    public static readonly Sentence3 Entries = new("added {0}, removed {1}, changed {2}", "ajoutés {0}, supprimés {1}, modifiés {2}");

    /// <summary>Count.</summary>
    public static readonly Sentence1 Violations = new("violations: {0}", "non-conformités : {0}");

    /// <summary>Count.</summary>
    public static readonly Sentence1 Infected = new("infected files: {0}", "fichiers infectés : {0}");

    /// <summary>A line, and how many like it were not announced.</summary>
    public static readonly Sentence2 InThread = new("{0} (and {1} more in this thread)", "{0} (et {1} autre{1:|s} dans ce fil)");

    /// <summary>Before a line about a mail that nothing vouches for.</summary>
    public static readonly Sentence1 Unverified = new("(unverified) {0}", "(non vérifié) {0}");

    public static readonly Sentence1 UnprovenCounted = new(
        "mails from unproven senders in the last hour, counted only: {0}", "mails d'expéditeurs non prouvés dans l'heure, seulement comptés : {0}");

    /// <summary>Since when.</summary>
    public static readonly Sentence1 MailsMissing = new(
        "I have not been able to read all mail {0}: alerts may be missing", "je n'arrive pas à lire tous les mails {0} : il peut manquer des alertes");

    /// <summary>Since when, for how long.</summary>
    public static readonly Sentence2 MailsUnread = new(
        "I have not been able to read all mail {0} ({1}): alerts may be missing; the bot's log says why",
        "je n'arrive pas à lire tous les mails {0} ({1}) : il peut manquer des alertes ; le log du bot dit pourquoi");

    /// <summary>For how long it could not.</summary>
    public static readonly Sentence1 MailsReadAgain = new(
        "I can read all mail again, after {0}: what waited is being read", "je lis de nouveau tous les mails, après {0} : ce qui attendait est en train d'être lu");

    public static readonly Sentence1 MailSetAside = new(
        "an unreadable mail is set aside: it stays in the mailbox ({0} in all)",
        "un mail illisible est mis de côté : il reste dans la boîte ({0} en tout)");

    /// <summary>Machine, reason, count.</summary>
    public static readonly Sentence3 MailIgnored = new(
        "ignored a mail about {0}: {1} ({2} in the last hour)", "mail ignoré, qui prétend parler de {0} : {1} ({2} dans l'heure)");

    /// <summary>Reasons, each with its count.</summary>
    public static readonly Sentence1 MailsIgnored = new("ignored mails, only counted: {0}", "mails ignorés, seulement comptés : {0}");

    /// <summary>Reason, count.</summary>
    public static readonly Sentence2 MailsOfReason = new("{0} ({1} in the last hour)", "{0} ({1} dans l'heure)");

    /// <summary>What a watch says of a source that is silent for too long.</summary>
    public static readonly Sentence2 SourceSilent = new("no mail from {0} for {1}", "aucun mail de {0} depuis {1}");

    public static readonly Sentence VerdictAmbiguousHeaders = new(
        "From, Subject or Date appears twice in it", "From, Subject ou Date y figure deux fois");

    public static readonly Sentence VerdictNoTrustedReceived = new(
        "it came neither through our mail server nor from our networks",
        "il ne vient ni de notre serveur de mail ni de nos réseaux");

    public static readonly Sentence VerdictSignatureInvalid = new(
        "it comes from outside, with an invalid DKIM signature", "il vient de l'extérieur, avec une signature DKIM invalide");

    public static readonly Sentence VerdictSignatureNotWhole = new(
        "it comes from outside and is too large for its DKIM signature to be checked",
        "il vient de l'extérieur et il est trop gros pour qu'on vérifie sa signature DKIM");

    public static readonly Sentence VerdictSignatureUnchecked = new(
        "it comes from outside and the DNS did not return its DKIM key in time",
        "il vient de l'extérieur et le DNS n'a pas donné à temps sa clé DKIM");

    public static readonly Sentence VerdictDateFarOff = new(
        "its Date is not that of now: it may be a copy of an old mail",
        "sa date n'est pas celle d'aujourd'hui : c'est peut-être la copie d'un vieux mail");

    public static readonly Sentence VerdictSignatureOutOfTime = new(
        "its DKIM signature had expired or was not valid yet", "sa signature DKIM avait expiré ou n'était pas encore valable");

    public static readonly Sentence VerdictWrongPlace = new(
        "it does not come from the address or account listed for its sender",
        "il ne vient ni de l'adresse ni du compte déclarés pour son expéditeur");

    public static readonly Sentence VerdictSenderNotTrusted = new(
        "its sender may not raise alerts", "son expéditeur n'a pas le droit de lever des alertes");

    public static readonly Sentence VerdictSpeaksForAnother = new(
        "its sender is another machine, not a monitor", "son expéditeur est une autre machine, pas un superviseur");
}
