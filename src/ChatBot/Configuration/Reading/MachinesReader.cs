
using ChatBot.Core.Commands;
using ChatBot.Core.Machines;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads the machines file.</summary>
internal static class MachinesReader
{
    private const string NameAdvice = "write a name, such as \"hal\" or \"hal.example.org\"";

    private const string AddressAdvice = "write an address as the mail server sees it, such as \"192.0.2.7\" or \"2001:db8::7\", or a network, \"192.0.2.0/28\"";

    /// <summary>What to write in any list of places.</summary>
    public const string PlaceAdvice = "write an address, \"192.0.2.7\", or an account of the mail server by its name or number, \"local:nagios\"";

    public static Inventory Read(Section root)
    {
        var sections = root.Tables("machine");
        var machines = sections.Select(ReadMachine).ToList();
        root.Done();
        var inventory = new Inventory(machines);
        CheckNames(sections, machines);
        CheckDependencies(sections, inventory);
        return new([.. machines.Select(machine => machine with { DependsOn = ShortNames(machine.DependsOn, inventory) })]);
    }

    private static Machine ReadMachine(Section section)
    {
        var machine = new Machine
        {
            Name = section.Required<string>("name", ValueParsers.MachineName, NameAdvice),
            Names = section.List<string>("names", ValueParsers.MachineName, NameAdvice),
            Group = section.Text("group"),
            About = section.Text("about"),
            Services = section.List<string>("services", ValueParsers.Any, "write a service as the monitor names it"),
            DependsOn = section.List<string>("depends_on", ValueParsers.Any, NameAdvice),
            Places =
            [
                .. section.List<SendingPlace>("addresses", ValueParsers.SendingAddress, AddressAdvice),
                .. section.List<SendingPlace>("from", ValueParsers.SendingPlace, PlaceAdvice),
            ],
            Changelog = section.Optional<string>("changelog", ValueParsers.Changelog,
                "write \"ssh:NAME\" with the name ssh knows the machine by, or \"file:/root/changelog\" on this machine"),
        };
        section.Done();
        return machine;
    }

    private static void CheckNames(IReadOnlyList<Section> sections, List<Machine> machines)
    {
        var claimed = new ClaimedNames("machine");
        for (var i = 0; i < machines.Count; i++)
        {
            claimed.Claim(sections[i], "name", sections[i].At("name"), machines[i].Name);
            for (var j = 0; j < machines[i].Names.Count; j++)
            {
                claimed.Claim(sections[i], "names", sections[i].At("names", j), machines[i].Names[j].TrimEnd('.'));
            }
        }
    }

    private static void CheckDependencies(IReadOnlyList<Section> sections, Inventory inventory)
    {
        for (var i = 0; i < inventory.Machines.Count; i++)
        {
            var machine = inventory.Machines[i];
            for (var j = 0; j < machine.DependsOn.Count; j++)
            {
                if (inventory.Find(machine.DependsOn[j]) is null)
                {
                    sections[i].Report(sections[i].At("depends_on", j), Unknown(machine.DependsOn[j], inventory));
                }
            }

            if (Circle(machine, machine, inventory, []) is { } circle)
            {
                sections[i].Report("depends_on", $"`{machine.Name}` depends on itself: {circle}; leave one of these out");
            }
        }
    }

    private static string Unknown(string name, Inventory inventory)
    {
        var near = Typed.Near(name, inventory.Machines.Select(machine => machine.Name), most: 1);
        return $"`depends_on` has \"{name}\", which is no machine; "
            + (near is [var nearest] ? $"did you mean \"{nearest}\"?" : "write the name of one");
    }

    /// <summary>The way from one machine back to itself, as <c>hal → routeur → hal</c>; null if there is none.</summary>
    private static string? Circle(Machine from, Machine to, Inventory inventory, HashSet<Machine> seen)
    {
        foreach (var next in from.DependsOn.Select(inventory.Find).OfType<Machine>())
        {
            if (next == to)
            {
                return $"{from.Name} → {to.Name}";
            }

            if (seen.Add(next) && Circle(next, to, inventory, seen) is { } way)
            {
                return $"{from.Name} → {way}";
            }
        }

        return null;
    }

    private static List<string> ShortNames(IReadOnlyList<string> names, Inventory inventory) =>
        [.. names.Select(name => inventory.Find(name)?.Name ?? name)];
}
