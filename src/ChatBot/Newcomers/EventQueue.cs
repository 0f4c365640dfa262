using System.Threading.Channels;
using ChatBot.Async;
using ChatBot.Core.Irc;

namespace ChatBot.Newcomers;

/// <summary>
/// Events between the one that receives them and the one that acts upon them. Bounded: what finds no room is lost, and all that follows
/// until the reader knows it, so that there is one gap, behind all that was kept.
/// </summary>
internal sealed class EventQueue(int most, TimeProvider time)
{
    private readonly Channel<IrcEvent?> _events = Channel.CreateBounded<IrcEvent?>(
        new BoundedChannelOptions(most) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly Lock _gap = new();
    private volatile bool _hasGap;
    private long _lost;

    /// <summary>Never waits. From one thread at a time.</summary>
    /// <returns>False where it is lost.</returns>
    public bool Add(IrcEvent happened)
    {
        lock (_gap)
        {
            if (!_hasGap && _events.Writer.TryWrite(happened))
            {
                return true;
            }

            _lost++;
            if (!_hasGap)
            {
                _hasGap = true;
                // The reader may have emptied it meanwhile, and wait.
                Wake();
            }

            return false;
        }
    }

    /// <summary>Ends a wait.</summary>
    public void Wake() => _events.Writer.TryWrite(null);

    /// <summary>The next event, or null where the time came first, somebody woke the reader, or there is a gap.</summary>
    /// <param name="wait">How long to wait; null for ever.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    public async Task<IrcEvent?> NextAsync(TimeSpan? wait, CancellationToken cancellationToken)
    {
        if (_events.Reader.TryRead(out var ready))
        {
            return ready;
        }

        if (_hasGap || wait <= TimeSpan.Zero)
        {
            return null;
        }

        if (wait is not { } longest)
        {
            return await _events.Reader.ReadAsync(cancellationToken);
        }

        using var limit = new TimeLimit(longest, time, cancellationToken);
        try
        {
            return await _events.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// How many events were lost behind the last one that was read. Events are kept again once <paramref name="forget"/> has forgotten
    /// what they might have changed.
    /// </summary>
    public long CloseGap(Action forget)
    {
        lock (_gap)
        {
            if (!_hasGap || _events.Reader.Count > 0)
            {
                return 0;
            }

            forget();
            _hasGap = false;
            var lost = _lost;
            _lost = 0;
            return lost;
        }
    }
}
