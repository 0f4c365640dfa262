namespace ChatBot.Core.Mail;

/// <summary>Why a DKIM signature (RFC 6376) proves nothing here.</summary>
public enum DkimFlaw
{
    /// <summary>The mail carries none.</summary>
    NoSignature,

    /// <summary>It does not follow the grammar, lacks a required tag, or has a tag twice.</summary>
    Malformed,

    /// <summary>It vouches for a part of the body alone (<c>l=</c>).</summary>
    PartOfBody,

    /// <summary>Its end (<c>x=</c>) was past when the mail came.</summary>
    Expired,

    /// <summary>It was made (<c>t=</c>) after the mail came.</summary>
    FromTheFuture,

    /// <summary>The signed Date is absent, more than six hours older than the mail's coming, or more than one younger: somebody may send it again.</summary>
    DateFarOff,

    /// <summary>A field that decides what is read does not stand under it, or stands in the mail twice.</summary>
    FieldUnsigned,

    /// <summary>It is another domain's than the author's, to the letter.</summary>
    OtherDomain,

    /// <summary>Neither rsa-sha256 nor ed25519-sha256.</summary>
    UnknownAlgorithm,

    /// <summary>No key stands under that selector, or several.</summary>
    NoKey,

    /// <summary>The key was revoked (<c>p=</c> is empty).</summary>
    KeyRevoked,

    /// <summary>The key is for another algorithm, hash or use, is unreadable, or its size is not from 1024 to 4096 bits.</summary>
    KeyUnfit,

    /// <summary>The domain only tries signing out (<c>t=y</c>); such a mail counts as unsigned.</summary>
    KeyOnTrial,

    /// <summary>Body or fields are not what was signed.</summary>
    Mismatch,

    /// <summary>The mail is above a bound, so that not all of it is there to be checked.</summary>
    NotWhole,

    /// <summary>The name servers did not say in time whether there is a key.</summary>
    NoAnswer,

    /// <summary>It was not looked at: too many that proved nothing came in the name of the same address.</summary>
    TooMany,
}
