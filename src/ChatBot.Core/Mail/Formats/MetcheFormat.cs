using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// metche 1.1 to 1.2.4 (the shell script's <c>report_changes</c> and <c>mail_report</c>). Subject: <c>HOST - WORDS :
/// STATE-YYYYMMDDHHMM</c>, the
/// words free to the site (<c>_MAIL_SUBJECT</c>), the state testing or stable, the stamp in the machine's local time without
/// zone: it is
/// read in the offset of the Date field. A stable notice is one line. A testing report has sections whose headings may be in any
/// language, so that sections are found by their underline of <c>=</c> and by the grammar of their lines; see <see
/// cref="MetcheSections"/>.
/// ENCRYPT_EMAIL makes the body one PGP message. Machine and counts are public; paths and changelog lines are for root; details
/// are dropped.
/// </summary>
public sealed partial class MetcheFormat : IFormat
{
    private const int LongestSubject = 500;

    public string Source => "metche";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.Subject.Length > LongestSubject || Subject().Match(mail.Subject) is not { Success: true } subject)
        {
            return null;
        }

        var isStable = subject.Groups["state"].Value == "stable";
        var isEncrypted = mail.Text.Contains("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal);
        var sections = isStable || isEncrypted ? MetcheSections.None : MetcheSections.Read(mail.Text);
        return new Report
        {
            Source = Field.Public(Source),
            Kind = ReportKind.Change,
            Machine = Naming.Machine(subject.Groups["host"].Value, inventory),
            When = Stamp(subject.Groups["stamp"].Value, mail.Date) ?? mail.Date,
            Change = new ChangeSummary
            {
                Stable = isStable,
                Encrypted = isEncrypted,
                Files = sections.Files,
                Packages = sections.Packages,
                ChangelogLines = sections.ChangelogLines,
                Excerpts = sections.Excerpts,
            },
        };
    }

    private static DateTimeOffset? Stamp(string stamp, DateTimeOffset? sent) =>
        sent is { } date && DateTime.TryParseExact(stamp, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year > 1
            ? new DateTimeOffset(local, date.Offset)
            : null;

    [GeneratedRegex(@"^(?<host>[^\s:]+) - .+ : (?<state>testing|stable)-(?<stamp>[0-9]{12})\s*$",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Subject();
}
