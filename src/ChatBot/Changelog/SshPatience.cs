namespace ChatBot.Changelog;

/// <summary>
/// How long to leave an address alone. It is the address that counts, and not the machine behind it: newer servers shut everybody out
/// who comes from where too many logins have failed (sshd_config(5), PerSourcePenalties).
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SshPatience(TimeProvider time)
{
    /// <summary>After so many failures it waits long, and says so.</summary>
    public const int Failures = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>How long the way is still barred; null where it may be tried.</summary>
    public TimeSpan? Left(IEnumerable<SshHop> route)
    {
        lock (_lock)
        {
            var longest = route.Select(hop => _states.TryGetValue(hop.Address, out var state) ? state.Wait - time.GetElapsedTime(state.Since) : TimeSpan.Zero).Max();
            return longest > TimeSpan.Zero ? longest : null;
        }
    }

    /// <summary>A hop has failed.</summary>
    /// <returns>How long it is left alone, and whether it is time to say so: once, until it has worked again.</returns>
    public (TimeSpan Wait, bool IsToSay) Failed(SshFailure failure)
    {
        lock (_lock)
        {
            var before = _states.GetValueOrDefault(failure.Hop.Address);
            var failures = (before?.Failures ?? 0) + 1;
            var wait = failures <= Waits.Length ? Waits[failures - 1] : before!.Wait * 2 < Longest ? before.Wait * 2 : Longest;
            var isSaid = before?.IsSaid ?? false;
            var isToSay = !isSaid && (failures >= Failures || failure.NeedsAPerson);
            _states[failure.Hop.Address] = new State(failures, time.GetTimestamp(), wait, isSaid || isToSay);
            return (wait, isToSay);
        }
    }

    public void Worked(IEnumerable<SshHop> route)
    {
        lock (_lock)
        {
            foreach (var hop in route)
            {
                _states.Remove(hop.Address);
            }
        }
    }

    /// <summary>Somebody has changed the configuration: everything may be tried.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _states.Clear();
        }
    }

    private sealed record State(int Failures, long Since, TimeSpan Wait, bool IsSaid);
}
