
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// AIDE 0.15 to 0.18 by Debian's <c>dailyaidecheck</c>: <c>Daily AIDE report for HOST</c>, with <c>early termination - </c> or
/// <c>premature termination - </c> in front where it could not run. The summary counts <c>Added entries:</c>, <c>Removed
/// entries:</c>, <c>Changed entries:</c> (before 0.16 "files"). Numbers are for root; names are not read.
/// </summary>
public sealed class AideFormat : IFormat
{
    public string Source => "aide";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        const string title = "Daily AIDE report for ";
        var start = mail.Subject.IndexOf(title, StringComparison.Ordinal);
        if (start < 0 || start > 0 && !mail.Subject.AsSpan(0, start).EndsWith("termination - ") || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        const string ended = "The daily aide check was";
        var said = start > 0 ? Phrase.Quote(Shape.After(mail.Text, ended, 20) is { } why ? $"{ended} {why}" : mail.Title[..start])
            : Count(mail.Text, "Added") is { } added && Count(mail.Text, "Removed") is { } removed && Count(mail.Text, "Changed") is { } changed
                ? Phrase.Say(Sentences.Entries, (PublicText)added, (PublicText)removed, (PublicText)changed)
                : Phrase.Quote(IsSame(mail.Text) ? "NO differences" : Wording.Telling(mail.Text, 60) ?? mail.Title);
        return Naming.Report(this, ReportKind.Security, mail.Subject[(start + title.Length)..].Trim(), mail, inventory) with
        {
            Severity = start > 0 ? Severity.Critical : IsSame(mail.Text) ? Severity.Ok : null,
            Says = [said],
        };
    }

    private static bool IsSame(string text) => text.Contains("found NO differences between database and filesystem", StringComparison.Ordinal);

    private static long? Count(string text, string what) =>
        Shape.Number(Shape.After(text, what + " entries:", 2000) ?? Shape.After(text, what + " files:", 2000));
}
