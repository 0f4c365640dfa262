using System.Data.Common;
using System.Security.Cryptography;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Speech;
using ChatBot.Incidents;
using ChatBot.Speech;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Mail;

/// <summary>
/// Takes mails in: reads, recognises and judges them, then stores what they mean and what is to be said in one transaction a batch.
/// A mail that was begun twice and never finished, because the process died, is set aside unread.
/// </summary>
public sealed partial class MailIntake(
    Database database, IncidentDesk incidents, Outbox outbox, LiveSettings settings, Metrics metrics, TimeProvider clock,
    ILogger<MailIntake> logger) : IMailIntake
{
    private const int TriesBeforeSetAside = 2;

    private readonly RefusalNews _refusals = new(clock);

    public async Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken ct)
    {
        try
        {
            var unfinished = await database.ReadAsync(MailStore.UnfinishedAsync, ct);
            foreach (var part in Parts(batch, unfinished))
                await TakePartAsync(part, ct);
            return new IntakeResult.Stored();
        }
        catch (DbException e)
        {
            LogNotStored(logger, batch.Count, e.Message);
            return new IntakeResult.TryLater(e.Message);
        }
    }

    /// <summary>What was begun before goes alone, after the others: one of these may be what the process died of.</summary>
    private static IEnumerable<IReadOnlyList<IncomingMail>> Parts(
        IReadOnlyList<IncomingMail> batch, IReadOnlySet<string> unfinished)
    {
        if (unfinished.Count == 0)
            return [batch];
        var suspects = batch.Where(mail => unfinished.Contains(Name(mail))).ToList();
        var others = batch.Where(mail => !unfinished.Contains(Name(mail))).ToList();
        return suspects.Select(mail => (IReadOnlyList<IncomingMail>)[mail]).Prepend(others).Where(part => part.Count > 0);
    }

    private async Task TakePartAsync(IReadOnlyList<IncomingMail> part, CancellationToken ct)
    {
        var tries = await database.WriteAsync(work => BeginAsync(work, part), ct);
        var live = settings.Now;
        var taken = part.Select((mail, i) => tries[i] > TriesBeforeSetAside
            ? new TakenMail.SetAside(mail, HashOf(mail))
            : Read(mail, live)).ToList();

        await database.WriteAsync(work => StoreAsync(work, taken, live), ct);
        outbox.Wake();
        incidents.Due.Set();
    }

    private async Task<long[]> BeginAsync(Work work, IReadOnlyList<IncomingMail> part)
    {
        var tries = new long[part.Count];
        for (var i = 0; i < part.Count; i++)
            tries[i] = await MailStore.BeginAsync(work, Name(part[i]), clock.GetUtcNow());
        return tries;
    }

    private static TakenMail Read(IncomingMail incoming, Live live)
    {
        for (var attempt = 1; attempt <= TriesBeforeSetAside; attempt++)
            if (MailReader.Read(incoming.Bytes) is MailReading.Readable { Mail: var mail })
            {
                var inventory = live.Settings.Inventory;
                var report = Classifier.Classify(mail, inventory);
                var verdict = Authenticity.Judge(mail, incoming.Source, live.Settings.Mail.Trust, inventory, report);
                return new TakenMail.Understood(incoming, mail, report, verdict);
            }

        return new TakenMail.SetAside(incoming, HashOf(incoming));
    }

    private async Task StoreAsync(Work work, IReadOnlyList<TakenMail> mails, Live live)
    {
        var now = clock.GetUtcNow();
        var setAside = 0;
        foreach (var mail in mails)
        {
            await MailStore.EndAsync(work, Name(mail.Incoming));
            if (!await MailStore.AddSeenAsync(work, mail.SeenAs, mail.Source, mail.Kind, mail.Outcome, now))
                metrics.MailRepeated();
            else if (mail is TakenMail.Understood understood)
                await ApplyAsync(work, understood, live, now);
            else
            {
                metrics.MailSetAside();
                setAside++;
            }
        }

        if (setAside > 0)
            await SayOfSetAsideAsync(work, setAside, live, now);
        await incidents.TellDueAsync(work, now);
    }

    private async Task ApplyAsync(Work work, TakenMail.Understood mail, Live live, DateTimeOffset now)
    {
        var report = mail.Report;
        metrics.MailStored(mail.Source, report.Kind);
        if (mail.IsRefused)
            await RefuseAsync(work, mail, live, now);
        else if (report.IsAboutIncident)
            await incidents.ApplyAsync(work, report, mail.Incoming.ArrivedAt);
        else
        {
            if (report is { Kind: ReportKind.Change, Machine: { } machine, Change: { Stable: false } change })
                await ChangeStore.AddAsync(work, new Core.Changelog.Change(machine, report.When ?? now, change));
            await outbox.SayAsync(work, live.Reports.Of(report, mail.Mail.FromAddress, now), mail.Incoming.ArrivedAt);
        }
    }

    private async Task RefuseAsync(Work work, TakenMail.Understood mail, Live live, DateTimeOffset now)
    {
        metrics.MailRefused(Label<Verdict>.Of(mail.Verdict));
        LogRefused(logger, mail.Source, mail.Verdict);
        if (_refusals.Count() is { } count)
            await outbox.SayAsync(
                work,
                live.Voice.Say(
                    Sentences.NotActedUpon,
                    (RootText)(mail.Report.Machine ?? PublicText.Declared("?")),
                    live.Voice.Public(Verdicts.Sentence(mail.Verdict)),
                    PublicText.Declared(count.ToString())),
                now);
    }

    private async Task SayOfSetAsideAsync(Work work, int setAside, Live live, DateTimeOffset now)
    {
        var all = await MailStore.CountAsync(work, TakenMail.SetAside.Word);
        await outbox.SayAsync(work, live.Voice.Say(Sentences.SetAside, (RootText)(PublicText)all), now);
        LogSetAside(logger, setAside);
    }

    private static string Name(IncomingMail mail) => $"{mail.Source.Name}/{mail.Key}";

    private static string HashOf(IncomingMail mail) => Convert.ToHexStringLower(SHA256.HashData(mail.Bytes.Span));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} mails could not be stored; they stay in the mailbox and are tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of {Source} had no effect: {Verdict}")]
    private static partial void LogRefused(ILogger logger, string source, Verdict verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} mails could not be read and are set aside; they stay in the mailbox")]
    private static partial void LogSetAside(ILogger logger, int count);
}
