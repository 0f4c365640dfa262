using System.Net.Sockets;
using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>The client, the outbox and its pump on a real store in the same storm as <see cref="StormTests"/>; the clock is ours.</summary>
public sealed class ClientStormTests : IAsyncLifetime
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BotMetrics _metrics = new(DateTimeOffset.UnixEpoch);
    private readonly List<TimeSpan> _tries = [];
    private readonly HashSet<string> _hosts = [];
    private Engine _engine = null!;
    private SimulatedServer _server = null!;
    private SimulatedLink _link = null!;
    private int _alerts;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync(settings => settings with
    {
        Irc = settings.Irc with { Servers = [new("irc.test", 6667), new("refused.test", 6667), new("dead.test", 6667), new("irc2.test", 6667)], Tls = false, Nick = "globot", Pace = IrcPace.Off },
    });

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task In_a_storm_every_row_of_the_outbox_reaches_its_channel(int seed)
    {
        var dice = new Dice((ulong)seed);
        _server = new SimulatedServer(seed % 2 == 0 ? SimulatedProfile.Ergo with { Caps = "batch echo-message labeled-response message-tags" } : SimulatedProfile.Ngircd, dice);
        _link = new SimulatedLink(_server, _engine.Time);
        var faults = new SimulatedFaults(_server, dice, [Engine.PublicChannel, Engine.RootChannel]);
        using var irc = new IrcClient(
            _engine.Settings.Value.Settings.Irc, ConnectAsync, _engine.Time, NullLogger<IrcClient>.Instance, () => 0);
        var running = Task.WhenAll(irc.RunAsync(_stop.Token), _engine.SpeakAsync(irc, _metrics, _stop.Token));

        var strikeAt = TimeSpan.Zero;
        // Ten minutes, and longer where threads were slow to try again: until each server had its turn.
        for (var t = TimeSpan.Zero; t < TimeSpan.FromMinutes(10) || (t < TimeSpan.FromHours(4) && !AllTried()); t += Beat)
        {
            if (dice.OneIn(20))
            {
                await AddAlertAsync();
            }

            if (t >= strikeAt && _server.IsOpen)
            {
                _link.Do(faults.Strike);
                strikeAt = t + dice.Seconds(2, 15);
            }
            await PassAsync(Beat);
        }
        _link.Do(faults.Heal);
        for (var t = TimeSpan.Zero; t < TimeSpan.FromHours(1) && await WaitingAsync() > 0; t += TimeSpan.FromSeconds(5))
        {
            for (var beat = TimeSpan.Zero; beat < TimeSpan.FromSeconds(5); beat += Beat)
            {
                await PassAsync(Beat);
            }
        }

        Assert.Equal(0, await WaitingAsync());
        await _stop.CancelAsync();
        for (var i = 0; i < 1000 && !running.IsCompleted; i++)
        {
            await PassAsync(Beat);
        }

        await Task.WhenAny(running, Task.Delay(Eventually.Patience, ChatBot.Tests.EndToEnd.RealClock.Instance));
        Judge();
    }

    private void Judge()
    {
        foreach (var channel in new[] { Engine.PublicChannel, Engine.RootChannel })
        {
            var said = _server.Said.Where(h => h.Channel == channel).ToList();
            Assert.Equal(Enumerable.Range(1, _alerts).Select(n => $"alert {n}").Order(), said.Select(h => h.Text).Distinct().Order());
            // Which line had its proof on the way when the client left is a matter of threads; that it is one of six is not.
            var before = new HashSet<string>();
            foreach (var texts in said.GroupBy(h => h.Connection, h => h.Text))
            {
                Assert.InRange(texts.Distinct().Count(before.Contains), 0, Backlog.Window);
                before.UnionWith(texts);
            }
        }
        Assert.Equal(_engine.Settings.Value.Settings.Irc.Servers.Select(s => s.Host).Order(), _hosts.Order());
        Assert.All(_tries.Zip(_tries.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(1), TimeSpan.MaxValue));
    }

    private async Task AddAlertAsync()
    {
        var line = PublicText.Declared($"alert {++_alerts}");
        await _engine.Database.WriteAsync(transaction => _engine.Outbox.SayAsync(transaction, line, _engine.Time.GetUtcNow(), About.Nothing), CancellationToken.None);
    }

    private async Task<int> WaitingAsync() => (await _engine.PublicAsync()).Count + (await _engine.RootAsync()).Count;

    private bool AllTried()
    {
        lock (_lock)
        {
            return _hosts.Count == _engine.Settings.Value.Settings.Irc.Servers.Count;
        }
    }

    private Task PassAsync(TimeSpan time)
    {
        _engine.Time.Advance(time);
        return _link.CarryAsync();
    }

    private async ValueTask<Stream> ConnectAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Assert.False(_link.IsOpen);
            _tries.Add(_link.Now);
            _hosts.Add(route.Host);
        }
        if (route.Host == "dead.test")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _engine.Time, cancellationToken);
        }

        if (_server.Refuses || route.Host == "refused.test")
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        return _link.Open();
    }
}
