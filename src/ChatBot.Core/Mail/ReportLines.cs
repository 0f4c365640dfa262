using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail;

/// <summary>The line about a mail, whatever it reports.</summary>
public sealed class ReportLines(Voice voice, IncidentLines incidents, People.People people)
{
    private readonly ChangeLines _changes = new(voice);

    /// <summary>What is said of a report by itself: of an alert, as if it were alone and without a number yet.</summary>
    /// <param name="report">Any.</param>
    /// <param name="fromAddress">The sender's address, to tell a person of <c>people.toml</c> by their name.</param>
    /// <param name="at">When it arrived.</param>
    public Line Of(Report report, string? fromAddress, DateTimeOffset at) => report switch
    {
        { IsAboutIncident: true, Kind: ReportKind.Downtime } => incidents.Downtime(report),
        { IsAboutIncident: true } => OfIncident(report, at),
        { Kind: ReportKind.Change, Machine: { } machine, Change: { } change } =>
            _changes.Line(new Change(machine, report.When ?? at, change), at),
        { Kind: ReportKind.Report, Machine: { } machine, State: { } state } => Notice(report, machine, state),
        _ => Mail(report, fromAddress),
    };

    private Line OfIncident(Report report, DateTimeOffset at)
    {
        var incident = new Incident
        {
            Machine = report.Machine!.Value,
            Service = report.Service,
            State = report.State!.Value,
            OpenedAt = report.When ?? at,
            Detail = report.Detail,
        };
        return report.Kind switch
        {
            ReportKind.Ack => incidents.TakenInMonitor(IncidentRules.Decide(report, null, at).After!, report),
            ReportKind.Flapping when report.Phase == Phase.Start => incidents.FlappingStarted(incident),
            ReportKind.Flapping => incidents.FlappingEnded(report, null),
            ReportKind.Recovery => voice.Public(Sentences.Notice, incident.Machine, incident.What),
            _ => incidents.Alert(incident),
        };
    }

    // A message of the monitor that is no alert: free text, for the root group alone.
    private Line Notice(Report report, PublicText machine, CheckState state)
    {
        var what = CheckText.Of(report.Service, state);
        var detail = report.Comment is { IsEmpty: false } comment ? comment : report.Detail ?? default;
        var line = detail.IsEmpty
            ? voice.Say(Sentences.Notice, machine, what)
            : voice.Say(Sentences.NoticeWithDetail, machine, what, detail);
        return line with { Public = null };
    }

    private Line Mail(Report report, string? fromAddress)
    {
        var subject = report.Subject is { IsEmpty: false } written ? written : (RootText)voice.Public(Sentences.NoSubject);
        var line = report.Kind switch
        {
            ReportKind.Human => voice.Say(Sentences.Human, Author(fromAddress), subject),
            ReportKind.Unknown => voice.Say(Sentences.UnknownMail, report.Machine ?? PublicText.Declared("?"), subject),
            _ => voice.Say(Sentences.AutomaticMail, PublicText.Declared(report.Kind.Word()), subject),
        };
        return line with { Public = null };
    }

    private PublicText Author(string? address) =>
        address is not null && people.WithMail(address) is { } person
            ? PublicText.Declared(person.Name)
            : voice.Public(Sentences.Somebody);
}
