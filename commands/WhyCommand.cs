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

    private static readonly Sentence One = new("{0} {1} : {2}", "{0} {1}: {2}");
    private static readonly Sentence Several = new("{0} {1} : {2} (× {3})", "{0} {1}: {2} (× {3})");
    private static readonly Sentence Earlier = new("({0} décisions avant)", "({0} decisions before)");
    private static readonly Sentence Of = new("#{0} : [{1}] {2}", "#{0}: [{1}] {2}");
    private static readonly Sentence NothingOf = new(
        "aucun incident connu pour cela ; les numéros : {0}incidents", "no incident known for that; the numbers: {0}incidents");
    private static readonly Sentence Nothing = new("rien n'est gardé sur #{0}", "nothing is kept about #{0}");

    /// <summary>Each named reason in words.</summary>
    public static IReadOnlyDictionary<Reason, Sentence> Reasons { get; } = new Dictionary<Reason, Sentence>
    {
        [Reason.Opened] = new("nouveau, dit après le délai de groupage", "new, told after the grouping wait"),
        [Reason.Repeated] = new("Nagios répète ce qui est connu, rien dit", "Nagios repeats what is known, nothing said"),
        [Reason.Changed] = new("l'état a changé, dit de nouveau", "the state changed, told again"),
        [Reason.ChangedBeforeAnnounced] = new(
            "l'état a changé pendant le délai de groupage, dit en une fois", "the state changed within the grouping wait, told once"),
        [Reason.Imported] = new("relu dans une archive, rien dit", "read from an archive, nothing said"),
        [Reason.Recovered] = new("terminé, et la fin est dite", "over, and the end is told"),
        [Reason.RecoveredBeforeAnnounced] = new(
            "terminé pendant le délai de groupage, rien dit",
            "over within the grouping wait, nothing said"),
        [Reason.NothingOpen] = new("fin de ce qui n'a pas commencé ici, rien dit", "end of what never began here, nothing said"),
        [Reason.AcknowledgedInMonitor] = new("acquitté dans Nagios, c'est dit", "acknowledged in Nagios, told"),
        [Reason.AlreadyAcknowledged] = new(
            "acquitté dans Nagios, mais déjà pris ici, rien dit",
            "acknowledged in Nagios, but taken here already, nothing said"),
        [Reason.FlappingStarted] = new("change trop souvent, dit une seule fois", "changes too often, told once"),
        [Reason.FlappingEnded] = new("de nouveau stable, c'est dit", "stable again, told"),
        [Reason.WhileFlapping] = new(
            "change encore, rien dit tant que c'est instable",
            "changes again, nothing said while it is unstable"),
        [Reason.Downtime] = new("arrêt annoncé dans Nagios, c'est dit", "downtime announced in Nagios, told"),
        [Reason.Acknowledged] = new("quelqu'un l'a pris ici, c'est dit", "somebody took it here, told"),
        [Reason.Unacknowledged] = new("quelqu'un l'a rendu ici, c'est dit", "somebody let it go here, told"),
        [Reason.AcknowledgementExpired] = new(
            "le temps pour lequel il était pris est passé, c'est dit",
            "the time for which it was taken is over, told"),
        [Reason.Muted] = new("muet, ce sera dit à la fin du silence", "muted, told when that ends"),
        [Reason.DuringIntervention] = new(
            "intervention en cours, ce sera dit à sa fin", "an intervention is in course, told when it ends"),
        [Reason.Inhibited] = new(
            "couvert par une panne de sa machine ou d'une dont elle dépend, rien dit",
            "covered by its machine, or one it depends on, being down, nothing said"),
        [Reason.Overloaded] = new(
            "délai dépassé sur une machine surchargée, rien dit", "timed out on an overloaded machine, nothing said"),
        [Reason.InhibitionEnded] = new("ce qui le couvrait est fini, et il dure : dit", "what covered it is over and it lasts: told"),
        [Reason.WaitsForOthers] = new(
            "la machine vient d'être dite, attend la ligne suivante", "the machine was told a moment ago, waits for its next line"),
        [Reason.Reminded] = new("ouvert depuis longtemps et pris par personne, rappelé", "open for long and taken by nobody, told again"),
        [Reason.Unwatched] = new(
            "sa surveillance n'est plus demandée, rien dit", "nobody asks to watch it any more, nothing said"),
        [Reason.FoundInMonitor] = new(
            "trouvé dans l'état de Nagios, aucun mail ne l'avait dit, c'est dit",
            "found in the state of Nagios, no mail had told it, told"),
        [Reason.ChangedInMonitor] = new(
            "l'état a changé d'après celui de Nagios, aucun mail ne l'avait dit, c'est dit",
            "the state changed by that of Nagios, no mail had told it, told"),
        [Reason.GoneInMonitor] = new(
            "terminé d'après l'état de Nagios, aucun mail ne l'avait dit, c'est dit",
            "over by the state of Nagios, no mail had told it, told"),
        [Reason.Announced] = new("le canal l'a lu", "the channel was told"),
        [Reason.Unreadable] = new("noté par une version plus récente du bot", "stored by a later version of the bot"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["why", "pourquoi"],
        Arguments = new("42 ou machine [service]", "42 or machine [service]"),
        Summary = new("pourquoi j'ai parlé ou me suis tu", "why I spoke or kept silent"),
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
