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
    IIncidents incidents, IMutes mutes, IInterventions interventions, IChanges changes, IChangelog changelog, IMonitor monitor, IReception reception) : ICommand
{
    private const int MachinesInChannel = 4;
    private const int MachinesInPrivate = 30;

    private static readonly Sentence1 OtherMachines = new(
        "{0} other machine{0:|s} {0:has|have} incidents", "{0} autre{0:|s} machine{0:|s} {0:a|ont} des incidents");
    private static readonly Sentence TheRest = new("the other machines: nothing open that I know of", "les autres machines : rien d'ouvert, que je sache");
    private static readonly Sentence1 TheRestOf = new("the rest of {0}: nothing open that I know of", "le reste de {0} : rien d'ouvert, que je sache");
    private static readonly Sentence1 LastChange = new("last change {0}", "dernier changement {0}");
    private static readonly Sentence1 LastLine = new("last line: {0}", "dernière ligne : {0}");

    // An intervention that is farther away is not yet a part of how things are.
    private static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    public CommandHelp Help { get; } = new()
    {
        Names = ["status", "état"],
        Arguments = new("[machine [service]]", "[machine [service]]"),
        Summary = new("how the machines are", "comment vont les machines"),
        IsAboutMachines = true,
        ByMail = ByMail.Reply,
        Examples =
        [
            new("status", "hal (no-log) : 1 incident — POP3 CRITICAL depuis 12 minutes"),
            new("état hal", "dernier changement il y a 2 heures"),
            new("status hal pop3", "POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"),
            new("status sql", "sql (mutualisé) : aucun incident ouvert"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ReceptionText.After(call, reception, await AnswerAsync(call, cancellationToken));

    private async Task<Reply> AnswerAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var names = call.Names;
        var open = Answers.Heard(call, await incidents.OpenOfAsync(MachineWords.Candidates(names, call.Context.Inventory), cancellationToken));
        var asked = MachineWords.Of(names, call.Context.Inventory, open);
        if (!asked.IsEverything && asked.Machines.Count == 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        if (asked.Only is { } machine)
        {
            return await OfOneAsync(call, asked, machine, open, cancellationToken);
        }

        if (asked.IsEverything || asked.Groups.Count > 0)
        {
            var lines = await EverythingAsync(call, asked, cancellationToken);
            lines[^1] = await NeededText.AfterAsync(call, asked.Machines, incidents, lines[^1], cancellationToken);
            return call.Answer(asked.WithUnknown(call, MonitorText.After(call, monitor, lines, null)), most: MachinesInChannel + 2);
        }

        var each = new List<Line>();
        foreach (var one in asked.Machines)
        {
            each.Add(await WholeAsync(call, one, open, cancellationToken));
        }

        return call.Answer(asked.WithUnknown(call, each), most: MachinesInChannel);
    }

    private async Task<Line> OfOneAsync(
        CommandCall call, MachineWords asked, Machine machine, IReadOnlyList<Incident> open, CancellationToken cancellationToken)
    {
        if (asked.Services.Count == 0 || asked.Unknown.Count > 0)
        {
            return asked.WithUnknown(call, machine, open, await WholeAsync(call, machine, open, cancellationToken));
        }

        var mine = OfMachine(machine, open);
        var name = call.Phrases.Say(Sentences.OfMachine, Name.OfMachine(machine.Name), MachineWords.Named(call, asked.Services));
        var its = mine.Where(incident => incident.Service is { } one && asked.Services.Any(service => Is(one.Value, service))).ToList();
        var line = IncidentText.OfMachine(call.Phrases, name, its, call.Now);

        // A machine that is down takes its services with it, whatever is known of each.
        line = its.Count == 0 && mine.Count > 0
            ? Line.Join(" · ", [line, IncidentText.OfMachine(call.Phrases, Answers.Named(call, Name.OfMachine(machine.Name)), mine, call.Now)])
            : line;
        return await NeededText.AfterAsync(call, [machine], incidents, line, cancellationToken);
    }

    private async Task<Line> WholeAsync(CommandCall call, Machine machine, IReadOnlyList<Incident> open, CancellationToken cancellationToken)
    {
        var whole = IncidentText.OfMachine(call.Phrases, Answers.Named(call, Name.OfMachine(machine.Name)), OfMachine(machine, open), call.Now);
        var parts = new List<Line> { await NeededText.AfterAsync(call, [machine], incidents, whole, cancellationToken) };
        var name = Name.OfMachine(machine.Name);
        foreach (var mute in await mutes.NowAsync(cancellationToken))
        {
            if (Is(mute.Machine.Value, machine.Name))
            {
                parts.Add(new MuteLines(call.Phrases, call.Context.Prefix).Listed(mute, call.Now));
            }
        }

        foreach (var one in await interventions.ComingAsync(cancellationToken))
        {
            if (one.BeginsAt - call.Now < Soon && one.Covers(name, call.Context.Inventory))
            {
                parts.Add(new InterventionLines(call.Phrases).Listed(one, call.Now));
            }
        }

        if (await changes.LatestAsync(machine.Name, 1, cancellationToken) is [var change, ..])
        {
            parts.Add(call.Phrases.Public(LastChange, call.Phrases.Ago(change.At, call.Now)));
        }

        if (await changelog.LatestAsync(machine.Name, 1, cancellationToken) is [var entry, ..])
        {
            parts.Add(call.Phrases.Say(LastLine, new EntryLines(call.Phrases).Text(entry)));
        }

        return MonitorText.After(call, monitor, [parts.Count == 1 ? parts[0] : Line.Join(" · ", parts)], machine)[0];
    }

    private async Task<List<Line>> EverythingAsync(CommandCall call, MachineWords asked, CancellationToken cancellationToken)
    {
        var machines = (await incidents.OpenMachinesAsync(call.Audience, cancellationToken)).Where(one => asked.Covers(one.Machine.Value)).ToList();
        PublicText? group = asked.IsEverything ? null : PublicText.Declared(string.Join(", ", asked.Groups), 200);
        if (machines.Count == 0)
        {
            return [group is { } quiet ? call.Phrases.Public(Sentences.MachineNothingOpen, quiet)
                : call.Phrases.Public(await incidents.CountOpenAsync(cancellationToken) > 0 ? Sentences.NothingOpenHere : Sentences.NothingOpen)];
        }

        var most = call.IsPrivate ? MachinesInPrivate : MachinesInChannel;
        var shown = machines.Take(most).ToList();
        var open = Answers.Heard(call, await incidents.OpenOfAsync([.. shown.Select(one => one.Machine.Value)], cancellationToken)).ToLookup(one => one.Machine);
        var lines = shown.Select(one => IncidentText.OfMachine(call.Phrases, Answers.Named(call, one.Machine), [.. open[one.Machine]], call.Now)).ToList();
        var rest = call.Context.Inventory.Machines.Any(machine => asked.Covers(machine.Name) && !machines.Exists(one => Is(one.Machine.Value, machine.Name)));
        if (machines.Count > most)
        {
            lines.Add(call.Phrases.Public(OtherMachines, machines.Count - most));
        }
        else if (rest)
        {
            lines.Add(group is { } its ? call.Phrases.Public(TheRestOf, its) : call.Phrases.Public(TheRest));
        }

        return lines;
    }

    private static List<Incident> OfMachine(Machine machine, IReadOnlyList<Incident> open) =>
        open.Where(incident => Is(incident.Machine.Value, machine.Name)).ToList();

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);
}
