using System.Text;

namespace ChatBot.Tests.Irc;

/// <summary>A peer that has said one thing, says nothing more, and reads nothing.</summary>
internal sealed class StuckStream(string said) : Stream
{
    private byte[]? _said = Encoding.UTF8.GetBytes(said);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _said, null) is not { } bytes)
        {
            await NeverAsync(cancellationToken);
        }
        else
        {
            bytes.CopyTo(buffer);
            return bytes.Length;
        }
        return 0;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(NeverAsync(cancellationToken));

    public override void Flush()
    {
        // Nothing was ever written.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static async Task NeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        await using (cancellationToken.Register(() => never.TrySetCanceled(cancellationToken)))
        {
            await never.Task;
        }
    }
}
