using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Irc;

/// <summary>
/// Opens the way to a server: every address of the name in turn, then TLS 1.2 or newer with the name and the chain verified. A
/// pinned fingerprint or an authority of one's own are the only other ways to be believed.
/// </summary>
internal sealed class IrcConnector
{
    private static readonly TimeSpan AddressTime = TimeSpan.FromSeconds(5);

    private readonly bool _usesTls;
    private readonly TimeProvider _clock;
    private readonly byte[]? _pinned;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;

    // Files and digits are read here, so that a mistake stops the start and not a reconnect at night.
    public IrcConnector(IrcSettings settings, TimeProvider clock)
    {
        (_usesTls, _clock) = (settings.Tls, clock);
        if (settings.TlsFingerprint is { } digits) _pinned = Convert.FromHexString(digits.Replace(":", "", StringComparison.Ordinal));
        if (settings.TlsCaFile is { } authorities) (_authorities = []).ImportFromPemFile(authorities);
        _own = settings.Sasl?.CertificateFile is { } own ? X509Certificate2.CreateFromPemFile(own) : null;
    }

    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken stop)
    {
        var stream = new PromptStream(await ConnectSocketAsync(host, port, stop));
        if (!_usesTls) return stream;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(TlsOptions(host), stop);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<Socket> ConnectSocketAsync(string host, int port, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, stop);
        Exception last = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = new CancellationTokenSource(AddressTime, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                await socket.ConnectAsync(address, port, either.Token);
                return socket;
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                socket.Dispose();
                last = failure is SocketException ? failure : new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw last;
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
