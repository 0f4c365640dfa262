namespace ChatBot.Core.Mail;

/// <summary>Why a mail may act, or may not.</summary>
public enum Verdict
{
    /// <summary>It may: the mailbox is closed to all but our machines.</summary>
    ClosedMailbox,

    /// <summary>It may: a program on the MX itself handed it over, under an account that is listed for its sender, if any is.</summary>
    LocalSubmission,

    /// <summary>It may: the host that handed it to the MX is listed for its sender or, where nobody listed any, in our networks.</summary>
    OurNetwork,

    /// <summary>It may: the MX found a DKIM signature or an SPF pass of the very domain in From.</summary>
    AuthenticatedDomain,

    /// <summary>It may: a DKIM signature of the very domain in From is right, checked by ourselves.</summary>
    SignedDomain,

    /// <summary>It may not: From, Subject or Date stands there twice, so that nobody knows which one was vouched for.</summary>
    AmbiguousHeaders,

    /// <summary>It may not: the topmost Received is not our MX's, or names an outside client.</summary>
    NoTrustedReceived,

    /// <summary>It may not: it came from outside, and its DKIM signature breaks a rule or does not fit; see <see cref="DkimFlaw"/>.</summary>
    SignatureInvalid,

    /// <summary>It may not: it came from outside, and is above the bounds within which a signature is checked.</summary>
    SignatureNotWhole,

    /// <summary>It may not: it came from outside, and no name server returned the key of its signature in time.</summary>
    SignatureUnchecked,

    /// <summary>
    /// It may not: its domain is proved, but its Date is absent or far from when it came, so that it may be a copy of an old mail.
    /// </summary>
    DateFarOff,

    /// <summary>It may not: its domain is proved, but a DKIM signature of it had ended when it came, or was not made yet.</summary>
    SignatureOutOfTime,

    /// <summary>It may not: it comes from our networks or the MX itself, but from a place that is not its sender's.</summary>
    WrongPlace,

    /// <summary>It may not: From is neither a trusted sender nor a monitor.</summary>
    SenderNotTrusted,

    /// <summary>It may not: a machine that is no monitor speaks for another one.</summary>
    SpeaksForAnother,
}
