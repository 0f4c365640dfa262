using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail;

/// <summary>Says why a mail had no effect.</summary>
public static class Verdicts
{
    /// <exception cref="ArgumentOutOfRangeException">The verdict lets the mail act.</exception>
    public static Sentence Sentence(Verdict verdict) => verdict switch
    {
        Verdict.AmbiguousHeaders => Sentences.VerdictAmbiguousHeaders,
        Verdict.NoTrustedReceived => Sentences.VerdictNoTrustedReceived,
        Verdict.SenderNotTrusted => Sentences.VerdictSenderNotTrusted,
        Verdict.SpeaksForAnother => Sentences.VerdictSpeaksForAnother,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "This verdict refuses nothing."),
    };
}
