using System.Collections.Frozen;
using ChatBot.Core.Text;

namespace ChatBot.Core.Machines;

/// <summary>The machines the group runs.</summary>
public sealed class Inventory
{
    private readonly FrozenDictionary<string, Machine> _byName;

    /// <summary>Takes machines whose names are all different (<c>chatbot check</c> sees to it); of two alike the first wins.</summary>
    public Inventory(IReadOnlyList<Machine> machines)
    {
        Machines = machines;
        _byName = machines
            .SelectMany(machine => machine.Names.Prepend(machine.Name).Select(name => (name, machine)))
            .DistinctBy(pair => pair.name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.name, pair => pair.machine, StringComparer.OrdinalIgnoreCase);
    }

    public static Inventory Empty { get; } = new([]);

    /// <summary>The names that the group wrote down itself, and so anybody may read; and what looks like a name.</summary>
    public PublicNames PublicNames => new(
        Machines.SelectMany(machine => (IEnumerable<string>)[machine.Name, .. machine.Names, .. machine.Services]));

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>Finds a machine by its short name or one of its other names, case and a trailing dot apart.</summary>
    public Machine? Find(string name) => _byName.GetValueOrDefault(name.EndsWith('.') ? name[..^1] : name);

    /// <summary>
    /// The short names of all machines that a machine depends on, directly or not; its own only where it depends on itself in a circle.
    /// </summary>
    public IReadOnlySet<string> NeededBy(string machine)
    {
        if (Find(machine) is not { DependsOn.Count: > 0 })
        {
            return FrozenSet<string>.Empty;
        }

        var needed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Stack<string>([machine]);
        while (waiting.TryPop(out var name))
        {
            foreach (var other in Find(name)?.DependsOn ?? [])
            {
                if (needed.Add(Find(other)?.Name ?? other))
                {
                    waiting.Push(other);
                }
            }
        }

        return needed;
    }
}
