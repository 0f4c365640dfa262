using System.Threading.Channels;

namespace ChatBot.Async;

/// <summary>Wakes one waiting loop. Signals that come while it works are one signal when it waits again.</summary>
public sealed class Signal
{
    private readonly Channel<bool> _channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or for the time to pass.</summary>
    /// <param name="atMost">On the monotonic clock; infinite where null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WaitAsync(TimeSpan? atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_channel.Reader.TryRead(out _))
        {
            return;
        }

        if (atMost is not { } limit)
        {
            await _channel.Reader.ReadAsync(cancellationToken);
            return;
        }

        using var either = new TimeLimit(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time passed.
        }
    }
}
