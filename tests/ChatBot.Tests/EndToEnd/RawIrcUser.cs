using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Somebody at a raw socket: writes lines as they are, answers PING, and waits for a line with an end.</summary>
internal sealed class RawIrcUser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _reader = StreamReader.Null;

    public static async Task<RawIrcUser> JoinAsync(int port, string nick, string channel)
    {
        var user = new RawIrcUser();
        await user._client.ConnectAsync(IPAddress.Loopback, port);
        user._reader = new StreamReader(user._client.GetStream(), new UTF8Encoding(false));
        await user.SendAsync($"NICK {nick}", $"USER {nick} 0 * :{nick}");
        await user.HearAsync(line => line.Contains(" 001 ", StringComparison.Ordinal));
        await user.SendAsync($"JOIN {channel}");
        await user.HearAsync(line => line.Contains(" 366 ", StringComparison.Ordinal));
        return user;
    }

    public async Task SendAsync(params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));
        await _client.GetStream().WriteAsync(bytes);
    }

    /// <summary>The next line that fits; what comes before is passed over.</summary>
    public async Task<string> HearAsync(Predicate<string> fits)
    {
        using var patience = new CancellationTokenSource(Patience, RealClock.Instance);
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("PING", StringComparison.Ordinal)) await SendAsync("PONG" + line[4..]);
            if (fits(line)) return line;
        }
        throw new IOException("The server closed the connection.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
