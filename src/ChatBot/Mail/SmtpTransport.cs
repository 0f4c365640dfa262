using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Net;
using ChatBot.Outbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>A mail server (RFC 5321).</summary>
internal sealed partial class SmtpTransport(SmtpSettings smtp, ILogger logger) : IMailTransport
{
    private readonly SmtpClient _client = new() { LocalDomain = smtp.From[(smtp.From.LastIndexOf('@') + 1)..], CheckCertificateRevocation = false };

    public string Name { get; } = new HostPort(smtp.Host, smtp.Port).ToString();

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _client.ServerCertificateValidationCallback = new ServerTrust(null, smtp.TlsCaFile).Callback;
        var security = smtp.Tls switch
        {
            SmtpTls.StartTls => SecureSocketOptions.StartTls,
            SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
            SmtpTls.IfOffered when !HostPort.IsLoopbackHost(smtp.Host) => SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.None,
        };
        await _client.ConnectAsync(smtp.Host, smtp.Port, security, cancellationToken);
        if (smtp is { User: { } user, Password: { } password })
        {
            await _client.AuthenticateAsync(user, password.Reveal(), cancellationToken);
        }
    }

    public async Task<DeliveryResult> SendAsync(MimeMessage mail, MailboxAddress sender, MailboxAddress recipient, CancellationToken cancellationToken)
    {
        try
        {
            await _client.SendAsync(mail, sender, [recipient], cancellationToken);
            return new DeliveryResult.Sent();
        }
        catch (SmtpCommandException e)
        {
            var code = ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture);
            LogAnswer(logger, mail.MessageId ?? "", code, e.Message);
            return (int)e.StatusCode >= 500 ? new DeliveryResult.Refused(code) : new DeliveryResult.TryLater(Reason: code);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => _client.DisconnectAsync(quit: true, cancellationToken);

    public void Dispose() => _client.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server does not take mail {MessageId}: {Code} {Reason}")]
    private static partial void LogAnswer(ILogger logger, string messageId, string code, string reason);
}
