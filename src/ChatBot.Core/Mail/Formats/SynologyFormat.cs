using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Synology DSM 5 to 7, as people quote its mails: a greeting, “Dear user,”, sentences, and the signature of the product, <c>Synology DiskStation</c>,
/// <c>RackStation</c> or another <c>…Station</c>, in the language that was chosen there. The templates are not public, and the sentences have no names:
/// they open and end no incident. The line is the first sentence, and as grave as its words. The machine is the one that the subject or the
/// sentence names. Root alone reads it.
/// </summary>
public sealed class SynologyFormat : IFormat
{
    public string Source => "synology";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!mail.Text.Contains("Synology ", StringComparison.Ordinal) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        string? sentence = null;
        var isSigned = false;
        foreach (var written in mail.Text.AsSpan().EnumerateLines())
        {
            var line = written.Trim();
            if (line.IndexOfAnyExceptInRange('\0', ' ') < 0)
            {
                continue;
            }

            // What follows the signature is none of the product's.
            if (isSigned)
            {
                return null;
            }

            isSigned = line.StartsWith("Synology ", StringComparison.Ordinal) && line.EndsWith("Station") && line.Count(' ') == 1;
            sentence ??= line.EndsWith(",") || isSigned ? null : new string(line);
        }

        return !isSigned || sentence is null ? null : Naming.Report(this, ReportKind.Report, null, mail, inventory) with
        {
            Machine = Unrecognised.Named(mail.Subject, inventory) ?? Unrecognised.Named(sentence, inventory) ?? Naming.Origin(mail, inventory),
            Severity = Wording.OfSubject(sentence) ?? Wording.OfSubject(mail.Subject),
            Says = [Phrase.Quote(sentence)],
        };
    }
}
