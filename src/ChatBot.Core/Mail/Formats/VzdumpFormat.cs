
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// vzdump of Proxmox VE 2 to 8: <c>vzdump backup status (HOST): backup successful</c> or <c>backup failed</c>, up to 7 with a space
/// before the colon, since 8 with the reason behind. Result and reason are for root; the log is not kept.
/// </summary>
public sealed class VzdumpFormat : IFormat
{
    public string Source => "vzdump";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "vzdump backup status (", ")", "") is not [var host, var rest] || !rest.StartsWith(':'))
        {
            return null;
        }

        var result = rest[1..].Trim();
        return Naming.Report(this, ReportKind.Backup, host, mail, inventory) with
        {
            Severity = Wording.Of(result),
            Says = [Phrase.Quote(result)],
        };
    }
}
