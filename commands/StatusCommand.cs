using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>How things are: one line for each machine with incidents, or all that is known of one.</summary>
public sealed class StatusCommand(
    IIncidents incidents, IMutes mutes, IInterventions interventions, IChanges changes, IChangelog changelog, IMonitor monitor) : ICommand
{
    private const int MachinesInChannel = 4;
    private const int MachinesInPrivate = 30;

    private static readonly Sentence1 OtherMachines = new(
        "{0} other machine{0:|s} {0:has|have} incidents", "{0} autre{0:|s} machine{0:|s} {0:a|ont} des incidents");
    private static readonly Sentence TheRest = new("the other machines: nothing open", "les autres machines : rien d'ouvert");
    private static readonly Sentence1 LastChange = new("last change {0}", "dernier changement {0}");
    private static readonly Sentence1 LastLine = new("last line: {0}", "dernière ligne : {0}");

    // An intervention that is farther away is not yet a part of how things are.
    private static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    public CommandHelp Help { get; } = new()
    {
        Names = ["status", "état"],
        Arguments = new("[machine [service]]", "[machine [service]]"),
        Summary = new("how the machines are", "comment vont les machines"),
        Examples =
        [
            new("status", "hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes"),
            new("état hal", "dernier changement il y a 2 heures"),
            new("status hal pop3", "POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"),
            new("status sql", "sql (mutualisé) : aucun incident ouvert"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        if (call.Words.Count == 0)
        {
            return Reply.Of(MonitorText.After(call, monitor, Everything(call, open), null));
        }

        if (call.Words.Count > 2)
        {
            return Answers.Usage(call, Help);
        }

        var word = call.Words.FirstOrDefault(word => Answers.FindMachine(call, word, open) is not null) ?? call.Words[0];
        if (Answers.FindMachine(call, word, open) is not { } machine)
        {
            return Answers.UnknownMachine(call, word);
        }

        var mine = open.Where(incident => Is(incident.Machine.Value, machine.Name)).ToList();
        var service = call.Words.FirstOrDefault(other => other != word);
        if (service is not null)
        {
            return OfService(call, machine, service, mine);
        }

        var parts = new List<Line> { IncidentText.OfMachine(call.Phrases, Answers.Named(machine), mine, call.Now) };
        var name = PublicText.Declared(machine.Name);
        parts.AddRange((await mutes.NowAsync(cancellationToken))
            .Where(mute => Is(mute.Machine.Value, machine.Name)).Select(mute => new MuteLines(call.Phrases, call.Context.Prefix).Listed(mute, call.Now)));
        parts.AddRange((await interventions.ComingAsync(cancellationToken))
            .Where(one => one.BeginsAt - call.Now < Soon && one.Covers(name, call.Context.Inventory))
            .Select(one => new InterventionLines(call.Phrases).Listed(one, call.Now)));
        if (await changes.LatestAsync(machine.Name, 1, cancellationToken) is [var change, ..])
        {
            parts.Add(call.Phrases.Public(LastChange, call.Phrases.Ago(change.At, call.Now)));
        }

        if (await changelog.LatestAsync(machine.Name, 1, cancellationToken) is [var entry, ..])
        {
            parts.Add(call.Phrases.Say(LastLine, entry.Text));
        }

        return MonitorText.After(call, monitor, [Line.Join(" · ", parts)], machine)[0];
    }

    private static List<Line> Everything(CommandCall call, IReadOnlyList<Incident> open)
    {
        if (open.Count == 0)
        {
            return [call.Phrases.Public(Sentences.NothingOpen)];
        }

        var most = call.IsPrivate ? MachinesInPrivate : MachinesInChannel;
        var machines = IncidentText.WorstFirst(open).GroupBy(incident => incident.Machine).ToList();
        var lines = machines.Take(most)
            .Select(group => IncidentText.OfMachine(call.Phrases, NameOf(call, group.Key), group.ToList(), call.Now)).ToList();
        var rest = call.Context.Inventory.Machines.Any(machine => !machines.Any(group => Is(group.Key.Value, machine.Name)));
        if (machines.Count > most)
        {
            lines.Add(call.Phrases.Public(OtherMachines, machines.Count - most));
        }
        else if (rest)
        {
            lines.Add(call.Phrases.Public(TheRest));
        }

        return lines;
    }

    private static Line OfService(CommandCall call, Machine machine, string service, IEnumerable<Incident> open)
    {
        // What was typed is not said again: the inventory's name of the service, or none.
        var known = machine.Services.FirstOrDefault(name => Is(name, service));
        var name = known is null ? Answers.Named(machine) : PublicText.Declared($"{machine.Name} {known}");
        var its = open.Where(incident => incident.Service is { } one && Is(one.Value, service)).ToList();
        return IncidentText.OfMachine(call.Phrases, name, its, call.Now);
    }

    private static PublicText NameOf(CommandCall call, PublicText machine) =>
        call.Context.Inventory.Find(machine.Value) is { } known ? Answers.Named(known) : machine;

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);
}
