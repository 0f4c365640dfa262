
using ChatBot.Core.Commands;
using ChatBot.Core.Machines;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads the machines file.</summary>
internal static class MachinesReader
{
    /// <summary>What to write in any list of places.</summary>
    public static string PlaceAdvice(Section section) => section.Words(
        "write an address, \"192.0.2.7\", or an account of the mail server by its name or number, \"local:nagios\"",
        "écrivez une adresse, \"192.0.2.7\", ou un compte du serveur de courrier par son nom ou son numéro, \"local:nagios\"");

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
        var nameAdvice = section.Words("write a name, such as \"hal\" or \"hal.example.org\"", "écrivez un nom, par exemple \"hal\" ou \"hal.example.org\"");
        var machine = new Machine
        {
            Name = section.Required<string>("name", ValueParsers.MachineName, nameAdvice),
            Names = section.List<string>("names", ValueParsers.MachineName, nameAdvice),
            Group = section.Text("group"),
            About = section.Text("about"),
            Services = section.List<string>("services", ValueParsers.Any, section.Words("write a service as the monitor names it", "écrivez un service sous le nom que lui donne la supervision")),
            DependsOn = section.List<string>("depends_on", ValueParsers.Any, nameAdvice),
            Places =
            [
                .. section.List<SendingPlace>("addresses", ValueParsers.SendingAddress, section.Words(
                    "write an address as the mail server sees it, such as \"192.0.2.7\" or \"2001:db8::7\", or a network, \"192.0.2.0/28\"",
                    "écrivez une adresse telle que le serveur de courrier la voit, par exemple \"192.0.2.7\" ou \"2001:db8::7\", ou un réseau, \"192.0.2.0/28\"")),
                .. section.List<SendingPlace>("from", ValueParsers.SendingPlace, PlaceAdvice(section)),
            ],
            Changelog = section.Optional<string>("changelog", ValueParsers.Changelog, section.Words("write \"ssh:NAME\" with the name ssh knows the machine by, or \"file:/path/of/changelog\" on this machine", "écrivez \"ssh:NOM\", le nom sous lequel ssh connaît la machine, ou \"file:/chemin/du/changelog\" sur cette machine")),
            IsChangelogRead = section.Flag("changelog_tail"),
        };
        if (machine is { IsChangelogRead: true, Changelog: null })
        {
            section.Report("changelog_tail", section.Words("there is no `changelog` to read; write one, or leave this out", "il n'y a pas de `changelog` à lire ; écrivez-en un, ou retirez ceci"));
        }

        section.Done();
        return machine;
    }

    private static void CheckNames(IReadOnlyList<Section> sections, List<Machine> machines)
    {
        var claimed = new ClaimedNames("machine", "machine");
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
                    sections[i].Report(sections[i].At("depends_on", j), Unknown(sections[i], machine.DependsOn[j], inventory));
                }
            }

            if (Circle(machine, machine, inventory, []) is { } circle)
            {
                sections[i].Report("depends_on", sections[i].Words(
                    $"`{machine.Name}` depends on itself: {circle}; leave one of these out",
                    $"`{machine.Name}` dépend d'elle-même : {circle} ; retirez l'une de ces dépendances"));
            }
        }
    }

    private static string Unknown(Section section, string name, Inventory inventory)
    {
        var near = Typed.Near(name, inventory.Machines.Select(machine => machine.Name), most: 1);
        return section.Words($"`depends_on` has \"{name}\", which is no machine; ", $"`depends_on` contient \"{name}\", qui n'est pas une machine ; ")
            + (near is [var nearest] ? section.DidYouMean($"\"{nearest}\"") : section.Words("write the name of one", "écrivez le nom d'une machine"));
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
