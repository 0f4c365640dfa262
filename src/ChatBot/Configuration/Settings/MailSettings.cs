using System.Net;
using ChatBot.Core.Mail;

namespace ChatBot.Configuration;

/// <summary>Where machine mail comes from and whom it is believed from.</summary>
public sealed record MailSettings
{
    /// <summary>
    /// The host name of the group's own MX: only its topmost header fields are believed; null where every source is closed.
    /// </summary>
    public string? Mx { get; init; }

    /// <summary>Networks in CIDR notation whence the group's machines hand the MX mail directly.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Addresses that may raise an alert about the machine they belong to; <c>*</c> stands for any letters.</summary>
    public IReadOnlyList<string> TrustedSenders { get; init; } = [];

    /// <summary>Exact addresses that may raise an alert about every machine.</summary>
    public IReadOnlyList<string> Monitors { get; init; } = [];

    /// <summary>The same, for the judge of a mail's origin.</summary>
    public MailTrust Trust => new()
    {
        Mx = Mx,
        Networks = [.. Networks.Select(IPNetwork.Parse)],
        TrustedSenders = TrustedSenders,
        Monitors = Monitors,
    };

    /// <summary>Whether the DNS is asked for the key of a DKIM signature where that alone could show the origin of a mail.</summary>
    public bool Dkim { get; init; } = true;

    /// <summary>What a person writes into a subject to have it told in public.</summary>
    public string PublicFlag { get; init; } = "[public]";

    public IReadOnlyList<MailSourceSettings> Sources { get; init; } = [];

    /// <summary>Null where the bot sends no mail.</summary>
    public SmtpSettings? Smtp { get; init; }
}
