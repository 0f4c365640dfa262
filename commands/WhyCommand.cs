using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Why the bot spoke or kept silent about an incident.</summary>
public sealed class WhyCommand(IIncidents incidents, IHistory history, IChanges changes) : ICommand
{
    private const int Decisions = 12;
    private const int MostOthers = 4;

    private static readonly Sentence3 One = new("{0} {1} — {2}", "{0} {1} — {2}");
    private static readonly Sentence4 Several = new("{0} {1} — {2} ({3} times)", "{0} {1} — {2} ({3} fois)");
    private static readonly Sentence1 Earlier = new("({0} earlier decision{0:|s})", "({0} décision{0:|s} précédente{0:|s})");
    private static readonly Sentence3 Of = new("#{0}: [{1}] {2}", "#{0} : [{1}] {2}");
    private static readonly Sentence1 OpenToo = new("open too: {0}", "ouvert aussi : {0}");
    private static readonly Sentence1 NothingOf = new(
        "no incident known for that; their numbers: {0}incidents", "aucun incident connu pour cela ; les numéros : {0}incidents");
    private static readonly Sentence1 Nothing = new("nothing is kept about #{0}", "rien n'est gardé sur #{0}");

    private static readonly Dictionary<Reason, Sentence> Reasons = new()
    {
        [Reason.Opened] = new("new alert: I wait a moment for others before I announce it", "nouvelle alerte : j'attends un instant s'il en vient d'autres, puis j'annonce"),
        [Reason.Changed] = new("the state changed: announced again", "l'état a changé : annoncé de nouveau"),
        [Reason.ChangedBeforeAnnounced] = new(
            "the state changed before I announced it: announced once", "l'état a changé avant l'annonce : annoncé en une fois"),
        [Reason.Imported] = new("read from an archive: not announced", "lu dans une archive : pas annoncé"),
        [Reason.Recovered] = new("recovered: announced", "terminé : annoncé"),
        [Reason.RecoveredBeforeAnnounced] = new(
            "recovered before I announced it: not announced", "terminé avant l'annonce : pas annoncé"),
        [Reason.NothingOpen] = new("recovery of what never began here: not announced", "fin de ce qui n'a pas commencé ici : pas annoncée"),
        [Reason.AmbiguousRecovery] = new(
            "a recovery came that does not say of which check: not announced, still open",
            "un rétablissement est arrivé sans dire de quel contrôle : pas annoncé, reste ouvert"),
        [Reason.FlappingStarted] = new("changes too often (flapping): announced once", "change trop souvent (flapping) : annoncé une seule fois"),
        [Reason.FlappingEnded] = new("stable again: announced", "de nouveau stable : annoncé"),
        [Reason.WhileFlapping] = new("changes again while flapping: not announced", "change encore, toujours instable : pas annoncé"),
        [Reason.Acknowledged] = new("acknowledged here, announced", "pris ici, annoncé"),
        [Reason.Unacknowledged] = new("released here, announced", "relâché ici, annoncé"),
        [Reason.AcknowledgementExpired] = new("ack expired: announced", "n'est plus pris (délai écoulé) : annoncé"),
        [Reason.Muted] = new("muted: announced when the mute ends", "muet : sera annoncé à la fin du silence"),
        [Reason.DuringIntervention] = new("planned work: announced when it ends", "intervention en cours : sera annoncé à sa fin"),
        [Reason.Inhibited] = new(
            "inhibited by an outage of its machine, or of one it depends on: not announced",
            "inhibé par une panne de sa machine ou d'une dont elle dépend : pas annoncé"),
        [Reason.Overloaded] = new(
            "timed out on an overloaded machine: not announced", "délai dépassé sur une machine surchargée : pas annoncé"),
        [Reason.InhibitionEnded] = new("no longer inhibited, still open: announced", "n'est plus inhibé, toujours ouvert : annoncé"),
        [Reason.WaitsForOthers] = new(
            "its machine was announced a moment ago: waits for the next line", "sa machine vient d'être annoncée : attend la ligne suivante"),
        [Reason.Reminded] = new("open for long, unacknowledged: reminder", "ouvert depuis longtemps, sans personne dessus : rappel"),
        [Reason.Unwatched] = new("no longer monitored: not announced", "n'est plus surveillé : pas annoncé"),
        [Reason.Announced] = new("announced in the channel", "annoncé sur le canal"),
        [Reason.OutOfOrder] = new(
            "a message came late, older than what is known: changes nothing, not announced",
            "un message est arrivé en retard, plus ancien que ce qui est connu : ne change rien, pas annoncé"),
        [Reason.FellSilent] = new(
            "no message for longer than usual, and its program never says that it is over: announced once, stays open",
            "plus de message depuis plus longtemps que d'habitude, et son programme n'annonce jamais la fin : annoncé une fois, reste ouvert"),
        [Reason.ReportedAgain] = new("reported again after a silence: announced again", "signalé de nouveau après un silence : annoncé de nouveau"),
        [Reason.Closed] = new("closed here by a person: announced", "clos ici par une personne : annoncé"),
        [Reason.Unreadable] = new("stored by a later version of the bot", "noté par une version plus récente du bot"),
    };

    // What the monitor did: its name.
    private static readonly Dictionary<Reason, Sentence1> ReasonsOfMonitor = new()
    {
        [Reason.Repeated] = new("{0} repeats what is known: not announced", "{0} répète ce qui est connu : pas annoncé"),
        [Reason.AcknowledgedInMonitor] = new("acknowledged in {0}: announced", "acquitté dans {0} : annoncé"),
        [Reason.AlreadyAcknowledged] = new(
            "acknowledged in {0}, but already acknowledged here: not announced", "acquitté dans {0}, mais déjà pris ici : pas annoncé"),
        [Reason.Downtime] = new("scheduled downtime in {0}: announced", "maintenance planifiée dans {0} : annoncée"),
        [Reason.FoundInMonitor] = new(
            "found in the state of {0}, no mail reported it: announced", "trouvé dans l'état de {0}, aucun mail n'en parlait : annoncé"),
        [Reason.ChangedInMonitor] = new(
            "changed in the state of {0}, no mail reported it: announced", "changé dans l'état de {0}, aucun mail n'en parlait : annoncé"),
        [Reason.GoneInMonitor] = new(
            "recovered in the state of {0}, no mail reported it: announced", "terminé dans l'état de {0}, aucun mail n'en parlait : annoncé"),
    };

    // What a person did: their name.
    private static readonly Dictionary<Reason, Sentence1> ReasonsOfPerson = new()
    {
        [Reason.Acknowledged] = new("acknowledged here by {0}, announced", "pris ici par {0}, annoncé"),
        [Reason.Unacknowledged] = new("released here by {0}, announced", "relâché ici par {0}, annoncé"),
    };

    // What another incident caused: its number.
    private static readonly Dictionary<Reason, Sentence1> ReasonsOfCause = new()
    {
        [Reason.Inhibited] = new(
            "inhibited by the outage #{0}: not announced", "inhibé par la panne #{0} : pas annoncé"),
        [Reason.Overloaded] = new("timed out on an overloaded machine (#{0}): not announced", "délai dépassé sur une machine surchargée (#{0}) : pas annoncé"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["why", "pourquoi"],
        Arguments = new("42 or machine [service]", "42 ou machine [service]"),
        Summary = new("why I spoke or kept silent", "pourquoi j'ai parlé ou me suis tu"),
        LeastWords = 1,
        ByMail = ByMail.Acknowledge,
        Examples =
        [
            new("why 42", "14:05 CRITICAL — nouvelle alerte : j'attends un instant s'il en vient d'autres, puis j'annonce"),
            new("pourquoi 42", "14:10 CRITICAL — Nagios répète ce qui est connu : pas annoncé (2 fois)"),
            new("why hal pop3", "#42 : [hal] POP3 CRITICAL"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (IncidentNumber.Parse(call.Names is [var first, ..] ? first : "") is not { } number)
        {
            return await OfCheckAsync(call, cancellationToken);
        }

        return await incidents.FindAsync(number, cancellationToken) is { } incident && !Answers.IsHidden(call, incident)
            ? call.Answer(await DecisionsAsync(call, incident, cancellationToken))
            : Reply.Undone(Answers.NoSuchIncident(call, number));
    }

    private async ValueTask<Reply> OfCheckAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, Answers.Heard(call, open));
        if (asked.Machines.Count == 0 && asked.Unknown.Count > 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        if (asked.Only is not { } machine || asked.Services.Count > 1)
        {
            return Answers.Usage(call, Help);
        }

        var service = asked is { Unknown.Count: 0, Services: [var named, ..] } ? named : null;
        var latest = await history.LatestAsync(machine.Name, service, cancellationToken);
        if (latest is null && service is not null && OpenOf(machine, open) is { } other)
        {
            return Line.Join(" · ", [call.Phrases.Public(NothingOf, call.Prefix), call.Phrases.Say(Of, other.Number, other.Machine, other.What)]);
        }

        // Of a machine the gravest that is open, and not what came last.
        var its = Answers.Heard(call, open).Where(one => service is null && one.Machine.Value == machine.Name).ToList();
        if ((OpenOf(machine, its) ?? latest) is not { } incident)
        {
            return call.Phrases.Public(NothingOf, call.Prefix);
        }

        var lines = await DecisionsAsync(call, incident, cancellationToken);
        lines.Insert(0, asked.WithUnknown(call, machine, open, WithOthers(call, incident, its)));
        return call.Answer(lines);
    }

    private static Line WithOthers(CommandCall call, Incident incident, List<Incident> open)
    {
        var what = call.Phrases.Say(Of, incident.Number, incident.Machine, incident.What);
        var others = IncidentText.WorstFirst(open.Where(one => one.Number != incident.Number)).ToList();
        return others.Count == 0 ? what
            : Line.Join(" · ", [what, call.Phrases.Say(OpenToo, IncidentText.Numbered(call.Phrases, others, MostOthers, withMachine: false))]);
    }

    private static Incident? OpenOf(Machine machine, IReadOnlyList<Incident> open) =>
        IncidentText.WorstFirst(open.Where(one => one.Machine.Value == machine.Name)).FirstOrDefault();

    private async Task<List<Line>> DecisionsAsync(CommandCall call, Incident incident, CancellationToken cancellationToken)
    {
        var runs = Runs(await incidents.StoryAsync(incident.Number, cancellationToken));
        if (incident.Folded is { } folded)
        {
            return [call.Phrases.Public(IncidentCommand.Folded, folded.Notifications, folded.Changes, folded.Acknowledgements)];
        }

        if (runs.Count == 0)
        {
            return [call.Phrases.Public(Nothing, incident.Number)];
        }

        var lines = runs.TakeLast(Decisions).Select(run => Step(call, incident, run.Last, run.Count)).ToList();
        if (runs.Count > Decisions)
        {
            lines.Insert(0, call.Phrases.Public(Earlier, runs.Count - Decisions));
        }

        var change = await changes.BeforeAsync(incident.Machine.Value, incident.OpenedAt, cancellationToken);
        if (new ChangeMention(call.Phrases).Before(change, incident.OpenedAt) is { } mention)
        {
            lines.Add(mention);
        }

        return lines;
    }

    // The same decision again and again is one line.
    private static List<(IncidentEvent Last, int Count)> Runs(IReadOnlyList<IncidentEvent> story)
    {
        var runs = new List<(IncidentEvent Last, int Count)>();
        foreach (var step in story)
        {
            if (runs is [.., var (last, count)] && last.Reason == step.Reason && last.State == step.State && last.By == step.By)
            {
                runs[^1] = (step, count + 1);
            }
            else
            {
                runs.Add((step, 1));
            }
        }

        return runs;
    }

    /// <summary>A named reason in words.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="monitor">The monitor's name.</param>
    public static PublicText Words(Phrasebook phrases, Reason reason, PublicText monitor) =>
        ReasonsOfMonitor.TryGetValue(reason, out var ofMonitor) ? phrases.Public(ofMonitor, monitor) : phrases.Public(Reasons[reason]);

    /// <summary>What was decided, with who or what made it so where that is known.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="step">A decision about it.</param>
    public static PublicText Words(Phrasebook phrases, Incident incident, IncidentEvent step) =>
        step.By is { } by && ReasonsOfPerson.TryGetValue(step.Reason, out var ofPerson) ? phrases.Public(ofPerson, by)
        : incident.InhibitedBy is { } cause && ReasonsOfCause.TryGetValue(step.Reason, out var ofCause) ? phrases.Public(ofCause, cause)
        : Words(phrases, step.Reason, incident.Monitor);

    private static Line Step(CommandCall call, Incident incident, IncidentEvent step, int count)
    {
        var when = call.Phrases.Time(step.At, call.Now);
        var reason = Words(call.Phrases, incident, step);
        return count == 1
            ? call.Phrases.Public(One, when, step.State.Text(), reason)
            : call.Phrases.Public(Several, when, step.State.Text(), reason, count);
    }
}
