namespace ChatBot.Core.Mail;

/// <summary>What shows that the author of a mail is who From says, whatever they may do.</summary>
public enum AuthorProof
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It comes from our networks, where others are too.</summary>
    Network,

    /// <summary>The very domain vouches for it, by DKIM or Authentication-Results, and it is fresh.</summary>
    Domain,

    /// <summary>It comes from a place that is listed for the author, or by a mailbox that is closed to others.</summary>
    Place,
}
