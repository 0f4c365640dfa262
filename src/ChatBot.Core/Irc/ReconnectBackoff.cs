namespace ChatBot.Core.Irc;

/// <summary>
/// How long to wait before the next connection: 1 s doubling to 5 min, with up to a quarter of jitter. Begins again after two
/// minutes of stable registration. Throttled: at least 60 s; banned: at least 10 min; not identified: at least 60 s; removed for the
/// third time within 10 minutes: at least 10 min. A server that wants TLS is not kept waiting.
/// </summary>
/// <param name="jitter">A number from 0 to 1, another one each time.</param>
public sealed class ReconnectBackoff(Func<double> jitter)
{
    private const int MostKills = 3;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Truce = TimeSpan.FromMinutes(10);

    private readonly Queue<TimeSpan> _kills = new();
    private TimeSpan _next = First;

    /// <summary>
    /// True after the third removal within ten minutes: two copies of a bot that take the nick from each other would never end.
    /// </summary>
    public bool IsHunted { get; private set; }

    /// <param name="cause">How the last connection ended.</param>
    /// <param name="registeredFor">How long the server had accepted us; zero where it never did.</param>
    /// <param name="now">The monotonic clock.</param>
    public TimeSpan Next(CloseCause cause, TimeSpan registeredFor, TimeSpan now)
    {
        IsHunted = cause == CloseCause.Killed && IsThirdKill(now);
        if (cause == CloseCause.NeedsTls)
        {
            return TimeSpan.Zero;
        }

        if (registeredFor >= Stable)
        {
            _next = First;
        }

        var least = IsHunted ? Truce : Least(cause);
        var wait = _next > least ? _next : least;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait * (1 + jitter() / 4);
    }

    private bool IsThirdKill(TimeSpan now)
    {
        while (_kills.TryPeek(out var oldest) && now - oldest > Truce)
        {
            _kills.Dequeue();
        }

        _kills.Enqueue(now);
        if (_kills.Count < MostKills)
        {
            return false;
        }

        _kills.Clear();
        return true;
    }

    private static TimeSpan Least(CloseCause cause) => cause switch
    {
        CloseCause.Banned => Truce,
        CloseCause.Throttled or CloseCause.NotIdentified => TimeSpan.FromMinutes(1),
        _ => TimeSpan.Zero,
    };
}
