namespace ChatBot.Hosting;

/// <summary>Standard input where there is none (<c>&lt;&amp;-</c>): reading fails. It is not an empty mail, which would be refused for good.</summary>
/// <param name="why">What the system says.</param>
internal sealed class ClosedInput(Exception why) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new IOException("standard input is closed", why);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
