using ChatBot.Core.Reports;
using ChatBot.Storage;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Mail;

/// <summary>Takes the mails by which people ask for something.</summary>
public interface IMailedOrders
{
    /// <summary>Whether a mail says that it is from somebody of the group and asks this bot for something: then nobody else handles it.</summary>
    bool Recognise(CoreMail mail, ReadOnlyMemory<byte> bytes, Report report);

    /// <summary>Keeps it in the transaction that takes it in; who it is from is found out later.</summary>
    Task AddAsync(StoreTransaction transaction, CoreMail mail, IncomingMail incoming);
}
