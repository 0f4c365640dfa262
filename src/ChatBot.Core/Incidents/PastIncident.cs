
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>An incident, open or over, with what its events add up to.</summary>
public sealed record PastIncident
{
    public required PublicText Machine { get; init; }

    /// <summary>Null for the machine itself.</summary>
    public PublicText? Service { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often the monitor cried of it.</summary>
    public int Notifications { get; init; } = 1;

    /// <summary>How often its state became another one while it was open; its beginning and end are not counted.</summary>
    public int Changes { get; init; }

    /// <summary>Somebody took it, here or in the monitor.</summary>
    public bool WasTaken { get; init; }

    /// <summary>The monitor said that it changes too often.</summary>
    public bool WasFlapping { get; init; }

    /// <summary>It was DOWN or UNREACHABLE at some time.</summary>
    public bool WasDown { get; init; }
}
