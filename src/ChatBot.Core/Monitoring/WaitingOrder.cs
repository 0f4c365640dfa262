
using ChatBot.Core.Incidents;

namespace ChatBot.Core.Monitoring;

/// <summary>An order that waits in the outbox.</summary>
/// <param name="Order">What.</param>
/// <param name="At">When it was decided.</param>
/// <param name="WrittenAt">When the monitor was told last; null where it never was.</param>
/// <param name="Incident">The incident as it is now; null where it is about none.</param>
/// <param name="IsCancelled">A later order takes this one back.</param>
public sealed record WaitingOrder(
    MonitorOrder Order, DateTimeOffset At, DateTimeOffset? WrittenAt, Incident? Incident, bool IsCancelled = false);
