namespace ChatBot.Async;

/// <summary>
/// Waits twice as long after each failure in a row, from one second to five minutes, each wait made up to a fifth shorter by
/// chance.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="chance">Numbers from 0 to 1, so that tests decide them.</param>
internal sealed class Backoff(TimeProvider time, Func<double> chance)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private TimeSpan _next = First;

    public void Reset() => _next = First;

    /// <summary>Waits the longest time at once: what failed will not mend itself.</summary>
    public void Slow() => _next = Longest;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _next * (1 - chance() / 5);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(wait, time, cancellationToken);
    }
}
