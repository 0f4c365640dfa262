
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Logwatch 7.x (<c>scripts/logwatch.pl</c>): <c>Logwatch for HOST (SYSTEM)</c> or the site's subject, the body with
/// <c>################### Logwatch VERSION (DATE) ####################</c> and a section <c>-------- NAME Begin --------</c> for
/// each service. Root reads which services it speaks of; their lines contain addresses and are not kept.
/// </summary>
public sealed class LogwatchFormat : IFormat
{
    private const int NamedSections = 8;
    public string Source => "logwatch";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var host = Shape.Read(mail.Subject, "Logwatch for ", " (", ")") is [var named, _] ? named
            : Naming.IsFrom(mail, Source) ? Shape.After(mail.Text, "Logfiles for Host:", 20) : null;
        if (host is null)
        {
            return null;
        }

        var sections = Sections(mail.Text);
        var names = string.Join(", ", sections.Take(NamedSections)) + (sections.Count > NamedSections ? $", +{sections.Count - NamedSections}" : "");
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with { Says = [Phrase.Quote(sections.Count > 0 ? names : mail.Title)] };
    }

    private static List<string> Sections(string text)
    {
        var names = new List<string>();
        var left = Shape.EveryLine;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            var inside = line.Trim().Trim('-').Trim();
            if (line.TrimStart().StartsWith("----") && inside.EndsWith(" Begin"))
            {
                names.Add(new string(inside[..^6].Trim()));
            }
        }
        return names;
    }
}
