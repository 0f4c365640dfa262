namespace ChatBot.Irc;

/// <summary>What the IRC side counts since the start, for the metrics. Read from any thread.</summary>
public sealed class IrcCounters
{
    private long _connects;
    private long _overlongLines;
    private long _malformedLines;
    private long _queueLength;

    /// <summary>Connections that were made; one less is the number of reconnects.</summary>
    public long Connects => Interlocked.Read(ref _connects);

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

    internal void Connected() => Interlocked.Increment(ref _connects);

    internal void OverlongLine() => Interlocked.Increment(ref _overlongLines);

    internal void MalformedLine() => Interlocked.Increment(ref _malformedLines);
}
