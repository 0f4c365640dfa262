
using ChatBot.Core.Language;

namespace ChatBot.Core.People;

/// <summary>The reasons in words, to go on after a colon.</summary>
public static class ProofWords
{
    public static Sentence Of(ProofRefusal why) => why switch
    {
        ProofRefusal.MoreThanOne => Sentences.ProofMoreThanOne,
        ProofRefusal.TooLong => Sentences.ProofTooLong,
        ProofRefusal.WrongText => Sentences.ProofWrongText,
        ProofRefusal.UnknownKey => Sentences.ProofUnknownKey,
        ProofRefusal.ExpiredKey => Sentences.ProofExpiredKey,
        ProofRefusal.RevokedKey => Sentences.ProofRevokedKey,
        ProofRefusal.ExpiredSignature => Sentences.ProofExpiredSignature,
        ProofRefusal.WeakDigest => Sentences.ProofWeakDigest,
        ProofRefusal.WrongTime => Sentences.ProofWrongTime,
        ProofRefusal.TooLate => Sentences.ProofTooLate,
        ProofRefusal.AlreadyUsed => Sentences.ProofAlreadyUsed,
        ProofRefusal.ChallengeGone => Sentences.ProofChallengeGone,
        ProofRefusal.TooManyTries => Sentences.ProofTooManyTries,
        ProofRefusal.NotVerified => Sentences.ProofNotVerified,
        _ => Sentences.ProofNoSignature,
    };

    public static Sentence Of(ProofEnd why) => why switch
    {
        ProofEnd.Renamed => Sentences.ProofEndRenamed,
        ProofEnd.KeyGone => Sentences.ProofEndKeyGone,
        _ => Sentences.ProofEndLeft,
    };
}
