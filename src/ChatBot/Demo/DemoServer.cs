using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;

namespace ChatBot.Demo;

/// <summary>
/// The IRC server of the demo, in memory, with two channels and one client: the bot speaks to it as to any other server
/// (message-tags, account-tag, echo-message, labeled-response), and the terminal sees what both channels see.
/// </summary>
/// <param name="you">The nick and account of the person at the terminal, who is in both channels.</param>
/// <param name="terminal">Receives who says what: the speaker's nick, the channel or the nick spoken to, the text.</param>
/// <param name="time">For server-time.</param>
internal sealed class DemoServer(string you, Action<string, string, string> terminal, TimeProvider time) : IDisposable
{
    private const string Name = "demo";
    private const string Caps = "message-tags server-time account-tag extended-join echo-message labeled-response batch";

    private static readonly string[] Channels = [DemoSettings.Channel, DemoSettings.RootChannel];

    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private Stream? _client;
    private string _nick = "*";

    /// <summary>Completes when the bot is in both channels.</summary>
    public Task Joined => _joined.Task;

    /// <summary>Stands in for the socket.</summary>
    public ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var (here, there) = DuplexPipe.Create();
        _client = here;
        _ = ServeAsync(here, cancellationToken);
        return new ValueTask<Stream>(there);
    }

    public void Dispose() => _writing.Dispose();

    /// <summary>The person at the terminal says something in a channel.</summary>
    public Task SayAsync(string channel, string text) => SendAsync($"{Tags(you)}:{you}!{you}@{Name} PRIVMSG {channel} :{text}");

    /// <summary>They say something to the bot alone.</summary>
    public Task WhisperAsync(string text) => SayAsync(_nick, text);

    /// <summary>Somebody comes into the open channel.</summary>
    public Task JoinAsync(string nick) => SendAsync($":{nick}!{nick}@{nick}.{Name} JOIN {DemoSettings.Channel} * :{nick}");

    /// <summary>Somebody leaves it.</summary>
    public Task PartAsync(string nick) => SendAsync($":{nick}!{nick}@{nick}.{Name} PART {DemoSettings.Channel}");

    private string Tags(string? account)
    {
        var stamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return account is null ? $"@time={stamp} " : $"@time={stamp};account={account} ";
    }

    private async Task ServeAsync(Stream client, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(client, new UTF8Encoding(false), leaveOpen: true);
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (IrcMessage.Parse(line) is { } message)
                {
                    await AnswerAsync(message, cancellationToken);
                }
            }
        }
        catch (IOException)
        {
            // The bot has hung up.
        }
    }

    private Task AnswerAsync(IrcMessage message, CancellationToken cancellationToken) => message.Verb switch
    {
        "CAP" => CapAsync(message),
        "NICK" when _nick == "*" => Remember(message.Params[0]),
        "USER" => Task.CompletedTask,
        "JOIN" => JoinedAsync(message.Params[0].Split(',')),
        "MODE" when message.Params.Count == 1 => SendAsync($":{Name} 324 {_nick} {message.Params[0]} {ModesOf(message.Params[0])}"),
        "WHO" => SendAsync($":{Name} 315 {_nick} {message.Params[0]} :End of WHO list"),
        "PING" => SendAsync($":{Name} PONG {Name} :{message.Params[0]}"),
        "PRIVMSG" or "NOTICE" => SpokenAsync(message),
        "QUIT" => ByeAsync(cancellationToken),
        _ => Task.CompletedTask,
    };

    private static string ModesOf(string channel) => channel == DemoSettings.RootChannel ? "+ins" : "+nt";

    private Task Remember(string nick)
    {
        _nick = nick;
        return Task.CompletedTask;
    }

    private Task CapAsync(IrcMessage message) => message.Params[0].ToUpperInvariant() switch
    {
        "LS" => SendAsync($":{Name} CAP * LS :{Caps}"),
        "REQ" => SendAsync($":{Name} CAP {_nick} ACK :{message.Params[^1]}"),
        "END" => WelcomeAsync(),
        _ => Task.CompletedTask,
    };

    private async Task WelcomeAsync()
    {
        await SendAsync($"{Tags(null)}:{Name} 001 {_nick} :Welcome {_nick}!{_nick}@{Name}");
        await SendAsync($":{Name} 005 {_nick} CHANTYPES=# NICKLEN=30 CASEMAPPING=ascii UTF8ONLY :are supported by this server");
        await SendAsync($":{Name} 422 {_nick} :No message of the day");
    }

    private async Task JoinedAsync(string[] channels)
    {
        foreach (var channel in channels)
        {
            await SendAsync($":{_nick}!{_nick}@{Name} JOIN {channel} * :{_nick}");
            await SendAsync($":{Name} 353 {_nick} = {channel} :@{you} {_nick}");
            await SendAsync($":{Name} 366 {_nick} {channel} :End of NAMES list");
            _entered.Add(channel);
        }

        if (_entered.IsSupersetOf(Channels))
        {
            _joined.TrySetResult();
        }
    }

    private async Task SpokenAsync(IrcMessage message)
    {
        var (target, text) = (message.Params[0], message.Params[^1]);
        terminal(_nick, target, text);
        var label = message.Tags["label"] is { } value ? $"@label={value} " : "";
        await SendAsync($"{label}:{_nick}!{_nick}@{Name} {message.Verb} {target} :{text}");
    }

    private async Task ByeAsync(CancellationToken cancellationToken)
    {
        await SendAsync("ERROR :Closing link");
        if (_client is { } client && cancellationToken.IsCancellationRequested)
        {
            await client.DisposeAsync();
        }
    }

    private async Task SendAsync(string line)
    {
        if (_client is not { } client)
        {
            return;
        }

        await _writing.WaitAsync();
        try
        {
            await client.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            await client.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }
}
