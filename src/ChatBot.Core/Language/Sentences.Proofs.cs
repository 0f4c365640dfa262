namespace ChatBot.Core.Language;

// What the bot says of OpenPGP proofs.
public static partial class Sentences
{
    /// <summary>Person, until when.</summary>
    public static readonly Sentence2 ProofAccepted = new(
        "{0}, your signature is right: I know you until {1}, as long as you stay here under this nick",
        "{0}, votre signature est bonne : je vous reconnais jusqu'à {1}, tant que vous restez ici sous ce pseudo");

    /// <summary>Why.</summary>
    public static readonly Sentence1 ProofRefused = new("your signature proves nothing: {0}", "votre signature ne prouve rien : {0}");

    /// <summary>Why.</summary>
    public static readonly Sentence1 ProofEnded = new("your OpenPGP proof has ended: {0}", "votre preuve OpenPGP ne vaut plus : {0}");

    public static readonly Sentence ProofNoSignature = new(
        "I find no whole OpenPGP signature in it", "je n'y trouve pas de signature OpenPGP entière");

    public static readonly Sentence ProofMoreThanOne = new("there is more than one", "il y en a plus d'une");

    public static readonly Sentence ProofTooLong = new("it is too long", "c'est trop long");

    public static readonly Sentence ProofWrongText = new(
        "it is over another text than the sentence, alone, that I gave",
        "elle porte sur un autre texte que la phrase, toute seule, que j'ai donnée");

    public static readonly Sentence ProofUnknownKey = new(
        "it is not by a key that I know under this name", "elle n'est pas d'une clef que je connaisse à ce nom");

    public static readonly Sentence ProofExpiredKey = new("the key has expired", "la clef a expiré");

    public static readonly Sentence ProofRevokedKey = new("the key is revoked", "la clef est révoquée");

    public static readonly Sentence ProofExpiredSignature = new("it has expired", "elle a expiré");

    public static readonly Sentence ProofWeakDigest = new(
        "it uses MD5, SHA-1 or another weak digest", "elle emploie MD5, SHA-1 ou un autre condensat faible");

    public static readonly Sentence ProofWrongTime = new(
        "it was not made now; is your clock right?", "elle n'est pas de maintenant ; votre horloge est-elle à l'heure ?");

    public static readonly Sentence ProofTooLate = new(
        "it is too late for that sentence, ask for another one", "il est trop tard pour cette phrase, demandez-en une autre");

    public static readonly Sentence ProofAlreadyUsed = new("that sentence has been used already", "cette phrase a déjà servi");

    public static readonly Sentence ProofChallengeGone = new(
        "that sentence no longer counts, ask for another one", "cette phrase ne vaut plus, demandez-en une autre");

    public static readonly Sentence ProofTooManyTries = new(
        "too many tries for that sentence, ask for another one", "trop d'essais pour cette phrase, demandez-en une autre");

    public static readonly Sentence ProofNotVerified = new(
        "I could not verify it; the reason is in my log", "je n'ai pas pu la vérifier ; la raison est dans mon journal");

    public static readonly Sentence ProofEndRenamed = new("you have changed your nick", "vous avez changé de pseudo");

    public static readonly Sentence ProofEndLeft = new("you have left a channel where I was", "vous avez quitté un canal où j'étais");

    public static readonly Sentence ProofEndKeyGone = new(
        "the key is no longer one of those that count", "la clef n'est plus parmi celles qui comptent");
}
