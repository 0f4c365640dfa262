namespace ChatBot.Core.Machines;

/// <summary>The machines of the group, in the order they were written.</summary>
public sealed class Inventory
{
    private readonly Dictionary<string, Machine> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where two machines claim one name, the first keeps it; the configuration refuses such a pair.</summary>
    public Inventory(IReadOnlyList<Machine> machines)
    {
        Machines = machines;
        foreach (var machine in machines)
        {
            foreach (var name in machine.Names.Prepend(machine.Name))
                _byName.TryAdd(name.TrimEnd('.'), machine);
        }
    }

    public static Inventory Empty { get; } = new([]);

    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>The machine of that short or other name, in any case, a trailing dot ignored; null if none has it.</summary>
    public Machine? Find(string name) => _byName.GetValueOrDefault(name.TrimEnd('.'));
}
