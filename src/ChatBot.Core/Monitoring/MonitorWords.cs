
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;

namespace ChatBot.Core.Monitoring;

/// <summary>What is told of orders for the monitor, and of its state.</summary>
public static class MonitorWords
{
    /// <summary>What it is about, the monitor, the trouble.</summary>
    public static readonly Sentence NotYet = new("{0} : {1} n'est pas encore prévenu, {2} ; je réessaie", "{0}: {1} is not told yet, {2}; I try again");

    /// <summary>The monitor, the trouble.</summary>
    public static readonly Sentence Unreadable = new("{0} : {1}", "{0}: {1}");

    /// <summary>The monitor, when.</summary>
    public static readonly Sentence AllWell = new("{0} ({1}) : aucun problème", "{0} ({1}): no problem");

    /// <summary>The monitor, when, what.</summary>
    public static readonly Sentence Problems = new("{0} ({1}) : {2}", "{0} ({1}): {2}");

    /// <summary>The monitor, when.</summary>
    public static readonly Sentence NoSuchMachine = new("{0} ({1}) ne connaît pas cette machine", "{0} ({1}) does not know this machine");

    private static readonly Sentence Acknowledged = new("{0} : {1} est prévenu", "{0}: {1} is told");
    private static readonly Sentence Unacknowledged = new("{0} : l'acquittement est retiré dans {1}", "{0}: the acknowledgement is removed in {1}");
    private static readonly Sentence Scheduled = new("{0} : l'arrêt est annoncé dans {1}", "{0}: the downtime is announced in {1}");
    private static readonly Sentence Cancelled = new("{0} : plus d'arrêt annoncé dans {1}", "{0}: no downtime announced in {1} any more");
    private static readonly Sentence AlreadyWell = new(
        "{0} : tout va déjà bien pour {1}, il n'y a rien à y acquitter", "{0}: already well for {1}, there is nothing to acknowledge there");
    private static readonly Sentence Unknown = new(
        "{0} : {1} ne le connaît pas sous ce nom, il n'est pas prévenu", "{0}: {1} does not know it by this name and is not told");
    private static readonly Sentence CannotBeNamed = new(
        "{0} : son nom dans {1} ne peut pas être écrit dans une commande, il n'est pas prévenu",
        "{0}: its name in {1} cannot be written in a command, it is not told");

    /// <summary>What is told at the end of an order: what it is about, then the monitor; null where nobody is told.</summary>
    public static Sentence? Of(MonitorOrder order, OrderOutcome outcome) => (outcome, order) switch
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
    public static Sentence Of(MonitorTrouble trouble) => trouble switch
    {
        MonitorTrouble.CommandFileMissing => new("son fichier de commandes n'existe pas", "its command file is not there"),
        MonitorTrouble.NobodyReads => new("personne ne lit son fichier de commandes", "nobody reads its command file"),
        MonitorTrouble.NotAFifo => new(
            "ce qui est à la place de son fichier de commandes n'est pas un tube", "what stands in the place of its command file is no FIFO"),
        MonitorTrouble.Full => new("son fichier de commandes est plein", "its command file is full"),
        MonitorTrouble.MayNotWrite => new("je n'ai pas le droit d'écrire dans son fichier de commandes", "I may not write to its command file"),
        MonitorTrouble.StatusMissing => new("son fichier d'état n'existe pas : est-il arrêté ?", "its status file is not there: is it stopped?"),
        MonitorTrouble.MayNotRead => new("je n'ai pas le droit de lire son fichier d'état", "I may not read its status file"),
        MonitorTrouble.StatusUnreadable => new("son fichier d'état n'est pas lisible", "its status file cannot be read"),
        MonitorTrouble.StatusStale => new("son état n'est plus renouvelé", "its state is not renewed any more"),
        MonitorTrouble.NoAnswer => new("son API ne répond pas", "its API does not answer"),
        MonitorTrouble.NotTrusted => new("le certificat de son API n'est pas de confiance", "the certificate of its API is not trusted"),
        MonitorTrouble.WrongPassword => new(
            "son API refuse mon mot de passe : vérifiez user et password_file de [icinga]",
            "its API refuses my password: check user and password_file of [icinga]"),
        MonitorTrouble.NotPermitted => new(
            "son API ne me le permet pas : vérifiez les permissions de mon ApiUser", "its API does not permit it: check the permissions of my ApiUser"),
        MonitorTrouble.AnswerUnreadable => new("la réponse de son API est incompréhensible", "the answer of its API makes no sense"),
        _ => new("la commande est écrite mais pas confirmée", "the command is written but not confirmed"),
    };
}
