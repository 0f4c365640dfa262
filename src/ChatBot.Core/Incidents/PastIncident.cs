
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>An incident, open or ended, with the sum of its events.</summary>
public sealed record PastIncident
{
    public required Name Machine { get; init; }

    /// <summary>Null for the machine itself.</summary>
    public Name? Service { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How many notifications the monitor sent about it.</summary>
    public int Notifications { get; init; } = 1;

    /// <summary>How often its state became another one while it was open; its beginning and end are not counted.</summary>
    public int Changes { get; init; }

    /// <summary>Somebody acknowledged it, here or in the monitor.</summary>
    public bool WasAcknowledged { get; init; }

    /// <summary>The monitor said that it was flapping.</summary>
    public bool WasFlapping { get; init; }

    /// <summary>It was DOWN or UNREACHABLE at some time.</summary>
    public bool WasDown { get; init; }
}
