namespace ChatBot.Async;

/// <summary>
/// Waits twice as long after each failure in a row, from <paramref name="first"/> to <paramref name="longest"/>, each wait made up
/// to a fifth shorter by jitter. A failure that comes after a calm as long as the longest wait is the first again.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="jitter">Numbers from 0 to 1, so that many bots do not retry at the same moment and tests decide them.</param>
/// <param name="first">One second unless given.</param>
/// <param name="longest">Five minutes unless given; equal to <paramref name="first"/> for waits that do not grow.</param>
internal sealed class Backoff(TimeProvider time, Func<double> jitter, TimeSpan? first = null, TimeSpan? longest = null)
{
    private readonly TimeSpan _first = first ?? TimeSpan.FromSeconds(1);
    private readonly TimeSpan _longest = longest ?? TimeSpan.FromMinutes(5);
    private TimeSpan _next = first ?? TimeSpan.FromSeconds(1);
    private long _endsAt = time.GetTimestamp();

    /// <summary>The next failure is the first again.</summary>
    public void Reset() => _next = _first;

    /// <summary>Waits the longest time at once: a person has to repair what failed.</summary>
    public void Slow() => _next = _longest;

    /// <summary>How long to wait after a failure now, for loops that wait for something else too.</summary>
    /// <param name="atLeast">What would be shorter is this long, and up to a fifth longer by jitter.</param>
    public TimeSpan Next(TimeSpan atLeast = default)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_endsAt, now) >= _longest && _next != _longest)
        {
            Reset();
        }

        var share = jitter() / 5;
        var wait = _next * (1 - share) is var usual && usual >= atLeast ? usual : atLeast * (1 + share);
        _endsAt = now + (long)(wait.TotalSeconds * time.TimestampFrequency);
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return wait;
    }

    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);
}
