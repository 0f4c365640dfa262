using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Mails that say of one check that it is well and that it is not: their subject one, their text the other, or a problem whose state is good. Nobody knows
/// which is true, so that such a mail opens and ends nothing, and the root group reads both.
/// </summary>
internal static class Contradiction
{
    /// <summary>Whether one is good and the other is not; what says nothing contradicts nothing.</summary>
    public static bool Between(CheckState? one, CheckState? other) => one is { } said && other is { } told && said.IsGood() != told.IsGood();

    /// <summary>Whether both are machines of the inventory, and not the same one.</summary>
    public static bool Between(string? one, string? other, Inventory inventory) =>
        one is not null && other is not null && inventory.Find(one) is { } said && inventory.Find(other) is { } told && said.Name != told.Name;

    /// <summary>Whether both are checks of that machine in the inventory, and not the same one.</summary>
    public static bool Between(string? one, string? other, Machine? machine) => machine is not null && one is not null && other is not null
        && !one.Equals(other, StringComparison.OrdinalIgnoreCase)
        && machine.Services.Contains(one, StringComparer.OrdinalIgnoreCase) && machine.Services.Contains(other, StringComparer.OrdinalIgnoreCase);

    /// <summary>The same, in which what contradicts itself has no effect and says so.</summary>
    public static Report Settled(Report report, Mail mail)
    {
        // Of one check in a list, an end beside its trouble is none.
        var bad = report.Others.Prepend(report).Where(one => one is { Kind: ReportKind.Alert, Machine: not null, State: not null }).Select(one => one.Check).ToHashSet();
        return Each(Beside(report, bad), mail) with { Others = [.. report.Others.Select(other => Each(Beside(other, bad), mail))] };
    }

    private static Report Beside(Report report, HashSet<CheckKey> bad) =>
        report is { Kind: ReportKind.Recovery, Machine: not null } && bad.Contains(report.Check) ? report with { IsContradictory = true } : report;

    private static Report Each(Report report, Mail mail) =>
        report.IsContradictory || report is { Kind: ReportKind.Alert or ReportKind.Ack, State: CheckState.Ok or CheckState.Up }
            ? report with
            {
                Kind = ReportKind.Report,
                State = null,
                IsContradictory = true,
                Severity = Severity.Warning,
                Says = [Phrase.Say(Sentences.Contradicts, Phrase.Root(SubjectTags.Behind(mail.Subject)), Told(report))],
            }
            : report;

    private static PublicText Told(Report report)
    {
        var type = report.Kind switch
        {
            ReportKind.Recovery => "RECOVERY",
            ReportKind.Ack => "ACKNOWLEDGEMENT",
            ReportKind.Flapping => "FLAPPING",
            _ => "PROBLEM",
        };
        return Field.Public(report.State is { } state ? $"{type} {state.Word()}" : type);
    }
}
