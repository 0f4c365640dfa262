using System.Text;
using System.Threading.Channels;
using ChatBot.Async;
using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>
/// One open connection: the writer that sends what is ready in one go, and how it ended. A socket that blocks on writing never
/// blocks reading.
/// </summary>
internal sealed class IrcConnection(Stream stream, IrcRoute route, TimeProvider time) : IAsyncDisposable
{
    private const int LargestWrite = 16_384;

    // A line as long as LINELEN may allow, and its tags.
    private const int LongestLine = 8192 + 512;
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(10);

    // Reads that the dispatcher may still have to handle: more wait in the socket.
    private const int ReadsAhead = 16;

    private readonly SemaphoreSlim _room = new(ReadsAhead);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public Stream Stream => stream;

    public IrcRoute Route => route;

    /// <summary>What the server promised of TLS on this connection (IRCv3 sts); null where nothing.</summary>
    public TimeSpan? Promised { get; set; }

    /// <summary>True where nothing more is to be read or written on it, not even a goodbye.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Set by the dispatcher once the session has forgotten the connection.</summary>
    public TaskCompletionSource<(CloseCause Cause, TimeSpan RegisteredFor)> Ended { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _lines.Writer.TryWrite(line);
        }
    }

    /// <summary>Completes when our side wants the end.</summary>
    public Task Finished => _finished.Task;

    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    public void MakeRoom(int reads) => _room.Release(reads);

    /// <summary>Nothing more is written; what is there still goes out.</summary>
    public void Finish()
    {
        _lines.Writer.TryComplete();
        _finished.TrySetResult();
    }

    /// <summary>Writes until <see cref="Finish"/>, or until a peer takes nothing for 10 s.</summary>
    /// <param name="mayWrite">Completes when what is there may be written, before each write.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAllAsync(Func<CancellationToken, ValueTask> mayWrite, CancellationToken cancellationToken)
    {
        var bytes = new byte[LargestWrite + LongestLine];
        while (await _lines.Reader.WaitToReadAsync(cancellationToken))
        {
            var length = 0;
            while (length < LargestWrite && _lines.Reader.TryRead(out var line))
            {
                length += Encoding.UTF8.GetBytes(line, bytes.AsSpan(length));
                bytes[length++] = (byte)'\r';
                bytes[length++] = (byte)'\n';
            }
            await mayWrite(cancellationToken);
            await WriteAsync(bytes.AsMemory(0, length), cancellationToken);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(WriteTime, time, cancellationToken);
        await stream.WriteAsync(bytes, limit.Token);
        await stream.FlushAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _room.Dispose();
    }
}
