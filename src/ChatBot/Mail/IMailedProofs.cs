using ChatBot.Core.Reports;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Mail;

/// <summary>Takes the mails by which people show who they are.</summary>
public interface IMailedProofs
{
    /// <summary>Whether a person's mail is signed and answers a challenge of the last hour: then nobody else handles it.</summary>
    bool Recognise(CoreMail mail, ReadOnlyMemory<byte> bytes, Report report);

    /// <summary>Takes it; verifies it later, and never waits.</summary>
    void Take(CoreMail mail, ReadOnlyMemory<byte> bytes);
}
