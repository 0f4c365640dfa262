using System.Data.Common;
using ChatBot.Core.Mail;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Takes mails in: has them read and judged, and hands what they say to the sink, in one transaction a batch. A mail that the process died
/// of twice, or that fails twice within it, is set aside.
/// </summary>
#pragma warning disable CA1001 // The semaphore never makes a wait handle: there is nothing to dispose of.
internal sealed partial class MailIntake(
    Database database, IReportSink sink, MailVerifier verifier, IntakeNotices notices, TimeProvider time, ILogger<MailIntake> logger) : IMailIntake
#pragma warning restore CA1001
{
    /// <summary>For all mails of a batch together, so that none waits for another's name servers.</summary>
    private static readonly TimeSpan PatienceWithDns = TimeSpan.FromSeconds(2);

    private const long MostBytesAhead = 2 * 1024 * 1024;

    private readonly MailAttempts _attempts = new(database, time);
    private readonly UncheckedMails _unchecked = new(time);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile bool _areUncheckedLoaded;
    private volatile bool _isKeptOut;

    /// <summary>The last mails could not be stored and wait where they are: a full disk, a store that another process holds.</summary>
    public bool IsKeptOut => _isKeptOut;

    public async Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        try
        {
            await LoadUncheckedAsync(cancellationToken);
            using var budget = new DnsBudget(PatienceWithDns, time);
            await TakePartsAsync(await _attempts.PartsAsync(batch, cancellationToken), budget, cancellationToken);
            _isKeptOut = false;
            return new IntakeResult.Stored();
        }
        catch (DbException e)
        {
            _isKeptOut = true;
            LogNotStored(logger, batch.Count, e.Message);
            return new IntakeResult.TryLater(e.Message);
        }
    }

    /// <summary>Checks again signatures whose key no name server returned: a mail that is proved after all has its effect, late.</summary>
    public async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        await LoadUncheckedAsync(cancellationToken);
        var waiting = _unchecked.All();
        if (waiting.Count == 0)
        {
            return;
        }

        using var budget = new DnsBudget(PatienceWithDns, time);
        var looked = await verifier.ProveAgainAsync(waiting, budget);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (before, after) in waiting.Zip(looked))
        {
            if (after is IntakeMail.Understood { Verdict: not Verdict.SignatureUnchecked } mail && _unchecked.Holds(before))
            {
                if (mail.MayAct)
                {
                    await StoreAloneAsync(mail);
                }

                await database.WriteAsync(transaction => _unchecked.RemoveAsync(transaction, before), CancellationToken.None);
            }
        }
    }

    // What an earlier process kept, before anything that could overtake it.
    private async Task LoadUncheckedAsync(CancellationToken cancellationToken)
    {
        if (_areUncheckedLoaded)
        {
            return;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (!_areUncheckedLoaded)
            {
                await LoadUncheckedAsync(await database.ReadAsync(UncheckedMailStore.AllAsync, cancellationToken));
                _areUncheckedLoaded = true;
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task LoadUncheckedAsync(IReadOnlyList<UncheckedMailRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await database.WriteAsync(
            async transaction =>
            {
                await UncheckedMailStore.DeleteAsync(transaction, now - UncheckedMails.Longest);
                foreach (var row in rows)
                {
                    var keptFor = now - Moment.Read(row.KeptAt);
                    var incoming = new IncomingMail(row.Mail, Convert.FromBase64String(row.Content), Moment.Read(row.ArrivedAt), new MailSourceFacts(row.Mailbox, Closed: false));
                    if (keptFor < UncheckedMails.Longest && verifier.ReadUnchecked(incoming) is { } mail)
                    {
                        await _unchecked.AddAsync(transaction, mail, now, keptFor > TimeSpan.Zero ? keptFor : TimeSpan.Zero);
                    }
                }
            },
            CancellationToken.None);
    }

    // While one part is stored the next is read. One that was begun is finished even during the stop: a try that is left half done
    // would count as a crash.
    private async Task TakePartsAsync(IReadOnlyList<IReadOnlyList<IncomingMail>> parts, DnsBudget budget, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<IntakeMail>>? ahead = null;
        for (var i = 0; i < parts.Count; i++)
        {
            if (ahead is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await _attempts.BeginAsync(parts[i], CancellationToken.None);
            }

            var mails = await (ahead ?? verifier.ReadAsync(parts[i], _attempts.IsPoison, budget));
            ahead = null;
            if (i + 1 < parts.Count && parts[i].Count > 1 && parts[i + 1] is var next && IsReadAhead(next) && !cancellationToken.IsCancellationRequested)
            {
                await _attempts.BeginAsync(next, CancellationToken.None);
                ahead = Task.Run(() => verifier.ReadAsync(next, _attempts.IsPoison, budget), CancellationToken.None);
            }

            try
            {
                await StorePartAsync(parts[i], mails);
            }
            catch when (ahead is not null)
            {
                await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }

    // A mail that is begun alone may be one that kills: nothing else is under way then. Large ones take the processor from the store.
    private static bool IsReadAhead(IReadOnlyList<IncomingMail> part) => part.Count > 1 && part.Sum(mail => (long)mail.Bytes.Length) <= MostBytesAhead;

    private async Task StorePartAsync(IReadOnlyList<IncomingMail> part, IReadOnlyList<IntakeMail> mails)
    {
        try
        {
            await StoreAsync(mails);
        }
        catch (Exception e) when (MailVerifier.IsOfAMail(e))
        {
            LogFailed(logger, e.GetType().Name);
            foreach (var mail in mails)
            {
                await StoreAloneAsync(mail);
                _attempts.Ended([mail.Incoming]);
            }
        }

        _attempts.Ended(part);
    }

    private async Task StoreAloneAsync(IntakeMail mail)
    {
        try
        {
            await StoreAsync([mail]);
        }
        catch (Exception e) when (MailVerifier.IsOfAMail(e) && mail is not IntakeMail.SetAside)
        {
            LogFailed(logger, e.GetType().Name);
            await StoreAsync([new IntakeMail.SetAside(mail.Incoming)]);
        }
    }

    private Task StoreAsync(IReadOnlyList<IntakeMail> mails) => database.WriteAsync(
        async transaction =>
        {
            await _attempts.EndAsync(transaction, mails.Select(mail => mail.Incoming));
            var accepted = mails.Zip(await sink.TakeAsync(transaction, [.. mails.Select(mail => mail.Arrival)])).ToList();
            await notices.AddAsync(transaction, accepted, time.GetUtcNow());
            foreach (var (mail, _) in accepted.Where(one => one.Second))
            {
                await StoredAsync(transaction, mail);
            }
        },
        CancellationToken.None);

    private async Task StoredAsync(StoreTransaction transaction, IntakeMail mail)
    {
        switch (mail)
        {
            case IntakeMail.Proof proof:
                transaction.AfterCommit(() => verifier.Take(proof));
                break;
            case IntakeMail.Order order:
                await verifier.AddAsync(transaction, order);
                break;
            case IntakeMail.Understood { MayAct: true } understood:
                await _unchecked.OvertakeAsync(transaction, understood);
                break;
            case IntakeMail.Understood { IsRefused: true, Verdict: Verdict.SignatureUnchecked } waiting:
                await _unchecked.AddAsync(transaction, waiting, time.GetUtcNow());
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails ({Count}) could not be stored; they stay in the mailbox and are tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, int count, string reason);

    // The message of the exception may contain words of the mail.
    [LoggerMessage(Level = LogLevel.Error, Message = "A mail failed ({Fault}); what fails twice is set aside")]
    private static partial void LogFailed(ILogger logger, string fault);
}
