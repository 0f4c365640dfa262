
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// What the group asks of its monitor. It is a row of the outbox, written in the transaction of the decision, until the monitor's own
/// state shows it; machines and services are in the bot's words and become the monitor's when it is delivered.
/// </summary>
public abstract record MonitorOrder
{
    private MonitorOrder()
    {
    }

    /// <summary>Somebody acknowledged it: no more notifications of this problem. Void once the incident is unacknowledged, acknowledged again or ended.</summary>
    /// <param name="Incident">Its number; the incident says of which machine and service.</param>
    /// <param name="By">The person.</param>
    /// <param name="Reason">Their words. Who reads them is the monitor's affair, as with every comment that is made there.</param>
    public sealed record Acknowledge(long Incident, PublicText By, RootText Reason) : MonitorOrder;

    /// <summary>It is unacknowledged again. Void once the incident is acknowledged again or ended.</summary>
    /// <param name="Incident">Its number.</param>
    public sealed record Unacknowledge(long Incident) : MonitorOrder;

    /// <summary>Planned work on a machine and all its services: no notifications meanwhile. Void once <paramref name="Until"/> is past.</summary>
    /// <param name="Key">Names it for <see cref="CancelDowntime"/>, for ever: <c>i7</c>. Letters and digits, at most 20.</param>
    /// <param name="Machine">Its short name.</param>
    /// <param name="From">Past or to come.</param>
    /// <param name="Until">After <paramref name="From"/>.</param>
    /// <param name="By">The person.</param>
    /// <param name="Reason">Their words.</param>
    public sealed record ScheduleDowntime(
        string Key, PublicText Machine, DateTimeOffset From, DateTimeOffset Until, PublicText By, RootText Reason) : MonitorOrder;

    /// <summary>The work ended early, or was cancelled. Done at once where the monitor knows of none.</summary>
    /// <param name="Key">As it was scheduled. An order to schedule it that still waits is void.</param>
    /// <param name="Machine">Its short name.</param>
    public sealed record CancelDowntime(string Key, PublicText Machine) : MonitorOrder;
}
