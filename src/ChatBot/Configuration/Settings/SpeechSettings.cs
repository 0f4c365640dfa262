using ChatBot.Core.Incidents;

namespace ChatBot.Configuration;

/// <summary>How the bot speaks of alerts.</summary>
/// <param name="GroupWait">How long an alert waits for company, from 0 to 10 minutes.</param>
/// <param name="PublicOutput">Whether plugin output, redacted, is part of public lines.</param>
public sealed record SpeechSettings(TimeSpan GroupWait, bool PublicOutput)
{
    /// <summary>What measures the load of a machine, unless the group says otherwise.</summary>
    public static readonly IReadOnlyList<string> UsualLoadServices =
        ["load", "current load", "load average", "cpu load", "cpu", "charge", "charge cpu", "charge moyenne"];

    /// <summary>How long after its last line the bot announces a machine again, unless it is urgent; of no effect up to <see cref="GroupWait"/>.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long the bot reminds of what is open and unacknowledged; 0 for never.</summary>
    public TimeSpan Repeat { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after an overload its time-outs may last before they are announced.</summary>
    public TimeSpan OverloadWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The services that measure the load of their machine, case-insensitive.</summary>
    public IReadOnlyList<string> LoadServices { get; init; } = UsualLoadServices;

    /// <summary>What the planner waits for.</summary>
    public SpeechRules Rules => new()
    {
        GroupWait = GroupWait,
        GroupInterval = GroupInterval,
        Repeat = Repeat,
        OverloadWait = OverloadWait,
        LoadServices = LoadServices,
    };
}
