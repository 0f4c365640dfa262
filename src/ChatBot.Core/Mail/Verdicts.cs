using System.Collections.Frozen;
using ChatBot.Core.Language;

namespace ChatBot.Core.Mail;

/// <summary>Says why a mail had no effect.</summary>
public static class Verdicts
{
    // Stored: a member may be renamed, its word may not.
    private static readonly FrozenDictionary<Verdict, string> Words = new Dictionary<Verdict, string>
    {
        [Verdict.ClosedMailbox] = "closed-mailbox",
        [Verdict.LocalSubmission] = "local-submission",
        [Verdict.OurNetwork] = "our-network",
        [Verdict.AuthenticatedDomain] = "authenticated-domain",
        [Verdict.SignedDomain] = "signed-domain",
        [Verdict.AmbiguousHeaders] = "ambiguous-headers",
        [Verdict.NoTrustedReceived] = "no-trusted-received",
        [Verdict.SignatureInvalid] = "signature-invalid",
        [Verdict.SignatureNotWhole] = "signature-not-whole",
        [Verdict.SignatureUnchecked] = "signature-unchecked",
        [Verdict.DateFarOff] = "date-far-off",
        [Verdict.SignatureOutOfTime] = "signature-out-of-time",
        [Verdict.WrongPlace] = "wrong-place",
        [Verdict.SenderNotTrusted] = "sender-not-trusted",
        [Verdict.SpeaksForAnother] = "speaks-for-another",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Verdict> ByWord =
        Words.ToFrozenDictionary(pair => pair.Value.Replace("-", "", StringComparison.Ordinal), pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The word under which it is stored.</summary>
    public static string Word(this Verdict verdict) => Words[verdict];

    /// <summary>
    /// The verdict of a stored word, or of the name that earlier versions stored (<c>NoTrustedReceived</c>); null for one that this version does
    /// not know.
    /// </summary>
    public static Verdict? Parse(string word) =>
        ByWord.TryGetValue(word.Replace("-", "", StringComparison.Ordinal), out var verdict) ? verdict : null;

    /// <summary>What a signature that proves nothing makes of a mail that came from outside.</summary>
    public static Verdict Of(DkimFlaw flaw) => flaw switch
    {
        DkimFlaw.NoSignature or DkimFlaw.KeyOnTrial => Verdict.NoTrustedReceived,
        DkimFlaw.NotWhole => Verdict.SignatureNotWhole,
        DkimFlaw.NoAnswer => Verdict.SignatureUnchecked,
        DkimFlaw.DateFarOff => Verdict.DateFarOff,
        DkimFlaw.Expired or DkimFlaw.FromTheFuture => Verdict.SignatureOutOfTime,
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
        Verdict.DateFarOff => Sentences.VerdictDateFarOff,
        Verdict.SignatureOutOfTime => Sentences.VerdictSignatureOutOfTime,
        Verdict.WrongPlace => Sentences.VerdictWrongPlace,
        Verdict.SenderNotTrusted => Sentences.VerdictSenderNotTrusted,
        Verdict.SpeaksForAnother => Sentences.VerdictSpeaksForAnother,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "This verdict refuses nothing."),
    };
}
