using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Why the bot spoke or kept silent about an incident.</summary>
public sealed class WhyCommand : ICommand
{
    private const int Decisions = 12;

    private static readonly Sentence3 One = new("{0} {1}: {2}", "{0} {1} : {2}");
    private static readonly Sentence4 Several = new("{0} {1}: {2} (× {3})", "{0} {1} : {2} (× {3})");
    private static readonly Sentence1 Earlier = new("({0} decisions before)", "({0} décisions avant)");
    private static readonly Sentence3 Of = new("#{0}: [{1}] {2}", "#{0} : [{1}] {2}");
    private static readonly Sentence1 NothingOf = new(
        "no incident known for that; the numbers: {0}incidents", "aucun incident connu pour cela ; les numéros : {0}incidents");
    private static readonly Sentence1 Nothing = new("nothing is kept about #{0}", "rien n'est gardé sur #{0}");

    /// <summary>Each named reason in words.</summary>
    public static IReadOnlyDictionary<Reason, Sentence> Reasons { get; } = new Dictionary<Reason, Sentence>
    {
        [Reason.Opened] = new("new, told after the grouping wait", "nouveau, dit après le délai de groupage"),
        [Reason.Repeated] = new("Nagios repeats what is known, nothing said", "Nagios répète ce qui est connu, rien dit"),
        [Reason.Changed] = new("the state changed, told again", "l'état a changé, dit de nouveau"),
        [Reason.ChangedBeforeAnnounced] = new(
            "the state changed within the grouping wait, told once", "l'état a changé pendant le délai de groupage, dit en une fois"),
        [Reason.Imported] = new("read from an archive, nothing said", "relu dans une archive, rien dit"),
        [Reason.Recovered] = new("over, and the end is told", "terminé, et la fin est dite"),
        [Reason.RecoveredBeforeAnnounced] = new(
            "over within the grouping wait, nothing said",
            "terminé pendant le délai de groupage, rien dit"),
        [Reason.NothingOpen] = new("end of what never began here, nothing said", "fin de ce qui n'a pas commencé ici, rien dit"),
        [Reason.AcknowledgedInMonitor] = new("acknowledged in Nagios, told", "acquitté dans Nagios, c'est dit"),
        [Reason.AlreadyAcknowledged] = new(
            "acknowledged in Nagios, but taken here already, nothing said",
            "acquitté dans Nagios, mais déjà pris ici, rien dit"),
        [Reason.FlappingStarted] = new("changes too often, told once", "change trop souvent, dit une seule fois"),
        [Reason.FlappingEnded] = new("stable again, told", "de nouveau stable, c'est dit"),
        [Reason.WhileFlapping] = new(
            "changes again, nothing said while it is unstable",
            "change encore, rien dit tant que c'est instable"),
        [Reason.Downtime] = new("downtime announced in Nagios, told", "arrêt annoncé dans Nagios, c'est dit"),
        [Reason.Acknowledged] = new("somebody took it here, told", "quelqu'un l'a pris ici, c'est dit"),
        [Reason.Unacknowledged] = new("somebody let it go here, told", "quelqu'un l'a rendu ici, c'est dit"),
        [Reason.AcknowledgementExpired] = new(
            "the time for which it was taken is over, told",
            "le temps pour lequel il était pris est passé, c'est dit"),
        [Reason.Muted] = new("muted, told when that ends", "muet, ce sera dit à la fin du silence"),
        [Reason.DuringIntervention] = new(
            "an intervention is in course, told when it ends", "intervention en cours, ce sera dit à sa fin"),
        [Reason.Inhibited] = new(
            "covered by its machine, or one it depends on, being down, nothing said",
            "couvert par une panne de sa machine ou d'une dont elle dépend, rien dit"),
        [Reason.Overloaded] = new(
            "timed out on an overloaded machine, nothing said", "délai dépassé sur une machine surchargée, rien dit"),
        [Reason.InhibitionEnded] = new("what covered it is over and it lasts: told", "ce qui le couvrait est fini, et il dure : dit"),
        [Reason.WaitsForOthers] = new(
            "the machine was told a moment ago, waits for its next line", "la machine vient d'être dite, attend la ligne suivante"),
        [Reason.Reminded] = new("open for long and taken by nobody, told again", "ouvert depuis longtemps et pris par personne, rappelé"),
        [Reason.Unwatched] = new(
            "nobody asks to watch it any more, nothing said", "sa surveillance n'est plus demandée, rien dit"),
        [Reason.FoundInMonitor] = new(
            "found in the state of Nagios, no mail had told it, told",
            "trouvé dans l'état de Nagios, aucun mail ne l'avait dit, c'est dit"),
        [Reason.ChangedInMonitor] = new(
            "the state changed by that of Nagios, no mail had told it, told",
            "l'état a changé d'après celui de Nagios, aucun mail ne l'avait dit, c'est dit"),
        [Reason.GoneInMonitor] = new(
            "over by the state of Nagios, no mail had told it, told",
            "terminé d'après l'état de Nagios, aucun mail ne l'avait dit, c'est dit"),
        [Reason.Announced] = new("the channel was told", "le canal l'a lu"),
        [Reason.Unreadable] = new("stored by a later version of the bot", "noté par une version plus récente du bot"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["why", "pourquoi"],
        Arguments = new("42 or machine [service]", "42 ou machine [service]"),
        Summary = new("why I spoke or kept silent", "pourquoi j'ai parlé ou me suis tu"),
        LeastWords = 1,
        Examples =
        [
            new("why 42", "14:05 CRITICAL : nouveau, dit après le délai de groupage"),
            new("pourquoi 42", "14:10 CRITICAL : Nagios répète ce qui est connu, rien dit (× 2)"),
            new("why hal pop3", "#42 : [hal] POP3 CRITICAL"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (IncidentNumber.Parse(call.Words[0]) is not { } number)
        {
            return await OfCheckAsync(call, cancellationToken);
        }

        return await call.Context.Incidents.FindAsync(number, cancellationToken) is { } incident
            ? call.Answer(await DecisionsAsync(call, incident, cancellationToken))
            : Answers.NoSuchIncident(call, number);
    }

    private async ValueTask<Reply> OfCheckAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Words.Count > 2)
        {
            return Answers.Usage(call, Help);
        }

        var open = await call.Context.Incidents.OpenAsync(null, cancellationToken);
        if (Answers.FindMachine(call, call.Words[0], open) is not { } machine)
        {
            return Answers.UnknownMachine(call, call.Words[0]);
        }

        if (await call.Context.History.LatestAsync(machine.Name, call.Words.ElementAtOrDefault(1), cancellationToken) is not { } incident)
        {
            return call.Phrases.Public(NothingOf, call.Prefix);
        }

        var lines = await DecisionsAsync(call, incident, cancellationToken);
        lines.Insert(0, call.Phrases.Public(Of, incident.Number, incident.Machine, incident.What));
        return call.Answer(lines);
    }

    private static async Task<List<Line>> DecisionsAsync(CommandCall call, Incident incident, CancellationToken cancellationToken)
    {
        var runs = Runs(await call.Context.Incidents.StoryAsync(incident.Number, cancellationToken));
        if (runs.Count == 0)
        {
            return [call.Phrases.Public(Nothing, incident.Number)];
        }

        var lines = runs.TakeLast(Decisions).Select(run => Told(call, run.Last, run.Count)).ToList();
        if (runs.Count > Decisions)
        {
            lines.Insert(0, call.Phrases.Public(Earlier, runs.Count - Decisions));
        }

        var change = await call.Context.Changes.BeforeAsync(incident.Machine.Value, incident.OpenedAt, cancellationToken);
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
            if (runs is [.., var (last, count)] && last.Reason == step.Reason && last.State == step.State)
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

    private static Line Told(CommandCall call, IncidentEvent step, int count)
    {
        var (when, reason) = (call.Phrases.Time(step.At, call.Now), call.Phrases.Public(Reasons[step.Reason]));
        return count == 1
            ? call.Phrases.Public(One, when, step.State.Text(), reason)
            : call.Phrases.Public(Several, when, step.State.Text(), reason, count);
    }
}
