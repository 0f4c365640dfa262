using ChatBot.Core.Language;
using ChatBot.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Hosting;

/// <summary>
/// The bot's main job on embedded defaults: the terminal is the channel, real mails arrive in a Maildir over half a minute.
/// The engine is that of <c>chatbot run</c>; only the socket to the IRC server is replaced. Where the input is no terminal
/// everything goes faster, and the end of the input ends it.
/// </summary>
internal sealed class DemoRun(TextReader input, TextWriter output, bool isTerminal, Locale locale, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan QuickInterval = TimeSpan.FromMilliseconds(400);

    // Long enough for the last answer and the last welcome.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly Lock _printing = new();

    private bool IsFrench => locale == Locale.French;

    private string You => IsFrench ? "vous" : "you";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chatbot-demo-").FullName;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var server = new DemoServer(DemoSettings.Channel, Print, time);
            var settings = DemoSettings.Of(folder, locale, You, !isTerminal);
            await using var bot = new Bot(settings, (_, connecting) => server.ConnectAsync(connecting), time, NullLoggerFactory.Instance);
            var running = bot.RunAsync(stop.Token);
            await await Task.WhenAny(Task.WhenAll(server.Joined, bot.WebAddress), running);
            Introduce(await bot.WebAddress);
            var mails = DemoMails.ArriveAsync(
                DemoSettings.Maildir(folder), isTerminal ? Interval : QuickInterval, time, output, stop.Token);
            await await Task.WhenAny(TalkAsync(server, mails, stop.Token), running);
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Introduce(Uri? pages)
    {
        output.WriteLine(IsFrench
            ? $"Vous êtes sur {DemoSettings.Channel}, en admin ; les mails de Nagios et de metche arrivent d'eux-mêmes ({pages}healthz)."
            : $"You are in {DemoSettings.Channel} as an admin; mails of Nagios and metche arrive by themselves ({pages}healthz).");
        output.WriteLine(IsFrench
            ? "Tapez : !status hal   !incidents   !ack 1 je regarde   !log hal files purgées   !aide   (/msg aide : en privé)"
            : "Type: !status hal   !incidents   !ack 1 looking at it   !log hal queues purged   !help   (/msg help: in private)");
        output.WriteLine(IsFrench
            ? "/join marie fait venir une nouvelle, que le robot accueille ; /quit termine."
            : "/join marie brings a newcomer, whom the bot greets; /quit ends.");
    }

    private async Task TalkAsync(DemoServer server, Task mails, CancellationToken cancellationToken)
    {
        // What is piped in is about the mails, so it waits for them.
        if (!isTerminal)
        {
            await mails;
            await Task.Delay(Aftermath, time, cancellationToken);
        }

        while (await input.ReadLineAsync(cancellationToken) is { } line && line.Trim() != "/quit")
        {
            await TypedAsync(server, line.Trim());
        }

        if (!isTerminal)
        {
            await Task.Delay(Aftermath, time, cancellationToken);
        }
    }

    private Task TypedAsync(DemoServer server, string line)
    {
        if (line.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (!isTerminal)
        {
            Print(You, null, line);
        }

        var (word, rest) = line.Split(' ', 2) is [var first, var others] ? (first, others.Trim()) : (line, "");
        return word switch
        {
            "/join" when IsNick(rest) => server.JoinAsync(rest),
            "/part" when IsNick(rest) => server.PartAsync(rest),
            "/msg" when rest.Length > 0 => server.WhisperAsync(You, You, rest),
            _ when word.StartsWith('/') => Task.Run(() => Print("demo", null, "/join marie · /part marie · /msg aide · /quit"), CancellationToken.None),
            _ => server.SayAsync(You, You, line),
        };
    }

    private static bool IsNick(string text) => text.Length is > 0 and <= 30 && text.All(char.IsLetterOrDigit);

    private void Print(string nick, string? privately, string text)
    {
        var at = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.Local);
        var to = privately is null ? "" : $" → {privately}";
        lock (_printing)
        {
            output.WriteLine($"{at:HH:mm:ss} <{nick}{to}> {text}");
        }
    }
}
