using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Text;
using ChatBot.Net;
using ChatBot.Outbox;
using ChatBot.Storage;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>
/// Sends mails to the root alias by the group's mail server (RFC 5321). A mail that a kill cut off is sent again under the same
/// Message-ID, so that its reader has it once.
/// </summary>
public sealed partial class MailDelivery(CurrentSettings settings, TimeProvider time, ILogger<MailDelivery> logger) : IDelivery
{
    /// <summary>The only target: the root alias of the configuration.</summary>
    public const string RootAlias = "root-alias";

    private const int MostMails = 20;
    private const int MostSubject = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A mail server does not say when it is back.
    event Action<string>? IDelivery.Ready
    {
        add { }
        remove { }
    }

    public string Kind => OutboxStore.MailKind;

    public string? ReasonAgainst(string target, Audience audience) => Smtp is null || target != RootAlias ? OutboxPump.NotConfigured : null;

    public OutboxRange? RangeWanted(string target) => Smtp is null ? null : new OutboxRange(MostMails);

    private SmtpSettings? Smtp => settings.Value.Settings.Mail.Smtp;

    public async Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var smtp = Smtp!;
        var attempts = new List<DeliveryAttempt>();
        using var limit = new TimeLimit(Patience, time, cancellationToken);
        using var client = new SmtpClient { LocalDomain = DomainOf(smtp.From), CheckCertificateRevocation = false };
        try
        {
            await ConnectAsync(client, smtp, limit.Token);
            foreach (var row in rows)
            {
                attempts.Add(new DeliveryAttempt([row.Id], await SendAsync(client, smtp, row, limit.Token)));
            }

            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (Trouble(e) is not null && !cancellationToken.IsCancellationRequested)
        {
            LogNotNow(logger, smtp.Host, smtp.Port, e.Message);
            if (attempts.Count < rows.Count)
            {
                attempts.Add(new DeliveryAttempt([.. rows.Skip(attempts.Count).Select(row => row.Id)], new DeliveryResult.TryLater(Reason: Trouble(e))));
            }
        }

        return new DeliveryReport(attempts);
    }

    private static async Task ConnectAsync(SmtpClient client, SmtpSettings smtp, CancellationToken cancellationToken)
    {
        client.ServerCertificateValidationCallback = new ServerTrust(null, smtp.TlsCaFile).Callback;
        var security = smtp.Tls switch
        {
            SmtpTls.StartTls => SecureSocketOptions.StartTls,
            SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
            SmtpTls.IfOffered when !HostPort.IsLoopbackHost(smtp.Host) => SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(smtp.Host, smtp.Port, security, cancellationToken);
        if (smtp is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password.Reveal(), cancellationToken);
        }
    }

    private async Task<DeliveryResult> SendAsync(SmtpClient client, SmtpSettings smtp, OutboxRow row, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(Compose(row, smtp), cancellationToken);
            return new DeliveryResult.Sent();
        }
        catch (SmtpCommandException e)
        {
            var code = ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture);
            LogAnswer(logger, row.Id, code, e.Message);
            return (int)e.StatusCode >= 500 ? new DeliveryResult.Refused(code) : new DeliveryResult.TryLater(Reason: code);
        }
    }

    /// <summary>All of it comes from the row, so that it is the same mail each time.</summary>
    private MimeMessage Compose(OutboxRow row, SmtpSettings smtp)
    {
        var live = settings.Value.Settings;
        var parts = row.Payload.Split('\n', 2);
        var mail = new MimeMessage
        {
            Subject = Cleaner.Clean(parts[0], MostSubject),
            Date = TimeZoneInfo.ConvertTime(row.At, live.TimeZone),
            MessageId = $"{row.Id}.{row.CreatedAt}.chatbot@{DomainOf(smtp.From)}",
            Body = new TextPart("plain") { Text = parts[^1].ReplaceLineEndings("\r\n") },
        };
        mail.From.Add(new MailboxAddress(live.Irc.Nick, smtp.From));
        mail.To.Add(new MailboxAddress(null, smtp.RootAlias));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Headers.Add(OwnMail.LoopField, "1");
        return mail;
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    // A word for what is not the mail's fault; null for what is a bug.
    private static string? Trouble(Exception e) => e switch
    {
        SslHandshakeException or CryptographicException => "certificate",
        AuthenticationException or SaslException => "login",
        OperationCanceledException or TimeoutException => "no-answer",
        NotSupportedException => "no-tls",
        SocketException or IOException or CommandException or ProtocolException or ServiceNotConnectedException or UnauthorizedAccessException => "connection",
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "No mail can be sent by {Host}:{Port} now, retrying: {Reason}")]
    private static partial void LogNotNow(ILogger logger, string host, int port, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server does not take mail {Row} of the outbox: {Code} {Reason}")]
    private static partial void LogAnswer(ILogger logger, long row, string code, string reason);
}
