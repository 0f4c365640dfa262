
using ChatBot.Core.Language;

namespace ChatBot.Core.Mail;

/// <summary>Says why a mail had no effect.</summary>
public static class Verdicts
{
    /// <summary>What a signature that proves nothing makes of a mail that came from outside.</summary>
    public static Verdict Of(DkimFlaw flaw) => flaw switch
    {
        DkimFlaw.NoSignature or DkimFlaw.KeyOnTrial => Verdict.NoTrustedReceived,
        DkimFlaw.NotWhole => Verdict.SignatureNotWhole,
        DkimFlaw.NoAnswer => Verdict.SignatureUnchecked,
        _ => Verdict.SignatureInvalid,
    };

    /// <exception cref="ArgumentOutOfRangeException">The verdict lets the mail act.</exception>
    public static Sentence Sentence(Verdict verdict) => verdict switch
    {
        Verdict.AmbiguousHeaders => Sentences.VerdictAmbiguousHeaders,
        Verdict.NoTrustedReceived => Sentences.VerdictNoTrustedReceived,
        Verdict.SignatureInvalid => Sentences.VerdictSignatureInvalid,
        Verdict.SignatureNotWhole => Sentences.VerdictSignatureNotWhole,
        Verdict.SignatureUnchecked => Sentences.VerdictSignatureUnchecked,
        Verdict.SenderNotTrusted => Sentences.VerdictSenderNotTrusted,
        Verdict.SpeaksForAnother => Sentences.VerdictSpeaksForAnother,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "This verdict refuses nothing."),
    };
}
