
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Icinga 2, from <c>etc/icinga2/scripts/mail-host-notification.sh</c> and <c>mail-service-notification.sh</c> (2.7 to 2.14).
/// Subject <c>[TYPE] SERVICE on HOST is STATE!</c> or <c>[TYPE] Host HOST is STATE!</c> with display names; the body names the
/// object in <c>Host:</c> (up to 2.6 with <c>(Display Name: "…")</c> behind) and the time in <c>When:</c>, and has <c>Comment by AUTHOR:</c>
/// above the comment, which may have several lines. Before 2.7 (<c>*****
/// Icinga *****</c>) the body was Nagios's and the subject <c>TYPE - HOST - SERVICE is STATE</c>. Host, service and state are
/// public; output, author and comment are for root; addresses are not read.
/// </summary>
public sealed class IcingaFormat : IFormat
{
    public string Source => "icinga2";

    public Tracked Tracks => new("host and service, by the object's name where the mail gives it", "RECOVERY of that host or service");

    public Report? Recognise(Mail mail, Inventory inventory) =>
        mail.Subject.AsSpan().TrimStart().StartsWith('[') ? Read(mail, inventory) : ReadOld(mail, inventory);

    private Report? Read(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "[", "]", "") is not [var written, var sentence] || written.ToUpperInvariant() is var type
            && NagiosFormat.KindOfType(type) is null || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        sentence = sentence.TrimEnd('!', ' ');
        var kind = NagiosFormat.KindOfType(type)!.Value;

        var end = sentence.LastIndexOf(" is ", StringComparison.Ordinal);
        if (end < 0 || Naming.State(sentence.AsSpan(end + 4)) is not { } state
            || !(mail.Text.AsSpan().TrimStart().StartsWith("***** ", StringComparison.Ordinal) && mail.Text.Contains(" Monitoring on ", StringComparison.Ordinal)
                || Shape.After(mail.Text, "Host:") is not null && Writer.IsProgram(mail, inventory)))
        {
            return null;
        }

        var (shown, service) = Target(sentence[..end]);
        var host = WithoutDisplayName(Shape.After(mail.Text, "Host:")) ?? shown;
        if (inventory.Find(host) is null && inventory.Find(shown) is not null)
        {
            host = shown;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = kind == ReportKind.Recovery && !state.IsGood() ? ReportKind.Alert : kind,
            Phase = NagiosFormat.PhaseOf(type),
            Machine = Naming.Machine(host, inventory),
            Service = service is null ? null : Field.Service(service),
            Part = PartOf(service, Shape.After(mail.Text, "Service:")),
            State = state,
            IsContradictory = Contradiction.Between(state, StateIn(mail.Text)) || (state.IsGood() && Contradiction.Between(shown, host, inventory)),
            When = Shape.After(mail.Text, "When:") is { } when ? WrittenDate.Parse(when, mail.Date) ?? mail.Date : mail.Date,
            Detail = Root(Shape.After(mail.Text, "Info:")),
            Author = Root(Shape.After(mail.Text, "Comment by ")?.TrimEnd(':')),
            Comment = Root(CommentIn(mail.Text)),
        };
    }

    // “POP3 on hal is CRITICAL!”, the sentence below the title and above what the check printed.
    private static CheckState? StateIn(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Info:", StringComparison.Ordinal))
            {
                break;
            }

            if (line.TrimEnd().EndsWith("!") && line.LastIndexOf(" is ") is > 0 and var end && Naming.State(line[(end + 4)..].TrimEnd(" !")) is { } state)
            {
                return state;
            }
        }

        return null;
    }

    // “TYPE - HOST - SERVICE is STATE”
    private static NagiosSubject OldSubject(string subject) => new(
        false,
        Shape.Read(subject, "", " - ", "") is [var type, _] && NagiosFormat.IsType(type) ? type : null,
        null,
        null,
        subject.LastIndexOf(" is ", StringComparison.Ordinal) is > 0 and var end ? Naming.State(subject.AsSpan(end + 4).TrimEnd(" !")) : null)
    {
        IsStateExact = true,
    };

    // Several services of a host may be displayed alike; a service that is displayed by its name needs no more.
    private static CheckPart PartOf(string? shown, string? name) => shown is null || name is null || name == shown ? default : CheckPart.Of(name);

    private static (string Host, string? Service) Target(string target)
    {
        if (target.StartsWith("Host ", StringComparison.Ordinal) && !target.Contains(" on ", StringComparison.Ordinal))
        {
            return (target[5..].Trim(), null);
        }

        var on = target.LastIndexOf(" on ", StringComparison.Ordinal);
        return on < 0 ? (target.Trim(), null) : (target[(on + 4)..].Trim(), target[..on].Trim());
    }

    private static string? CommentIn(string text)
    {
        var by = text.IndexOf("\nComment by ", StringComparison.Ordinal);
        var end = by < 0 ? -1 : text.IndexOf('\n', by + 1);
        if (end < 0)
        {
            return null;
        }

        var comment = "";
        foreach (var line in text.AsSpan(end).Trim().EnumerateLines())
        {
            if (line.IsWhiteSpace() || comment.Length > Phrase.Longest)
            {
                break;
            }

            comment += comment.Length == 0 ? new string(line.Trim()) : " " + new string(line.Trim());
        }

        return comment.Length == 0 ? null : comment;
    }

    // 2.6 and before: “Host: hal (Display Name: "hal")”
    private static string? WithoutDisplayName(string? host) =>
        host?.IndexOf(" (Display Name:", StringComparison.OrdinalIgnoreCase) is > 0 and var end ? host[..end] : host;

    private Report? ReadOld(Mail mail, Inventory inventory)
    {
        if (!mail.Text.AsSpan().TrimStart().StartsWith("***** Icinga", StringComparison.Ordinal) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var body = NagiosBody.Read(mail.Text, isWhole: mail.Unread == 0);
        if (body is not { Type: { } type, Host: { } host, State: { } state } || NagiosFormat.KindOfType(type) is not { } kind)
        {
            return null;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = kind,
            Phase = NagiosFormat.PhaseOf(type),
            Machine = Naming.Machine(host, inventory),
            Service = body.Service is { } service ? Field.Service(service) : null,
            State = state,
            IsContradictory = NagiosFormat.Contradicts(OldSubject(mail.Subject), body),
            When = Shape.After(mail.Text, "Date/Time:") is { } when ? WrittenDate.Parse(when, mail.Date) ?? mail.Date : mail.Date,
            Detail = Root(body.Detail),
            Comment = Root(body.Comment),
        };
    }

    private static RootText? Root(string? text) => string.IsNullOrWhiteSpace(text) ? null : new RootText(text);
}
