namespace ChatBot.Core.Irc.Session;

/// <summary>
/// How much may go out now: <paramref name="burst"/> at once, then one each <paramref name="interval"/>. Some may go into debt,
/// which the next ones wait for; it ends at two bursts, so that a server that asks for much by itself silences nobody for long.
/// </summary>
/// <param name="burst">In lines, or in bytes.</param>
/// <param name="interval">For one of them.</param>
/// <param name="slowness">By how much everything is slower at a moment, 1 for not at all; null for never.</param>
internal sealed class TokenBucket(double burst, TimeSpan interval, Func<TimeSpan, double>? slowness = null)
{
    private const double SmallestBurst = 0.4;
    private const double MostDebt = 2;

    private readonly double _burst = burst;
    private double _tokens = burst;
    private TimeSpan _filledAt;

    /// <summary>Whether nothing is missing from the burst.</summary>
    public bool IsFull(TimeSpan now)
    {
        Fill(now);
        return _tokens >= Burst(now);
    }

    /// <summary>Takes the cost if at least <paramref name="floor"/> is left afterwards.</summary>
    public bool TrySpend(double cost, double floor, TimeSpan now)
    {
        Fill(now);
        if (_tokens - cost < floor - 1e-6)
        {
            return false;
        }

        _tokens -= cost;
        return true;
    }

    public void Spend(double cost, TimeSpan now)
    {
        Fill(now);
        _tokens = Math.Max(Math.Min(_tokens, -MostDebt * _burst), _tokens - cost);
    }

    /// <summary>When <see cref="TrySpend"/> with these will succeed.</summary>
    public TimeSpan WhenSpendable(double cost, double floor, TimeSpan now)
    {
        Fill(now);
        var missing = cost + floor - _tokens;
        return missing <= 0 ? now : now + (Interval(now) * missing);
    }

    /// <summary>How fast ordinary ones go, behind others of this cost.</summary>
    public SayPace Pace(double ahead, TimeSpan now)
    {
        Fill(now);
        return new(now + (Interval(now) * (ahead - _tokens)), Interval(now), Burst(now));
    }

    private double Slowness(TimeSpan now) => slowness?.Invoke(now) ?? 1;

    private TimeSpan Interval(TimeSpan now) => interval * Slowness(now);

    private double Burst(TimeSpan now) => _burst * Math.Max(SmallestBurst, 1 / Slowness(now));

    private void Fill(TimeSpan now)
    {
        _tokens = Math.Min(Burst(now), _tokens + ((now - _filledAt) / Interval(now)));
        _filledAt = now;
    }
}
