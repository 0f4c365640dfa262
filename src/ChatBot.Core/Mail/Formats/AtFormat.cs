
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// at and batch 3.x (<c>atd.c</c>): <c>Output from your job NUMBER</c>, the body what the job printed. Number and the telling line
/// are for root.
/// </summary>
public sealed class AtFormat : IFormat
{
    public string Source => "at";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "Output from your job", "") is not [var number] || Shape.Number(number) is null || number.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        var telling = Wording.Telling(mail.Text);
        return Naming.Report(this, ReportKind.Cron, null, mail, inventory) with
        {
            Says = telling is null ? [Phrase.Quote($"at {number}")] : [Phrase.Quote($"at {number}"), Phrase.Quote(telling)],
        };
    }
}
