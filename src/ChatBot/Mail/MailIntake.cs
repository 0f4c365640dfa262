using System.Data.Common;
using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Takes mails in: reads, recognises and judges them, then stores what they mean and what is to be said in one transaction a batch.
/// A mail that the process died of twice, or that fails twice within it, is set aside.
/// </summary>
internal sealed partial class MailIntake(
    Database database, IncidentBook incidents, OutboxWriter outbox, IMailedProofs proofs, IDnsTexts dns, CurrentSettings settings, BotMetrics metrics,
    TimeProvider time, ILogger<MailIntake> logger) : IMailIntake
{
    private const int Tries = 2;

    /// <summary>For all mails of a batch together, so that none is held up by another's name servers.</summary>
    private static readonly TimeSpan PatienceWithDns = TimeSpan.FromSeconds(2);

    private readonly DkimCheck _dkim = new(new DkimKeys(dns, time));
    private readonly RejectedMailNotice _refusals = new(outbox, settings);
    private readonly MailAttempts _attempts = new(database, time);
    private readonly Heartbeats _watches = new(incidents, settings);
    private readonly UncheckedMails _unchecked = new(time);

    public async Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new DnsBudget(PatienceWithDns, time);
            foreach (var part in await _attempts.PartsAsync(batch, cancellationToken))
            {
                await TakePartAsync(part, patience, cancellationToken);
            }

            return new IntakeResult.Stored();
        }
        catch (DbException e)
        {
            LogNotStored(logger, batch.Count, e.Message);
            return new IntakeResult.TryLater(e.Message);
        }
    }

    /// <summary>Looks again at signatures whose key no name server told: a mail that is proved after all has its effect, late.</summary>
    public async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        var waiting = _unchecked.All();
        if (waiting.Count == 0)
        {
            return;
        }

        var live = settings.Value;
        using var patience = new DnsBudget(PatienceWithDns, time);
        var looked = await Task.WhenAll(waiting.Select(mail => ProvedAsync(mail with { Verdict = Verdict.NoTrustedReceived }, live, patience)));
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (before, after) in waiting.Zip(looked))
        {
            if (after is IntakeMail.Understood { Verdict: not Verdict.SignatureUnchecked } mail && _unchecked.Remove(before) && mail.MayAct)
            {
                await StoreLateAsync(before, mail, live);
            }
        }
    }

    private async Task StoreLateAsync(IntakeMail.Understood before, IntakeMail.Understood mail, SettingsSnapshot live)
    {
        try
        {
            await StoreAloneAsync(mail, live);
        }
        catch (DbException)
        {
            _unchecked.Add(before);
            throw;
        }
    }

    // What is begun is carried to its end, be the bot told to stop: a try that is left half done would count as a death.
    private async Task TakePartAsync(IReadOnlyList<IncomingMail> part, DnsBudget patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _attempts.BeginAsync(part, CancellationToken.None);
        var live = settings.Value;
        var read = part.Select(mail => _attempts.IsPoison(mail) ? new IntakeMail.SetAside(mail) : Read(mail, live)).ToList();
        var taken = await Task.WhenAll(read.Select(mail => ProvedAsync(mail, live, patience)));
        try
        {
            await StoreAsync(taken, live);
        }
        catch (Exception e) when (IsOfAMail(e))
        {
            LogFailed(logger, e.GetType().Name);
            foreach (var mail in taken)
            {
                await StoreAloneAsync(mail, live);
            }
        }

        _attempts.Ended(part);
    }

    private async Task StoreAloneAsync(IntakeMail mail, SettingsSnapshot live)
    {
        try
        {
            await StoreAsync([mail], live);
        }
        catch (Exception e) when (IsOfAMail(e) && mail is not IntakeMail.SetAside)
        {
            LogFailed(logger, e.GetType().Name);
            await StoreAsync([new IntakeMail.SetAside(mail.Incoming)], live);
        }
    }

    private IntakeMail Read(IncomingMail incoming, SettingsSnapshot live)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                if (MailParser.Read(incoming.Bytes) is not MailReading.Readable { Mail: var mail })
                {
                    break;
                }

                var inventory = live.Settings.Inventory;
                var report = Classifier.Classify(mail, inventory, live.Settings.Mail.Smtp?.From);
                if (proofs.Recognise(mail, incoming.Bytes, report))
                {
                    return new IntakeMail.Proof(incoming, mail);
                }

                var verdict = Authenticity.Judge(mail, incoming.Source, live.Settings.Mail.Trust, inventory, report);
                return new IntakeMail.Understood(incoming, mail, report, verdict);
            }
            catch (Exception e) when (IsOfAMail(e))
            {
                LogFailed(logger, e.GetType().Name);
            }
        }

        return new IntakeMail.SetAside(incoming);
    }

    /// <summary>Looks at the signature where that alone may show where the mail comes from.</summary>
    private async Task<IntakeMail> ProvedAsync(IntakeMail taken, SettingsSnapshot live, DnsBudget patience)
    {
        var (trust, inventory) = (live.Settings.Mail.Trust, live.Settings.Inventory);
        if (taken is not IntakeMail.Understood { Verdict: Verdict.NoTrustedReceived, Mail: { FromAddress: { } author } mail } understood
            || !live.Settings.Mail.Dkim
            || !Authenticity.IsMissingSignature(mail, taken.Incoming.Source, trust, inventory, understood.Report))
        {
            return taken;
        }

        try
        {
            var flaw = await _dkim.FlawAsync(taken.Incoming.Bytes, author, taken.Incoming.ArrivedAt, patience.Token);
            if (flaw is { } why)
            {
                LogUnproved(logger, why);
            }

            return understood with { Verdict = flaw is { } wrong ? Verdicts.Of(wrong) : Verdict.SignedDomain };
        }
        catch (Exception e) when (IsOfAMail(e))
        {
            LogFailed(logger, e.GetType().Name);
            return understood with { Verdict = Verdict.SignatureInvalid };
        }
    }

    // Not the store's, and nothing that only a new process mends.
    private static bool IsOfAMail(Exception e) =>
        e is not (DbException or StorageException or OperationCanceledException or OutOfMemoryException);

    private async Task StoreAsync(IReadOnlyList<IntakeMail> mails, SettingsSnapshot live)
    {
        var now = time.GetUtcNow();
        var refused = new List<(PublicText Machine, Verdict Verdict)>();
        var counts = new List<Action>();
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var mail in mails)
                {
                    await StoreAsync(transaction, mail, live, now, refused, counts);
                }

                if (mails.Any(mail => mail is IntakeMail.SetAside))
                {
                    await SayOfSetAsideAsync(transaction, live, now);
                }

                await incidents.TellDueAsync(transaction, time.GetUtcNow());
                await _refusals.AddAsync(transaction, refused, now);
            },
            CancellationToken.None);
        counts.ForEach(count => count());
    }

    private async Task StoreAsync(
        StoreTransaction transaction, IntakeMail mail, SettingsSnapshot live, DateTimeOffset now, List<(PublicText, Verdict)> refused, List<Action> counts)
    {
        await MailAttempts.EndAsync(transaction, mail.Incoming);
        if (!await MailStore.AddSeenAsync(transaction, mail.SeenAs, mail.Source, mail.Kind, mail.Outcome, now))
        {
            counts.Add(metrics.MailRepeated);
            return;
        }

        if (mail is IntakeMail.Proof proof)
        {
            counts.Add(() => metrics.MailStored(proof.Source, ReportKind.Human));
            counts.Add(() => proofs.Take(proof.Mail, proof.Incoming.Bytes));
            return;
        }

        if (mail is not IntakeMail.Understood understood)
        {
            counts.Add(() => CountSetAside());
            return;
        }

        counts.Add(() => Count(understood));
        if (understood.IsRefused)
        {
            refused.Add((understood.Report.Machine ?? PublicText.Declared("?"), understood.Verdict));
            if (understood.Verdict == Verdict.SignatureUnchecked)
            {
                counts.Add(() => _unchecked.Add(understood));
            }
        }
        else
        {
            await ApplyAsync(transaction, understood, live, now);
            counts.Add(() => _unchecked.Overtake(understood));
            if (understood.MayAct)
            {
                await _watches.HeardAsync(transaction, understood.Report, understood.Mail.FromAddress, now);
            }
        }
    }

    private async Task ApplyAsync(StoreTransaction transaction, IntakeMail.Understood mail, SettingsSnapshot live, DateTimeOffset now)
    {
        var report = mail.Report;
        if (report.IsAboutIncident)
        {
            await incidents.ApplyAsync(transaction, report, mail.Incoming.ArrivedAt);
            foreach (var other in report.Others)
            {
                await incidents.ApplyAsync(transaction, other, mail.Incoming.ArrivedAt);
            }

            return;
        }

        if (mail.MayAct && report is { Kind: ReportKind.Change, Machine: { } machine, Change: { Stable: false } change })
        {
            var at = report.When is { } when && when < now ? when : now;
            await ChangeStore.AddAsync(
                transaction, new Change(machine, at, change), ChangeQuestions.AskAt(report, now), ChangeQuestions.IsAutomatic(report));
        }

        var line = live.Reports.Of(report, mail.Mail.FromAddress, now);
        if (!mail.MayAct && !(report.Kind == ReportKind.Human && mail.IsOfSomebodyKnown(live.Settings.People)))
        {
            line = line.ForRootAlone;
        }

        if (report.Kind == ReportKind.Human)
        {
            if (await ThreadStore.AddAsync(transaction, MailThread.Of(mail.Mail), now) is not { } held)
            {
                return;
            }

            if (held > 0)
            {
                line = live.Phrases.Say(Sentences.Folded, line, (PublicText)held);
            }
        }
        var about = report is { Kind: ReportKind.Change, Machine: { } changed } ? About.Change(changed) : About.Nothing;
        await outbox.SayAsync(transaction, line, mail.Incoming.ArrivedAt, about);
    }

    private async Task SayOfSetAsideAsync(StoreTransaction transaction, SettingsSnapshot live, DateTimeOffset now)
    {
        var all = await MailStore.CountAsync(transaction, IntakeMail.SetAside.Word);
        await outbox.SayAsync(transaction, live.Phrases.Say(Sentences.SetAside, (RootText)(PublicText)all), now, About.Nothing);
    }

    private void Count(IntakeMail.Understood mail)
    {
        metrics.MailStored(mail.Source, mail.Report.Kind);
        if (!mail.IsRefused)
        {
            return;
        }

        metrics.MailRefused(Label<Verdict>.Of(mail.Verdict));
        LogRefused(logger, mail.Source, mail.Verdict);
    }

    private void CountSetAside()
    {
        metrics.MailSetAside();
        LogSetAside(logger);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} mails could not be stored; they stay in the mailbox and are tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, int count, string reason);

    // The message of the exception may hold words of the mail.
    [LoggerMessage(Level = LogLevel.Error, Message = "A mail failed ({Fault}); what fails twice is set aside")]
    private static partial void LogFailed(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "A DKIM signature proves nothing: {Flaw}")]
    private static partial void LogUnproved(ILogger logger, DkimFlaw flaw);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of {Source} had no effect: {Verdict}")]
    private static partial void LogRefused(ILogger logger, string source, Verdict verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail could not be read and is set aside; it stays in the mailbox")]
    private static partial void LogSetAside(ILogger logger);
}
