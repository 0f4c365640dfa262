using ChatBot.Core.Mail;

namespace ChatBot.Configuration;

/// <summary>Where machine mail comes from and whom it is believed from.</summary>
public sealed record MailSettings
{
    /// <summary>Who is believed.</summary>
    public MailTrust Trust { get; init; } = new();

    /// <summary>Whether the DNS is asked for the key of a DKIM signature where that alone could show the origin of a mail.</summary>
    public bool Dkim { get; init; } = true;

    /// <summary>What a person writes into a subject to have it told in public.</summary>
    public string PublicFlag { get; init; } = "[public]";

    public IReadOnlyList<MailSourceSettings> Sources { get; init; } = [];

    /// <summary>Null where the bot sends no mail.</summary>
    public SmtpSettings? Smtp { get; init; }
}
