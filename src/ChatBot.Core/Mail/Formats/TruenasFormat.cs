using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// FreeNAS 11 and TrueNAS 12 to 24 (<c>middlewared/alert/base.py</c>, <c>format_alerts</c>): a page <c>TrueNAS @ HOST</c> with the lists <c>New
/// alert(s):</c>, <c>The following alert has been cleared:</c> or <c>These alerts have been cleared:</c>, and <c>Current alerts:</c>. The alerts have no
/// names, only sentences, so they open and end no incident. The line names the first new alert, else says that some were cleared. Root alone reads it.
/// </summary>
public sealed class TruenasFormat : IFormat
{
    private const int MostLines = 400;

    private static readonly string[] Products = ["TrueNAS @ ", "FreeNAS @ "];

    public string Source => "truenas";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        string? host = null, begun = null, cleared = null;
        var (section, more, left) = (' ', 0, MostLines);
        foreach (var written in mail.Text.AsSpan().EnumerateLines())
        {
            var line = written.Trim().TrimStart("*• ");
            if (left-- == 0 || line.IsEmpty)
            {
                continue;
            }

            foreach (var product in Products)
            {
                host ??= line.StartsWith(product, StringComparison.Ordinal) ? new string(line[product.Length..].Trim()) : null;
            }

            if (Section(line) is { } next)
            {
                section = next;
            }
            else if (section == 'n')
            {
                more += begun is null ? 0 : 1;
                begun ??= new string(line);
            }
            else if (section == 'c')
            {
                cleared ??= new string(line);
            }
        }

        if (host is null || (begun ?? cleared) is not { } told || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with
        {
            Severity = begun is null ? Severity.Info : Wording.Of(begun) is { } gravity and not Severity.Ok ? gravity : Severity.Warning,
            Says = [Phrase.Quote(more > 0 ? $"{told} (+{more})" : begun is null ? $"{told} : cleared" : told)],
        };
    }

    private static char? Section(ReadOnlySpan<char> line) =>
        line.StartsWith("New alert", StringComparison.Ordinal) && line.EndsWith(":") ? 'n'
        : line.EndsWith("been cleared:", StringComparison.Ordinal) ? 'c'
        : line.StartsWith("Current alert", StringComparison.Ordinal) ? 'o'
        : null;
}
