using System.Threading.Channels;

namespace ChatBot.Hosting;

/// <summary>Wakes one waiting loop. Signals that come while it works are one signal when it waits again.</summary>
public sealed class Signal
{
    private readonly Channel<bool> _channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or for the time to pass.</summary>
    /// <param name="atMost">On the monotonic clock; infinite where null.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task WaitAsync(TimeSpan? atMost, TimeProvider clock, CancellationToken cancel)
    {
        if (_channel.Reader.TryRead(out _))
            return;
        if (atMost is not { } limit)
        {
            await _channel.Reader.ReadAsync(cancel);
            return;
        }

        using var timeout = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time passed.
        }
    }
}
