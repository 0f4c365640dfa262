using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Somebody at a raw socket: writes lines as they are, answers PING, and waits for a line with an end.</summary>
public sealed class RawIrcUser : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly List<string> _received = [];
    private Stream _stream = Stream.Null;
    private StreamReader _reader = StreamReader.Null;
    private int _fences;

    /// <summary>Every line read so far.</summary>
    public IReadOnlyList<string> Received => _received;

    /// <param name="port">Of the server.</param>
    /// <param name="nick">Also the user name.</param>
    /// <param name="channel">With its key after a space, where it has one.</param>
    /// <param name="showsCertificate">Over TLS, with a certificate of its own.</param>
    public static async Task<RawIrcUser> JoinAsync(int port, string nick, string channel, bool showsCertificate = false)
    {
        var user = new RawIrcUser();
        await user._client.ConnectAsync(IPAddress.Loopback, port);
        user._stream = showsCertificate ? await SecureAsync(user._client.GetStream()) : user._client.GetStream();
        user._reader = new StreamReader(user._stream, new UTF8Encoding(false));
        await user.SendAsync($"NICK {nick}", $"USER {nick} 0 * :{nick}");
        // Who held the nick in the test before may not be gone yet.
        while ((await user.HearAsync(line => line.Contains(" 001 ", StringComparison.Ordinal) || line.Contains(" 433 ", StringComparison.Ordinal)))
            .Contains(" 433 ", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), RealClock.Instance);
            await user.SendAsync($"NICK {nick}");
        }

        await user.SendAsync($"JOIN {channel}");
        await user.HearAsync(line => line.Contains(" 366 ", StringComparison.Ordinal));
        return user;
    }

    /// <summary>
    /// The same, once nobody else is in the channel: then this user is its operator. Those of the test before may not be gone yet.
    /// </summary>
    public static async Task<RawIrcUser> JoinAloneAsync(int port, string nick, string channel)
    {
        RawIrcUser? alone = null;
        await Eventually.UntilAsync($"nobody is in {channel}", async () =>
        {
            var user = await JoinAsync(port, nick, channel);
            if (user.Received.Any(line => line.Contains(" 353 ", StringComparison.Ordinal) && line.TrimEnd().EndsWith($":@{nick}", StringComparison.Ordinal)))
            {
                alone = user;
                return true;
            }

            await user.SendAsync("QUIT");
            user.Dispose();
            return false;
        });
        return alone!;
    }

    public async Task SendAsync(params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));
        await _stream.WriteAsync(bytes);
    }

    /// <summary>The next line that fits; what comes before is passed over.</summary>
    public async Task<string> HearAsync(Predicate<string> fits)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience, RealClock.Instance);
        try
        {
            while (await _reader.ReadLineAsync(patience.Token) is { } line)
            {
                _received.Add(line);
                if (line.StartsWith("PING", StringComparison.Ordinal))
                {
                    await SendAsync("PONG" + line[4..]);
                }

                if (fits(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("Nothing that fits came after:\n" + string.Join('\n', _received));
        }
        throw new IOException("The server closed the connection.");
    }

    /// <summary>The next line that holds this text.</summary>
    public Task<string> HearAsync(string text) => HearAsync(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Says something in the channel.</summary>
    public Task SayAsync(string text) => SendAsync($"PRIVMSG {BotHome.Channel} :{text}");

    /// <summary>What the bot said in channels, and to this user, up to now: reads all that the server has sent.</summary>
    public async Task<IReadOnlyList<string>> SaidByBotAsync()
    {
        var fence = $"fence-{_fences++}";
        await SendAsync("PING " + fence);
        await HearAsync(line => line.Contains(" PONG ", StringComparison.Ordinal) && line.EndsWith(fence, StringComparison.Ordinal));
        // After a kill the server may still know the nick, and the bot comes as another.
        return [.. _received.Where(line => line.StartsWith(":globot", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private static async Task<Stream> SecureAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = TestCertificates.Host,
            ClientCertificates = [X509Certificate2.CreateFromPem(TestCertificates.ClientPem, TestCertificates.ClientPem)],
            // Whose server it is, is not what this user looks at, as long as it is one of the tests'.
            RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
                certificate?.Subject == $"CN={TestCertificates.Host}",
        });
        return tls;
    }
}
