
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// munin-limits 1.2 to 2.0 (<c>LimitsOld.pm</c>, <c>default_text</c>): <c>GROUP :: HOST :: TITLE</c>, below it indented
/// <c>CRITICALs:</c>, <c>WARNINGs:</c>, <c>UNKNOWNs:</c> and <c>OKs:</c> with fields and values. A field that was wrong and is
/// well stands under OKs. The
/// subject is whatever the site's <c>contact.*.command</c> says, in the manual <c>Munin notification …</c> or <c>Munin WORST:
/// …</c>. Several services of a host may come in one mail, and each field of one is a check. Host, title and state are public; fields and values are for root.
/// </summary>
public sealed class MuninFormat : IFormat
{
    private const int MostFields = 2000;

    private static readonly (string Label, CheckState State)[] Levels =
        [("CRITICALs:", CheckState.Critical), ("WARNINGs:", CheckState.Warning), ("UNKNOWNs:", CheckState.Unknown), ("OKs:", CheckState.Ok)];

    public string Source => "munin";

    public Tracked Tracks => new("host, plugin and field", "the field under OKs");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!Naming.IsFrom(mail, "munin") && !mail.Subject.Contains("munin", StringComparison.OrdinalIgnoreCase) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var reports = new List<Report>();
        var leftOut = 0;
        string[]? names = null;
        foreach (var line in mail.Text.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && !char.IsWhiteSpace(line[0]) && Shape.Read(line, "", " :: ", " :: ", "") is { } heading)
            {
                names = heading;
            }
            else if (names is [_, var host, var title] && Level(line.Trim(), out var values) is { } state)
            {
                var fields = Fields(values);
                var room = MostFields - reports.Count;
                leftOut += Math.Max(0, fields.Count - room);
                reports.AddRange(fields.Take(room).Select(field => Report(host, title, state, field, mail, inventory)));
            }
        }

        // The manual's subject names the worst state of the mail.
        var worst = Shape.Read(mail.Subject, "Munin ", ":", "") is [var word, _] ? Naming.State(word) : null;
        return reports.Count == 0 ? null
            : SeveralAlerts.Of(Contradiction.Between(worst, reports.MinBy(one => one.State!.Value.Rank())!.State) ? reports.ConvertAll(one => one with { IsContradictory = true }) : reports, leftOut);
    }

    private static CheckState? Level(ReadOnlySpan<char> line, out string values)
    {
        foreach (var (label, state) in Levels)
        {
            if (line.StartsWith(label, StringComparison.Ordinal))
            {
                values = new string(line[label.Length..].Trim().TrimEnd('.'));
                return state;
            }
        }

        values = "";
        return null;
    }

    // “/var is 99.00 (outside range [:98]), / is 97.00 (…).”: a label may hold a comma, a field begins with its label and “ is ”.
    private static List<string> Fields(string values)
    {
        var fields = new List<string>();
        foreach (var range in values.AsSpan().Split(", "))
        {
            var piece = new string(values.AsSpan()[range].Trim());
            if (fields.Count > 0 && (LabelOf(piece) is null || LabelOf(fields[^1]) is null))
            {
                fields[^1] += ", " + piece;
            }
            else
            {
                fields.Add(piece);
            }
        }

        return fields;
    }

    private static string? LabelOf(string field) => field.IndexOf(" is ", StringComparison.Ordinal) is > 0 and var end ? field[..end].Trim() : null;

    private Report Report(string host, string title, CheckState state, string values, Mail mail, Inventory inventory) => new()
    {
        Source = Field.Public(Source),
        Kind = state == CheckState.Ok ? ReportKind.Recovery : ReportKind.Alert,
        Machine = Naming.Machine(host, inventory),
        Service = Field.Service(title),
        Part = LabelOf(values) is { } label ? CheckPart.Of(label, label) : CheckPart.Unsaid(),
        State = state,
        When = mail.Date,
        Detail = values.Length > 0 ? new RootText(values) : null,
    };
}
