
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Exim 4 (<c>moan.c</c>, <c>deliver.c</c>): <c>Mail delivery failed: returning message to sender</c>, <c>Mail delivery failed</c>,
/// <c>Warning: message ID delayed TIME</c>, <c>Message ID has been frozen</c>. The body gives addresses indented by two, and the
/// reason deeper below. Both are for root; the returned mail is not read. The machine is the one that reports.
/// </summary>
public sealed class EximFormat : IFormat
{
    private const int MostLines = 60;

    public string Source => "exim";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.FromAddress is not null && !Naming.IsFrom(mail, "mailer-daemon") && !Naming.IsFrom(mail, "postmaster"))
        {
            return null;
        }

        var subject = mail.Subject.Trim();
        var isFrozen = Shape.Read(subject, "Message ", " frozen") is not null;
        var isDelayed = Shape.Read(subject, "Warning: message ", " delayed ", "") is not null;
        if (!isFrozen && !isDelayed && !subject.StartsWith("Mail delivery failed", StringComparison.Ordinal))
        {
            return null;
        }

        var sentence = isDelayed ? Sentences.MailDelayed : Sentences.MailReturned;
        return Naming.Report(this, isFrozen ? ReportKind.Report : ReportKind.Bounce, null, mail, inventory) with
        {
            Says = !isFrozen && Failure(mail.Text) is var (to, why) ? [Phrase.Say(sentence, Phrase.Root(to), Phrase.Root(why))] : [Phrase.Quote(subject)],
        };
    }

    // “  marie@example” and below, deeper, “    host mx.example [192.0.2.1]” and “    SMTP error …: 550 unknown user”.
    private static (string To, string Why)? Failure(string text)
    {
        string? to = null;
        var why = "";
        var left = MostLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0 || to is not null && !line.StartsWith("    ") || why.Length > 2 * Phrase.Longest)
            {
                break;
            }

            if (to is not null)
            {
                why += " " + new string(line.Trim());
            }
            else if (line.StartsWith("  ") && line.Contains('@') && line.Trim() is var address && !address.Contains(' '))
            {
                to = new string(address);
            }
        }
        return to is null ? null : (to, why.Length > 0 ? why.Trim() : "?");
    }
}
