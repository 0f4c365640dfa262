using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatBot.Tests.EndToEnd;

namespace ChatBot.Tests.Monitoring;

/// <summary>
/// The API of an Icinga 2 on a loopback port, as far as the bot sees it: answers what the test put at each path, keeps what it was sent,
/// and closes after each answer.
/// </summary>
internal sealed class IcingaPeerScript : IAsyncDisposable
{
    public const string Login = "Basic Y2hhdGJvdDpzw6ljcmV0"; // chatbot:sécret

    private readonly int _port = FreePort.Ask();
    private readonly X509Certificate2? _certificate;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly List<string> _posted = [];
    private readonly List<string> _asked = [];
    private CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;

    public IcingaPeerScript(bool tls = false)
    {
        if (tls)
        {
            // Schannel apart, a key that was read from PEM serves as it is.
            using var read = X509Certificate2.CreateFromPem(TestCertificates.ServerPem, TestCertificates.KeyPem);
            _certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }

        Start();
    }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://localhost:{_port}");

    /// <summary>SHA-256 of its certificate.</summary>
    public string Fingerprint => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_certificate!.RawData));

    /// <summary>Path and body of every action since the last time.</summary>
    public List<string> TakePosted()
    {
        lock (_lock)
        {
            var posted = _posted.ToList();
            _posted.Clear();
            return posted;
        }
    }

    /// <summary>Method and path of all requests, without the query.</summary>
    public List<string> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>From now on this path, without its query, gets this; <c>*</c> is every other one.</summary>
    /// <param name="path">Such as <c>v1/objects/hosts</c>.</param>
    /// <param name="body">In UTF-8.</param>
    /// <param name="status">And reason.</param>
    /// <param name="head">More header lines, each with its end.</param>
    public void Answer(string path, string body, string status = "200 OK", string head = "") => AnswerRaw(
        path,
        string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{head}\r\n{body}"));

    /// <summary>The same, byte for byte; nothing at all where null, and the connection stays.</summary>
    public void AnswerRaw(string path, string? answer)
    {
        lock (_lock)
        {
            _answers[path] = answer ?? "";
        }
    }

    public void Start()
    {
        _stop = new CancellationTokenSource();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _listening = ListenAsync(listener, _stop.Token);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificate?.Dispose();
    }

    private async Task ListenAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var _ = listener;
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(cancellationToken), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var connection = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cancellationToken);
                stream = tls;
            }

            var request = await ReadAsync(stream, cancellationToken);
            if (request.Head.Length == 0)
            {
                return;
            }

            var answer = Answer(request);
            if (answer.Length == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, RealClock.Instance, cancellationToken);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The bot has gone, or does not believe us.
        }
    }

    private static async Task<(string Head, string Body)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(bytes) && await stream.ReadAsync(one, cancellationToken) > 0)
        {
            bytes.Add(one[0]);
        }

        var head = Encoding.ASCII.GetString([.. bytes]);
        const string length = "Content-Length: ";
        var at = head.IndexOf(length, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return (head, "");
        }

        var body = new byte[int.Parse(head[(at + length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (head, Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(List<byte> bytes) => bytes is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];

    private string Answer((string Head, string Body) request)
    {
        var words = request.Head.Split(' ');
        var path = words[1].TrimStart('/').Split('?')[0];
        lock (_lock)
        {
            _asked.Add($"{words[0]} {path}");
            if (!request.Head.Contains($"Authorization: {Login}\r\n", StringComparison.Ordinal)
                || !request.Head.Contains("Accept: application/json\r\n", StringComparison.Ordinal))
            {
                return "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            }

            if (words[0] == "POST")
            {
                _posted.Add($"{path} {request.Body}");
            }

            return _answers.TryGetValue("*", out var all) ? all : _answers.GetValueOrDefault(path, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }
}
