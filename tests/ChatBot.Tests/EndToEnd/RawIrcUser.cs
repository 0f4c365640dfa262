using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Somebody at a raw socket: writes lines as they are, answers PING, and waits for a line with an end.</summary>
internal sealed class RawIrcUser : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly List<string> _heard = [];
    private StreamReader _reader = StreamReader.Null;
    private int _fences;

    /// <summary>Every line read so far.</summary>
    public IReadOnlyList<string> Heard => _heard;

    /// <param name="port">Of the server.</param>
    /// <param name="nick">Also the user name.</param>
    /// <param name="channel">With its key after a space, where it has one.</param>
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
        using var patience = new CancellationTokenSource(Wait.Patience, RealClock.Instance);
        try
        {
            while (await _reader.ReadLineAsync(patience.Token) is { } line)
            {
                _heard.Add(line);
                if (line.StartsWith("PING", StringComparison.Ordinal)) await SendAsync("PONG" + line[4..]);
                if (fits(line)) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("Nothing that fits came after:\n" + string.Join('\n', _heard));
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
        // After a kill the server may still hold the nick, and the bot comes as another.
        return [.. _heard.Where(line => line.StartsWith(":globot", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
