
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Network UPS Tools 2.x, upsmon's messages (<c>clients/upsmon.h</c>, <c>NOTIFYMSG</c>) as a site's NOTIFYCMD mails them, in the
/// subject or as first line: <c>UPS NAME@HOST on battery</c>, <c>on line power</c>, <c>battery is low</c>, <c>Communications with
/// UPS NAME lost</c> and <c>established</c>, <c>UPS NAME battery needs to be replaced</c>, <c>UPS NAME is unavailable</c>, <c>UPS
/// NAME: forced shutdown in progress</c>. Line power ends being on battery, communications established end both that they are lost and that the UPS is
/// unavailable, which upsmon repeats; a low or worn-out battery and a shutdown have no end of their own. UPS and state are public.
/// </summary>
public sealed class NutFormat : IFormat
{
    private static readonly (string Start, string End, CheckState State, string Service, bool HasNoEnd)[] Messages =
    [
        ("UPS ", " on battery", CheckState.Critical, "", false),
        ("UPS ", " on line power", CheckState.Ok, "", false),
        ("UPS ", " battery is low", CheckState.Critical, "", true),
        ("Communications with UPS ", " lost", CheckState.Warning, " communication", false),
        ("Communications with UPS ", " established", CheckState.Ok, " communication", false),
        ("UPS ", " battery needs to be replaced", CheckState.Warning, "", true),
        ("UPS ", " is unavailable", CheckState.Warning, " communication", false),
        ("UPS ", ": forced shutdown in progress", CheckState.Critical, "", true),
    ];

    public string Source => "nut";

    public Tracked Tracks => new("UPS; power and communication each", "“on line power”; “communications established”; " + Tracked.NoEnd + " for a low or old battery and a shutdown");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var fromProgram = Naming.IsFrom(mail, Source) || Naming.IsFrom(mail, "root") || Naming.IsFrom(mail, "ups") || Naming.IsFrom(mail, "upsmon");
        if (!fromProgram)
        {
            return null;
        }

        var text = mail.Text.AsSpan().TrimStart();
        var first = Read(text.IndexOf('\n') is >= 0 and var end ? text[..end] : text, mail, inventory);
        return Read(mail.Subject, mail, inventory) is { } report ? report with { IsContradictory = Contradiction.Between(report.State, first?.State) }
            : mail.Subject.Contains("UPS", StringComparison.OrdinalIgnoreCase) || mail.Subject.StartsWith("NUT", StringComparison.OrdinalIgnoreCase) ? first
            : null;
    }

    private Report? Read(ReadOnlySpan<char> line, Mail mail, Inventory inventory)
    {
        foreach (var (start, end, state, service, hasNoEnd) in Messages)
        {
            if (Shape.Read(line, start, end) is [var ups] && !ups.Contains(' ', StringComparison.Ordinal))
            {
                return Naming.Report(this, state == CheckState.Ok ? ReportKind.Recovery : ReportKind.Alert, null, mail, inventory) with
                {
                    Service = Field.Service($"UPS {Name(ups)}{service}"),
                    Part = hasNoEnd ? CheckPart.Of(end, end.Trim(' ', ':')) : default,
                    State = state,
                    HasNoEnd = hasNoEnd,
                    Detail = new RootText(new string(line.Trim())),
                    Says = [Phrase.Quote(line.Trim())],
                };
            }
        }

        return null;
    }

    private static string Name(string ups) => ups.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? ups[..at] : ups;
}
