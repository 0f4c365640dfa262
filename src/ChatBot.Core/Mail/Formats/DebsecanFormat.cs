
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// debsecan 0.4 (<c>--format report</c>): <c>Debian security status of HOST</c>, the body "Security report based on the CODENAME
/// release" with one line <c>CVE-… (description)</c> a vulnerability. How many is for root.
/// </summary>
public sealed class DebsecanFormat : IFormat
{
    public string Source => "debsecan";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "Debian security status of ", "") is not [var host])
        {
            return null;
        }

        var (count, left) = (0L, Shape.EveryLine);
        foreach (var line in mail.Text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line.StartsWith("CVE-") || line.StartsWith("TEMP-"))
            {
                count++;
            }
        }
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with { Says = [Phrase.Quote($"{count} CVE")] };
    }
}
