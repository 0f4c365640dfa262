
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// apt-listchanges 2.x to 4.x (<c>apt-listchanges.py</c>, <c>mail_changes</c>): <c>apt-listchanges: changelogs for HOST</c> or
/// <c>news for</c>, in the machine's language: the program's name before the colon and the machine as last word are what all
/// have. The headings of their changelogs name the packages, <c>NAME (VERSION) SUITE; urgency=…</c> (Debian Policy §4.4).
/// For root.
/// </summary>
public sealed class AptListchangesFormat : IFormat
{
    private const int NamedPackages = 8;
    public string Source => "apt-listchanges";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        if (!subject.StartsWith(Source, StringComparison.Ordinal) || !subject[Source.Length..].TrimStart(" \u00a0\u202f").StartsWith(':'))
        {
            return null;
        }

        var host = new string(subject[(subject.LastIndexOfAny(" \u00a0\u202f") + 1)..]);
        var isNews = subject.Contains(" news ", StringComparison.Ordinal) || subject.Contains("nouveautés", StringComparison.Ordinal);
        var packages = Packages(mail.Text);
        var names = string.Join(", ", packages.Take(NamedPackages)) + (packages.Count > NamedPackages ? $", +{packages.Count - NamedPackages}" : "");
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with
        {
            Says = packages.Count > 0 ? [Phrase.Quote(isNews ? "news" : "changelogs"), Phrase.Quote(names)] : [Phrase.Quote(isNews ? "news" : "changelogs")],
        };
    }

    private static List<string> Packages(string text)
    {
        var names = new List<string>();
        var left = Shape.EveryLine;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line.IndexOf(" (", StringComparison.Ordinal) is not (> 0 and < 100 and var end) || !line.Contains("; urgency=", StringComparison.Ordinal))
            {
                continue;
            }

            var name = new string(line[..end]);
            if (!name.Contains(' ') && !names.Contains(name))
            {
                names.Add(name);
            }
        }
        return names;
    }
}
