namespace ChatBot.Core.Language;

// What the bot says of OpenPGP proofs.
public static partial class Sentences
{
    /// <summary>Person, until when.</summary>
    public static readonly Sentence2 ProofAccepted = new(
        "{0}, your signature is valid: I recognise you {1}, as long as you stay here under this nick",
        "{0}, votre signature est valide : je vous reconnais {1}, tant que vous restez ici sous ce pseudo");

    /// <summary>Why.</summary>
    public static readonly Sentence1 ProofRefused = new("your signature proves nothing: {0}", "votre signature ne prouve rien : {0}");

    /// <summary>Why.</summary>
    public static readonly Sentence1 ProofEnded = new("your OpenPGP proof has ended: {0}", "votre preuve OpenPGP n'est plus valable : {0}");

    public static readonly Sentence ProofNoSignature = new(
        "I find no complete OpenPGP signature in it", "je n'y trouve pas de signature OpenPGP complète");

    public static readonly Sentence ProofMoreThanOne = new("there is more than one", "il y en a plus d'une");

    public static readonly Sentence ProofTooLong = new("it is too long", "c'est trop long");

    public static readonly Sentence ProofWrongText = new(
        "it signs a different text: sign exactly my sentence, nothing else", "elle signe autre chose que ma phrase exacte");

    public static readonly Sentence ProofUnknownKey = new(
        "it was made with a key that I do not know for this name", "elle vient d'une clé que je ne connais pas à ce nom");

    public static readonly Sentence ProofExpiredKey = new("the key has expired", "la clé a expiré");

    public static readonly Sentence ProofRevokedKey = new("the key is revoked", "la clé est révoquée");

    public static readonly Sentence ProofExpiredSignature = new("it has expired", "elle a expiré");

    public static readonly Sentence ProofWeakDigest = new(
        "it uses MD5, SHA-1 or another weak digest", "elle utilise MD5, SHA-1 ou un autre hachage faible");

    public static readonly Sentence ProofWrongTime = new(
        "its date is off; is your clock right?",
        "sa date ne correspond pas à l'heure actuelle ; votre horloge est-elle à l'heure ?");

    public static readonly Sentence ProofTooLate = new(
        "too late for that sentence, ask for another one", "trop tard pour cette phrase, demandez-en une autre");

    public static readonly Sentence ProofAlreadyUsed = new("that sentence has been used already", "cette phrase a déjà servi");

    public static readonly Sentence ProofChallengeGone = new(
        "that sentence is no longer valid, ask for another one", "cette phrase n'est plus valable, demandez-en une autre");

    public static readonly Sentence ProofTooManyTries = new(
        "too many tries for that sentence, ask for another one", "trop d'essais pour cette phrase, demandez-en une autre");

    public static readonly Sentence ProofNotVerified = new(
        "I could not verify it; see the bot's log", "je n'ai pas pu la vérifier ; la raison est dans le journal du bot");

    public static readonly Sentence ProofEndRenamed = new("you changed your nick", "vous avez changé de pseudo");

    public static readonly Sentence ProofEndLeft = new("you left a channel where I was", "vous avez quitté un canal où j'étais");

    public static readonly Sentence ProofEndKeyGone = new("the key is no longer accepted", "la clé n'est plus acceptée");
}
