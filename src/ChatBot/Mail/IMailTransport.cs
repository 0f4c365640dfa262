using ChatBot.Outbox;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>What takes over the bot's mails: a server, or a program of this machine. For one try; it fails as sockets and MailKit do.</summary>
internal interface IMailTransport : IDisposable
{
    /// <summary>As an operator knows it.</summary>
    string Name { get; }

    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Hands over one mail.</summary>
    /// <returns>A word beside the result where it was not taken.</returns>
    Task<DeliveryResult> SendAsync(MimeMessage mail, MailboxAddress sender, MailboxAddress recipient, CancellationToken cancellationToken);

    /// <summary>Says goodbye: what was sent is sent.</summary>
    Task CloseAsync(CancellationToken cancellationToken);
}
