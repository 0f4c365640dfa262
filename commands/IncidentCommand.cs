using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Incidents by their numbers, each with its history; what is open of a machine where that is named instead.</summary>
public sealed class IncidentCommand(IIncidents incidents, IChanges changes, IncidentsCommand ofMachine) : ICommand
{
    private const int Steps = 8;
    private const int Most = 4;

    private static readonly Sentence2 Open = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence5 Over = new(
        "[{0}] {1} — recovered {2}, after {3} #{4}", "[{0}] {1} — terminé {2}, après {3} #{4}");

    private static readonly Sentence5 Closed = new("[{0}] {1} — closed {2}, after {3} #{4}", "[{0}] {1} — clos {2}, après {3} #{4}");

    private static readonly Sentence2 Numbered = new("#{0}: {1}", "#{0} : {1}");
    private static readonly Sentence1 MoreNumbers = new("and {0} more: ask for them by themselves", "et {0} autre{0:|s} : à demander à part");
    private static readonly Sentence1 Earlier = new("({0} earlier step{0:|s})", "({0} étape{0:|s} précédente{0:|s})");
    /// <summary>What is left of the steps of an incident that ended long ago.</summary>
    internal static readonly Sentence3 Folded = new(
        "it ended so long ago that only counts of its steps are kept — notifications: {0}, changes of state: {1}, acknowledged: {2}",
        "terminé depuis si longtemps qu'il ne reste de ses étapes que des totaux — notifications : {0}, changements d'état : {1}, pris : {2}");

    private static readonly Sentence2 At = new("{0} {1}", "{0} {1}");
    private static readonly Sentence3 ByWhom = new("{0} {1} by {2}", "{0} {1} par {2}");
    private static readonly Sentence4 ByWhomSaying = new("{0} {1} by {2} “{3}”", "{0} {1} par {2} « {3} »");

    private static readonly Dictionary<Reason, Sentence> Milestones = new()
    {
        [Reason.Opened] = new("opened", "ouvert"),
        [Reason.Changed] = new("changed state", "a changé d'état"),
        [Reason.Announced] = new("announced in the channel", "annoncé sur le canal"),
        [Reason.FlappingStarted] = new("flapping", "instable"),
        [Reason.FlappingEnded] = new("stable again", "de nouveau stable"),
        [Reason.Acknowledged] = new("acknowledged", "pris"),
        [Reason.Unacknowledged] = new("released", "relâché"),
        [Reason.AcknowledgementExpired] = new("ack expired", "n'est plus pris (délai écoulé)"),
        [Reason.Recovered] = new("recovered", "terminé"),
        [Reason.RecoveredBeforeAnnounced] = new("recovered before it was announced", "terminé avant d'être annoncé"),
        [Reason.Muted] = new("suppressed: muted", "masqué : muet"),
        [Reason.DuringIntervention] = new("suppressed: planned work", "masqué : intervention en cours"),
        [Reason.Inhibited] = new("inhibited by an outage", "inhibé par une panne"),
        [Reason.Overloaded] = new("suppressed: machine overloaded", "masqué : machine surchargée"),
        [Reason.InhibitionEnded] = new("no longer inhibited", "n'est plus inhibé"),
        [Reason.Reminded] = new("reminder sent", "rappel envoyé"),
        [Reason.Unwatched] = new("no longer monitored", "n'est plus surveillé"),
        [Reason.FellSilent] = new("silent, not over", "sans nouvelles, pas fini pour autant"),
        [Reason.ReportedAgain] = new("reported again", "signalé de nouveau"),
        [Reason.Closed] = new("closed", "clos"),
        [Reason.Imported] = new("read from an archive", "lu dans une archive"),
    };

    // What the monitor did: its name.
    private static readonly Dictionary<Reason, Sentence1> MilestonesOfMonitor = new()
    {
        [Reason.AcknowledgedInMonitor] = new("acknowledged in {0}", "acquitté dans {0}"),
        [Reason.FoundInMonitor] = new("found in {0}", "trouvé dans {0}"),
        [Reason.ChangedInMonitor] = new("changed in {0}", "a changé dans {0}"),
        [Reason.GoneInMonitor] = new("recovered in {0}", "terminé dans {0}"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["incident"],
        Arguments = new("42 or machine", "42 ou machine"),
        Summary = new("an incident and its history", "un incident et son historique"),
        LeastWords = 1,
        ByMail = ByMail.Acknowledge,
        Examples =
        [
            new("incident 42", "14:05 ouvert, 14:06 annoncé sur le canal, 14:14 pris par lunar « je redémarre »"),
            new("incident #40", "[hal] IMAP OK — terminé il y a 3 heures, après 30 minutes #40"),
            new("incident hal", "[hal] POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"),
            new("incident 42 43", "[filer] DOWN depuis 3 minutes, pris par personne #43 · 12 minutes après une modification (1 fichier)"),
            new("incident 43", "[filer] DOWN depuis 3 minutes, pris par personne #43 · 12 minutes après une modification (1 fichier)"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var numbers = call.Names.Select(IncidentNumber.Parse).OfType<long>().Distinct().ToList();
        if (numbers.Count == 0)
        {
            return call.Names.Any(name => char.IsLetter(name[0])) ? await ofMachine.RunAsync(call, cancellationToken) : Answers.Usage(call, Help);
        }

        var (lines, isUnknown) = (new List<Line>(), false);
        foreach (var number in numbers.Take(numbers.Count <= Most ? Most : Most - 1))
        {
            var incident = await incidents.FindAsync(number, cancellationToken);
            if (incident is null || Answers.IsHidden(call, incident))
            {
                lines.Add(Answers.NoSuchIncident(call, number));
                isUnknown = true;
            }
            else
            {
                lines.AddRange(await OfOneAsync(call, incident, cancellationToken));
            }
        }

        if (numbers.Count > Most)
        {
            lines.Add(call.Phrases.Public(MoreNumbers, numbers.Count - Most + 1));
        }

        return call.Answer(lines) with { IsUndone = isUnknown };
    }

    private async Task<IReadOnlyList<Line>> OfOneAsync(CommandCall call, Incident incident, CancellationToken cancellationToken)
    {
        var (phrases, number) = (call.Phrases, incident.Number);
        var lookalikes = new Lookalikes(phrases);
        var lines = new List<Line>
        {
            incident.ClosedAt is { } end
                ? lookalikes.Beside(
                    phrases.Say(
                        incident.State.IsGood() ? Over : Closed, incident.Machine, incident.What, phrases.Ago(end, call.Now), phrases.Duration(end - incident.OpenedAt), number),
                    [incident],
                    await incidents.OpenAsync(lookalikes.IsNamed(incident.Machine) ? incident.Machine.Value : null, cancellationToken))
                : phrases.Say(Open, incident.Machine, IncidentText.Now(phrases, incident, call.Now, output: 0)),
        };
        var change = await changes.BeforeAsync(incident.Machine.Value, incident.OpenedAt, cancellationToken);
        if (new ChangeMention(phrases).Before(change, incident.OpenedAt) is { } mention)
        {
            lines[0] = Line.Join(" · ", [lines[0], mention]);
        }

        if (incident.Detail is { IsEmpty: false } detail)
        {
            lines.Add(new Line(null, phrases.Say(Numbered, (PublicText)number, detail).Root));
        }

        var story = await incidents.StoryAsync(number, cancellationToken);
        var steps = story.Where(step => Milestones.ContainsKey(step.Reason) || MilestonesOfMonitor.ContainsKey(step.Reason)).ToList();
        var shown = steps.TakeLast(Steps).Select(step => Step(call, incident, step));
        if (steps.Count > Steps)
        {
            shown = shown.Prepend(phrases.Public(Earlier, steps.Count - Steps));
        }

        if (steps.Count > 0)
        {
            lines.Add(phrases.Say(Numbered, (PublicText)number, Line.Join(", ", shown)));
        }

        if (incident.Folded is { } folded)
        {
            lines.Add(phrases.Public(Folded, folded.Notifications, folded.Changes, folded.Acknowledgements));
        }

        return lines;
    }

    private static Line Step(CommandCall call, Incident incident, IncidentEvent step)
    {
        var (phrases, when) = (call.Phrases, call.Phrases.Time(step.At, call.Now));
        var what = MilestonesOfMonitor.TryGetValue(step.Reason, out var ofMonitor)
            ? phrases.Public(ofMonitor, incident.Monitor)
            : phrases.Public(Milestones[step.Reason]);
        if (step.By is not { } by)
        {
            return step.Reason is Reason.Acknowledged or Reason.Unacknowledged or Reason.Closed
                ? phrases.Public(ByWhom, when, what, phrases.Public(Sentences.Somebody))
                : phrases.Public(At, when, what);
        }

        var without = phrases.Public(ByWhom, when, what, by);
        return step.Said is { Text.IsEmpty: false } said
            ? phrases.Say(ByWhomSaying, when, what, by, said).OrForPublic(without)
            : without;
    }
}
