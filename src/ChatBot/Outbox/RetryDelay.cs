namespace ChatBot.Outbox;

/// <summary>How long to wait after each failure in a row: 5 seconds, twice as long each time up to 5 minutes, up to a fifth less by chance.</summary>
/// <param name="chance">Numbers from 0 to 1.</param>
internal sealed class RetryDelay(Func<double> chance)
{
    private const int MostDoublings = 10;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var wait = First * Math.Pow(2, Math.Min(_failures++, MostDoublings));
        return (wait < Longest ? wait : Longest) * (1 - chance() / 5);
    }
}
