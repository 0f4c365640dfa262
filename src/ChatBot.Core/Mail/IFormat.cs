
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail;

/// <summary>
/// Recognises the mails of one program and reads the facts out of them. To add one: a file here, a sample mail, a line in the list of
/// formats.
/// </summary>
public interface IFormat
{
    /// <summary>The program, in lower case, as reports name it.</summary>
    string Source { get; }

    /// <summary>Which of its troubles are one and which are two, and what ends one; said in the documentation.</summary>
    Tracked Tracks { get; }

    /// <summary>The facts, or null where the mail is not this program's. Never throws on any mail.</summary>
    Report? Recognise(Mail mail, Inventory inventory);
}
