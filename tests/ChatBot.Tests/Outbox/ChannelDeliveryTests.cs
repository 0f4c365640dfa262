using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Outbox;

public sealed class ChannelDeliveryTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BotMetrics _metrics = new(DateTimeOffset.UnixEpoch);
    private Engine _engine = null!;
    private int _repeats;
    private IrcClient _irc = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _engine = await StartEngineAsync(hasColours: false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Eventually.Ends(Task.WhenAny(_running), _engine.Time);
        _irc?.Dispose();
        await _engine.DisposeAsync();
        await _server.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_channel_hears_its_own_in_order_and_what_is_confirmed_is_done()
    {
        await SayAsync(new Line(PublicText.Declared("un"), new RootText("un secret")), PublicText.Declared("deux"), new RootText("trois secret"));
        Start();
        await WelcomeAsync();
        var heard = await HearAsync(5);
        Assert.Equal(["un", "deux"], Of(heard, Engine.PublicChannel));
        Assert.Equal(["un secret", "deux", "trois secret"], Of(heard, Engine.RootChannel));
        await DoneAsync();
    }

    [Fact]
    public async Task What_was_not_confirmed_when_the_connection_broke_is_said_again()
    {
        await SayAsync(PublicText.Declared("un"));
        Start();
        await WelcomeAsync();
        await HearAsync(2, confirm: false);
        _server.Drop();
        await WelcomeAsync();
        Assert.Equal(["un"], Of(await HearAsync(2), Engine.PublicChannel));
        await DoneAsync();
    }

    [Theory]
    [InlineData("-m")]
    [InlineData("+v globot")]
    public async Task What_waits_for_a_channel_to_open_is_said_once_it_is_open(string opening)
    {
        await SayInPublicAsync("un");
        Start();
        await WelcomeAsync();
        await HearAsync(1, confirm: false);
        await _server.SayAsync(string.Join(
            "\r\n",
            $":irc.test 353 globot = {Engine.PublicChannel} :globot @op",
            $":irc.test 366 globot {Engine.PublicChannel} :End",
            $":irc.test 324 globot {Engine.PublicChannel} +nt",
            $":op!o@h MODE {Engine.PublicChannel} +m",
            $":irc.test 404 globot {Engine.PublicChannel} :Cannot send to channel"));
        Assert.Single(await _engine.PublicAsync());

        // No time has passed for the speaker.
        await _server.SayAsync($":op!o@h MODE {Engine.PublicChannel} {opening}");
        Assert.Equal(["un"], Of(await HearAsync(1), Engine.PublicChannel));
    }

    [Fact]
    public async Task What_is_refused_waits_and_is_said_when_its_time_comes()
    {
        await SayInPublicAsync("un");
        Start();
        await WelcomeAsync();
        await HearAsync(1, confirm: false);
        await _server.SayAsync($":irc.test 404 globot {Engine.PublicChannel} :Cannot send to channel");
        Assert.Single(await _engine.PublicAsync());

        // No time has passed for the speaker: something new wakes it, and the old line comes first.
        await SayInPublicAsync("deux");
        Assert.Equal(["un", "deux"], Of(await HearAsync(2), Engine.PublicChannel));
        await DoneAsync();
    }

    [Fact]
    public async Task What_the_server_dropped_for_a_flood_is_to_be_tried_again_in_a_quarter_of_a_second_and_what_is_unknown_later()
    {
        await SayInPublicAsync("un");
        var settings = _engine.Settings.Value.Settings.Irc;
        _irc = new IrcClient(settings, connect: null, RealClock.Instance, NullLogger<IrcClient>.Instance, () => 0);
        _running = _irc.RunAsync(_stop.Token);
        await WelcomeAsync();
        await UntilAsync(() => Task.FromResult(_irc.IsJoined(Engine.PublicChannel)));
        var delivery = new ChannelDelivery(_irc, _engine.Settings, _metrics, _engine.Time, NullLogger<ChannelDelivery>.Instance);

        var tried = TryAsync();
        await _server.HearAsync("PRIVMSG");
        await _server.SayAsync($":irc.test NOTICE globot :*** Message to {Engine.PublicChannel} throttled due to flooding");
        Assert.Equal(new DeliveryResult.TryLater(TimeSpan.FromMilliseconds(250)), Assert.Single((await tried).Attempts).Result);

        tried = TryAsync();
        await _server.HearAsync("PRIVMSG");
        _server.Drop();
        Assert.Equal(new DeliveryResult.TryLater(), Assert.Single((await tried).Attempts).Result);

        async Task<DeliveryReport> TryAsync() => await delivery.TryAsync(
            Engine.PublicChannel,
            await _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, Engine.PublicChannel, 10), CancellationToken.None),
            CancellationToken.None);
    }

    [Fact]
    public async Task What_was_said_while_the_store_was_full_is_not_said_again()
    {
        await SayAsync(PublicText.Declared("un"));
        var commits = await FailingCommits.OfAsync(_engine.Database);
        commits.After(well: 0, failing: 4);
        Start();
        await WelcomeAsync();
        await HearAsync(2);
        await UntilAsync(async () =>
        {
            _engine.Time.Advance(TimeSpan.FromSeconds(5));
            return (await _engine.RootAsync()).Count + (await _engine.PublicAsync()).Count == 0;
        });
        Assert.Equal(0, _repeats);
    }

    [Fact]
    public async Task What_may_no_longer_be_said_somewhere_is_given_up()
    {
        await _engine.Database.WriteAsync(
            async transaction =>
            {
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#parti", Audience.Public, "perdu", DateTimeOffset.UnixEpoch);
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, Engine.PublicChannel, Audience.Root, "secret", DateTimeOffset.UnixEpoch);
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, Engine.PublicChannel, Audience.Public, "un", DateTimeOffset.UnixEpoch);
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, Engine.RootChannel, Audience.Public, "deux", DateTimeOffset.UnixEpoch);
            },
            CancellationToken.None);
        Start();
        await WelcomeAsync();
        Assert.Equal(["deux", "un"], (await HearAsync(2)).Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]).Order());
        await DoneAsync();
    }

    [Fact]
    public async Task Many_rows_are_told_in_few_lines_and_all_are_done()
    {
        for (var i = 1; i <= 40; i++)
        {
            await SayOfAsync($"m{i % 2}", i);
        }

        Start();
        await WelcomeAsync();
        var heard = await HearAsync(4);
        Assert.All(heard, line => Assert.Matches(@" :\[m[01]\] (20 messages, ouverts )?WARNING #.*( — depuis \d\d:\d\d|, WARNING)", line));
        await DoneAsync();
        Assert.Equal(0, _repeats);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_is_refused_for_its_words_is_set_aside_after_three_tries_and_the_rest_goes_on(Locale locale)
    {
        _engine.Speak(locale);
        await SayInPublicAsync("mot interdit");
        Start();
        await WelcomeAsync();
        for (var i = 0; i < 2; i++)
        {
            await RefuseAsync();
            await SayInPublicAsync("autre");
            Assert.Equal([Engine.PublicChannel + " :autre"], await HearAsync(1, andAfter: false));
            await PongAsync(await _server.HearAsync("PING"));
            await UntilAsync(async () => (await _engine.PublicAsync()).Count == 1);
            _engine.Time.Advance(TimeSpan.FromMinutes(11));
        }

        await RefuseAsync();
        Assert.Equal(
            [
                _engine.In(
                    $"{Engine.RootChannel} :le serveur a refusé trois fois la ligne 1 pour {Engine.PublicChannel} (404) : elle est mise de côté, pas envoyée",
                    $"{Engine.RootChannel} :the server refused line 1 for {Engine.PublicChannel} three times (404): it is set aside, not sent"),
            ],
            await HearAsync(1));
        await DoneAsync();
        Assert.Contains("\nchatbot_lines_set_aside_total 1\n", _metrics.Text.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_waits_for_its_beginning_that_is_refused_and_others_do_not()
    {
        await SayInPublicAsync("hal en panne", 1);
        await SayInPublicAsync("hal répond", 1);
        await SayInPublicAsync("sud en panne", 2);
        Start();
        await WelcomeAsync();
        Assert.Equal([Engine.PublicChannel + " :hal en panne"], await HearAsync(1, confirm: false));
        await _server.SayAsync($":irc.test 404 globot {Engine.PublicChannel} :Your message was blocked by the spam filter");
        Assert.Equal([Engine.PublicChannel + " :sud en panne"], await HearAsync(1, andAfter: false));
        await PongAsync(await _server.HearAsync("PING"));
        await UntilAsync(async () => (await _engine.PublicAsync()).Count == 2);
        var heard = HearAsync(2);
        do
        {
            // Who waits may only begin to once it is stored that it was refused.
            _engine.Time.Advance(TimeSpan.FromMinutes(2));
        }
        while (await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(10), RealClock.Instance)) != heard);
        Assert.Equal(["hal en panne", "hal répond"], Of(await heard, Engine.PublicChannel));
        await DoneAsync();
        Assert.Equal(0, _repeats);
    }

    [Fact]
    public async Task States_have_their_colours_and_no_word_that_is_only_spelt_like_one()
    {
        await _engine.DisposeAsync();
        _engine = await StartEngineAsync(hasColours: true);
        Start();
        await WelcomeAsync();
        await _server.SayAsync($":irc.test 324 globot {Engine.PublicChannel} +nt");
        await _server.SayAsync("PING :modes");
        await _server.HearAsync("PONG");

        await _engine.TakeAsync(Nagios.Problem("hal", "CRITICAL", "WARNING", "OK"));
        await _engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(
            ["\u0002[hal]\u000f CRITICAL \u000307\u0002\u0002WARNING\u000f — #1"], Of(await HearAsync(2, andAfter: false), Engine.PublicChannel));

        var taken = new Acknowledgement(
            PublicText.Declared("lunar"), new(new RootText("OK, UP bientôt"), Audience.Public), _engine.Time.GetUtcNow(), _engine.Time.GetUtcNow().AddHours(1));
        await _engine.Incidents.AcknowledgeAsync([1], taken, null, CancellationToken.None);
        Assert.StartsWith(
            "\u0002[hal]\u000f CRITICAL \u000307\u0002\u0002WARNING\u000f pris par lunar « OK, UP bientôt » ",
            Of(await HearAsync(2, andAfter: false), Engine.PublicChannel).Single(), StringComparison.Ordinal);

        // Stored before states were marked.
        await SayInPublicAsync("[sud] POP3 CRITICAL — #7");
        Assert.Equal(["\u0002[sud]\u000f POP3 CRITICAL — #7"], Of(await HearAsync(1), Engine.PublicChannel));
        await DoneAsync();
    }

    private Task<Engine> StartEngineAsync(bool hasColours) => Engine.StartAsync(settings => settings with
    {
        Irc = settings.Irc with
        {
            Servers = [new("127.0.0.1", _server.Port)],
            Pace = IrcPace.Auto,
            Channels = [.. settings.Irc.Channels.Select(one => one with { Colours = hasColours && one.Audience == Audience.Public })],
        },
    });

    private async Task RefuseAsync()
    {
        Assert.Equal([Engine.PublicChannel + " :mot interdit"], await HearAsync(1, confirm: false));
        await _server.SayAsync($":irc.test 404 globot {Engine.PublicChannel} :Your message was blocked by the spam filter");
    }

    private Task SayOfAsync(string machine, long number)
    {
        var fact = new IncidentFact(number, null, CheckState.Warning, _engine.Time.GetUtcNow(), null, IsFirst: true);
        return _engine.Database.WriteAsync(
            transaction => _engine.Outbox.SayAsync(
                transaction, PublicText.Declared($"[{machine}] WARNING — #{number}"), _engine.Time.GetUtcNow(),
                new About(Topic.Alert, Name.OfMachine(machine), [fact])),
            CancellationToken.None);
    }

    private void Start()
    {
        var settings = _engine.Settings.Value.Settings.Irc;
        _irc = new IrcClient(settings, connect: null, RealClock.Instance, NullLogger<IrcClient>.Instance, () => 0);
        _running = Task.WhenAll(_irc.RunAsync(_stop.Token), _engine.SpeakAsync(_irc, _metrics, _stop.Token));
    }

    private async Task SayAsync(params Line[] lines)
    {
        await _engine.Database.WriteAsync(
            async transaction =>
            {
                foreach (var line in lines)
                {
                    await _engine.Outbox.SayAsync(transaction, line, DateTimeOffset.UnixEpoch, About.Nothing);
                }
            },
            CancellationToken.None);
    }

    private async Task SayInPublicAsync(string text, long? incident = null)
    {
        var about = incident is { } number
            ? new About(Topic.Other, null, [new IncidentFact(number, null, CheckState.Warning, DateTimeOffset.UnixEpoch, null, IsFirst: false)])
            : About.Nothing;
        await _engine.Database.WriteAsync(
            transaction => _engine.Outbox.SayAsync(transaction, PublicText.Declared(text), DateTimeOffset.UnixEpoch, about, Engine.RootChannel),
            CancellationToken.None);
    }

    private async Task WelcomeAsync()
    {
        await _server.AcceptAsync();
        await _server.HearAsync("USER");
        await _server.SayAsync(":irc.test 001 globot :Welcome");
        await _server.HearAsync("JOIN");
        await _server.SayAsync($":globot!g@localhost JOIN {Engine.PublicChannel}");
        await _server.SayAsync($":globot!g@localhost JOIN {Engine.RootChannel}");
        await _server.SayAsync($":irc.test 324 globot {Engine.RootChannel} +sk");
    }

    private async Task<List<string>> HearAsync(int count, bool confirm = true, bool andAfter = true)
    {
        var heard = new List<string>();
        while (heard.Count < count)
        {
            var line = await _server.HearAsync("P");
            if (line.StartsWith("PRIVMSG", StringComparison.Ordinal))
            {
                heard.Add(line["PRIVMSG ".Length..]);
            }
            else if (confirm)
            {
                await PongAsync(line);
            }
        }

        if (confirm && andAfter)
        {
            _ = ConfirmAllAsync();
        }

        return heard;
    }

    private Task PongAsync(string ping) => _server.SayAsync(":irc.test PONG irc.test :" + ping[5..]);

    private async Task ConfirmAllAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var line = await _server.HearAsync("P");
            if (line.StartsWith("PRIVMSG", StringComparison.Ordinal))
            {
                _repeats++;
            }
            else
            {
                await _server.SayAsync(":irc.test PONG irc.test :" + line[5..]);
            }
        }
    }

    private Task DoneAsync() =>
        UntilAsync(async () => (await _engine.RootAsync()).Count + (await _engine.PublicAsync()).Count == 0);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience, RealClock.Instance);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), RealClock.Instance, patience.Token);
        }
    }

    private static IEnumerable<string> Of(IEnumerable<string> heard, string channel) =>
        heard.Where(line => line.StartsWith(channel + " :", StringComparison.Ordinal)).Select(line => line[(channel.Length + 2)..]);
}
