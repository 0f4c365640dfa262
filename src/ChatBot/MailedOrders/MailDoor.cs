using System.Data.Common;
using System.Security.Cryptography;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.OpenPgp;
using ChatBot.Outbox;
using ChatBot.Storage;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.MailedOrders;

/// <summary>
/// Does what people of the group ask for by mail. Such a mail is kept with the transaction that takes it in; later one transaction holds all
/// that it changes, the answer, and that its signature is used.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="settings">The configuration in force.</param>
/// <param name="outbox">Where lines and answers go.</param>
/// <param name="keyring">In a home folder of its own.</param>
/// <param name="incidents">The incidents.</param>
/// <param name="time">The time.</param>
/// <param name="logger">Never sees a name or a word of a mail.</param>
public sealed partial class MailDoor(
    Database database, CurrentSettings settings, OutboxWriter outbox, Keyring keyring, IIncidents incidents, TimeProvider time, ILogger<MailDoor> logger)
    : IMailedOrders
{
    private const int LongestSubject = 200;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ReplyFinder _replies = new(database);
    private readonly OrderVerifier _verifier = new(keyring);
    private readonly OrderAnswers _answers = new(outbox, settings);
    private readonly Signal _came = new();
    private IReadOnlyList<ICommand> _commands = [];

    /// <summary>What can be asked for.</summary>
    public void Use(IReadOnlyList<ICommand> commands) => _commands = commands;

    public bool Recognise(CoreMail mail, ReadOnlyMemory<byte> bytes, Report report)
    {
        var live = settings.Value.Settings;
        if (!MayAsk(mail, report, live))
        {
            return false;
        }

        var own = live.Mail.Smtp!.From;
        var isForMe = IsTo(mail, own);
        var isOrder = (isForMe && SignedOrder.IsEncrypted(mail, bytes)) || (NameIn(mail) is { } name && (isForMe || name.Equals(own, StringComparison.OrdinalIgnoreCase)));
        return isOrder && (!AutomaticMail.LooksSo(mail) || (!TakesDkim(mail) && IsReadable(mail, bytes, out _)));
    }

    async Task<bool> IMailedOrders.AnswersAsync(CoreMail mail, Report report, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        settings.Value.Settings is var live && MayAsk(mail, report, live)
        && (SignedOrder.IsOpenPgp(mail) ? IsReadable(mail, bytes, out _) : !AutomaticMail.LooksSo(mail))
        && await _replies.IsOneAsync(mail, bytes, live, _commands, cancellationToken);

    public bool TakesDkim(CoreMail mail) => settings.Value.Settings.Mail.Door.Ack == MailProof.Dkim && !SignedOrder.IsOpenPgp(mail);

    async Task IMailedOrders.AddAsync(StoreTransaction transaction, CoreMail mail, IncomingMail incoming, MailedReply? reply)
    {
        var (content, why) = reply is null ? OfOpenPgp(mail, incoming) : await OfDkimAsync(transaction, mail, reply);
        var id = MailIds.Read(mail.Header("Message-ID"));
        await MailOrderStore.AddAsync(transaction, new MailOrderRow
        {
            Mail = Convert.ToHexStringLower(SHA256.HashData(incoming.Bytes.Span)),
            ArrivedAt = Moment.Store(incoming.ArrivedAt),
            Address = mail.FromAddress!,
            MessageId = id ?? "",
            Subject = Cleaner.Clean(mail.Subject, LongestSubject),
            Thread = OrderVerifier.Hash(MailIds.Read(mail.Header("References")) ?? MailIds.Read(mail.Header("In-Reply-To")) ?? id ?? incoming.Key),
            Refusal = content is null ? why.ToString() : "",
            Content = content ?? "",
        });
        transaction.AfterCommit(_came.Set);
    }

    private static (string? Content, OrderRefusal Why) OfOpenPgp(CoreMail mail, IncomingMail incoming) =>
        IsReadable(mail, incoming.Bytes, out var why) ? (Convert.ToBase64String(incoming.Bytes.Span), why) : (null, why);

    private static async Task<(string? Content, OrderRefusal Why)> OfDkimAsync(StoreTransaction transaction, CoreMail mail, MailedReply reply)
    {
        if (reply is not MailedReply.Proven proven)
        {
            return (null, reply is MailedReply.Unproven unproven ? OrderRefusals.Of(unproven.Flaw, unproven.IsOfDomain) : OrderRefusal.Failed);
        }

        var numbers = await ReplyThreads.FindAsync(transaction, mail, proven.AreReferencesSigned);
        var isBound = numbers.Count > 0 || MailOrder.Read(string.Join('\n', proven.Text.Lines)) is not null;
        return isBound && MailIds.Read(mail.Header("Message-ID")) is not null
            ? (new ReplyRecord(proven.Domain, proven.Date, proven.SignedAt, numbers, proven.Text.Lines).Write(), OrderRefusal.Failed)
            : (null, OrderRefusal.DkimIncomplete);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? wait = null;
            try
            {
                while (await TurnAsync(cancellationToken))
                {
                }
            }
            catch (DbException e)
            {
                LogLater(logger, e.Message);
                wait = Retry;
            }

            await _came.WaitAsync(wait, time, cancellationToken);
        }
    }

    /// <summary>Handles the mail that has waited longest.</summary>
    /// <returns>False where none waits.</returns>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(MailOrderStore.NextAsync, cancellationToken) is not { } row)
        {
            return false;
        }

        OrderFinding found;
        try
        {
            found = await _verifier.VerifyAsync(row, settings.Value.Settings, time.GetUtcNow(), cancellationToken);
            if (await CarryOutAsync(row, found, null, cancellationToken) is { } undone)
            {
                await CarryOutAsync(row, found, undone, cancellationToken);
            }
        }
        catch (Exception e) when (e is not (DbException or StorageException or OperationCanceledException or OutOfMemoryException))
        {
            LogFailed(logger, e);
            found = new OrderFinding.Refused(OrderRefusal.Failed);
            await CarryOutAsync(row, found, null, cancellationToken);
        }

        LogHandled(logger, found is OrderFinding.Refused { Why: var why } ? why.ToString() : "carried out");
        return true;
    }

    // Returns what came of it where all of it was taken back, the answer too: that is given in a transaction of its own.
    private Task<OrderOutcome?> CarryOutAsync(MailOrderRow row, OrderFinding found, OrderOutcome? undone, CancellationToken cancellationToken) =>
        database.TogetherAsync<OrderOutcome?>(
            async transaction =>
            {
                var live = settings.Value;
                var now = time.GetUtcNow();
                if (!await MailOrderStore.DeleteAsync(transaction, row.Mail) || live.Settings.People.WithMail(row.Address) is not { } person || live.Settings.Mail.Smtp is null)
                {
                    return null;
                }

                if (found is OrderFinding.Proven { Order.For.Length: 0, SignedSubject: { } subject } signed)
                {
                    var numbers = await ReplyThreads.OfSubjectAsync(transaction, subject);
                    found = numbers.Count == 0 ? new OrderFinding.Refused(OrderRefusal.NamesNobody) : signed with { Incidents = numbers };
                }

                if (found is OrderFinding.Proven one && !await MailOrderStore.MarkAsync(transaction, one.Mark, now, again: null))
                {
                    found = new OrderFinding.Refused(one.Domain is null ? OrderRefusal.Repeated : OrderRefusal.MailRepeated);
                }

                if (found is OrderFinding.Refused { Why: OrderRefusal.MailRepeated })
                {
                    return null;
                }

                if (found is OrderFinding.Refused { Why: var why })
                {
                    await _answers.RefuseAsync(transaction, row, person, why, MayAnswer(row, why), now);
                    return null;
                }

                var outcome = undone ?? await new OrderRunner(_commands, incidents).RunAsync((OrderFinding.Proven)found, live, now, cancellationToken);
                if (outcome.IsUndone && undone is null)
                {
                    transaction.Undo();
                    return outcome;
                }

                foreach (var word in outcome.PingWords)
                {
                    await MailOrderStore.MarkAsync(transaction, MailTest.MarkOf(((OrderFinding.Proven)found).Domain is null ? MailTest.ByOpenPgp : MailTest.ByDkim, person, word), now, again: null);
                }

                await _answers.AnswerAsync(transaction, row, person, outcome.Lines, now);
                return null;
            },
            cancellationToken);

    // No byte of a diff is kept.
    private static bool IsReadable(CoreMail mail, ReadOnlyMemory<byte> bytes, out OrderRefusal why)
    {
        var isReadable = SignedOrder.Read(bytes, out why) is not null;
        why = isReadable && mail.IsCutAtDiff ? OrderRefusal.HoldsDiff : why;
        return isReadable && !mail.IsCutAtDiff;
    }

    private static bool MayAsk(CoreMail mail, Report report, BotSettings live) =>
        live.Mail is { Smtp: not null, Door.IsOpen: true } && (live.OpenPgp is not null || live.Mail.Door.Ack == MailProof.Dkim)
        && !AutomaticMail.SaysSo(mail) && !OwnMail.Is(report) && (report.Kind is ReportKind.Human or ReportKind.List || SignedOrder.IsWhole(mail))
        && mail.FromAddress is { } address && live.People.WithMail(address) is not null;

    private static bool MayAnswer(MailOrderRow row, OrderRefusal why) => OrderRefusals.ShowsWho(why) || ReplyRecord.Read(row.Content) is not null
        || MailParser.Read(Convert.FromBase64String(row.Content)) is not MailReading.Readable { Mail: var mail } || !AutomaticMail.LooksSo(mail);

    private static bool IsTo(CoreMail mail, string own) => mail.Headers.Any(
        header => (header.Name.Equals("To", StringComparison.OrdinalIgnoreCase) || header.Name.Equals("Cc", StringComparison.OrdinalIgnoreCase))
            && header.Value.Contains(own, StringComparison.OrdinalIgnoreCase));

    // Where somebody quotes such a mail without a mark, its first line is theirs.
    private static string? NameIn(CoreMail mail) => mail.Text.Contains(SignedOrder.Begin, StringComparison.Ordinal)
        ? MailOrder.NamedIn(mail.Text)
        : MailOrder.Read(mail.Text)?.For;

    [LoggerMessage(Level = LogLevel.Information, Message = "A mail that asks for something was handled: {Outcome}")]
    private static partial void LogHandled(ILogger logger, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail that asks for something failed; nothing of it is done")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mails that ask for something wait for the store: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
