
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// backupninja 0.9 to 1.2 (the shell script): <c>backupninja: HOST RESULT</c>, the worst of success, WARNING, ERROR, FAILED and
/// HALTED; the body's lines begin with <c>Warning:</c>, <c>Error:</c>, <c>Fatal:</c> or <c>Halt:</c>. All for root.
/// </summary>
public sealed class BackupninjaFormat : IFormat
{
    private static readonly string[] Words = ["Halt:", "Fatal:", "Error:", "Warning:"];

    public string Source => "backupninja";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "backupninja: ", " ", "") is not [var host, var result])
        {
            return null;
        }

        var line = Words.Select(word => Line(mail.Text, word)).FirstOrDefault(found => found is not null);
        return Naming.Report(this, ReportKind.Backup, host, mail, inventory) with
        {
            Severity = result switch
            {
                "FAILED" or "HALTED" or "ERROR" => Severity.Critical,
                "WARNING" => Severity.Warning,
                _ => Severity.Ok,
            },
            Says = line is null ? [Phrase.Quote(result)] : [Phrase.Quote(result), Phrase.Quote(line)],
        };
    }

    // “Fatal: <<<< finished action FILE: FAILED” repeats the result.
    private static string? Line(string text, string word) =>
        Shape.After(text, word, 2000) is { } rest && !rest.StartsWith("<<<<", StringComparison.Ordinal) ? $"{word} {rest}" : null;
}
