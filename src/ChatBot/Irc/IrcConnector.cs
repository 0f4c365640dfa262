using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ChatBot.Configuration.Settings;
using ChatBot.Net;

namespace ChatBot.Irc;

/// <summary>
/// Opens the way to a server: the first of its addresses that answers, then TLS 1.2 or newer with the name and the chain verified.
/// A pinned fingerprint or an authority of one's own are the only other ways to be believed.
/// </summary>
internal sealed class IrcConnector
{
    // <netinet/tcp.h>: TCP_USER_TIMEOUT, in milliseconds.
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;
    private const int DeadAfterSeconds = 120;

    private readonly TimeProvider _time;
    private readonly ServerTrust _trust;
    private readonly X509Certificate2? _own;

    // Files and digits are read here, so that a mistake stops the start and not a reconnect at night.
    public IrcConnector(IrcSettings settings, TimeProvider time)
    {
        _time = time;
        _trust = new ServerTrust(settings.TlsFingerprint, settings.TlsCaFile);
        _own = settings.Sasl?.CertificateFile is { } own ? X509Certificate2.CreateFromPemFile(own) : null;
    }

    public async ValueTask<Stream> ConnectAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        var stream = new PromptStream(await ConnectSocketAsync(route, cancellationToken));
        if (!route.Tls)
        {
            return stream;
        }

        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await OnItsThread(() => tls.AuthenticateAsClientAsync(TlsOptions(route.Host), cancellationToken)).Unwrap();
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<Socket> ConnectSocketAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(route.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(route.Host, cancellationToken);
        return await new HappyEyeballs<Socket>((address, over) => ConnectAsync(address, route.Port, over), _time).RunAsync(addresses, cancellationToken);
    }

    // A thread of its own: the framework would watch a socket for ever that has once been connected without one, and wake another
    // thread for all that comes on it.
    private static Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken) =>
        OnItsThread(() => Connect(address, port, cancellationToken));

    private static Socket Connect(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            WatchForDeath(socket);
            using (cancellationToken.UnsafeRegister(static one => ((Socket)one!).Dispose(), socket))
            {
                socket.Connect(address, port);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw e as SocketException ?? new SocketException((int)SocketError.OperationAborted);
        }
    }

    private static Task<T> OnItsThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // Our own PING finds a dead peer sooner; this is for what we have written and nobody acknowledges.
    private static void WatchForDeath(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, DeadAfterSeconds / 2);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, DeadAfterSeconds / 8);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes(DeadAfterSeconds * 1000));
            }
        }
        catch (SocketException)
        {
            // A kernel that does not know them has its own limits.
        }
    }

    private SslClientAuthenticationOptions TlsOptions(string host)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = _trust.Callback,
        };
        if (_own is not null)
        {
            options.ClientCertificates = [_own];
        }

        return options;
    }
}
