
using ChatBot.Core.Irc;

namespace ChatBot.Metrics;

/// <summary>What the IRC side counts since the start, for the metrics. Read from any thread.</summary>
public sealed class IrcCounters
{
    private readonly long[] _disconnects = new long[Enum.GetValues<CloseCause>().Length];
    private long _connects;
    private long _connectFailures;
    private long _lag;
    private long _overlongLines;
    private long _malformedLines;
    private long _queueLength;

    /// <summary>Connections that were made; one less is the number of reconnects.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    /// <summary>Connections that could not be made: no answer, no TLS, a refused certificate.</summary>
    public long ConnectFailures => Interlocked.Read(ref _connectFailures);

    /// <summary>How long the server took to answer our last PING; zero before the first answer of a connection.</summary>
    public TimeSpan Lag
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _lag));
        internal set => Interlocked.Exchange(ref _lag, value.Ticks);
    }

    /// <summary>Lines from the server that were longer than the protocol allows, and dropped.</summary>
    public long OverlongLines => Interlocked.Read(ref _overlongLines);

    /// <summary>Lines from the server that were no lines of the protocol, and ignored.</summary>
    public long MalformedLines => Interlocked.Read(ref _malformedLines);

    /// <summary>Lines that wait or are not confirmed now.</summary>
    public long QueueLength
    {
        get => Interlocked.Read(ref _queueLength);
        internal set => Interlocked.Exchange(ref _queueLength, value);
    }

    /// <summary>Connections that ended for this reason, our own stops included.</summary>
    public long Disconnects(CloseCause cause) => Interlocked.Read(ref _disconnects[(int)cause]);

    internal void Disconnected(CloseCause cause) => Interlocked.Increment(ref _disconnects[(int)cause]);

    internal void ConnectFailed() => Interlocked.Increment(ref _connectFailures);

    internal void Connected() => Interlocked.Increment(ref _connects);

    internal void OverlongLine() => Interlocked.Increment(ref _overlongLines);

    internal void MalformedLine() => Interlocked.Increment(ref _malformedLines);
}
