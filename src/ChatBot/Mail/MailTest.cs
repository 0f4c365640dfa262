using System.Security.Cryptography;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>
/// The way to a person and back: mails them a word that is good for this once, and finds out when the bot has carried out a signed <c>ping</c> with it.
/// </summary>
/// <param name="settings">With a way out, and the person's address.</param>
/// <param name="logger">Gets what the mail server answers.</param>
internal sealed class MailTest(BotSettings settings, ILogger logger)
{
    /// <summary>The ping was proved by an OpenPGP signature.</summary>
    public const string ByOpenPgp = "openpgp";

    /// <summary>It was proved by the DKIM signature of its author's domain.</summary>
    public const string ByDkim = "dkim";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Sentence Subject = new("Test: please answer this mail, signed", "Essai : répondez à ce mail, signé");
    private static readonly Sentence1 Ask = new(
        "An admin tests whether my mails reach you and your signed mails reach me. Send a mail with exactly these lines to {0}, from this address, signed with OpenPGP:",
        "Un admin vérifie que mes mails vous parviennent et que vos mails signés me parviennent. Envoyez un mail avec exactement ces lignes à {0}, de cette adresse, signé avec OpenPGP :");

    private static readonly Sentence1 First = new("for {0}", "pour {0}");
    private static readonly Sentence How = new(
        "gpg --clearsign as plain text, or PGP/MIME. My answer then says which key proved who you are. If you expect no test, do nothing.",
        "gpg --clearsign en texte brut, ou PGP/MIME. Ma réponse dira alors par quelle clé vous êtes reconnu. Si vous n'attendez pas d'essai, ne faites rien.");

    private readonly string _word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>What the store has once a ping with a word was carried out.</summary>
    /// <param name="proof">By what its sender was known, as <c>[mail.door]</c> writes it.</param>
    /// <param name="person">Who sent it.</param>
    /// <param name="word">What followed <c>ping</c>.</param>
    public static string MarkOf(string proof, Person person, string word) =>
        $"ping {proof} " + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{person.Name} {word.ToLowerInvariant()}")));

    /// <summary>Hands the mail over, by the way that the configuration has.</summary>
    public async Task<DeliveryResult> SendAsync(Person person, DateTimeOffset now, TimeProvider time, CancellationToken cancellationToken)
    {
        var smtp = settings.Mail.Smtp!;
        var phrases = new Phrasebook(settings.Locale, settings.TimeZone);
        var own = PublicText.Declared(smtp.From);
        RootText[] text =
        [
            phrases.Public(Ask, own), default, phrases.Public(First, own), PublicText.Declared("ping " + _word), PublicText.Declared("--"), default, phrases.Public(How),
        ];
        var row = new OutboxRow { CreatedAt = Moment.Store(now) };
        using var message = MailComposer.Compose(row, new OutgoingMail(phrases.Public(Subject), text), person.Mail[0], settings);
        using var limit = new Async.TimeLimit(Patience, time, cancellationToken);
        using IMailTransport transport = smtp.Sendmail is { } program ? new SendmailTransport(program, logger) : new SmtpTransport(smtp, logger);
        try
        {
            await transport.OpenAsync(limit.Token);
            var result = await transport.SendAsync(message, new MailboxAddress(null, smtp.EnvelopeFrom ?? smtp.From), new MailboxAddress(null, person.Mail[0]), limit.Token);
            await transport.CloseAsync(limit.Token);
            return result;
        }
        catch (Exception e) when (MailDelivery.Trouble(e) is { } why && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.TryLater(Reason: why);
        }
    }

    /// <summary>When the bot carried out the person's ping, and by which proof; null where it has not yet.</summary>
    public Task<(DateTimeOffset At, string Proof)?> AnsweredAsync(Database database, Person person, CancellationToken cancellationToken) =>
        database.ReadAsync<(DateTimeOffset, string)?>(
            async transaction =>
            {
                foreach (var proof in (string[])[ByOpenPgp, ByDkim])
                {
                    if (await MailOrderStore.MarkedAtAsync(transaction, MarkOf(proof, person, _word)) is { } at)
                    {
                        return (at, proof);
                    }
                }

                return null;
            },
            cancellationToken);
}
