using ChatBot.Async;
using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>
/// How long to wait before the next connection: 1 s doubling to 5 min, and again from 1 s after two minutes of stable registration.
/// Throttled: at least 60 s; banned: at least 10 min; not identified: at least 60 s; removed for the third time within 10 minutes: at
/// least 10 min. A server that wants TLS is not kept waiting.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="jitter">A number from 0 to 1, another one each time.</param>
internal sealed class ReconnectRules(TimeProvider time, Func<double> jitter)
{
    private const int MostKills = 3;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Truce = TimeSpan.FromMinutes(10);

    private readonly Backoff _backoff = new(time, jitter, First);
    private readonly Queue<long> _kills = new();

    /// <summary>
    /// True after the third removal within ten minutes: two copies of a bot that take the nick from each other would never end.
    /// </summary>
    public bool IsHunted { get; private set; }

    /// <param name="cause">How the last connection ended.</param>
    /// <param name="registeredFor">How long the server had accepted us; zero where it never did.</param>
    public TimeSpan Next(CloseCause cause, TimeSpan registeredFor)
    {
        IsHunted = cause == CloseCause.Killed && IsThirdKill();
        if (cause == CloseCause.NeedsTls)
        {
            return TimeSpan.Zero;
        }

        if (registeredFor >= Stable)
        {
            _backoff.Reset();
        }

        return _backoff.Next(IsHunted ? Truce : Least(cause));
    }

    private bool IsThirdKill()
    {
        while (_kills.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Truce)
        {
            _kills.Dequeue();
        }

        _kills.Enqueue(time.GetTimestamp());
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
        _ => First,
    };
}
