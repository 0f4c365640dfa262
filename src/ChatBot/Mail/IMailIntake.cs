using ChatBot.Core.Mail;

namespace ChatBot.Mail;

/// <summary>Where mail sources hand over what they find.</summary>
public interface IMailIntake
{
    /// <summary>Accepts a batch in the order of arrival. A key that was accepted before is accepted again and changes nothing.</summary>
    Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken);
}

/// <summary>What came of handing over a batch.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>All of the batch is durably stored: the source may move it away.</summary>
    public sealed record Stored : IntakeResult;

    /// <summary>
    /// Nothing of the batch is sure to be stored: the source leaves all of it where it is and offers it again later.
    /// </summary>
    public sealed record TryLater(string Reason) : IntakeResult;
}

/// <summary>One mail as a source found it.</summary>
/// <param name="Key">Names the mail within its source for ever: a Maildir unique name, an IMAP <c>uidvalidity/uid</c>, a POP3 UIDL.</param>
/// <param name="Bytes">The mail as stored, or its first part (by POP3 its header) where it is very large.</param>
/// <param name="ArrivedAt">When the mailbox got it, or when it was found, by our own clocks; UTC.</param>
/// <param name="Source">The mailbox.</param>
public sealed record IncomingMail(string Key, ReadOnlyMemory<byte> Bytes, DateTimeOffset ArrivedAt, MailSourceFacts Source);
