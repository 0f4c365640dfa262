using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>Checks that a person named freely in their monitor, mostly after a machine: <c>hal</c>, <c>hal IMAP</c>, <c>mail/hal</c>.</summary>
internal static class NamedCheck
{
    /// <summary>The name of the machine is the first word that the inventory knows; a check that is called so is the machine itself.</summary>
    public static Report Report(IFormat format, string name, bool isWell, Mail mail, Inventory inventory)
    {
        var machine = Array.Find(name.Split([' ', ',', '/', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries), word => inventory.Find(word) is not null);
        return new Report
        {
            Source = Field.Public(format.Source),
            Kind = isWell ? ReportKind.Recovery : ReportKind.Alert,
            Machine = machine is null ? null : Naming.Machine(machine, inventory),
            Service = machine == name ? null : Field.Service(name),
            State = machine == name ? isWell ? CheckState.Up : CheckState.Down : isWell ? CheckState.Ok : CheckState.Critical,
            When = mail.Date,
            Says = [Phrase.Quote(mail.Title)],
        };
    }
}
