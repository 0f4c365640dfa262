using System.Net.Sockets;
using ChatBot.Posix;

namespace ChatBot.Irc;

/// <summary>
/// A TCP connection that acknowledges at once what it reads: a server that gathers small writes (RFC 896) holds the next line back
/// until then, which costs 40 ms a line with the delayed acknowledgements of Linux. Who reads waits on its own thread, so that no
/// other one has to be woken for what comes.
/// </summary>
internal sealed class PromptStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // <netinet/tcp.h>; the kernel forgets it, so it is said after each read that was not answered: what we write acknowledges.
    private const int TcpLevel = 6;
    private const int QuickAck = 12;

    private readonly byte[] _on = BitConverter.GetBytes(1);
    private volatile bool _owesAcknowledgement;

    /// <summary>Waits on the thread of the caller. Giving up is the end of the connection.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReadHere(buffer.Span, cancellationToken));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _owesAcknowledgement = false;
        return base.WriteAsync(buffer, cancellationToken);
    }

    private int ReadHere(Span<byte> buffer, CancellationToken cancellationToken)
    {
        if (_owesAcknowledgement && OperatingSystem.IsLinux())
        {
            Socket.SetRawSocketOption(TcpLevel, QuickAck, _on);
        }

        using var end = cancellationToken.UnsafeRegister(static one => ((PromptStream)one!).Shut(), this);
        while (true)
        {
            if (!Libc.WaitToRead(Socket.SafeHandle))
            {
                throw new IOException(Libc.LastErrorMessage);
            }

            var read = Socket.Receive(buffer, SocketFlags.None, out var error);
            cancellationToken.ThrowIfCancellationRequested();
            if (error == SocketError.Success)
            {
                _owesAcknowledgement = read > 0;
                return read;
            }

            if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
            {
                throw new IOException(error.ToString(), new SocketException((int)error));
            }
        }
    }

    private void Shut()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
