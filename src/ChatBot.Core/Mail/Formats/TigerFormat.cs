
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Tiger 3.x (<c>tigercron</c>): <c>Tiger Auditing Report for HOST</c>, lines <c>NEW: --WARN-- [CODE] …</c>, <c>--FAIL--</c>,
/// <c>--ALERT--</c>, and <c>OLD:</c> for what is no longer so. The most severe new line is for root.
/// </summary>
public sealed class TigerFormat : IFormat
{
    private static readonly string[] Marks = ["--ALERT--", "--FAIL--", "--WARN--"];

    public string Source => "tiger";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "Tiger Auditing Report for ", "") is not [var host])
        {
            return null;
        }

        var (rank, line) = Worst(mail.Text);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = rank switch { 0 or 1 => Severity.Critical, 2 => Severity.Warning, _ => null },
            Says = [Phrase.Quote(line ?? Wording.Telling(mail.Text, 60) ?? mail.Title)],
        };
    }

    private static (int Rank, string? Line) Worst(string text)
    {
        var (worst, found, left) = (Marks.Length, (string?)null, Shape.EveryLine);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            for (var rank = 0; rank < worst; rank++)
            {
                if (!line.StartsWith("OLD:") && line.IndexOf(Marks[rank], StringComparison.Ordinal) is >= 0 and < 8 and var at)
                {
                    (worst, found) = (rank, new string(line[at..].Trim()));
                }
            }
        }
        return (worst, found);
    }
}
