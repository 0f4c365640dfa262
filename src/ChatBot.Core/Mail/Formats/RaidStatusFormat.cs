
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Debian's watchers of hardware RAID, <c>mpt-statusd</c>, <c>aacraid-statusd</c>, <c>megaraid-statusd</c>, <c>3ware-statusd</c> and
/// their like: <c>info: NAME raid status change on HOST</c>, the body a paragraph and the program's output. It reports a change and not
/// which one, so that it has no state; the telling line is for root.
/// </summary>
public sealed class RaidStatusFormat : IFormat
{
    public string Source => "raid-status";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "info: ", " raid status change on ", "") is not [var name, var host])
        {
            return null;
        }

        var blank = mail.Text.IndexOf("\n\n", StringComparison.Ordinal);
        var telling = blank < 0 ? null : Wording.Telling(mail.Text[blank..], 60);
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with
        {
            Severity = Severity.Warning,
            Says = telling is null ? [Phrase.Quote(name)] : [Phrase.Quote(name), Phrase.Quote(telling)],
        };
    }
}
