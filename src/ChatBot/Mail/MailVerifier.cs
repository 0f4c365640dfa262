using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>Reads and recognises mails, and judges by the way they came and by their signature what each may do. It stores nothing.</summary>
internal sealed partial class MailVerifier(
    IMailedProofs proofs, IMailedOrders orders, IMailDecryption decryption, IDnsTexts dns, CurrentSettings settings, TimeProvider time, ILogger<MailVerifier> logger)
{
    private const int Tries = 2;
    private const int FewMails = 8;
    private const string BeginsMessage = "-----BEGIN PGP MESSAGE-----";
    private const string EndsMessage = "-----END PGP MESSAGE-----";

    // For all mails that come together: an alert among them is said within ten seconds.
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(4);

    private readonly DkimCheck _dkim = new(new DkimKeys(dns, time));
    private readonly FailedChecks _failed = new(time);

    /// <summary>Reads mails; one that cannot be read, or that fails twice, is to be set aside.</summary>
    /// <param name="mails">In the order in which they came.</param>
    /// <param name="isPoison">Of which earlier processes died: not looked at.</param>
    /// <param name="budget">For the name servers.</param>
    public async Task<IReadOnlyList<IntakeMail>> ReadAsync(IReadOnlyList<IncomingMail> mails, Func<IncomingMail, bool> isPoison, DnsBudget budget)
    {
        var live = settings.Value.Settings;
        var read = new IntakeMail[mails.Count];
        if (read.Length < FewMails)
        {
            ReadFrom(0, 1);
        }
        else
        {
            // Of many, each core reads its share.
            await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(core => Task.Run(() => ReadFrom(core, Environment.ProcessorCount))));
        }

        void ReadFrom(int first, int step)
        {
            for (var i = first; i < read.Length; i += step)
            {
                read[i] = isPoison(mails[i]) ? new IntakeMail.SetAside(mails[i]) : Read(mails[i], live);
            }
        }

        return await OpenAsync(await Task.WhenAll(read.Select(mail => ProveAsync(mail, live, budget))), live);
    }

    /// <summary>Checks again mails whose key no name server returned.</summary>
    public async Task<IReadOnlyList<IntakeMail>> ProveAgainAsync(IReadOnlyList<IntakeMail.Understood> mails, DnsBudget budget)
    {
        var live = settings.Value.Settings;
        return await OpenAsync(await Task.WhenAll(mails.Select(mail => ProveAsync(mail with { Verdict = Verdict.NoTrustedReceived }, live, budget))), live);
    }

    /// <summary>Reads a mail that waits for the key of its signature; null where by the configuration of now that is not what it waits for.</summary>
    public IntakeMail.Understood? ReadUnchecked(IncomingMail incoming) =>
        Read(incoming, settings.Value.Settings) is IntakeMail.Understood { Verdict: Verdict.NoTrustedReceived or Verdict.WrongPlace } mail
            ? mail with { Verdict = Verdict.SignatureUnchecked }
            : null;

    /// <summary>Hands on a mail by which a person shows who they are, once it is stored.</summary>
    public void Take(IntakeMail.Proof mail) => proofs.Take(mail.Mail, mail.Incoming.Bytes);

    /// <summary>Hands on a mail that asks for something, in the transaction that stores it.</summary>
    public Task AddAsync(StoreTransaction transaction, IntakeMail.Order mail) => orders.AddAsync(transaction, mail.Mail, mail.Incoming, mail.Reply);

    /// <summary>Whether a mail is to blame: not the store, and nothing that only a new process repairs.</summary>
    public static bool IsOfAMail(Exception e) =>
        e is not (DbException or StorageException or OperationCanceledException or OutOfMemoryException);

    private IntakeMail Read(IncomingMail incoming, BotSettings live)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                return MailParser.Read(incoming.Bytes) is MailReading.Readable { Mail: var mail }
                    ? Judge(incoming, mail, live)
                    : new IntakeMail.SetAside(incoming);
            }
            catch (Exception e) when (IsOfAMail(e))
            {
                LogFailed(logger, e.GetType().Name);
            }
        }

        return new IntakeMail.SetAside(incoming);
    }

    private IntakeMail Judge(IncomingMail incoming, Core.Mail.Mail mail, BotSettings live)
    {
        var arrived = MailIdentity.ArrivedAt(mail, live.Mail.Trust.Mx, incoming.ArrivedAt);
        var report = Timed(Classifier.Classify(mail, live.Inventory, live.Mail.Smtp?.From, live.Mail.Trust), arrived);
        if (proofs.Recognise(mail, incoming.Bytes, report))
        {
            return new IntakeMail.Proof(incoming, mail);
        }

        if (orders.Recognise(mail, incoming.Bytes, report))
        {
            return new IntakeMail.Order(incoming, mail);
        }

        var verdict = Authenticity.Judge(mail, incoming.Source, live.Mail.Trust, live.Inventory, report, arrived);
        return new IntakeMail.Understood(incoming, mail, report, verdict)
        {
            Keys = MailIdentity.KeysOf(mail, live.Mail.Trust.Mx, $"{incoming.Source.Name}/{incoming.Key}"),
            CameFrom = ReceivedField.OfOurMx(mail, live.Mail.Trust.Mx)?.ClientNetwork ?? mail.AuthorDomain,
            AuthorProof = Authenticity.ProofOf(mail, incoming.Source, live.Mail.Trust, live.Inventory, arrived),
            IsOfSomebodyKnown = mail.FromAddress is { } address && live.People.WithMail(address) is not null,
        };
    }

    // Only what is believed is opened: gpg works for no stranger. What stays closed is a change of which the details are encrypted.
    private async Task<IntakeMail[]> OpenAsync(IntakeMail[] mails, BotSettings live)
    {
        if (live.OpenPgp?.DecryptHome is null)
        {
            return mails;
        }

        using var limit = new TimeLimit(Opening, time, CancellationToken.None);
        for (var i = 0; i < mails.Length; i++)
        {
            if (mails[i] is IntakeMail.Understood { MayAct: true, Report: { Kind: ReportKind.Change, Change.Encrypted: true } } mail)
            {
                mails[i] = await OpenAsync(mail, live, limit.Token);
            }
        }

        return mails;
    }

    private async Task<IntakeMail> OpenAsync(IntakeMail.Understood intake, BotSettings live, CancellationToken cancellationToken)
    {
        var (mail, closed) = (intake.Mail, intake.Report);
        var begin = mail.Text.IndexOf(BeginsMessage, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : mail.Text.IndexOf(EndsMessage, begin, StringComparison.Ordinal);
        if (end < 0
            || await decryption.OpenAsync(mail.Text[begin..(end + EndsMessage.Length)] + "\n", cancellationToken) is not { } text)
        {
            return intake;
        }

        // Nobody says by what is inside that it is of another machine.
        var opened = Classifier.Classify(mail with { Text = text }, live.Inventory, live.Mail.Smtp?.From, live.Mail.Trust);
        return opened.Change is { Encrypted: false } change && opened.Machine == closed.Machine
            ? intake with { Report = closed with { Change = change } }
            : intake;
    }

    // What its sender gave no time happened when it came.
    private static Report Timed(Report report, DateTimeOffset arrived) => report with
    {
        When = report.When ?? arrived,
        Others = [.. report.Others.Select(other => other with { When = other.When ?? arrived })],
    };

    // What asks for something by the word of its author's domain, and the place of whom it answers.
    private async Task<IntakeMail> OrderAsync(IntakeMail intake, BotSettings live, DnsBudget budget)
    {
        var incoming = intake.Incoming;
        if (intake is IntakeMail.Understood human && await orders.AnswersAsync(human.Mail, human.Report, incoming.Bytes, CancellationToken.None))
        {
            intake = new IntakeMail.Order(incoming, human.Mail);
        }

        return intake is IntakeMail.Order { Mail.FromAddress: { } author } order && orders.TakesDkim(order.Mail)
            ? order with { Reply = await ReplyAsync(incoming, author, MailIdentity.ArrivedAt(order.Mail, live.Mail.Trust.Mx, incoming.ArrivedAt), budget) }
            : intake;
    }

    private async Task<MailedReply> ReplyAsync(IncomingMail incoming, string author, DateTimeOffset arrived, DnsBudget budget)
    {
        if (!_failed.Begin(author))
        {
            return new MailedReply.Unproven(DkimFlaw.TooMany, IsOfDomain: false);
        }

        var reply = await _dkim.ReplyAsync(incoming.Bytes, author, arrived, budget.Token);
        if (reply is not MailedReply.Unproven { IsOfDomain: false })
        {
            _failed.Succeed(author);
        }

        return reply;
    }

    /// <summary>Looks at the signature where that alone may show where the mail comes from.</summary>
    private async Task<IntakeMail> ProveAsync(IntakeMail intake, BotSettings live, DnsBudget budget)
    {
        try
        {
            if (await OrderAsync(intake, live, budget) is IntakeMail.Order order)
            {
                return order;
            }
        }
        catch (Exception e) when (IsOfAMail(e))
        {
            LogFailed(logger, e.GetType().Name);
            if (intake is IntakeMail.Order failed)
            {
                return failed with { Reply = orders.TakesDkim(failed.Mail) ? new MailedReply.Unproven(DkimFlaw.Mismatch, IsOfDomain: false) : null };
            }
        }

        if (intake is not IntakeMail.Understood { Verdict: Verdict.NoTrustedReceived or Verdict.WrongPlace, Mail: { FromAddress: { } author } mail } understood
            || !live.Mail.Dkim || mail.Header("DKIM-Signature") is null)
        {
            return intake;
        }

        var (trust, source) = (live.Mail.Trust, intake.Incoming.Source);
        var arrived = MailIdentity.ArrivedAt(mail, trust.Mx, intake.Incoming.ArrivedAt);
        var signed = Authenticity.Judge(mail, source, trust, live.Inventory, understood.Report, arrived, isSigned: true);
        if (signed != Verdict.SignedDomain)
        {
            return signed is Verdict.DateFarOff or Verdict.SignatureOutOfTime ? understood with { Verdict = signed } : intake;
        }

        try
        {
            var flaw = await _dkim.FlawAsync(intake.Incoming.Bytes, author, arrived, budget.Token);
            if (flaw is { } found)
            {
                LogUnproved(logger, found);
            }

            return flaw is { } wrong
                ? understood with { Verdict = understood.Verdict == Verdict.WrongPlace && wrong != DkimFlaw.NoAnswer ? Verdict.WrongPlace : Verdicts.Of(wrong) }
                : understood with { Verdict = Verdict.SignedDomain, AuthorProof = AuthorProof.Domain };
        }
        catch (Exception e) when (IsOfAMail(e))
        {
            LogFailed(logger, e.GetType().Name);
            return understood with { Verdict = Verdict.SignatureInvalid };
        }
    }

    // The message of the exception may contain words of the mail.
    [LoggerMessage(Level = LogLevel.Error, Message = "A mail failed ({Fault}); what fails twice is set aside")]
    private static partial void LogFailed(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "A DKIM signature proves nothing: {Flaw}")]
    private static partial void LogUnproved(ILogger logger, DkimFlaw flaw);
}
