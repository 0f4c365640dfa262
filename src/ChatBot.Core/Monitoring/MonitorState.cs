using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>All that the monitor knew at one moment.</summary>
/// <param name="CreatedAt">When, by its own clock, in whole seconds.</param>
/// <param name="Checks">Its hosts and services.</param>
/// <param name="Downtimes">Planned ones and those under way.</param>
public sealed record MonitorState(
    DateTimeOffset CreatedAt, IReadOnlyList<MonitoredCheck> Checks, IReadOnlyList<MonitoredDowntime> Downtimes)
{
    /// <summary>The checks of a machine: those of every host that the inventory takes for it, or that is called so.</summary>
    /// <param name="machine">A short name.</param>
    /// <param name="inventory">Knows its other names.</param>
    public IEnumerable<MonitoredCheck> Of(string machine, Inventory inventory) =>
        Checks.Where(check => Is(MachineOf(check.Host, inventory), machine));

    /// <summary>One check by the bot's names; null where the monitor has none of these.</summary>
    /// <param name="machine">A short name.</param>
    /// <param name="service">Null for the machine itself.</param>
    /// <param name="inventory">Knows its other names.</param>
    /// <param name="part">Which of those that mails call alike; none where that is not known.</param>
    public MonitoredCheck? Find(Name machine, Name? service, Inventory inventory, CheckPart part = default) => Of(machine.Value, inventory)
        .FirstOrDefault(check => !part.IsNone ? check.Part.Of(MonitorNames.Family) == part : service is { } name
            ? check is { Service: { } its, Spoken: { } spoken } && (Is(Name.OfService(spoken).Value, name.Value) || Is(Name.OfService(its).Value, name.Value))
            : check.Service is null);

    /// <summary>What the bot calls a host.</summary>
    public static string MachineOf(string host, Inventory inventory) => NameOf(host, inventory).Value;

    /// <summary>The same as a name: of a host outside the inventory nobody but the root group hears, for the group has not written it down.</summary>
    public static Name NameOf(string host, Inventory inventory) =>
        inventory.Find(host) is { } machine ? Name.OfMachine(machine.Name) : Name.OfMachine(host, isForRoot: true);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A planned downtime that the monitor knows of.</summary>
/// <param name="Id">Its identifier in the monitor, which may be a number; hosts and services share them.</param>
/// <param name="Host">In the monitor's own spelling.</param>
/// <param name="Service">Null for the host itself.</param>
/// <param name="Comment">As it was given.</param>
public sealed record MonitoredDowntime(string Id, string Host, string? Service, string Comment);

/// <summary>One look at the monitor's state: either it, or why there is none.</summary>
public readonly record struct MonitorReading(MonitorState? State, MonitorTrouble? Trouble)
{
    public static implicit operator MonitorReading(MonitorTrouble trouble) => new(null, trouble);
}

/// <summary>The monitor's own state, for commands.</summary>
public interface IMonitor
{
    /// <summary>What it is called in a sentence.</summary>
    PublicText Name { get; }

    /// <summary>Its state as it is known now; null where none is configured, or none was read yet.</summary>
    MonitorReading? Look();
}
