
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Monit 5.x, <c>src/alert.c</c> (<c>ALERT_SUBJECT</c>, <c>ALERT_MESSAGE</c>): <c>monit alert -- EVENT SERVICE</c>, the body
/// <c>EVENT Service SERVICE</c> and, indented, <c>Date:</c>, <c>Action:</c>, <c>Host:</c>, <c>Description:</c>. The event's words
/// are those of <c>Event_Table</c> in <c>src/event.c</c>: failed, exceeded, matched and the like begin, succeeded and ok end,
/// changed only tells. A service has several tests, which fail and succeed each by itself: see <see cref="MonitTest"/>. Machine, test, service and state are public; event and description are for root.
/// A site's own <c>set mail-format</c> is understood as the manual words it: <c>Monit ACTION SERVICE at DATE on HOST: DESCRIPTION</c>.
/// </summary>
public sealed class MonitFormat : IFormat
{
    internal static readonly string[] Bad =
    [
        " failed", " exceeded", "Resource limit matched", "Content match", "Does not exist", "Timeout", "Link down", "Data access error", "Invalid type",
        "Status failed",
    ];

    internal static readonly string[] Good =
        [" succeeded", " ok", "Exists", "Link up", "Timeout recovery", "Content doesn't match", "Type succeeded", " recovery"];

    public string Source => "monit";

    public Tracked Tracks => new("host, service and test: `loadavg (5min)`, `process`, `connection` with its port", "success of the same test");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!mail.Subject.StartsWith("monit alert --", StringComparison.Ordinal)
            && mail.Header("X-Mailer")?.StartsWith("Monit ", StringComparison.OrdinalIgnoreCase) != true || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var subject = mail.Subject.StartsWith("monit alert --", StringComparison.Ordinal) ? mail.Subject.AsSpan(14).Trim() : mail.Title.AsSpan().Trim();
        var own = Shape.Read(FirstLine(mail.Text), "Monit ", " ", " at ", " on ", ": ", "");
        var (name, service) = own is [_, var owned, ..] ? (EventOf(subject, owned), owned)
            : Shape.Read(FirstLine(mail.Text), "", " Service ", "") is [var what, var of] ? (what, of) : Split(subject);
        var state = StateOf(name);
        var description = own?[4] ?? Shape.After(mail.Text, "Description:", 40);
        var detail = description is null ? name : $"{name} : {description}";
        return Naming.Report(this, KindOf(state), own?[3] ?? Shape.After(mail.Text, "Host:", 40), mail, inventory) with
        {
            Service = service is null ? null : Field.Service(service),
            Part = state is null ? default : MonitTest.Of(name, description ?? ""),
            State = state,
            IsContradictory = own is null && Contradiction.Between(state, StateOf(Split(subject).Event)),
            When = (own?[2] ?? Shape.After(mail.Text, "Date:", 40)) is { } date ? WrittenDate.Parse(date, mail.Date) ?? mail.Date : mail.Date,
            Detail = new RootText(detail),
            Says = [Phrase.Quote(service is null ? detail : $"{service} : {detail}")],
        };
    }

    // “$SERVICE $EVENT at $DATE”, the subject that goes with the message of the manual.
    private static string EventOf(ReadOnlySpan<char> subject, string service)
    {
        var end = subject.IndexOf(" at ", StringComparison.Ordinal) is > 0 and var at ? at : subject.Length;
        var name = subject[..end].Trim();
        return new string(name.StartsWith(service, StringComparison.Ordinal) ? name[service.Length..].Trim() : name);
    }

    private static ReportKind KindOf(CheckState? state) => state switch
    {
        null => ReportKind.Report,
        CheckState.Ok => ReportKind.Recovery,
        _ => ReportKind.Alert,
    };

    private static CheckState? StateOf(string name)
    {
        foreach (var word in Good)
        {
            if (name.EndsWith(word, StringComparison.Ordinal))
            {
                return CheckState.Ok;
            }
        }

        foreach (var word in Bad)
        {
            if (name.EndsWith(word, StringComparison.Ordinal))
            {
                return CheckState.Critical;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> FirstLine(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.IndexOf('\n') is >= 0 and var end ? start[..end] : start;
    }

    // A service has no space in its name; the words of an event have.
    private static (string Event, string? Service) Split(ReadOnlySpan<char> subject) =>
        subject.LastIndexOf(' ') is > 0 and var space
            ? (new string(subject[..space].TrimEnd()), new string(subject[(space + 1)..]))
            : (new string(subject), null);
}
