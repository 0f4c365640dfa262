
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// DenyHosts 2 and 3, by its stock <c>SMTP_SUBJECT = DenyHosts Report</c>, with <c>from HOST</c> behind where a site asks for it: "Added
/// the following hosts to /etc/hosts.deny:" and one <c>ADDRESS (NAME)</c> a line. How many is for root.
/// </summary>
public sealed class DenyhostsFormat : IFormat
{
    public string Source => "denyhosts";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.Trim();
        if (!subject.StartsWith("DenyHosts Report", StringComparison.Ordinal))
        {
            return null;
        }

        var host = Shape.Read(subject, "DenyHosts Report from ", "") is [var from] ? from : null;
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Says = [Phrase.Say(Sentences.BannedMany, (PublicText)Hosts(mail.Text), Phrase.Root("hosts.deny"))],
        };
    }

    private static long Hosts(string text)
    {
        var (hosts, left) = (0L, Shape.EveryLine);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (!line.IsEmpty && char.IsAsciiHexDigit(line[0]) && line.EndsWith(")") && line.Contains(" (", StringComparison.Ordinal))
            {
                hosts++;
            }
        }
        return hosts;
    }
}
