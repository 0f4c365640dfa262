using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.MailedOrders;

/// <summary>
/// Writes the one answer to a mail, as far as that cannot become a loop: a mail that proves nothing is answered once an hour and address, a
/// thread six times a day. After that the silence is announced once, in root alone.
/// </summary>
internal sealed class OrderAnswers(OutboxWriter outbox, CurrentSettings settings)
{
    private const int MostOfThread = 6;
    private const int MostUnproven = 6;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Sentence Subject = new("Your mail to the bot", "Votre mail au robot");
    private static readonly Sentence1 Refused = new("Nothing is done: {0}.", "Rien n'est fait : {0}.");

    private static readonly Sentence Instead = new(
        "Write the following, one command a line, sign it with OpenPGP (gpg --clearsign, or PGP/MIME), and send it from your own address:",
        "Écrivez ce qui suit, un ordre par ligne, signez-le avec OpenPGP (gpg --clearsign, ou PGP/MIME) et envoyez-le de votre propre adresse :");

    private static readonly Sentence1 First = new("for {0}", "pour {0}");

    private static readonly Sentence2 RefusedInRoot = new(
        "a mail in the name of {0} asked for something; nothing is done: {1}", "un mail au nom de {0} demandait quelque chose ; rien n'est fait : {1}");

    private static readonly Sentence1 Silence = new(
        "I answer no more mails in the name of {0} for now: too many came", "je ne réponds plus pour l'instant aux mails au nom de {0} : il en vient trop");

    private static readonly Sentence UnprovenSilence = new(
        "more mails ask for something in the name of people here and prove nothing: I announce no more of them for an hour",
        "d'autres mails demandent quelque chose au nom de gens d'ici sans rien prouver : je n'en annonce plus pendant une heure");

    /// <summary>Answers a mail that proves who asks.</summary>
    public async Task AnswerAsync(StoreTransaction transaction, MailOrderRow row, Person person, IReadOnlyList<RootText> lines, DateTimeOffset now)
    {
        if (await MayInThreadAsync(transaction, row, now))
        {
            var subject = row.Subject.Length == 0 ? (RootText)settings.Value.Phrases.Public(Subject) : new RootText(row.Subject);
            await SendAsync(transaction, row, person, row.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? subject : new RootText("Re: " + subject.Value), lines, now);
        }
        else
        {
            await FallSilentAsync(transaction, person, now);
        }
    }

    /// <summary>
    /// Says to the person in whose name a mail came why nothing is done, nothing of the mail is in it; and in root, which alone hears of what may not be answered.
    /// </summary>
    public async Task RefuseAsync(StoreTransaction transaction, MailOrderRow row, Person person, OrderRefusal why, bool isAnswered, DateTimeOffset now)
    {
        var (phrases, name) = (settings.Value.Phrases, PublicText.Declared(person.Name, 40));
        if (OrderRefusals.IsOfNobody(why))
        {
            // Anybody can write an address: only the root group hears of it, and nobody gets a mail that they did not ask for.
            if (await MailOrderStore.MarkAsync(transaction, "unproven " + OrderVerifier.Hash(row.Address.ToLowerInvariant()), now, Hour))
            {
                await SayUnprovenAsync(transaction, phrases.Say(RefusedInRoot, (RootText)name, phrases.Public(OrderRefusals.Sentence(why))), now);
            }

            return;
        }

        if (!await MailOrderStore.MarkAsync(transaction, "refusal " + OrderVerifier.Hash(row.Address.ToLowerInvariant()), now, Hour)
            || !await MayInThreadAsync(transaction, row, now))
        {
            await FallSilentAsync(transaction, person, now);
            return;
        }

        var reason = phrases.Public(OrderRefusals.Sentence(why));
        await outbox.SayAsync(transaction, phrases.Say(RefusedInRoot, (RootText)name, reason), now, About.Nothing);
        if (!isAnswered)
        {
            return;
        }

        RootText[] lines = OrderRefusals.IsOfMailAlone(why) || ReplyRecord.Read(row.Content) is not null ? [phrases.Public(Refused, reason)] :
        [
            phrases.Public(Refused, reason), default, phrases.Public(Instead), default,
            phrases.Public(First, PublicText.Declared(settings.Value.Settings.Mail.Smtp!.From)), PublicText.Declared("ping"), PublicText.Declared("--"),
        ];
        await SendAsync(transaction, row, person, new RootText("Re: " + phrases.Public(Subject).Value), lines, now);
    }

    private async Task SendAsync(
        StoreTransaction transaction, MailOrderRow row, Person person, RootText subject, IReadOnlyList<RootText> lines, DateTimeOffset now)
    {
        var id = row.MessageId.Length > 0 ? row.MessageId : null;
        var mail = new OutgoingMail(subject, lines) { IsReply = true, InReplyTo = id, References = id is null ? [] : [id], Address = row.Address };
        await OutboxStore.AddMailAsync(
            transaction, settings.Value.Settings.Mail.Door.AnswersAlias ? MailTarget.RootAlias : MailTarget.Of(person), mail, now);
    }

    // Whoever invents one address invents many.
    private async Task SayUnprovenAsync(StoreTransaction transaction, Line line, DateTimeOffset now)
    {
        if (await MayAsync(transaction, "unproven", MostUnproven, now, Hour))
        {
            await outbox.SayAsync(transaction, line, now, About.Nothing);
        }
        else if (await MailOrderStore.MarkAsync(transaction, "unproven silence", now, Hour))
        {
            await outbox.SayAsync(transaction, settings.Value.Phrases.Say(UnprovenSilence), now, About.Nothing);
        }
    }

    private static Task<bool> MayInThreadAsync(StoreTransaction transaction, MailOrderRow row, DateTimeOffset now) =>
        MayAsync(transaction, "answer " + row.Thread, MostOfThread, now, Day);

    private static async Task<bool> MayAsync(StoreTransaction transaction, string what, int most, DateTimeOffset now, TimeSpan every)
    {
        for (var number = 1; number <= most; number++)
        {
            if (await MailOrderStore.MarkAsync(transaction, $"{what} {number}", now, every))
            {
                return true;
            }
        }

        return false;
    }

    private async Task FallSilentAsync(StoreTransaction transaction, Person person, DateTimeOffset now)
    {
        if (await MailOrderStore.MarkAsync(transaction, "silence " + OrderVerifier.Hash(person.Name), now, Hour))
        {
            await outbox.SayAsync(
                transaction, settings.Value.Phrases.Say(Silence, (RootText)PublicText.Declared(person.Name, 40)), now, About.Nothing);
        }
    }
}
