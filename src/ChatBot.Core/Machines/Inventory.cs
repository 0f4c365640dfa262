namespace ChatBot.Core.Machines;

/// <summary>The machines the group runs.</summary>
public sealed class Inventory
{
    private readonly Dictionary<string, Machine> _byName = new(StringComparer.OrdinalIgnoreCase);

    public Inventory(IReadOnlyList<Machine> machines)
    {
        Machines = machines;
        foreach (var machine in machines)
        {
            _byName[machine.Name] = machine;
            foreach (var name in machine.Names)
                _byName[name] = machine;
        }
    }

    public static Inventory Empty { get; } = new([]);

    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>By short or other name, without regard to ASCII case or a trailing dot.</summary>
    public Machine? Find(string name) => _byName.GetValueOrDefault(name.TrimEnd('.'));
}
