using ChatBot.Core.Mail;

namespace ChatBot.Mail;

/// <summary>What a mail that asks for something, and bears no OpenPGP signature, says by the word of its author's domain.</summary>
internal abstract record MailedReply
{
    private MailedReply()
    {
    }

    /// <summary>A DKIM signature of the author's domain, or of one above it, vouches for all that is read.</summary>
    /// <param name="Domain">That of the signature.</param>
    /// <param name="Date">That of the mail, signed.</param>
    /// <param name="SignedAt">By the signature; else the date.</param>
    /// <param name="AreReferencesSigned">Whether References is under it too.</param>
    /// <param name="Text">What the author wrote.</param>
    public sealed record Proven(string Domain, DateTimeOffset Date, DateTimeOffset SignedAt, bool AreReferencesSigned, ReplyText Text) : MailedReply;

    /// <param name="Flaw">What is wrong with its signature.</param>
    /// <param name="IsOfDomain">Whether the domain signed the mail all the same, so that an answer does not reach somebody who has written nothing.</param>
    public sealed record Unproven(DkimFlaw Flaw, bool IsOfDomain) : MailedReply;
}
