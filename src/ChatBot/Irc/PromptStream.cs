using System.Net.Sockets;

namespace ChatBot.Irc;

/// <summary>
/// A TCP connection that acknowledges at once what it reads: a server that gathers small writes (RFC 896) holds the next line back
/// until then, which costs 40 ms a line with the delayed acknowledgements of Linux.
/// </summary>
internal sealed class PromptStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // <netinet/tcp.h>; the kernel forgets it, so it is said after each read.
    private const int TcpLevel = 6;
    private const int QuickAck = 12;

    private readonly byte[] _on = BitConverter.GetBytes(1);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (read > 0 && OperatingSystem.IsLinux())
        {
            Socket.SetRawSocketOption(TcpLevel, QuickAck, _on);
        }

        return read;
    }
}
