using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Tests.Irc;

/// <summary>A client that runs until the end of the test.</summary>
internal sealed class RunningClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Task _running;

    public RunningClient(
        IrcSettings settings, TimeProvider? time = null, ILogger<IrcClient>? logger = null,
        Func<IrcRoute, CancellationToken, ValueTask<Stream>>? connect = null)
    {
        _time = time ?? RealClock.Instance;
        Client = new IrcClient(settings, connect, _time, logger ?? NullLogger<IrcClient>.Instance, () => 0);
        _running = Client.RunAsync(_stop.Token);
    }

    public IrcClient Client { get; }

    public static IrcSettings Settings(int port) => new()
    {
        Servers = [new("127.0.0.1", port)],
        Tls = false,
        Nick = "globot",
        Channels = [new("#globenet")],
    };

    public Task<T> NextAsync<T>(Func<T, bool>? fits = null) where T : IrcEvent => Client.Events.NextAsync(fits);

    public Task<SayResult> SayAsync(string text, string target = "#globenet") =>
        Client.SayAsync(target, text, SayKind.Privmsg, SayPriority.Relay, CancellationToken.None);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Eventually.Ends(_running, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        _stop.Dispose();
    }
}
