using ChatBot.Core.Reports;
using ChatBot.Storage;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Mail;

/// <summary>Takes the mails by which people ask for something.</summary>
internal interface IMailedOrders
{
    /// <summary>Whether a mail says that it is from somebody of the group and asks this bot for something: then nobody else handles it.</summary>
    bool Recognise(CoreMail mail, ReadOnlyMemory<byte> bytes, Report report);

    /// <summary>Whether a mail that does not name the bot answers in the thread of an incident, and begins with a command: as <see cref="Recognise"/>.</summary>
    Task<bool> AnswersAsync(CoreMail mail, Report report, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Whether its DKIM signature is to say who it is from.</summary>
    bool TakesDkim(CoreMail mail);

    /// <summary>Keeps it in the transaction that takes it in; who it is from is found out later where it is signed with OpenPGP.</summary>
    /// <param name="transaction">That takes it in.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="incoming">The same, as it came.</param>
    /// <param name="reply">What its DKIM signature vouches for; null where that was not asked.</param>
    Task AddAsync(StoreTransaction transaction, CoreMail mail, IncomingMail incoming, MailedReply? reply);
}
