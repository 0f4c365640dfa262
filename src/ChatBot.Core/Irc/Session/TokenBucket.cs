namespace ChatBot.Core.Irc.Session;

/// <summary>
/// How many lines may be written now: <paramref name="burst"/> at once, then one each <paramref name="interval"/>. A zero
/// interval is no limit. Some lines may go into debt, which the next ones wait for.
/// </summary>
internal sealed class TokenBucket(double burst, TimeSpan interval)
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromMinutes(1);

    private readonly double _burst = burst;
    private double _tokens = burst;
    private TimeSpan _filledAt;
    private TimeSpan _slowUntil;

    /// <summary>Takes the cost if at least <paramref name="floor"/> is left afterwards.</summary>
    public bool TrySpend(double cost, double floor, TimeSpan now)
    {
        if (interval == TimeSpan.Zero) return true;
        Fill(now);
        if (_tokens - cost < floor - 1e-6) return false;
        _tokens -= cost;
        return true;
    }

    public void Spend(double cost, TimeSpan now)
    {
        Fill(now);
        _tokens -= cost;
    }

    /// <summary>When <see cref="TrySpend"/> with these will succeed.</summary>
    public TimeSpan WhenSpendable(double cost, double floor, TimeSpan now)
    {
        if (interval == TimeSpan.Zero) return now;
        Fill(now);
        var missing = cost + floor - _tokens;
        return missing <= 0 ? now : now + (Interval(now) * missing);
    }

    /// <summary>How fast ordinary lines go, behind others of this cost.</summary>
    public SayPace Pace(double ahead, TimeSpan now)
    {
        if (interval == TimeSpan.Zero) return new(now, TimeSpan.Zero, _burst);
        Fill(now);
        return new(now + (Interval(now) * (ahead - _tokens)), Interval(now), _burst);
    }

    /// <summary>The server says that we are too fast: half the rate for a minute.</summary>
    public void SlowDown(TimeSpan now)
    {
        Fill(now);
        _slowUntil = now + SlowTime;
    }

    private TimeSpan Interval(TimeSpan now) => now < _slowUntil ? interval * 2 : interval;

    private void Fill(TimeSpan now)
    {
        if (interval > TimeSpan.Zero) _tokens = Math.Min(_burst, _tokens + ((now - _filledAt) / Interval(now)));
        _filledAt = now;
    }
}
