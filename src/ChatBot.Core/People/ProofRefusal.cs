namespace ChatBot.Core.People;

/// <summary>Why a signature proves nothing.</summary>
public enum ProofRefusal
{
    /// <summary>There is none, or nothing that is one.</summary>
    NoSignature,

    MoreThanOne,
    TooLong,

    /// <summary>It signs another text.</summary>
    WrongText,

    /// <summary>A key that we do not have, or that is not of the person who was named: the same to those who ask.</summary>
    UnknownKey,

    ExpiredKey,
    RevokedKey,
    ExpiredSignature,

    /// <summary>Over MD5, SHA-1 or another digest that is no longer safe.</summary>
    WeakDigest,

    /// <summary>Made long before the challenge, or after it.</summary>
    WrongTime,

    /// <summary>The challenge is too old.</summary>
    TooLate,

    AlreadyUsed,

    /// <summary>The person who asked has left, or asked again.</summary>
    ChallengeGone,

    TooManyTries,

    /// <summary>The program that verifies cannot be used, or too much is to be verified.</summary>
    NotVerified,
}
