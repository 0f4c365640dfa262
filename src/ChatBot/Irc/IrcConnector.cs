using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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

    private readonly TimeProvider _clock;
    private readonly byte[]? _pinned;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;

    // Files and digits are read here, so that a mistake stops the start and not a reconnect at night.
    public IrcConnector(IrcSettings settings, TimeProvider clock)
    {
        _clock = clock;
        if (settings.TlsFingerprint is { } digits) _pinned = Convert.FromHexString(digits.Replace(":", "", StringComparison.Ordinal));
        if (settings.TlsCaFile is { } authorities) (_authorities = []).ImportFromPemFile(authorities);
        _own = settings.Sasl?.CertificateFile is { } own ? X509Certificate2.CreateFromPemFile(own) : null;
    }

    public async ValueTask<Stream> ConnectAsync(IrcRoute route, CancellationToken stop)
    {
        var stream = new PromptStream(await ConnectSocketAsync(route, stop));
        if (!route.Tls) return stream;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(TlsOptions(route.Host), stop);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<Socket> ConnectSocketAsync(IrcRoute route, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(route.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(route.Host, stop);
        return await new SocketRace<Socket>((address, over) => ConnectAsync(address, route.Port, over), _clock).RunAsync(addresses, stop);
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            WatchForDeath(socket);
            await socket.ConnectAsync(address, port, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

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
                socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes(DeadAfterSeconds * 1000));
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
        };
        if (_pinned is not null)
        {
            // The operator vouches for this one certificate, and for no other.
            options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null
                && CryptographicOperations.FixedTimeEquals(_pinned, SHA256.HashData(certificate.GetRawCertData()));
        }
        else if (_authorities is not null)
        {
            // Only the chain may be judged otherwise: a wrong name stays wrong.
            options.RemoteCertificateValidationCallback = (_, certificate, sent, errors) =>
                errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsTrusted(certificate, sent, _authorities));
        }
        if (_own is not null) options.ClientCertificates = [_own];
        return options;
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return certificate is X509Certificate2 presented && chain.Build(presented);
    }
}
