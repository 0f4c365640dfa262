using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Monitoring;

/// <summary>Compares the monitor's state with the open incidents: what differs is what its mails did not bring, or not yet.</summary>
public static class MissedStates
{
    /// <summary>How long a difference must last: so long its mail can still come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Hard states only. A problem counts where the monitor told somebody of it and would tell again: not in a downtime, not while it
    /// flaps, not the services of a host that is down.
    /// </summary>
    /// <param name="state">What the monitor says.</param>
    /// <param name="open">All open incidents.</param>
    /// <param name="inventory">Knows machines by all their names.</param>
    public static IReadOnlyList<Missed> Of(MonitorState state, IReadOnlyList<Incident> open, Inventory inventory)
    {
        var known = open.GroupBy(one => Key(one.Machine.Value, one.Service?.Value)).ToDictionary(group => group.Key, group => group.First());
        var down = state.Checks
            .Where(check => check is { Service: null, IsHard: true } && !check.State.IsGood())
            .Select(check => check.Host)
            .ToHashSet(StringComparer.Ordinal);
        var missed = new List<Missed>();
        foreach (var check in state.Checks.Where(check => check is { IsHard: true, IsChecked: true, IsFlapping: false }))
        {
            var machine = PublicText.Declared(MonitorState.MachineOf(check.Host, inventory));
            PublicText? service = check.Service is { } name ? PublicText.Declared(name) : null;
            var incident = known.GetValueOrDefault(Key(machine.Value, service?.Value));
            if (Difference(check, incident, down) is { } why)
                missed.Add(new Missed(why, machine, service, check.State, incident?.Number, why == Why.TakenInMonitor ? check.Ack : null));
        }

        return missed;
    }

    private static Why? Difference(MonitoredCheck check, Incident? incident, HashSet<string> down)
    {
        if (check.State.IsGood())
            return incident is null ? null : Why.GoneInMonitor;
        if (incident is not null)
            return IsOpenToAcks(incident) && check.Ack is { Author.IsEmpty: false } ack && !MonitorMark.IsOurs(ack.Comment)
                ? Why.TakenInMonitor
                : null;
        var isCovered = check.State == CheckState.Unreachable || (check.Service is not null && down.Contains(check.Host));
        return check is { IsNotified: true, IsInDowntime: false } && !isCovered ? Why.FoundInMonitor : null;
    }

    // Nobody has it; or a mail said that somebody there has it, but neither who nor why.
    private static bool IsOpenToAcks(Incident incident) =>
        incident.Taken is not { } taken || (taken.By == MonitorWords.Nagios && taken.Reason.Text.IsEmpty);

    private static (string Machine, string Service) Key(string machine, string? service) =>
        (machine.ToUpperInvariant(), (service ?? "").ToUpperInvariant());
}
