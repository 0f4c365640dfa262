using System.Collections.Frozen;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// What some words ask about: machines, groups of machines or all of them, some of their checks. Words that name none of these are
/// never a reason to answer that all is well.
/// </summary>
public sealed record MachineWords
{
    private static readonly Sentence3 UnknownServiceOf = new(
        "{0}: I do not know that service ({1}); the whole machine — {2}", "{0} : je ne connais pas ce service ({1}) ; pour toute la machine — {2}");

    private static readonly Sentence2 UnknownWordOf = new(
        "{0}: I did not understand all of that; the whole machine — {1}", "{0} : je n'ai pas tout compris ; pour toute la machine — {1}");

    private static readonly Sentence NotAllUnderstood = new(
        "I did not understand all of that; what I understood:", "je n'ai pas tout compris ; ce que j'ai compris :");

    private static readonly Sentence2 MaybeToo = new("{0} — {1}", "{0} — {1}");

    private static readonly FrozenSet<string> Everything = new[]
    {
        "tous", "tout", "toutes", "toute", "partout", "all", "everything", "any",
    }.ToFrozenSet(StringComparer.Ordinal);

    // What people add out of habit or courtesy.
    private static readonly FrozenSet<string> Fillers = new[]
    {
        "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur", "machine", "machines", "groupe", "serveur",
        "service", "svp", "stp", "merci", "maintenant", "and", "for", "group", "now", "of", "on", "or", "please", "pls", "plz", "server", "thanks", "the", "thx",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>In the order of the words, those of a group in the order of the inventory.</summary>
    public required IReadOnlyList<Machine> Machines { get; init; }

    /// <summary>The groups that are named, as the inventory writes them.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Of the one machine, the checks that are named; empty where several machines are.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>The words that are no name of these.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <summary>Whether nothing narrows the question: no machine and no group, or <c>tous</c>.</summary>
    public required bool IsEverything { get; init; }

    /// <summary>The only machine it is about; null where there are several, or a group.</summary>
    public Machine? Only => Groups.Count == 0 && Machines is [var only] ? only : null;

    /// <summary>Whether the question is about this machine.</summary>
    public bool Covers(string machine) => IsEverything || Machines.Any(one => Is(one.Name, machine));

    /// <summary>What the words ask about.</summary>
    /// <param name="names">By <see cref="CommandLine.NamesOf"/>.</param>
    /// <param name="inventory">The machines there are.</param>
    /// <param name="open">The open incidents, which may name machines and checks that the inventory does not.</param>
    public static MachineWords Of(IReadOnlyList<string> names, Inventory inventory, IReadOnlyList<Incident> open)
    {
        var machines = new List<Machine>();
        var groups = new List<string>();
        var rest = new List<string>();
        var isEverything = false;
        names = WithoutElisions(names, inventory);
        for (var i = 0; i < names.Count; i++)
        {
            if (IncidentTarget.MachineOf(names[i], inventory, open) is { } machine)
            {
                machines.Add(machine);
            }
            else if (GroupAt(names, i, inventory) is var (group, used))
            {
                groups.Add(group);
                machines.AddRange(OfGroup(group, inventory));
                i += used - 1;
            }
            else if (Everything.Contains(Typed.Fold(names[i])))
            {
                isEverything = true;
            }
            else
            {
                rest.Add(names[i]);
            }
        }

        if (machines.Count > 1)
        {
            machines = machines.DistinctBy(machine => machine.Name, StringComparer.OrdinalIgnoreCase).ToList();
        }

        var services = rest.Count > 0 && machines is [var only] && groups.Count == 0 ? TakeServices(rest, only, open) : [];
        rest.RemoveAll(word => IsFiller(word) || Typed.Fold(word) is "ok" or "okay");
        return new MachineWords
        {
            Machines = machines,
            Groups = groups,
            Services = services,
            Unknown = rest,
            IsEverything = machines.Count == 0 && (rest.Count == 0 || isEverything),
        };
    }

    /// <summary>The machines that the words may name: those of the inventory, and each word, which an open incident may know.</summary>
    /// <param name="names">By <see cref="CommandLine.NamesOf"/>.</param>
    /// <param name="inventory">The machines there are.</param>
    public static IReadOnlyCollection<string> Candidates(IReadOnlyList<string> names, Inventory inventory)
    {
        var candidates = new HashSet<string>(WithoutElisions(names, inventory), StringComparer.OrdinalIgnoreCase);
        candidates.UnionWith(Of(names, inventory, []).Machines.Select(machine => machine.Name));
        return candidates;
    }

    /// <summary>Whether a word asks for nothing: “svp”, “the”.</summary>
    public static bool IsFiller(string word) => Fillers.Contains(Typed.Fold(word));

    /// <summary>Whether a word names more than one machine: a group, or all of them.</summary>
    public static bool IsSeveral(string word, Inventory inventory) =>
        inventory.Find(word) is null && (Everything.Contains(Typed.Fold(word)) || GroupAt([word], 0, inventory) is not null);

    /// <summary>The answer about the one machine, with what was not understood before it.</summary>
    /// <param name="call">The question.</param>
    /// <param name="machine">The one machine.</param>
    /// <param name="open">The open incidents.</param>
    /// <param name="whole">The answer about all of the machine.</param>
    public Line WithUnknown(CommandCall call, Machine machine, IReadOnlyList<Incident> open, Line whole)
    {
        if (Unknown.Count == 0)
        {
            return whole;
        }

        if (NearMachines(call) is { } near)
        {
            return call.Phrases.Say(MaybeToo, near, whole);
        }

        var name = Name.OfMachine(machine.Name);
        return IncidentTarget.ServicesOf(machine, open) is { Count: > 0 } services
            ? call.Phrases.Say(UnknownServiceOf, name, Named(call, services), whole)
            : call.Phrases.Say(UnknownWordOf, name, whole);
    }

    /// <summary>The checks of a machine, of each what the audience may read.</summary>
    public static Line Named(CommandCall call, IEnumerable<string> services) =>
        Line.Join(", ", services.Select(service => call.Phrases.Say(Name.OfService(service))));

    /// <summary>The answer about several machines, with a line before it where not all was understood.</summary>
    public List<Line> WithUnknown(CommandCall call, IReadOnlyList<Line> lines) =>
        Unknown.Count == 0 ? [.. lines] : [NearMachines(call) ?? call.Phrases.Public(NotAllUnderstood), .. lines];

    // “d'hal”, “l’hal”.
    private static IReadOnlyList<string> WithoutElisions(IReadOnlyList<string> names, Inventory inventory) =>
        names.Any(IsElided) ? [.. names.Select(name => IsElided(name) && inventory.Find(name) is null ? name[2..] : name)] : names;

    private static bool IsElided(string name) => name is ['d' or 'D' or 'l' or 'L', '\'' or '’', _, ..];

    private PublicText? NearMachines(CommandCall call)
    {
        var others = call.Context.Inventory.Machines.Select(machine => machine.Name).Where(name => !Machines.Any(machine => Is(machine.Name, name)));
        var near = Unknown.Where(word => word.Length > 2).SelectMany(word => Typed.Near(word, others)).Distinct(StringComparer.Ordinal).ToList();
        return near.Count > 0 ? call.Phrases.Public(Sentences.UnknownMachineNear, PublicText.Declared(string.Join(", ", near), 400)) : null;
    }

    private static List<string> TakeServices(List<string> words, Machine machine, IReadOnlyList<Incident> open)
    {
        var services = new List<string>();
        for (var at = 0; at < words.Count;)
        {
            var tail = words.GetRange(at, words.Count - at);
            if (IncidentTarget.TakeService(tail, machine, open) is { } service)
            {
                services.Add(service);
                words.RemoveRange(at, words.Count - at - tail.Count);
            }
            else
            {
                at++;
            }
        }

        return services;
    }

    // A group may have a name of several words.
    private static (string Group, int Used)? GroupAt(IReadOnlyList<string> names, int at, Inventory inventory)
    {
        foreach (var group in inventory.Machines.Select(machine => machine.Group).OfType<string>().Where(group => group.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var used = group.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            if (at + used <= names.Count && Typed.Fold(string.Join(' ', names.Skip(at).Take(used))) == Typed.Fold(group))
            {
                return (group, used);
            }
        }

        return null;
    }

    private static IEnumerable<Machine> OfGroup(string group, Inventory inventory) =>
        inventory.Machines.Where(machine => machine.Group is { } its && Is(its, group));

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);
}
