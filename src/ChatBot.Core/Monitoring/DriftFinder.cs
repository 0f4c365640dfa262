
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>Compares the monitor's state with the open incidents: what differs is what its mails did not bring, or not yet.</summary>
public static class DriftFinder
{
    /// <summary>How long a difference must last: so long its mail can still come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Hard states only. A problem counts where the monitor told somebody of it and would tell again: not in a downtime, not while it
    /// flaps, not the services of a host that is down. In the downtime of an intervention the monitor notifies nobody: there a problem counts by
    /// itself, so that the end of the intervention can tell what was hidden.
    /// </summary>
    /// <param name="state">What the monitor says.</param>
    /// <param name="open">All open incidents.</param>
    /// <param name="inCourse">The interventions under way.</param>
    /// <param name="inventory">Knows machines by all their names.</param>
    public static IReadOnlyList<StateDrift> Of(
        MonitorState state, IReadOnlyList<Incident> open, IReadOnlyList<Intervention> inCourse, Inventory inventory)
    {
        var known = open.Where(one => one.IsMonitored || one.Part.IsNone).GroupBy(one => (Key(one.Machine.Value, one.Service?.Value), one.Part))
            .ToDictionary(group => group.Key, group => group.First());
        var down = state.Checks
            .Where(check => check is { Service: null, IsHard: true } && !check.State.IsGood())
            .Select(check => check.Host)
            .ToHashSet(StringComparer.Ordinal);

        // Two hosts of the monitor may be one machine here: it is well where both are, and as one of them is.
        // An incident that does not say which of those that are called alike it is of is well where all are.
        var states = state.Checks.ToLookup(check => (Key(check, inventory), check.Part), check => check.State);
        var alike = state.Checks.ToLookup(check => Key(check, inventory), check => check.State);
        var missed = new List<StateDrift>();
        foreach (var check in state.Checks.Where(check => check is { IsHard: true, IsChecked: true, IsFlapping: false }))
        {
            var key = Key(check, inventory);
            var exact = known.GetValueOrDefault((key, check.Part.Of(MonitorNames.Family)));
            var incident = exact ?? known.GetValueOrDefault((key, default));
            var its = incident is not null && exact is null ? alike[key] : states[(key, check.Part)];
            var isSilenced = check.IsInDowntime && IsWorkedOn(MonitorState.MachineOf(check.Host, inventory), inCourse);
            if (Difference(check, incident, its, down, isSilenced) is { } why && !(why == Reason.AcknowledgedInMonitor && IsOlder(state, incident!)))
            {
                missed.Add(As(check, incident, why, isSilenced, inventory));
            }
        }

        return missed;
    }

    // What it shows may be of the problem before.
    private static bool IsOlder(MonitorState state, Incident incident) => state.CreatedAt < incident.OpenedAt;

    // In the words of the incident, where there is one.
    private static StateDrift As(MonitoredCheck check, Incident? incident, Reason why, bool isSilenced, Inventory inventory) => new(
        why,
        incident?.Machine ?? MonitorState.NameOf(check.Host, inventory),
        incident is not null ? incident.Service : check.Spoken is { } name ? Name.OfService(name) : null,
        check.State,
        incident?.Number,
        why == Reason.AcknowledgedInMonitor ? check.Ack : null,
        isSilenced)
    {
        Since = check.Since,
        Part = incident is { Part.IsNone: true } ? default : check.Part,
    };

    private static Reason? Difference(
        MonitoredCheck check, Incident? incident, IEnumerable<CheckState> states, HashSet<string> down, bool isSilenced)
    {
        if (incident is not null && !IsItsOwn(incident))
        {
            return null;
        }

        if (check.State.IsGood())
        {
            return incident is not null && states.All(CheckStates.IsGood) ? Reason.GoneInMonitor : null;
        }

        var isTold = isSilenced || check is { IsNotified: true, IsInDowntime: false };
        if (incident is not null)
        {
            return IsOpenToAcks(incident) && check.Ack is { Author.IsEmpty: false } ack && !MonitorMark.IsOurs(ack.Comment)
                ? Reason.AcknowledgedInMonitor
                : isTold && ShowsItsState(check, incident) && !states.Contains(incident.State) ? Reason.ChangedInMonitor : null;
        }

        var isCovered = check.State == CheckState.Unreachable || (check.Service is not null && down.Contains(check.Host));
        return isTold && !isCovered ? Reason.FoundInMonitor : null;
    }

    // Other programs open incidents of a machine as a whole too, but in no state of a host.
    private static bool IsItsOwn(Incident incident) =>
        incident.IsMonitored && (incident.Service is not null || incident.State is CheckState.Down or CheckState.Unreachable);

    // Whether a host is down or only out of reach depends on where one looks from; what changes too often is said to.
    private static bool ShowsItsState(MonitoredCheck check, Incident incident) =>
        check.Service is not null && !incident.Flapping;

    private static bool IsWorkedOn(string machine, IReadOnlyList<Intervention> inCourse) =>
        inCourse.Any(one => one.Machines.Any(its => its.Value.Equals(machine, StringComparison.OrdinalIgnoreCase)));

    // Nobody has it; or a mail said that somebody there has it, but neither who nor why.
    private static bool IsOpenToAcks(Incident incident) =>
        incident.Acknowledgement is not { } taken || taken.IsUnexplained;

    private static (string Machine, string Service) Key(MonitoredCheck check, Inventory inventory) =>
        Key(MonitorState.MachineOf(check.Host, inventory), check.Spoken is { } name ? Name.OfService(name).Value : null);

    private static (string Machine, string Service) Key(string machine, string? service) =>
        (machine.ToUpperInvariant(), (service ?? "").ToUpperInvariant());
}
