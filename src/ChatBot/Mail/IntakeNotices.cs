using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>Counts what became of mails, and announces to the root group those that had no effect or could not be read.</summary>
internal sealed partial class IntakeNotices(OutboxWriter outbox, CurrentSettings settings, BotMetrics metrics, ILogger<IntakeNotices> logger)
{
    private readonly RejectedMailNotice _rejected = new(outbox, settings);

    /// <summary>Adds to the transaction what is to be announced of these mails; they are counted once it is committed.</summary>
    /// <param name="transaction">The transaction that stores them.</param>
    /// <param name="mails">Those of a batch, and whether each is new.</param>
    /// <param name="now">The moment.</param>
    public async Task AddAsync(StoreTransaction transaction, IReadOnlyList<(IntakeMail Mail, bool IsNew)> mails, DateTimeOffset now)
    {
        foreach (var (mail, isNew) in mails)
        {
            transaction.AfterCommit(isNew ? () => Count(mail) : metrics.MailRepeated);
        }

        if (mails.Any(one => one.Mail is IntakeMail.SetAside))
        {
            var all = await MailStore.CountSetAsideAsync(transaction);
            await outbox.SayAsync(transaction, settings.Value.Phrases.Say(Sentences.MailSetAside, (RootText)(PublicText)all), now, About.Nothing);
        }

        var refused = mails.Where(one => one.IsNew).Select(one => one.Mail).OfType<IntakeMail.Understood>().Where(mail => mail.IsRefused);
        await _rejected.AddAsync(transaction, [.. refused.Select(RefusedMail.Of)], now);
    }

    private void Count(IntakeMail mail)
    {
        switch (mail)
        {
            case IntakeMail.Understood understood:
                metrics.MailStored(understood.Report.Source.Value, understood.Report.Kind);
                CountRefused(understood);
                break;
            case IntakeMail.SetAside:
                metrics.MailSetAside();
                LogSetAside(logger);
                break;
            default:
                metrics.MailStored(mail.Report.Source.Value, ReportKind.Human);
                break;
        }
    }

    private void CountRefused(IntakeMail.Understood mail)
    {
        if (mail.IsRefused)
        {
            metrics.MailRefused(Label<Verdict>.Of(mail.Verdict));
            LogRefused(logger, mail.Report.Source.Value, mail.Verdict);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of {Source} had no effect: {Verdict}")]
    private static partial void LogRefused(ILogger logger, string source, Verdict verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail could not be read and is set aside; it stays in the mailbox")]
    private static partial void LogSetAside(ILogger logger);
}
