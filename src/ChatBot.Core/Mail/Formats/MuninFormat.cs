
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// munin-limits 1.2 to 2.0 (<c>LimitsOld.pm</c>, <c>default_text</c>): <c>GROUP :: HOST :: TITLE</c>, below it indented
/// <c>CRITICALs:</c>, <c>WARNINGs:</c>, <c>UNKNOWNs:</c> and <c>OKs:</c> with fields and values. OKs alone report the recovery. The
/// subject is whatever the site's <c>contact.*.command</c> says, in the manual <c>Munin notification …</c> or <c>Munin WORST:
/// …</c>. Several services of a host may come in one mail. Host, title and worst state are public; values are for root.
/// </summary>
public sealed class MuninFormat : IFormat
{
    private const int MostServices = 50;

    private static readonly (string Label, CheckState State)[] Levels =
        [("CRITICALs:", CheckState.Critical), ("WARNINGs:", CheckState.Warning), ("UNKNOWNs:", CheckState.Unknown), ("OKs:", CheckState.Ok)];

    public string Source => "munin";

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!Naming.IsFrom(mail, "munin") && !mail.Subject.Contains("munin", StringComparison.OrdinalIgnoreCase) || Naming.IsByPerson(mail))
        {
            return null;
        }

        var reports = new List<Report>();
        string[]? names = null;
        foreach (var line in mail.Text.AsSpan().EnumerateLines())
        {
            if (reports.Count >= MostServices)
            {
                break;
            }

            if (!line.IsEmpty && !char.IsWhiteSpace(line[0]) && Shape.Read(line, "", " :: ", " :: ", "") is { } heading)
            {
                names = heading;
            }
            else if (names is [_, var host, var title] && Level(line.Trim(), out var values) is { } state)
            {
                reports.Add(Report(host, title, state, values, mail, inventory));
                // The most severe comes first; what follows is of the same service.
                names = null;
            }
        }
        return reports is [var first, ..] ? first with { Others = reports[1..] } : null;
    }

    private static CheckState? Level(ReadOnlySpan<char> line, out string values)
    {
        foreach (var (label, state) in Levels)
        {
            if (line.StartsWith(label, StringComparison.Ordinal))
            {
                values = new string(line[label.Length..].Trim());
                return state;
            }
        }

        values = "";
        return null;
    }

    private Report Report(string host, string title, CheckState state, string values, Mail mail, Inventory inventory) => new()
    {
        Source = Field.Public(Source),
        Kind = state == CheckState.Ok ? ReportKind.Recovery : ReportKind.Alert,
        Machine = Naming.Machine(host, inventory),
        Service = Field.Public(title),
        State = state,
        When = mail.Date,
        Detail = values.Length > 0 ? new RootText(values) : null,
    };
}
