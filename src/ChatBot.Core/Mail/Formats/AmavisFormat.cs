
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// amavisd-new 2.x, the notices to the administrator of <c>template-virus-admin.txt</c> and <c>template-spam-admin.txt</c>:
/// <c>VIRUS (NAME) in mail FROM …</c>, <c>BANNED contents (…) in mail FROM …</c>, <c>INVALID HEADER in mail</c>, <c>Spam FROM
/// …</c>, with <c>Internal reference code for the message is</c> in the body. The subject is for root up to <c>FROM</c>: behind
/// it stand other people's addresses.
/// </summary>
public sealed class AmavisFormat : IFormat
{
    private static readonly string[] Starts =
        ["VIRUS (", "BANNED contents", "UNCHECKED contents", "INVALID HEADER", "OVERSIZED mail", "MTA-blocked mail", "Spam FROM", "Spammy FROM"];

    public string Source => "amavis";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!Array.Exists(Starts, start => mail.Subject.StartsWith(start, StringComparison.Ordinal))
            || !mail.Text.Contains("Internal reference code for the message is", StringComparison.Ordinal))
        {
            return null;
        }

        var end = mail.Subject.IndexOf(" FROM ", StringComparison.Ordinal);
        var reference = Shape.After(mail.Text, "Internal reference code for the message is", 60);
        return Naming.Report(this, ReportKind.Security, null, mail, inventory) with
        {
            Severity = mail.Subject.StartsWith("VIRUS", StringComparison.Ordinal) ? Severity.Warning : null,
            Says = [Phrase.Quote(end > 0 ? mail.Title.AsSpan(0, end) : mail.Title), .. reference is null ? (Phrase[])[] : [Phrase.Quote(reference)]],
        };
    }
}
