
using ChatBot.Core.Mail;

namespace ChatBot.Mail;

/// <summary>One mail as a source found it.</summary>
/// <param name="Key">Names the mail within its source for ever: a Maildir unique name, an IMAP <c>uidvalidity/uid</c>, a POP3 UIDL.</param>
/// <param name="Bytes">The mail as stored, or its first part (by POP3 its header) where it is very large.</param>
/// <param name="ArrivedAt">When the mailbox got it, or when it was found, by our own clocks; UTC.</param>
/// <param name="Source">The mailbox.</param>
public sealed record IncomingMail(string Key, ReadOnlyMemory<byte> Bytes, DateTimeOffset ArrivedAt, MailSourceFacts Source);
