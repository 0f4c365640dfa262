namespace ChatBot.Core.Irc;

/// <summary>
/// How long to wait before the next connection: 1 s doubling to 5 min, with up to a quarter of jitter. Begins again after two
/// minutes of stable registration. Throttled: at least 60 s; banned: at least 10 min; not identified: at least 60 s.
/// </summary>
/// <param name="jitter">A number from 0 to 1, another one each time.</param>
public sealed class ReconnectBackoff(Func<double> jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(2);

    private TimeSpan _next = First;

    /// <param name="cause">How the last connection ended.</param>
    /// <param name="registeredFor">How long the server had accepted us; zero where it never did.</param>
    public TimeSpan Next(CloseCause cause, TimeSpan registeredFor)
    {
        if (registeredFor >= Stable) _next = First;
        var wait = _next > Least(cause) ? _next : Least(cause);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait * (1 + jitter() / 4);
    }

    private static TimeSpan Least(CloseCause cause) => cause switch
    {
        CloseCause.Banned => TimeSpan.FromMinutes(10),
        CloseCause.Throttled or CloseCause.NotIdentified => TimeSpan.FromMinutes(1),
        _ => TimeSpan.Zero,
    };
}
