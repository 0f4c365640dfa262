
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Nagios Core 1.x to 4.x, from the notification commands of <c>sample-config/template-object/commands.cfg.in</c> (tags
/// nagios-2.12,
/// nagios-3.0 and 4.4.6), Debian's nagios4, templates that sites write themselves, OMD's of ConSol Labs (<c>*** TYPE *** HOST / SERVICE is STATE</c>, the
/// body's lines behind dashes), scripts that thread by problem (<c>TYPE: ** HOST/SERVICE ** [ID]</c>), pages in HTML whose tables name
/// <c>Service Data</c> and <c>Acknowledged By</c>, and those of its family: Centreon, Naemon, Shinken. Of Centreon the stock commands and, since 22.10,
/// the page of notifications (<c>Centreon notification</c>, <c>Resource: HOST/SERVICE</c>); of Shinken 1.x and 2.x also <c>libexec/sendmailhost.py</c> and
/// <c>sendmailservice.py</c>, whose pages begin with <c>***** Shinken Notification *****</c>. A recovery whose state is bad ends nothing.
/// The macros behind the fields:
/// <list type="bullet">
/// <item><c>$NOTIFICATIONTYPE$</c>, ten words (base/notifications.c): on a line <c>Label: TYPE</c> and in all subjects but the 1.x and
/// 2.x host one, <c>Host STATE alert for HOST!</c>. The body decides, because that subject reads alike for an alert and its
/// acknowledgement.</item>
/// <item><c>$HOSTALIAS$/$SERVICEDESC$</c>: a host holds no slash, a service may; the inventory turns the alias into a machine.</item>
/// <item><c>$SERVICESTATE$</c>, <c>$HOSTSTATE$</c>: for flapping, downtime and custom mails merely the state of that instant.</item>
/// <item><c>$NOTIFICATIONAUTHOR$</c>, <c>$NOTIFICATIONCOMMENT$</c>: in no stock template, in many home-made ones.</item>
/// <item><c>$LONGDATETIME$</c> may trail the mail by a second and <c>$SHORTDATETIME$</c> does not say whether the day comes first, so the
/// Date field is believed before the body.</item>
/// </list>
/// Host, service and state are public; output, author and comment are for root; the address is not read.
/// </summary>
/// <param name="source">The monitor, as its template's title names it: <c>***** Centreon *****</c>.</param>
public sealed class NagiosFormat(string source = "nagios") : IFormat
{
    private const string Stock = "nagios";

    public string Source => source;

    public Tracked Tracks => new("host and service", "RECOVERY of that host or service");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Writer.IsByPerson(mail, inventory) || source != Stock && !mail.Text.Contains(source, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var subject = NagiosSubject.Read(mail.Subject);
        var body = NagiosBody.Read(mail.Text, isWhole: mail.Unread == 0);
        var isWhole = subject is { Type: not null } && body is { Host: not null, State: not null };
        var untold = body.Type is null && subject.Type is null ? Untold(mail, body, inventory) : null;
        if ((body.Monitor ?? Stock) != source || (body.Type is null && !subject.IsStock && !isWhole && untold is null))
        {
            return null;
        }

        var type = body.Type ?? subject.Type ?? untold;
        var resource = Split(body.Resource, body.State);
        var host = HostOf(body.Host, inventory) ?? resource.Host ?? subject.Host;
        var state = body.State ?? subject.State;
        if (type is null || host is null || state is null)
        {
            return null;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = type == "RECOVERY" && !state.Value.IsGood() ? ReportKind.Alert : KindOf(type),
            Phase = PhaseOf(type),
            Machine = Naming.Machine(host, inventory),
            Service = (body.Service ?? resource.Service ?? subject.Service) is { } service ? Field.Service(service) : null,
            State = state,
            IsContradictory = Contradicts(subject, body) || (state.Value.IsGood() && IsAboutAnother(subject, body, inventory)),
            When = mail.Date ?? body.When,
            Detail = Rooted(body.Detail),
            Author = Rooted(body.Author),
            Comment = Rooted(body.Comment),
        };
    }

    /// <summary>Whether the subject tells a problem and the body its end, or the other way round.</summary>
    internal static bool Contradicts(NagiosSubject subject, NagiosBody body) => subject.IsStateExact && Contradiction.Between(subject.State, body.State)
        || (subject.Type, body.Type) is ("PROBLEM", "RECOVERY") or ("RECOVERY", "PROBLEM");

    // A site's own template without the type: of a monitor, about a machine and a check that the inventory has, the state tells it. What may be
    // about an acknowledgement, a downtime or flapping, or was written by somebody, is left to people.
    private static string? Untold(Mail mail, NagiosBody body, Inventory inventory) =>
        mail.IsFromMonitor && body is { Host: { } host, State: { } state, Author: null, Comment: null } && inventory.Find(host) is { } machine
        && (body.Service is { } service ? machine.Services.Contains(service, StringComparer.OrdinalIgnoreCase) : state is CheckState.Up or CheckState.Down)
        && !Holds(mail.Subject, OtherTypes) && !(state.IsGood() && (Holds(mail.Text, OtherTypes) || Holds(mail.Subject, NoEnds) || Holds(mail.Text, NoEnds)))
            ? state.IsGood() ? "RECOVERY" : "PROBLEM"
            : null;

    private static readonly string[] OtherTypes = ["acknowledg", "acquitt", "ack:", "downtime", "maintenance", "flapping", "instable", "custom"];

    private static readonly string[] NoEnds = ["comment", "test", "previous", "last state", "->", "→", " not ", "n't ", "pas "];

    private static bool Holds(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    // An end closes what its subject and its text both name; of a problem the text decides.
    private static bool IsAboutAnother(NagiosSubject subject, NagiosBody body, Inventory inventory) => subject.IsStateExact
        && (Contradiction.Between(subject.Host, body.Host, inventory)
            || Contradiction.Between(subject.Service, body.Service, body.Host is { } host ? inventory.Find(host) : null));

    // “sql/MySQL”; a name alone is a machine's where its state is, else it does not say of which.
    private static (string? Host, string? Service) Split(string? resource, CheckState? state) => resource?.Split('/', 2) switch
    {
        [{ Length: > 0 } host, { Length: > 0 } service] => (host.TrimEnd(), service.TrimStart()),
        [{ Length: > 0 } host] when state is CheckState.Up or CheckState.Down or CheckState.Unreachable => (host, null),
        _ => (null, null),
    };

    // “hal (hal.globenet.org)”
    private static string? HostOf(string? written, Inventory inventory) =>
        written is not null && inventory.Find(written) is null && written.IndexOf(" (", StringComparison.Ordinal) is > 0 and var end ? written[..end] : written;

    /// <summary>The ten words of <c>$NOTIFICATIONTYPE$</c>.</summary>
    internal static bool IsType(string word) => word is "PROBLEM" or "RECOVERY" or "ACKNOWLEDGEMENT" or "CUSTOM"
        or "FLAPPINGSTART" or "FLAPPINGSTOP" or "FLAPPINGDISABLED" or "DOWNTIMESTART" or "DOWNTIMEEND" or "DOWNTIMECANCELLED";

    /// <summary>What a mail of that type is; null for words of no type, Icinga's own included.</summary>
    internal static ReportKind? KindOfType(string type) =>
        IsType(type) || type is "FLAPPINGEND" or "DOWNTIMEREMOVED" ? KindOf(type) : null;

    private static ReportKind KindOf(string type) => type switch
    {
        "PROBLEM" => ReportKind.Alert,
        "RECOVERY" => ReportKind.Recovery,
        "ACKNOWLEDGEMENT" => ReportKind.Ack,
        "CUSTOM" => ReportKind.Report,
        _ => type.StartsWith("FLAPPING", StringComparison.Ordinal) ? ReportKind.Flapping : ReportKind.Downtime,
    };

    internal static Phase? PhaseOf(string type) => type switch
    {
        "FLAPPINGSTART" or "DOWNTIMESTART" => Phase.Start,
        "FLAPPINGSTOP" or "FLAPPINGEND" or "DOWNTIMEEND" => Phase.End,
        "FLAPPINGDISABLED" or "DOWNTIMECANCELLED" or "DOWNTIMEREMOVED" => Phase.Cancelled,
        _ => null,
    };

    private static RootText? Rooted(string? text) => text is null ? null : new RootText(text);
}
