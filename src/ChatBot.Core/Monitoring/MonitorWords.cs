
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;

namespace ChatBot.Core.Monitoring;

/// <summary>Sentences about orders for the monitor, and about its state.</summary>
public static class MonitorWords
{
    /// <summary>What it is about, the monitor, the trouble.</summary>
    public static readonly Sentence3 NotYet = new("{0}: {1} not notified yet, {2}; retrying", "{0} : {1} n'est pas encore prévenu, {2} ; je réessaie");

    /// <summary>The monitor, the trouble.</summary>
    public static readonly Sentence2 Unreadable = new("{0}: {1}", "{0} : {1}");

    /// <summary>The monitor, when.</summary>
    public static readonly Sentence2 AllWell = new("{0} ({1}): no problem", "{0} ({1}) : aucun problème");

    /// <summary>The monitor, when, what.</summary>
    public static readonly Sentence3 Problems = new("{0} ({1}): {2}", "{0} ({1}) : {2}");

    /// <summary>How many, of hosts outside the inventory.</summary>
    public static readonly Sentence1 ProblemsElsewhere = new(
        "{0} problem{0:|s} on hosts that are not in my inventory", "{0} problème{0:|s} sur des hôtes absents de mon inventaire");

    /// <summary>The monitor, when.</summary>
    public static readonly Sentence2 NoSuchMachine = new("{0} ({1}) does not know this machine", "{0} ({1}) ne connaît pas cette machine");

    private static readonly Sentence2 Acknowledged = new("{0}: {1} notified", "{0} : {1} est prévenu");
    private static readonly Sentence2 Unacknowledged = new("{0}: acknowledgement removed in {1}", "{0} : l'acquittement est retiré dans {1}");
    private static readonly Sentence2 Scheduled = new("{0}: downtime scheduled in {1}", "{0} : maintenance planifiée dans {1}");
    private static readonly Sentence2 Cancelled = new("{0}: downtime cancelled in {1}", "{0} : maintenance annulée dans {1}");
    private static readonly Sentence2 AlreadyWell = new(
        "{0}: already OK in {1}, nothing to acknowledge there", "{0} : tout va déjà bien pour {1}, il n'y a rien à y acquitter");
    private static readonly Sentence2 Unknown = new(
        "{0}: {1} does not know it by this name and was not notified", "{0} : {1} ne le connaît pas sous ce nom, il n'est pas prévenu");
    private static readonly Sentence2 CannotBeNamed = new(
        "{0}: its name in {1} cannot be written in a command, it was not notified",
        "{0} : son nom dans {1} ne peut pas être écrit dans une commande, il n'est pas prévenu");

    private static readonly Sentence Unconfirmed = new("the command is written but not confirmed", "la commande est écrite mais pas confirmée");

    private static readonly Dictionary<MonitorTrouble, Sentence> Troubles = new()
    {
        [MonitorTrouble.CommandFileMissing] = new("its command file does not exist", "son fichier de commandes n'existe pas"),
        [MonitorTrouble.NobodyReads] = new("nobody reads its command file", "personne ne lit son fichier de commandes"),
        [MonitorTrouble.NotAFifo] = new(
            "its command file is not a FIFO", "son fichier de commandes n'est pas un tube (FIFO)"),
        [MonitorTrouble.Full] = new("its command file is full", "son fichier de commandes est plein"),
        [MonitorTrouble.MayNotWrite] = new("I may not write to its command file", "je n'ai pas le droit d'écrire dans son fichier de commandes"),
        [MonitorTrouble.StatusMissing] = new("its status file does not exist: is it stopped?", "son fichier d'état n'existe pas : est-il arrêté ?"),
        [MonitorTrouble.MayNotRead] = new("I may not read its status file", "je n'ai pas le droit de lire son fichier d'état"),
        [MonitorTrouble.StatusUnreadable] = new("its status file cannot be read", "son fichier d'état n'est pas lisible"),
        [MonitorTrouble.StatusStale] = new("its state is no longer updated", "son état n'est plus mis à jour"),
        [MonitorTrouble.NoAnswer] = new("its API does not answer", "son API ne répond pas"),
        [MonitorTrouble.NotTrusted] = new("the certificate of its API is not trusted", "le certificat de son API n'est pas de confiance"),
        [MonitorTrouble.WrongPassword] = new(
            "its API refuses my password: check user and password_file of [icinga]",
            "son API refuse mon mot de passe : vérifiez user et password_file de [icinga]"),
        [MonitorTrouble.NotPermitted] = new(
            "its API does not allow it: check the permissions of my ApiUser", "son API ne me le permet pas : vérifiez les permissions de mon ApiUser"),
        [MonitorTrouble.AnswerUnreadable] = new("its API gave an answer that I cannot read", "la réponse de son API est incompréhensible"),
    };

    /// <summary>What is said at the end of an order: what it is about, then the monitor; null where nothing is said.</summary>
    public static Sentence2? Of(MonitorOrder order, OrderOutcome outcome) => (outcome, order) switch
    {
        (OrderOutcome.Shown, MonitorOrder.Acknowledge) => Acknowledged,
        (OrderOutcome.Shown, MonitorOrder.Unacknowledge) => Unacknowledged,
        (OrderOutcome.Shown, MonitorOrder.ScheduleDowntime) => Scheduled,
        (OrderOutcome.Shown, MonitorOrder.CancelDowntime) => Cancelled,
        (OrderOutcome.AlreadyWell, _) => AlreadyWell,
        (OrderOutcome.Unknown, MonitorOrder.Acknowledge or MonitorOrder.ScheduleDowntime) => Unknown,
        (OrderOutcome.CannotBeNamed, _) => CannotBeNamed,
        _ => null,
    };

    /// <summary>A trouble in words, to go on after a colon or a comma.</summary>
    public static Sentence Of(MonitorTrouble trouble) => Troubles.GetValueOrDefault(trouble, Unconfirmed);
}
