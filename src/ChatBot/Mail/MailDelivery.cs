using System.Net.Sockets;
using System.Security.Cryptography;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;
using MailKit;
using MailKit.Security;

namespace ChatBot.Mail;

/// <summary>
/// Sends mails to the root alias and to people of <c>people.toml</c>, and to nobody else. A mail that a kill cut off is sent again under the
/// same Message-ID, so that its reader has it once.
/// </summary>
public sealed partial class MailDelivery(CurrentSettings settings, IMailEncryption encryption, TimeProvider time, ILogger<MailDelivery> logger) : IDelivery
{
    private const int MostMails = 20;
    private const string NoAddress = "no-address";
    private const string NoKey = "no-key";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Sentence1 WithoutKey = new(
        "no mail for {0}: it may leave only encrypted, and none of their OpenPGP keys can be used (missing, expired or revoked); the file of a valid one belongs in the folder `keys` of [openpgp]",
        "pas de mail pour {0} : il ne peut partir que chiffré, et aucune de ses clés OpenPGP n'est utilisable (absente, expirée ou révoquée) ; le fichier d'une clé valide a sa place dans le dossier `keys` de [openpgp]");

    // A mail server does not say when it is back.
    event Action<string>? IDelivery.Ready
    {
        add { }
        remove { }
    }

    public string Kind => OutboxStore.MailKind;

    public string? ReasonAgainst(string target, Audience audience) => Smtp is null || AddressesOf(target).Count == 0 ? OutboxPump.NotConfigured : null;

    public OutboxRange? RangeWanted(string target) => Smtp is null ? null : new OutboxRange(MostMails);

    private SmtpSettings? Smtp => settings.Value.Settings.Mail.Smtp;

    public async Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var smtp = Smtp!;
        var (attempts, announcements) = (new List<DeliveryAttempt>(), new List<Line>());
        using var limit = new TimeLimit(Patience, time, cancellationToken);
        using IMailTransport transport = smtp.Sendmail is { } program ? new SendmailTransport(program, logger) : new SmtpTransport(smtp, logger);
        try
        {
            await transport.OpenAsync(limit.Token);
            foreach (var row in rows)
            {
                var result = await SendAsync(transport, target, row, limit.Token);
                attempts.Add(new DeliveryAttempt([row.Id], result));
                if (result is DeliveryResult.GivenUp { Reason: NoKey } && PersonOf(target) is { } person)
                {
                    announcements.Add(settings.Value.Phrases.Say(WithoutKey, new RootText(person.Name)));
                }
            }

            await transport.CloseAsync(limit.Token);
        }
        catch (Exception e) when (Trouble(e) is not null && !cancellationToken.IsCancellationRequested)
        {
            LogNotNow(logger, transport.Name, e.Message);
            if (attempts.Count < rows.Count)
            {
                attempts.Add(new DeliveryAttempt([.. rows.Skip(attempts.Count).Select(row => row.Id)], new DeliveryResult.TryLater(Reason: Trouble(e))));
            }
        }

        return new DeliveryReport(attempts) { Announcements = announcements };
    }

    private async Task<DeliveryResult> SendAsync(IMailTransport transport, string target, OutboxRow row, CancellationToken cancellationToken)
    {
        var live = settings.Value.Settings;
        var mail = OutgoingMail.Read(row.Payload);
        var addresses = AddressesOf(target);
        var recipient = addresses.FirstOrDefault(address => address.Equals(mail.Address, StringComparison.OrdinalIgnoreCase)) ?? (addresses is [var first, ..] ? first : null);
        if (recipient is null)
        {
            return new DeliveryResult.GivenUp(NoAddress);
        }

        var message = MailComposer.Compose(row, mail, recipient, live);
        if (mail.IsEncrypted)
        {
            switch (await encryption.EncryptAsync(PersonOf(target)?.Pgp ?? [], MailComposer.Inner(mail), cancellationToken))
            {
                case MailEncryption.Done(var armored):
                    MailComposer.Encrypt(message, armored);
                    break;
                case MailEncryption.NoKey:
                    return new DeliveryResult.GivenUp(NoKey);
                default:
                    return new DeliveryResult.TryLater(Reason: "gpg");
            }
        }

        var smtp = live.Mail.Smtp!;
        return await transport.SendAsync(message, new(null, smtp.EnvelopeFrom ?? smtp.From), new(null, recipient), cancellationToken);
    }

    private Person? PersonOf(string target) => MailTarget.PersonOf(target, settings.Value.Settings.People);

    private IReadOnlyList<string> AddressesOf(string target) =>
        target == MailTarget.RootAlias && Smtp is { } smtp ? [smtp.RootAlias] : PersonOf(target)?.Mail ?? [];

    // A word for what is not the mail's fault; null for what is a bug.
    internal static string? Trouble(Exception e) => e switch
    {
        SslHandshakeException or CryptographicException => "certificate",
        AuthenticationException or SaslException => "login",
        OperationCanceledException or TimeoutException => "no-answer",
        NotSupportedException => "no-tls",
        SocketException or IOException or CommandException or ProtocolException or ServiceNotConnectedException or UnauthorizedAccessException => "connection",
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "No mail can be sent by {Transport} now, retrying: {Reason}")]
    private static partial void LogNotNow(ILogger logger, string transport, string reason);
}
