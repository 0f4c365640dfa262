namespace ChatBot.Core.Language;

// What the bot answers whatever the command.
public static partial class Sentences
{
    /// <summary>Prefix, name, arguments.</summary>
    public static readonly Sentence3 Usage = new("usage: {0}{1} {2}", "usage : {0}{1} {2}");

    /// <summary>How to write it with one.</summary>
    public static readonly Sentence1 MissingReason = new("the reason is missing: {0}", "il manque la raison : {0}");

    /// <summary>Which words, in a call that lacks only the reason.</summary>
    public static readonly Sentence Looking = new("looking", "je regarde");

    /// <summary>How to write it.</summary>
    public static readonly Sentence1 NotNumbers = new(
        "I do not understand these numbers, nothing is done; for example {0}", "je ne comprends pas ces numéros, rien n'est fait ; par exemple {0}");

    public static readonly Sentence NotATime = new(
        "I do not understand that time, nothing is done; for example 2h, 1h30, 2 days, until 18:00",
        "je ne comprends pas cette durée, rien n'est fait ; par exemple 2h, 1h30, 2 jours, jusqu'à 18h");

    /// <summary>Machine, its services.</summary>
    public static readonly Sentence2 NoService = new(
        "[{0}] I do not know that service, nothing is done; I know: {1}", "[{0}] je ne connais pas ce service, rien n'est fait ; je connais : {1}");

    /// <summary>Prefix.</summary>
    public static readonly Sentence1 UnknownCommand = new(
        "I do not know that command: “{0}help” says what I understand", "je ne connais pas cette commande : « {0}aide » dit ce que je comprends");

    /// <summary>Prefix, a machine.</summary>
    public static readonly Sentence2 NotUnderstood = new(
        "I did not understand; try “{0}status {1}” or “{0}help”", "je n'ai pas compris ; essayez « {0}état {1} » ou « {0}aide »");

    /// <summary>Prefix.</summary>
    public static readonly Sentence1 Greeting = new(
        "hello! I answer to “{0}status”, “{0}incidents”, “{0}help”", "bonjour ! je réponds à « {0}état », « {0}incidents », « {0}aide »");

    public static readonly Sentence YouAreWelcome = new("you are welcome", "de rien");

    /// <summary>Prefix, the number of an incident or a machine.</summary>
    public static readonly Sentence2 HowToAcknowledge = new("to acknowledge it: {0}ack {1} looking", "pour le prendre : {0}prends {1} je regarde");

    public static readonly Sentence1 UnknownCommandNear = new("unknown command; maybe {0}?", "commande inconnue ; peut-être {0} ?");

    /// <summary>A command refused to somebody without an account: command, what they can do.</summary>
    public static readonly Sentence2 NotIdentified = new(
        "{0} is for admins: the server does not say who you are (if you are one: /msg NickServ IDENTIFY); otherwise {1}",
        "{0} est réservé aux admins : le serveur ne dit pas qui vous êtes (si vous en êtes : /msg NickServ IDENTIFY) ; sinon {1}");

    /// <summary>A command refused to a known account: command, account, what they can do.</summary>
    public static readonly Sentence3 NotAdmin = new(
        "{0} is for admins: you are identified as {1}, who is not one; {2}",
        "{0} est réservé aux admins : vous êtes identifié comme {1}, qui n'en est pas un ; {2}");

    /// <summary>The same again within some minutes.</summary>
    public static readonly Sentence1 ForAdmins = new("{0} is for admins", "{0} est réservé aux admins");

    public static readonly Sentence AskInChannel = new("say so in the channel, an admin will do it", "dites-le sur le canal, un admin le fera");

    public static readonly Sentence AskAnAdmin = new("ask here, an admin will do it", "demandez ici, un admin le fera");

    /// <summary>A command refused because the network proves nobody.</summary>
    public static readonly Sentence1 NoAccounts = new(
        "{0} is for admins, and this network does not reliably say who is who: refused here to everybody",
        "{0} est réservé aux admins, et ce réseau ne dit pas de façon sûre qui est qui : refusé ici à tout le monde");

    /// <summary>A command refused where a proof is possible: command, prefix.</summary>
    public static readonly Sentence2 NoAccountsButProof = new(
        "{0} is for admins, and this network does not reliably say who is who: first prove who you are, with {1}auth",
        "{0} est réservé aux admins, et ce réseau ne dit pas de façon sûre qui est qui : prouvez d'abord qui vous êtes, avec {1}prouve");

    /// <summary>Seconds.</summary>
    public static readonly Sentence1 TooSlow = new(
        "no answer within {0} second{0:|s}; what was asked may or may not be done: please check, then try again",
        "pas de réponse en {0} seconde{0:|s} ; la demande est peut-être faite, peut-être pas : à vérifier avant de recommencer");

    public static readonly Sentence Apology = new(
        "that went wrong, sorry: see the bot's log", "désolé, ça n'a pas marché : la raison est dans le journal du bot");

    /// <summary>What was typed is no command.</summary>
    public static readonly Sentence TooFast = new(
        "too fast for me: I answer again in a moment", "trop vite pour moi : je réponds de nouveau dans un instant");

    /// <summary>The command that was not read, seconds.</summary>
    public static readonly Sentence2 TooFastFor = new(
        "too fast for me: I did not read “{0}”; say it again in {1} second{1:|s}",
        "trop vite pour moi : je n'ai pas lu « {0} » ; redites-le dans {1} seconde{1:|s}");

    public static readonly Sentence TooManyAsk = new(
        "too many ask at once: I could not ask the server who you are, try again in a moment",
        "trop de demandes à la fois : je n'ai pas pu demander au serveur qui vous êtes, réessayez dans un instant");

    /// <summary>Nothing of the answer is for everybody.</summary>
    public static readonly Sentence AnswerIsForRoot = new(
        "the answer is for the root group: in its channel, or in private", "la réponse est pour le groupe root : sur son canal, ou en privé");

    public static readonly Sentence AnsweredInPrivate = new("answered in private", "réponse en privé");

    public static readonly Sentence1 NoSuchIncident = new("there is no incident #{0}", "il n'y a pas d'incident #{0}");

    /// <summary>Number; there may be one that is for the root group.</summary>
    public static readonly Sentence1 NoIncidentToShow = new(
        "there is no incident #{0} that I may show here", "il n'y a pas d'incident #{0} que je puisse montrer ici");

    /// <summary>Number, open ones.</summary>
    public static readonly Sentence2 NoSuchIncidentNear = new(
        "there is no incident #{0}; the nearest open incidents: {1}", "il n'y a pas d'incident #{0} ; incidents ouverts les plus proches : {1}");

    /// <summary>Those it may be.</summary>
    public static readonly Sentence1 WhichIncident = new("which one? {0}", "lequel ? {0}");

    /// <summary>Machine, count, which, a call for all, a call for one.</summary>
    public static readonly Sentence5 WhichOfMachine = new(
        "[{0}] {1} incident{1:|s}: {2} · for all: {3} · for one: {4}",
        "[{0}] {1} incident{1:|s} : {2} · pour tous : {3} · pour un seul : {4}");

    /// <summary>What it was.</summary>
    public static readonly Sentence1 AlreadyClosed = new("already recovered: {0}", "déjà terminé : {0}");

    /// <summary>Prefix.</summary>
    public static readonly Sentence1 UnknownMachine = new(
        "I do not know that machine; {0}machines lists them", "je ne connais pas cette machine ; {0}machines les donne toutes");

    /// <summary>Where a group or all machines are named.</summary>
    public static readonly Sentence OneMachineOnly = new(
        "a group is good for reading only: here, name one machine", "un groupe ne sert qu'à lire : ici, nommez une machine");

    public static readonly Sentence1 UnknownMachineNear = new("unknown machine; maybe {0}?", "machine inconnue ; peut-être {0} ?");

    /// <summary>What was typed is not kept.</summary>
    public static readonly Sentence LooksSecret = new(
        "that looks like a password or a key: nothing of it is kept",
        "on dirait un mot de passe ou une clé : rien n'en est gardé");

    public static readonly Sentence LooksSecretSaidInPublic = new(
        "that looks like a password or a key: nothing of it is kept here, but the whole channel has read it: change it now",
        "on dirait un mot de passe ou une clé : rien n'en est gardé ici, mais tout le canal l'a lu : changez-le maintenant");
}
