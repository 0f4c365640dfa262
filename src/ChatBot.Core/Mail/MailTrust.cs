using System.Net;

namespace ChatBot.Core.Mail;

/// <summary>Whom to believe: the <c>[mail]</c> table of the configuration.</summary>
public sealed record MailTrust
{
    /// <summary>
    /// The host name our MX writes into its own Received and Authentication-Results; null where nothing but closed mailboxes is
    /// read.
    /// </summary>
    public string? Mx { get; init; }

    /// <summary>The networks from which our machines hand mail to the MX directly.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Address patterns, <c>*</c> for any run of characters; each sender speaks for its own machine.</summary>
    public IReadOnlyList<string> TrustedSenders { get; init; } = [];

    /// <summary>Addresses or patterns that speak for all machines.</summary>
    public IReadOnlyList<string> Monitors { get; init; } = [];
}

/// <summary>
/// What the configuration says of the mailbox a mail came from; <paramref name="Closed"/>: only our machines can write to it.
/// </summary>
public sealed record MailSourceFacts(string Name, bool Closed);
