using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Hosting;

/// <summary>
/// The bot's main job on embedded defaults: the terminal is both channels, mails arrive in a Maildir and tell a short evening.
/// The engine is that of <c>chatbot run</c>; only the socket to the IRC server is replaced. Where the input is no terminal
/// everything goes faster: what is piped in is said between the troubles and their ends, and the end of the input ends it.
/// </summary>
/// <param name="input">What the person types.</param>
/// <param name="output">The terminal, or a file.</param>
/// <param name="isTerminal">Whether a person types.</param>
/// <param name="width">The columns of the terminal; null where the output is none.</param>
/// <param name="locale">The language of the group.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoRun(TextReader input, TextWriter output, bool isTerminal, int? width, Locale locale, TimeProvider time)
{
    // The bot waits two seconds for company, and says it; then somebody reads, and tries what the guide proposes.
    private static readonly Pace Watched = new(Before: TimeSpan.FromSeconds(4), Heard: TimeSpan.FromSeconds(4), Tried: TimeSpan.FromSeconds(11));
    private static readonly Pace Quick = new(Before: TimeSpan.Zero, Heard: TimeSpan.FromMilliseconds(800), Tried: TimeSpan.Zero);

    // Long enough for the last answer and the last welcome.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly DemoScreen _screen = new(output, width, locale, time);
    private Uri? _pages;
    private bool _hasHinted;

    private bool IsFrench => locale == Locale.French;

    private string You => IsFrench ? "vous" : "you";

    private Pace Speed => isTerminal ? Watched : Quick;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chatbot-demo-").FullName;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var server = new DemoServer(You, _screen.Say, time);
            var settings = DemoSettings.WithBothChannels(folder, locale, You, !isTerminal);
            await using var bot = new Bot(settings, (_, connecting) => server.ConnectAsync(connecting), time, NullLoggerFactory.Instance);
            var running = bot.RunAsync(stop.Token);
            await await Task.WhenAny(Task.WhenAll(server.Joined, bot.WebAddress), running);
            _pages = await bot.WebAddress;
            Introduce();
            await await Task.WhenAny(EveningAsync(server, bot, DemoSettings.Maildir(folder), stop.Token), running);
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Words(string french, string english) => IsFrench ? french : english;

    private void Introduce()
    {
        _screen.Tell(Words(
            "Une soirée dans un groupe qui tient neuf machines. Vous y êtes admin, sur deux canaux : #globenet, ouvert à tous, et #root, où le groupe lit davantage. Les mails de Nagios et de metche arrivent d'eux-mêmes.",
            "An evening in a group that runs nine machines. You are an admin there, in two channels: #globenet, open to everybody, and #root, where the group reads more. Mails of Nagios and metche arrive by themselves."));
        Help();
    }

    private void Help()
    {
        _screen.Tell(Words(
            "Tapez comme sur IRC, vous êtes sur #globenet : !aide, !état, !incidents…  /root !incidents parle sur #root, /msg aide au robot seul, /join marie fait venir une nouvelle, /quit termine.",
            "Type as on IRC, you are in #globenet: !help, !status, !incidents…  /root !incidents speaks in #root, /msg help to the bot alone, /join marie brings a newcomer, /quit ends."));
    }

    private async Task EveningAsync(DemoServer server, Bot bot, string maildir, CancellationToken cancellationToken)
    {
        if (isTerminal)
        {
            var typing = TypeAsync(server, cancellationToken);
            var story = StoryAsync();
            if (await Task.WhenAny(typing, story) == story)
            {
                await story;
            }

            await typing;
            return;
        }

        await PlayAsync(DemoScene.Troubles, maildir, cancellationToken);
        await Task.Delay(Aftermath, time, cancellationToken);
        await TypeAsync(server, cancellationToken);
        await Task.Delay(Aftermath, time, cancellationToken);
        await PlayAsync(DemoScene.Ends, maildir, cancellationToken);
        await Task.Delay(Aftermath, time, cancellationToken);
        SumUp(bot);

        async Task StoryAsync()
        {
            await Task.Delay(Speed.Before, time, cancellationToken);
            await PlayAsync([.. DemoScene.Troubles, .. DemoScene.Ends], maildir, cancellationToken);
            SumUp(bot);
        }
    }

    private async Task PlayAsync(IEnumerable<DemoScene> scenes, string maildir, CancellationToken cancellationToken)
    {
        foreach (var scene in scenes)
        {
            foreach (var mail in scene.Mails)
            {
                await DemoMails.DeliverAsync(mail, maildir, time, output, cancellationToken);
            }

            await Task.Delay(Speed.Heard, time, cancellationToken);
            _screen.Guide(Words(scene.French, scene.English));
            await Task.Delay(Speed.Tried, time, cancellationToken);
        }
    }

    private void SumUp(Bot bot)
    {
        var (mails, open, root) = (DemoMails.All.Count, bot.LinesSaidTo(Audience.Public), bot.LinesSaidTo(Audience.Root));
        _screen.Guide(Words(
            $"fin de la soirée : {mails} mails reçus, {open} lignes dites sur #globenet, {root} sur #root. Continuez tant que vous voulez ; /quit termine",
            $"end of the evening: {mails} mails received, {open} lines said in #globenet, {root} in #root. Go on as long as you like; /quit ends"));
    }

    private async Task TypeAsync(DemoServer server, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line && line.Trim() != "/quit")
        {
            await TypedAsync(server, line.Trim());
        }
    }

    private async Task TypedAsync(DemoServer server, string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var others] ? (first, others.Trim()) : (line, "");
        switch (word)
        {
            case "":
                return;
            case "/root" when rest.Length > 0:
                await SayAsync(server, DemoSettings.RootChannel, rest);
                return;
            case "/msg" or "/query" when ToBot(rest) is { Length: > 0 } text:
                Echo(DemoSettings.Nick, text);
                await server.WhisperAsync(text);
                return;
            case "/join" when IsNick(rest):
                _screen.Guide(Words($"{rest} arrive sur {DemoSettings.Channel}", $"{rest} comes into {DemoSettings.Channel}"));
                await server.JoinAsync(rest);
                return;
            case "/part" when IsNick(rest):
                _screen.Guide(Words($"{rest} quitte {DemoSettings.Channel}", $"{rest} leaves {DemoSettings.Channel}"));
                await server.PartAsync(rest);
                return;
            case ['/', ..]:
                Help();
                _screen.Tell(Words($"L'état du robot lui-même : {_pages}healthz", $"How the bot itself is: {_pages}healthz"));
                return;
            default:
                await SayAsync(server, DemoSettings.Channel, line);
                HintIfTalk(line);
                return;
        }
    }

    private Task SayAsync(DemoServer server, string channel, string text)
    {
        Echo(channel, text);
        return server.SayAsync(channel, text);
    }

    // On a terminal it stands there already.
    private void Echo(string target, string text)
    {
        if (!isTerminal)
        {
            _screen.Say(You, target, text);
        }
    }

    private void HintIfTalk(string line)
    {
        if (_hasHinted || line.StartsWith('!') || line.Contains(DemoSettings.Nick, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        _hasHinted = true;
        _screen.Guide(Words(
            $"sur un canal, le robot n'écoute que ce qui commence par « ! » ou par son nom, « {DemoSettings.Nick}: »",
            $"in a channel the bot listens only to what begins with “!” or with its name, “{DemoSettings.Nick}:”"));
    }

    // “/msg globot help” is what IRC people type.
    private static string ToBot(string text) =>
        text.StartsWith(DemoSettings.Nick + " ", StringComparison.OrdinalIgnoreCase) ? text[DemoSettings.Nick.Length..].Trim() : text;

    private static bool IsNick(string text) => text.Length is > 0 and <= 30 && text.All(char.IsLetterOrDigit);

    private sealed record Pace(TimeSpan Before, TimeSpan Heard, TimeSpan Tried);
}
