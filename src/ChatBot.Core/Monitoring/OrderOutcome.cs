using ChatBot.Core.Incidents;

namespace ChatBot.Core.Monitoring;

/// <summary>What is to be done with an order that waits; but for the first three its end, kept as the reason.</summary>
public enum OrderOutcome
{
    /// <summary>The order is to be sent to the monitor now.</summary>
    Send,

    /// <summary>A newer state will say more.</summary>
    Wait,

    /// <summary>It is written, and a newer state should have shown it by now: still waits.</summary>
    NotConfirmed,

    /// <summary>The monitor's own state shows it.</summary>
    Shown,

    /// <summary>The monitor says that this check is well: there is nothing to acknowledge.</summary>
    AlreadyWell,

    /// <summary>The monitor knows no such machine or service.</summary>
    Unknown,

    /// <summary>Its name in the monitor cannot be part of a command.</summary>
    CannotBeNamed,

    /// <summary>The incident ended first.</summary>
    IncidentOver,

    /// <summary>Somebody decided otherwise meanwhile.</summary>
    Superseded,

    /// <summary>The downtime ended first.</summary>
    TooLate,
}

/// <summary>What is to be done with an order.</summary>
/// <param name="Outcome">The named reason.</param>
/// <param name="Action">What to send; null for any other outcome.</param>
public sealed record OrderStep(OrderOutcome Outcome, MonitorAction? Action = null)
{
    public static implicit operator OrderStep(OrderOutcome outcome) => new(outcome);

    public bool IsEnd => Outcome is not (OrderOutcome.Send or OrderOutcome.Wait or OrderOutcome.NotConfirmed);
}

/// <summary>An order that waits in the outbox.</summary>
/// <param name="Order">What.</param>
/// <param name="At">When it was decided.</param>
/// <param name="WrittenAt">When the bot last handed it to the monitor; null where it never did.</param>
/// <param name="Incident">The incident as it is now; null where it is about none.</param>
/// <param name="IsCancelled">A later order takes this one back.</param>
public sealed record WaitingOrder(
    MonitorOrder Order, DateTimeOffset At, DateTimeOffset? WrittenAt, Incident? Incident, bool IsCancelled = false);
