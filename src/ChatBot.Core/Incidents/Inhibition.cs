using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Which open incident inhibits another: a machine that is down inhibits all alerts of its own and of the machines that depend on it; an
/// overloaded machine inhibits its own checks that timed out.
/// </summary>
public sealed class Inhibition
{
    /// <summary>What recovers within this time after the machine that inhibited it is not announced.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Nothing is inhibited for longer: the mail that reports the recovery of its cause may have been lost.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Inventory _inventory;
    private readonly IReadOnlyCollection<string> _loads;
    private readonly Dictionary<string, Incident> _down = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Incident> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlySet<string>> _needed = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="open">Open incidents, those that explain nothing too.</param>
    /// <param name="inventory">Which machine depends on which; circles are allowed.</param>
    /// <param name="loads">The services that measure the load of their machine, case-insensitive.</param>
    public Inhibition(IEnumerable<Incident> open, Inventory inventory, IReadOnlyCollection<string> loads)
    {
        (_inventory, _loads) = (inventory, loads);
        foreach (var incident in open.Where(incident => incident.IsOpen))
        {
            if (incident is { Service: null, State: CheckState.Down or CheckState.Unreachable })
            {
                _down.TryAdd(incident.Machine.Value, incident);
            }
            else if (IsLoad(incident) && !incident.State.IsGood())
            {
                _loaded.TryAdd(incident.Machine.Value, incident);
            }
        }
    }

    /// <summary>Whether it tells the load of its machine.</summary>
    public bool IsLoad(Incident incident) =>
        incident.Service is { } service && _loads.Contains(service.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The incident that inhibits another one, the farthest of several; null where none does.</summary>
    public Incident? Of(Incident incident, DateTimeOffset now) => now - incident.OpenedAt < Longest ? Of(incident) : null;

    private Incident? Of(Incident incident)
    {
        var machine = incident.Machine.Value;
        if (incident.Service is not null && _down.TryGetValue(machine, out var own))
        {
            return Of(own) ?? own;
        }

        if (Needed(machine, isService: incident.Service is not null) is { } needed)
        {
            return Of(needed) ?? needed;
        }

        return incident.TimedOut && !IsLoad(incident) ? _loaded.GetValueOrDefault(machine) : null;
    }

    public Suppression Kind(Incident cause) => IsLoad(cause) ? Suppression.Overloaded : Suppression.Inhibited;

    // Two machines that depend on each other do not inhibit each other: one must be announced.
    private Incident? Needed(string machine, bool isService)
    {
        if (_down.Count == 0)
        {
            return null;
        }

        foreach (var name in NeededBy(machine))
        {
            if (_down.TryGetValue(name, out var cause) && !name.Equals(machine, StringComparison.OrdinalIgnoreCase)
                && (isService || !NeededBy(name).Contains(machine)))
            {
                return cause;
            }
        }

        return null;
    }

    private IReadOnlySet<string> NeededBy(string machine)
    {
        if (!_needed.TryGetValue(machine, out var needed))
        {
            _needed[machine] = needed = _inventory.NeededBy(machine);
        }

        return needed;
    }
}

/// <summary>What an incident inhibits, or inhibited.</summary>
/// <param name="Total">How many incidents.</param>
/// <param name="Open">How many of them are open.</param>
/// <param name="IsLoad">Whether it tells the load of its machine, else that the machine is down.</param>
public sealed record InhibitedCount(long Total, long Open, bool IsLoad);
