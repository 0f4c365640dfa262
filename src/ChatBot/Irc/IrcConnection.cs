using System.Text;
using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>
/// One open connection: the writer that sends what is ready in one go, and how it ended. A socket that blocks on writing never
/// blocks reading.
/// </summary>
internal sealed class IrcConnection(
    Stream stream, IrcRoute route, Func<CancellationToken, ValueTask> mayWrite, TimeProvider time) : IAsyncDisposable
{
    private const int LargestWrite = 16_384;

    // A line as long as LINELEN may allow, and its tags.
    private const int LongestLine = 8192 + 512;
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(10);

    // Reads that the dispatcher may still have to handle: more wait in the socket.
    private const int ReadsAhead = 16;

    private readonly SemaphoreSlim _room = new(ReadsAhead);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();
    private readonly byte[] _bytes = new byte[LargestWrite + LongestLine];
    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();
    private bool _isWriting;
    private bool _isFinished;

    public Stream Stream => stream;

    public IrcRoute Route => route;

    /// <summary>What the server promised of TLS on this connection (IRCv3 sts); null where nothing.</summary>
    public TimeSpan? Promised { get; set; }

    /// <summary>True where nothing more is to be read or written on it, not even a goodbye.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Set by the dispatcher once the session has forgotten the connection.</summary>
    public TaskCompletionSource<(CloseCause Cause, TimeSpan RegisteredFor)> Ended { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lines for the next <see cref="Flush"/>.</summary>
    public void Write(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                _lines.Enqueue(line);
            }
        }
    }

    /// <summary>Begins to write what is there, unless that is being done: on this thread as far as the socket takes it at once.</summary>
    public void Flush()
    {
        if (MayWrite())
        {
            _ = WriteAllAsync();
        }
    }

    /// <summary>Completes when all is written after <see cref="Finish"/>, or nothing more can be.</summary>
    public Task Written => _written.Task;

    /// <summary>Completes when our side wants the end.</summary>
    public Task Finished => _finished.Task;

    public void WaitForRoom(CancellationToken cancellationToken) => _room.Wait(cancellationToken);

    public void MakeRoom(int reads) => _room.Release(reads);

    /// <summary>Nothing more comes; what is there still goes out.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            _isFinished = true;
        }

        _finished.TrySetResult();
        Flush();
    }

    /// <summary>Nothing more is written.</summary>
    public void Abort()
    {
        _abort.Cancel();
        Finish();
    }

    private bool MayWrite()
    {
        lock (_lock)
        {
            return !_isWriting && (_isWriting = _lines.Count > 0 || _isFinished);
        }
    }

    // One at a time; until nothing is there, or until a peer takes nothing for 10 s.
    private async Task WriteAllAsync()
    {
        try
        {
            while (Fill() is > 0 and var length)
            {
                await WriteAsync(_bytes.AsMemory(0, length));
            }
        }
        catch (Exception end) when (IrcClient.IsEnd(end))
        {
            // The way a connection breaks says no more than its end. Nobody writes on it again.
            _written.TrySetResult();
        }
        catch (Exception fault)
        {
            _written.TrySetException(fault);
        }
    }

    private int Fill()
    {
        lock (_lock)
        {
            var length = 0;
            while (length < LargestWrite && _lines.TryDequeue(out var line))
            {
                length += Encoding.UTF8.GetBytes(line, _bytes.AsSpan(length));
                _bytes[length++] = (byte)'\r';
                _bytes[length++] = (byte)'\n';
            }

            _isWriting = length > 0;
            if (length == 0 && _isFinished)
            {
                _written.TrySetResult();
            }

            return length;
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await mayWrite(_abort.Token);
        _abort.Token.ThrowIfCancellationRequested();
        await InTimeAsync(stream.WriteAsync(bytes, _abort.Token));
        await InTimeAsync(new ValueTask(stream.FlushAsync(_abort.Token)));
    }

    // Nearly always the socket takes it at once.
    private async ValueTask InTimeAsync(ValueTask written)
    {
        if (written.IsCompleted)
        {
            await written;
            return;
        }

        try
        {
            await written.AsTask().WaitAsync(WriteTime, time);
        }
        catch (TimeoutException)
        {
            await _abort.CancelAsync();
            throw new IOException("the peer takes nothing");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _abort.Dispose();
        _room.Dispose();
    }
}
