using ChatBot.Core.Reports;

namespace ChatBot.Tests.Mail;

/// <summary>All that a report holds, whoever may read it, as one text.</summary>
internal static class ReportText
{
    public static string Of(Report report) => string.Join('\n', (IEnumerable<string?>)
    [
        report.Source.Value, report.Kind.ToString(), report.Machine?.Value, report.Service?.Value, report.State?.ToString(), report.When?.ToString("O"),
        report.Detail?.Value, report.Author?.Value, report.Comment?.Value, report.Phase?.ToString(), report.Subject?.Value,
        .. report.Says.Select(phrase => phrase.ToString()),
        .. report.Change?.Files.Select(f => f.How + f.Path) ?? [],
        .. report.Change?.Packages ?? [],
        .. report.Change?.ChangelogLines.Select(l => l.Value) ?? [],
    ]);
}
