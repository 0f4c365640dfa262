using System.Collections.Concurrent;
using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Demo;
using ChatBot.Hosting;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Tests.Hosting;

/// <summary>
/// The whole bot, on a server in this process that lets it into #globenet, answers what clients ask by themselves, and shows the
/// bot what the test plays. WHOIS waits for the test.
/// </summary>
internal sealed class ScriptedBot : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _mapping;
    private readonly Locale _locale;
    private readonly string _modes;
    private readonly Bot _bot;
    private readonly Task _running;
    private Stream? _stream;
    private volatile bool _isIn;

    private ScriptedBot(string mapping, Func<BotSettings, BotSettings> with, Locale locale, string modes)
    {
        (_mapping, _locale, _modes) = (mapping, locale, modes);
        var settings = DemoSettings.Of(_folder["data"], locale, "lunar", isQuick: true);
        _bot = new Bot(
            with(settings with
            {
                OpenPgp = new OpenPgpSettings(_folder["keys"], "/nowhere/gpg"),
                People = new People([new Person { Name = "lunar", Roles = [Person.AdminRole], Pgp = [new string('A', 40)] }]),
            }),
            (_, _) => ValueTask.FromResult(Connect()), RealClock.Instance, NullLoggerFactory.Instance);
        _running = _bot.RunAsync(_stop.Token);
    }

    /// <summary>What the bot said, in order: "nick text", or "#channel text".</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Whom the bot asks about.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>A nick that the server says is not there when the bot speaks to it.</summary>
    public string? Missing { get; set; }

    /// <summary>From now on the server takes in nothing and answers nothing.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Ends with the bot.</summary>
    public Task Running => _running;

    /// <summary>Where it shows its pages.</summary>
    public Task<Uri?> WebAddress => _bot.WebAddress;

    /// <summary>The file of the store.</summary>
    public string Store => Path.Combine(_folder["data"], "chatbot.db");

    public static async Task<ScriptedBot> StartAsync(
        string mapping = "rfc1459", Func<BotSettings, BotSettings>? with = null, Locale locale = Locale.French, string modes = "+nt")
    {
        var bot = new ScriptedBot(mapping, with ?? (settings => settings), locale, modes);
        await Eventually.Is(() => bot._isIn || bot._running.IsCompleted);
        return bot;
    }

    /// <summary>The one of these two texts that is in the group's language.</summary>
    public string In(string french, string english) => _locale == Locale.French ? french : english;

    /// <summary>Lines of the server, in order.</summary>
    public async Task PlayAsync(params string[] lines)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream!.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))));
            await _stream.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The server is gone.</summary>
    public ValueTask DropAsync() => _stream!.DisposeAsync();

    /// <summary>The server says that somebody has no account.</summary>
    public Task NobodyAsync(string nick) =>
        PlayAsync($":irc 311 globot {nick} u h * :{nick}", $":irc 318 globot {nick} :End");

    public async Task<string> SaidAsync(string part)
    {
        await Eventually.Is(() => _running.IsFaulted || Said.Any(line => line.Contains(part, StringComparison.Ordinal)));
        return Said.First(line => line.Contains(part, StringComparison.Ordinal));
    }

    public async Task StopAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _bot.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _writing.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private Stream Connect()
    {
        var (here, there) = DuplexPipe.Create();
        _stream = here;
        _ = ServeAsync(here);
        return there;
    }

    private async Task ServeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (IrcMessage.Parse(line) is { } message)
            {
                await PlayAsync([.. Answers(message)]);
            }
        }
    }

    private string[] Answers(IrcMessage message)
    {
        switch (message.Verb)
        {
            case "PING" or "QUIT" when IsDeaf:
                return [];
            case "USER":
                return [":irc 001 globot :Welcome", $":irc 005 globot CHANTYPES=# NICKLEN=30 CASEMAPPING={_mapping} :are supported", ":irc 422 globot :No motd"];
            case "JOIN":
                return [":globot!g@h JOIN #globenet", ":irc 353 globot = #globenet :globot", ":irc 366 globot #globenet :End"];
            case "MODE":
                _isIn = true;
                return [$":irc 324 globot #globenet {_modes}"];
            case "WHO":
                return [$":irc 315 globot {message[0]} :End"];
            case "PING":
                return [$":irc PONG irc :{message[0]}"];
            case "WHOIS":
                Asked.Enqueue(message[0]);
                return [];
            case "PRIVMSG" or "NOTICE":
                Said.Enqueue($"{message[0]} {message[1]}");
                return message[0] == Missing ? [$":irc 401 globot {message[0]} :No such nick"] : [];
            case "QUIT":
                return ["ERROR :bye"];
            default:
                return [];
        }
    }
}
