
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>The monitor: a state to read, and orders that it accepts.</summary>
internal interface IMonitorPeer
{
    /// <summary>Whether a new state, even the same as before, means that orders can be tried again at once.</summary>
    bool RenewsItsState { get; }

    /// <summary>How soon its state can show the order it just received; null where it announces that itself.</summary>
    TimeSpan? ShowsAfter { get; }

    /// <summary>Its state as it is known, for commands; null where none is configured or none was read yet.</summary>
    MonitorReading? Look();

    /// <summary>Its state, read again where that is due.</summary>
    /// <param name="newest">The newest order that waits; null where none does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<MonitorReading?> ReadAsync(long? newest, CancellationToken cancellationToken);

    /// <summary>When the state is to be read again by itself; null where the monitor signals its changes.</summary>
    /// <param name="waits">Whether orders wait for it.</param>
    TimeSpan? ReadAgainIn(bool waits);

    /// <summary>Hands it one action. Its state, and not this, says whether it is done.</summary>
    Task<OrderReceipt> TellAsync(MonitorAction action, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Calls each time the state may be another; null where nothing can be watched.</summary>
    IDisposable? Watch(Action changed);
}
