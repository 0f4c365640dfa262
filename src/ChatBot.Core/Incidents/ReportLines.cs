using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The line about a mail, whatever it reports.</summary>
/// <param name="phrases">The group's language and zone.</param>
/// <param name="incidents">The lines about incidents.</param>
/// <param name="people">The people whom the lines call by name.</param>
/// <param name="publicFlag">What a person writes into a subject to have it announced in public.</param>
public sealed class ReportLines(Phrasebook phrases, IncidentLines incidents, ChatBot.Core.People.People people, string publicFlag = "[public]")
{
    /// <summary>How many alerts of one mail are in its line.</summary>
    private const int MostNamed = 3;

    private const string Between = " · ";

    private readonly ChangeLines _changes = new(phrases);

    /// <summary>The line about a report by itself: for an alert, as if it were alone and without a number yet.</summary>
    /// <param name="report">Any.</param>
    /// <param name="fromAddress">The sender's address, to tell a person of <c>people.toml</c> by their name.</param>
    /// <param name="at">When it arrived.</param>
    public Line Of(Report report, string? fromAddress, DateTimeOffset at)
    {
        var line = Each(report is { HasNoEnd: true, Machine: not null } ? Worded(report.OnMachine()) : report, fromAddress, at);
        line = report is { Unread: > 0, IsAboutIncident: false } and ({ Says.Count: > 0 } or { Change: not null })
            ? phrases.Say(Sentences.ReadInPart, line, Kilobytes(report)) : line;
        return LeftOut(report) is { } leftOut ? Line.Join(Between, [line, leftOut]) : line;
    }

    /// <summary>How many alerts of a mail that lists several are in no report; null where all are, as far as the mail shows.</summary>
    public PublicText? LeftOut(Report report) => report switch
    {
        { Unread: > 0 } and ({ LeftOut: > 0 } or { Others.Count: > 0 }) => phrases.Public(Sentences.AlertsUnread, report.Source, report.LeftOut, Kilobytes(report)),
        { LeftOut: > 0 } => phrases.Public(Sentences.AlertsLeftOut, report.Source, report.LeftOut),
        _ => null,
    };

    private static long Kilobytes(Report report) => Math.Max(1, report.Unread / 1024);

    /// <summary>The report with what its program says as what the check said, in the group's language, where that is all the program says.</summary>
    public Report Worded(Report report) => report is { HasNoEnd: true, Detail: null, Says.Count: > 0 }
        ? report with { Detail = Line.Join(Between, report.Says.Select(phrase => phrase.In(phrases))).Root }
        : report;

    private Line Each(Report report, string? fromAddress, DateTimeOffset at) => report switch
    {
        { HasEmptyName: true } => phrases.Say(
            Sentences.ReportUnreadable, report.Source, report.Detail ?? report.Subject ?? (RootText)(report.State?.Text() ?? default)).ForRootAlone,
        { IsAboutIncident: true, Kind: ReportKind.Downtime } => incidents.Downtime(report),
        { IsAboutIncident: true } => WithOthers(report, at),
        { Source.Value: "chatbot" } => default,
        { Says.Count: > 0 } => WithoutRecovery(report),
        { Kind: ReportKind.Change, Machine: { } machine, Change: { } change } =>
            _changes.Line(new Change(machine, report.When ?? at, change), at),
        { Kind: ReportKind.Report, Machine: { } machine, State: { } state } => Notice(report, machine, state),
        _ => Mail(report, fromAddress),
    };

    private Line WithOthers(Report report, DateTimeOffset at)
    {
        var others = report.Others.Take(MostNamed - 1).Select(other => other.IsAboutIncident ? OfIncident(other with { Detail = null }, at) : WithoutRecovery(other));
        var line = Line.Join(Between, others.Prepend(OfIncident(report, at)));
        return report.Others.Count < MostNamed ? line : phrases.Say(Sentences.ListAndMore, line, (PublicText)(report.Others.Count + 1 - MostNamed));
    }

    // What is no incident: machine and state for everybody, the rest for the root group. Good news that ends nothing is no state.
    private Line WithoutRecovery(Report report)
    {
        var source = report.State is { } state && report is { Kind: ReportKind.Alert } or { Kind: ReportKind.Recovery, HasNoEnd: false }
            ? phrases.Say(Sentences.OfMachine, report.Source, CheckText.Of(report.Service, state))
            : report is { Service: { } service } and ({ Kind: ReportKind.Recovery } or { IsContradictory: true }) ? phrases.Say(Sentences.OfMachine, report.Source, service).ForRootAlone
            : (Line)report.Source;
        var says = Line.Join(Between, report.Says.Select(phrase => phrase.In(phrases)));
        if (report.Machine is not { } machine)
        {
            return phrases.Say(Sentences.Says, source, says) with { Public = null };
        }

        var line = phrases.Say(Sentences.NoticeWithDetail, machine, source, says);
        if (report.IsForEverybody)
        {
            return line;
        }

        return new Line(source == (Line)report.Source ? null : phrases.Say(Sentences.Notice, machine, source).Public, line.Root);
    }

    private Line OfIncident(Report report, DateTimeOffset at)
    {
        var incident = new Incident
        {
            Machine = report.Machine!.Value,
            Service = report.Service,
            Part = report.Part,
            State = report.State!.Value,
            OpenedAt = report.When ?? at,
            Detail = report.Detail,
        };
        return report.Kind switch
        {
            ReportKind.Ack => incidents.AcknowledgedInMonitor(IncidentRules.Decide(report, null, at).After!, report),
            ReportKind.Flapping when report.Phase == Phase.Start => incidents.FlappingStarted(incident),
            ReportKind.Flapping => incidents.FlappingEnded(report, null),
            ReportKind.Recovery => phrases.Say(Sentences.Notice, incident.Machine, incident.What),
            _ => incidents.Alert(incident),
        };
    }

    // A message of the monitor that is no alert: free text, for the root group alone.
    private Line Notice(Report report, Name machine, CheckState state)
    {
        var what = CheckText.Of(report.Service, state);
        var said = IncidentText.SaidInMonitor(report.Author, report.Comment);
        var detail = said.IsEmpty ? report.Detail ?? default : said;
        var monitor = CheckText.Monitor(report.Source);
        var line = detail.IsEmpty
            ? phrases.Say(Sentences.Message, machine, monitor, what)
            : phrases.Say(Sentences.MessageSaying, machine, monitor, what, detail);
        return line with { Public = null };
    }

    private Line Mail(Report report, string? fromAddress)
    {
        if (report.Kind == ReportKind.Human && KnownAs(fromAddress) is not null && Asked(report) is { } asked)
        {
            return phrases.Say(Sentences.Human, Author(fromAddress, report.Author), asked);
        }

        Line subject = report.Subject is { IsEmpty: false } written ? written
            : report.Detail is { IsEmpty: false } first ? phrases.Say(Sentences.NoSubjectBut, first)
            : phrases.Public(Sentences.NoSubject);
        var line = report.Kind switch
        {
            ReportKind.Human => phrases.Say(Sentences.Human, Author(fromAddress, report.Author), subject),
            ReportKind.Unknown => phrases.Say(Sentences.UnknownMail, report.Machine is { } machine ? machine : phrases.Public(Sentences.SomeMachine), subject),
            _ => phrases.Say(Sentences.AutomaticMail, PublicText.Declared(report.Kind.Word()), subject),
        };
        return line with { Public = null };
    }

    // A person of people.toml who writes the flag speaks to everybody; one who answers it may not have seen it.
    private Line? Asked(Report report)
    {
        var subject = report.Subject?.Value ?? "";
        var flag = subject.IndexOf(publicFlag, StringComparison.OrdinalIgnoreCase);
        if (publicFlag.Length == 0 || flag < 0 || report.IsAnswer)
        {
            return null;
        }

        var words = new RootText(subject.Remove(flag, publicFlag.Length));
        return words.IsEmpty ? null : new Remark(words, Audience.Public);
    }

    // Somebody the group knows by the name it gave them; of others the root group reads what they call themselves.
    private Line Author(string? address, RootText? name) =>
        KnownAs(address) is { } known ? known : new Line(phrases.Public(Sentences.Somebody), name);

    private PublicText? KnownAs(string? address) =>
        address is not null && people.WithMail(address) is { } person ? PublicText.Declared(person.Name) : null;
}
