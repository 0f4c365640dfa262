namespace ChatBot.Mail;

/// <summary>Counts mails that had no effect, and lets it be told at once, then once an hour at most.</summary>
internal sealed class RefusalNews(TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private long? _toldAt;
    private long _sinceTold;

    /// <summary>Counts one more.</summary>
    /// <returns>How many to tell of; null where it is too early.</returns>
    public long? Count()
    {
        _sinceTold++;
        if (_toldAt is { } last && clock.GetElapsedTime(last) < Every)
            return null;
        var count = _sinceTold;
        _toldAt = clock.GetTimestamp();
        _sinceTold = 0;
        return count;
    }
}
