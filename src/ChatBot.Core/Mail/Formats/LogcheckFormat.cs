
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// logcheck 1.2 to 1.4 (<c>sendreport</c>): <c>HOST YYYY-MM-DD HH:MM +ZONE TITLE</c>, before 1.2.69 without zone, with
/// <c>Reboot:</c> or <c>[logcheck]</c> in front where asked for. The title says which of three reports leads: Security Alerts
/// (older: Attack Alerts), Security Events, System Events, or the site's own words. The first line of log below the underlined
/// heading is what root reads: it holds addresses of third parties, so that nothing is public.
/// </summary>
public sealed class LogcheckFormat : IFormat
{
    private static readonly string[] Titles = ["Security Alerts", "Attack Alerts", "Active System Attack Alerts", "Security Events", "System Events"];

    public string Source => "logcheck";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["[logcheck] ", "Reboot: "])
        {
            subject = subject.StartsWith(prefix, StringComparison.Ordinal) ? subject[prefix.Length..] : subject;
        }

        if (Shape.Read(subject, "", " ", " ", " ", "") is not [var host, var date, var time, var rest]
            || date.Length != 10 || date[4] != '-' || date[7] != '-' || time.Length != 5 || time[2] != ':')
        {
            return null;
        }

        var title = rest[0] is '+' or '-' && rest.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? rest[(end + 1)..] : rest;
        if (Array.IndexOf(Titles, title) < 0 && !Naming.IsFrom(mail, Source))
        {
            return null;
        }

        var isSystem = title == "System Events";
        return Naming.Report(this, isSystem ? ReportKind.Report : ReportKind.Security, host, mail, inventory) with
        {
            Severity = title is "Security Alerts" or "Attack Alerts" ? Severity.Critical : null,
            Says = FirstEvent(mail.Text) is { } line ? [Phrase.Quote(title), Phrase.Quote(line)] : [Phrase.Quote(title)],
        };
    }

    private static string? FirstEvent(string text)
    {
        var isBelowHeading = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (isBelowHeading && !line.IsWhiteSpace())
            {
                return new string(line.Trim());
            }

            isBelowHeading |= line.StartsWith("=-=-", StringComparison.Ordinal);
        }
        return null;
    }
}
