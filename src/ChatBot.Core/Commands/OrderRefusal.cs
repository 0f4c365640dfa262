using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;

namespace ChatBot.Core.Commands;

/// <summary>Why nothing of a mail that asks for something is done. The names are stored.</summary>
public enum OrderRefusal
{
    NotSigned,
    Encrypted,
    TextOutside,
    MoreThanOne,

    /// <summary>HTML or an attachment beside the text, in what is signed.</summary>
    OtherParts,

    /// <summary>No byte of a diff is kept, and what is not kept cannot be verified.</summary>
    HoldsDiff,
    TooLong,
    Altered,
    UnknownKey,
    ExpiredKey,
    RevokedKey,
    ExpiredSignature,
    WeakDigest,

    /// <summary>gpg cannot be used, or gives no clear answer.</summary>
    NotVerified,

    /// <summary>The signed text does not begin with the line that names the bot.</summary>
    NamesNobody,
    OtherBot,
    KeyOfNobody,
    KeyOfSeveral,

    /// <summary>The key is not of the person that the mail says it is from.</summary>
    KeyOfAnother,
    NotAdmin,
    TooOld,
    InFuture,
    Repeated,

    /// <summary>Neither signed with OpenPGP nor with DKIM.</summary>
    NoDkim,

    /// <summary>DKIM signatures of other domains alone.</summary>
    DkimOfAnother,

    /// <summary>The DKIM signature does not match the mail: a list or a filter has changed it, or it was never this one.</summary>
    DkimBroken,

    /// <summary>No key, or none that is fit, stands under the name that the DKIM signature gives.</summary>
    DkimNoKey,
    DkimNoAnswer,

    /// <summary>Not looked at: too many mails that proved nothing came in the name of the same address within a minute.</summary>
    DkimTooMany,

    /// <summary>The domain's DKIM signature leaves something out that decides what is read.</summary>
    DkimIncomplete,
    DkimPartOfBody,
    DkimExpired,
    MailTooOld,
    MailInFuture,

    /// <summary>The same mail, by its Message-ID, has been carried out: the answer to the first stands.</summary>
    MailRepeated,

    /// <summary>The bot failed.</summary>
    Failed,
}

/// <summary>The reasons in words, to go on after a colon, each with what to do instead.</summary>
public static class OrderRefusals
{
    private static readonly Dictionary<OrderRefusal, Sentence> Words = new()
    {
        [OrderRefusal.NotSigned] = new("it is not signed with OpenPGP; sign it", "il n'est pas signé avec OpenPGP ; signez-le"),
        [OrderRefusal.Encrypted] = new(
            "it is encrypted, and I have no secret key; send it signed and not encrypted", "il est chiffré, et je n'ai pas de clé secrète ; envoyez-le signé, sans le chiffrer"),
        [OrderRefusal.TextOutside] = new(
            "there is text outside of what is signed; send nothing else, not through a list that adds lines",
            "il y a du texte hors de ce qui est signé ; n'envoyez rien d'autre, ni par une liste qui ajoute des lignes"),
        [OrderRefusal.MoreThanOne] = new("it has more than one signature; sign it once", "il porte plus d'une signature ; signez une seule fois"),
        [OrderRefusal.OtherParts] = new(
            "HTML or a file is attached to the text; send plain text alone", "du HTML ou un fichier accompagne le texte ; envoyez du texte brut seul"),
        [OrderRefusal.HoldsDiff] = new(
            "there is a diff in it, and I keep none; send the commands alone", "il contient un diff, et je n'en garde aucun ; envoyez seulement les commandes"),
        [OrderRefusal.TooLong] = new("it is longer than 64 KiB; send the commands alone", "il dépasse 64 Kio ; envoyez seulement les commandes"),
        [OrderRefusal.Altered] = new(
            "the signature is of another text: something changed it on the way, or it was never of this one; sign again, as PGP/MIME if your program can",
            "la signature est celle d'un autre texte : il a changé en route, ou elle n'a jamais été la sienne ; signez de nouveau, en PGP/MIME si votre logiciel sait le faire"),
        [OrderRefusal.UnknownKey] = new(
            "I do not have the key that signed it; put it into the folder `keys` of [openpgp]", "je n'ai pas la clé qui l'a signé ; mettez-la dans le dossier `keys` de [openpgp]"),
        [OrderRefusal.ExpiredKey] = new(
            "the key that signed it has expired; extend it, and put it into the folder `keys` again", "la clé qui l'a signé a expiré ; prolongez-la et remettez-la dans le dossier `keys`"),
        [OrderRefusal.RevokedKey] = new("the key that signed it is revoked; sign with another", "la clé qui l'a signé est révoquée ; signez avec une autre"),
        [OrderRefusal.ExpiredSignature] = new("the signature has expired; sign again", "la signature a expiré ; signez de nouveau"),
        [OrderRefusal.WeakDigest] = new(
            "the signature uses a digest that is no longer safe; sign with SHA-256 or better", "la signature emploie une empreinte qui n'est plus sûre ; signez avec SHA-256 ou mieux"),
        [OrderRefusal.NotVerified] = new(
            "gpg could not verify the signature; look at my log, or give the command on IRC", "gpg n'a pas pu vérifier la signature ; voyez mon log, ou donnez la commande sur IRC"),
        [OrderRefusal.NamesNobody] = new(
            "the signed text does not begin with the line that names me", "le texte signé ne commence pas par la ligne qui me nomme"),
        [OrderRefusal.OtherBot] = new("the signed text is for another bot", "le texte signé s'adresse à un autre robot"),
        [OrderRefusal.KeyOfNobody] = new(
            "the key that signed it is nobody's in people.toml; write its fingerprint there, under `pgp`",
            "la clé qui l'a signé n'est celle de personne dans people.toml ; écrivez-y son empreinte, sous `pgp`"),
        [OrderRefusal.KeyOfSeveral] = new(
            "the key that signed it is of several people in people.toml; leave it to one of them", "la clé qui l'a signé est celle de plusieurs personnes dans people.toml ; laissez-la à une seule"),
        [OrderRefusal.KeyOfAnother] = new(
            "the key that signed it is not of the person whose address sends it; write from an address that people.toml gives you",
            "la clé qui l'a signé n'est pas celle de la personne dont l'adresse l'envoie ; écrivez d'une adresse que people.toml vous donne"),
        [OrderRefusal.NotAdmin] = new("you do not have the role admin; ask somebody who has", "vous n'avez pas le rôle admin ; demandez à quelqu'un qui l'a"),
        [OrderRefusal.TooOld] = new("the signature is too old; sign again", "la signature est trop ancienne ; signez de nouveau"),
        [OrderRefusal.InFuture] = new(
            "the signature was made in the future; set the clock of your machine, and sign again", "la signature est datée du futur ; mettez votre machine à l'heure et signez de nouveau"),
        [OrderRefusal.Repeated] = new(
            "that signature has been used already, once is enough; to ask again, sign again", "cette signature a déjà servi, une fois suffit ; pour redemander, signez de nouveau"),
        [OrderRefusal.NoDkim] = new(
            "it has no signature, neither OpenPGP nor DKIM of its author's domain; sign it with OpenPGP, or send it by the mail server of that domain",
            "il n'a pas de signature, ni OpenPGP ni DKIM du domaine de son auteur ; signez-le avec OpenPGP, ou envoyez-le par le serveur de ce domaine"),
        [OrderRefusal.DkimOfAnother] = new(
            "its DKIM signature is of another domain than its author's; send it by the mail server of that domain, not through a list",
            "sa signature DKIM est d'un autre domaine que celui de son auteur ; envoyez-le par le serveur de ce domaine, sans passer par une liste"),
        [OrderRefusal.DkimBroken] = new(
            "its DKIM signature does not match: a list or a filter has changed the mail; send it to my own address",
            "sa signature DKIM ne correspond pas : une liste ou un filtre a modifié le mail ; envoyez-le à ma propre adresse"),
        [OrderRefusal.DkimNoKey] = new(
            "no valid key of its DKIM signature stands in the DNS; have it published, or sign with OpenPGP",
            "la clé de sa signature DKIM n'est pas dans le DNS, ou n'est pas valable ; faites-la publier, ou signez avec OpenPGP"),
        [OrderRefusal.DkimNoAnswer] = new(
            "no name server gave the key of its DKIM signature in time; send it again",
            "aucun serveur de noms n'a donné à temps la clé de sa signature DKIM ; renvoyez-le"),
        [OrderRefusal.DkimTooMany] = new(
            "too many mails with a false DKIM signature came in that name; send it again in a minute",
            "trop de mails avec une fausse signature DKIM sont arrivés à ce nom ; renvoyez-le dans une minute"),
        [OrderRefusal.DkimIncomplete] = new(
            "its DKIM signature leaves out, or the mail holds twice, one of From, Date, Subject, Message-ID, In-Reply-To and what says how to read the text; sign with OpenPGP",
            "sa signature DKIM omet, ou le mail contient deux fois, un champ parmi From, Date, Subject, Message-ID, In-Reply-To et ceux qui disent comment lire le texte ; signez avec OpenPGP"),
        [OrderRefusal.DkimPartOfBody] = new(
            "its DKIM signature leaves out a part of the text (l=); sign with OpenPGP", "sa signature DKIM ne couvre qu'une partie du texte (l=) ; signez avec OpenPGP"),
        [OrderRefusal.DkimExpired] = new("its DKIM signature has expired; send it again", "sa signature DKIM a expiré ; renvoyez-le"),
        [OrderRefusal.MailTooOld] = new("the mail is too old; send it again", "le mail est trop ancien ; renvoyez-le"),
        [OrderRefusal.MailInFuture] = new(
            "the mail is dated in the future; set the clock of your machine, and send it again", "le mail est daté du futur ; mettez votre machine à l'heure et renvoyez-le"),
        [OrderRefusal.MailRepeated] = new("that very mail was carried out already", "ce mail même a déjà été exécuté"),
        [OrderRefusal.Failed] = new("I failed, and my log says why; give the command on IRC", "j'ai échoué, et mon log dit pourquoi ; donnez la commande sur IRC"),
    };

    public static Sentence Sentence(OrderRefusal why) => Words[why];

    /// <summary>Whether it was found out who signed it: then it is answered, whatever the mail looks like.</summary>
    public static bool ShowsWho(OrderRefusal why) =>
        why is OrderRefusal.NotAdmin or OrderRefusal.NamesNobody or OrderRefusal.OtherBot or OrderRefusal.TooOld or OrderRefusal.InFuture or OrderRefusal.Repeated;

    /// <summary>
    /// Whether nothing shows that the mail is from the person whose address it bears, so that an answer could reach somebody who has written nothing.
    /// </summary>
    public static bool IsOfNobody(OrderRefusal why) =>
        why is OrderRefusal.NoDkim or OrderRefusal.DkimOfAnother or OrderRefusal.DkimBroken or OrderRefusal.DkimNoKey or OrderRefusal.DkimNoAnswer
            or OrderRefusal.DkimTooMany;

    /// <summary>Whether sending it again, without OpenPGP, is what helps.</summary>
    public static bool IsOfMailAlone(OrderRefusal why) => why is OrderRefusal.DkimExpired or OrderRefusal.MailTooOld or OrderRefusal.MailInFuture;

    /// <summary>Of what is wrong with a DKIM signature.</summary>
    /// <param name="flaw">Of the domain that signed, or of nobody.</param>
    /// <param name="isOfDomain">Whether the author's domain signed all the same.</param>
    public static OrderRefusal Of(DkimFlaw flaw, bool isOfDomain) => flaw switch
    {
        DkimFlaw.NoSignature => OrderRefusal.NoDkim,
        DkimFlaw.OtherDomain => OrderRefusal.DkimOfAnother,
        DkimFlaw.NoKey or DkimFlaw.KeyRevoked or DkimFlaw.KeyUnfit or DkimFlaw.KeyOnTrial => OrderRefusal.DkimNoKey,
        DkimFlaw.NoAnswer => OrderRefusal.DkimNoAnswer,
        DkimFlaw.TooMany => OrderRefusal.DkimTooMany,
        _ when !isOfDomain => OrderRefusal.DkimBroken,
        DkimFlaw.PartOfBody => OrderRefusal.DkimPartOfBody,
        DkimFlaw.Expired => OrderRefusal.DkimExpired,
        _ => OrderRefusal.DkimIncomplete,
    };

    /// <summary>Of what gpg finds wrong.</summary>
    public static OrderRefusal Of(ProofRefusal why) => why switch
    {
        ProofRefusal.NoSignature => OrderRefusal.NotSigned,
        ProofRefusal.MoreThanOne => OrderRefusal.MoreThanOne,
        ProofRefusal.TooLong => OrderRefusal.TooLong,
        ProofRefusal.WrongText => OrderRefusal.Altered,
        ProofRefusal.UnknownKey => OrderRefusal.UnknownKey,
        ProofRefusal.ExpiredKey => OrderRefusal.ExpiredKey,
        ProofRefusal.RevokedKey => OrderRefusal.RevokedKey,
        ProofRefusal.ExpiredSignature => OrderRefusal.ExpiredSignature,
        ProofRefusal.WeakDigest => OrderRefusal.WeakDigest,
        _ => OrderRefusal.NotVerified,
    };
}
