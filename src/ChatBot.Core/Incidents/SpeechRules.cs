namespace ChatBot.Core.Incidents;

/// <summary>How long the bot waits before it announces something, and when it does so again.</summary>
public sealed record SpeechRules
{
    /// <summary>How long an alert waits for company.</summary>
    public required TimeSpan GroupWait { get; init; }

    /// <summary>How long after its last line a machine is announced again, unless it is urgent; of no effect up to <see cref="GroupWait"/>.</summary>
    public required TimeSpan GroupInterval { get; init; }

    /// <summary>After so long what is open and unacknowledged is announced once more; 0 for never.</summary>
    public required TimeSpan Repeat { get; init; }

    /// <summary>How long after an overload its time-outs may last before they are announced.</summary>
    public required TimeSpan OverloadWait { get; init; }

    /// <summary>The services that measure the load of their machine, case-insensitive.</summary>
    public required IReadOnlyList<string> LoadServices { get; init; }

    /// <summary>No alert waits longer for company.</summary>
    public TimeSpan LongestWait => GroupWait > GroupInterval ? GroupWait : GroupInterval;

    /// <summary>Whether a service measures the load of its machine.</summary>
    public bool IsLoad(string service) => LoadServices.Contains(service, StringComparer.OrdinalIgnoreCase);
}
