using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using ChatBot.Tests.EndToEnd;

namespace ChatBot.Tests.Irc;

/// <summary>A server in this process on a loopback port that the system chose: says what the test tells it, shows what it hears, and
/// closes on QUIT.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _patience = new(Eventually.Patience, RealClock.Instance);
    private TcpClient? _client;
    private Stream? _stream;
    private Channel<string> _lines = Channel.CreateUnbounded<string>();

    public ScriptedServer(X509Certificate2? certificate = null, IPAddress? address = null)
    {
        _certificate = certificate;
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate that the client has shown under TLS.</summary>
    public X509Certificate? Shown { get; private set; }

    /// <summary>Takes the next connection; from then on its lines are the ones that <see cref="HearAsync"/> gives.</summary>
    public async Task AcceptAsync()
    {
        _client = await _listener.AcceptTcpClientAsync(_patience.Token);
        _client.NoDelay = true;
        _stream = _client.GetStream();
        if (_certificate is not null)
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, shown, _, _) => Believe(shown),
            });
            _stream = tls;
        }
        _lines = Channel.CreateUnbounded<string>();
        _ = ListenAsync(_client, new StreamReader(_stream, Encoding.UTF8), _lines.Writer);
    }

    /// <summary>Lets the bot in, as a server without capabilities does, and into its channel.</summary>
    public async Task WelcomeAsync(string channel = "#globenet")
    {
        await AcceptAsync();
        await HearAsync("USER");
        await SayAsync(":irc.test 001 globot :Welcome");
        await HearAsync("JOIN " + channel);
        await SayAsync($":globot!g@localhost JOIN {channel}");
    }

    public Task SayAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream!.WriteAsync(bytes, _patience.Token);
        await _stream.FlushAsync(_patience.Token);
    }

    /// <summary>The next line that begins so; others before it are passed over.</summary>
    public async Task<string> HearAsync(string start)
    {
        while (true)
        {
            if (await _lines.Reader.ReadAsync(_patience.Token) is var line && line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public void Drop() => _client?.Dispose();

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        _client?.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Believe(X509Certificate? shown)
    {
        Shown = shown;
        return true;
    }

    private static async Task ListenAsync(TcpClient client, StreamReader reader, ChannelWriter<string> lines)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lines.TryWrite(line);
                if (line.StartsWith("QUIT", StringComparison.Ordinal))
                {
                    client.Dispose();
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The connection is gone, which is what the completed channel says.
        }
        lines.Complete();
    }
}
