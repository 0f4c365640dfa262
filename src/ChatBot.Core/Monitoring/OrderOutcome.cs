namespace ChatBot.Core.Monitoring;

/// <summary>What is to be done with an order that waits; but for the first three its end, kept as the reason.</summary>
public enum OrderOutcome
{
    /// <summary>The monitor is to be told now.</summary>
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

    /// <summary>The incident was over first.</summary>
    IncidentOver,

    /// <summary>Somebody decided otherwise meanwhile.</summary>
    Superseded,

    /// <summary>The downtime was over first.</summary>
    TooLate,
}
