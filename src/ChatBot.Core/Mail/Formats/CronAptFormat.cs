
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// cron-apt 0.4 to 0.13: <c>CRON-APT completed on HOST [FILE]</c> and <c>CRON-APT error on HOST [FILE]</c>; the body has a line
/// <c>CRON-APT RUN [FILE]: DATE</c> above apt's output. The telling line is for root.
/// </summary>
public sealed class CronAptFormat : IFormat
{
    public string Source => "cron-apt";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "CRON-APT ", " on ", " [", "]") is not [var result, var host, _])
        {
            return null;
        }

        var hasFailed = result == "error";
        var telling = Upgrades(mail.Text) ?? (hasFailed ? Wording.Telling(mail.Text) : null);
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with
        {
            Severity = hasFailed ? Severity.Critical : null,
            Says = telling is null ? [Phrase.Quote(result)] : [Phrase.Quote(result), Phrase.Quote(telling)],
        };
    }

    // “3 upgraded, 0 newly installed, 0 to remove and 1 not upgraded.” and « 3 mis à jour, 0 nouvellement installés… »
    private static string? Upgrades(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (Shape.Number(line) is not null && (line.Contains(" upgraded, ", StringComparison.Ordinal) || line.Contains(" mis à jour, ", StringComparison.Ordinal)))
            {
                return new string(line.Trim());
            }
        }

        return null;
    }
}
