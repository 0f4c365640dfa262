using System.Net.Sockets;
using ChatBot.Core.Delivery;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>
/// A week of <see cref="SimulatedMonth"/> as the channels hear it, over a network that splits, breaks, refuses and is away for a day,
/// with kills: every incident is announced, its beginning before its end, and once.
/// </summary>
public sealed class WeekOnIrcTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Days = 7;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(5);

    private readonly Dice _kills = new(7);
    private readonly BotMetrics _metrics = new(DateTimeOffset.UnixEpoch);
    private readonly List<(TimeSpan From, TimeSpan To)> _absences = [];
    private Engine _engine = null!;
    private Dice _dice = null!;
    private SimulatedServer _server = null!;
    private SimulatedLink _link = null!;
    private SimulatedFaults _faults = null!;
    private CancellationTokenSource _stop = null!;
    private IrcClient _irc = null!;
    private Task _running = Task.CompletedTask;
    private TimeSpan _strikeAt;
    private TimeSpan _turnAt;
    private TimeSpan? _killAt;
    private int _killed;
    private int _beats;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync(settings => settings with
    {
        Inventory = SimulatedMonth.Inventory,
        Irc = settings.Irc with { Servers = [new("irc.test", 6667)], Tls = false, Nick = "globot", Pace = IrcPace.Auto },
    });

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _metrics.Dispose();
        _irc.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_week_of_splits_absences_and_kills_is_announced_whole_and_once(int seed)
    {
        _dice = new Dice((ulong)seed);
        _server = new SimulatedServer(seed % 2 == 0 ? SimulatedProfile.Ergo : SimulatedProfile.Ngircd, new Dice((ulong)seed + 1000));
        _link = new SimulatedLink(_server, _engine.Time);
        _faults = new SimulatedFaults(_server, new Dice((ulong)seed + 2000), [Engine.PublicChannel, Engine.RootChannel], "lines disliked");
        var month = new SimulatedMonth(seed, _engine.Time.GetUtcNow(), Days);
        await RunAsync(month);

        var incidents = (await AnnouncedRightly.AllOverAsync(_engine)).FindAll(one => one.AnnouncedState is not null);
        await _engine.Database.WriteAsync(transaction => Sql.RunAsync(transaction.Connection, "UPDATE outbox SET done_at = NULL", transaction.Transaction), default);
        foreach (var channel in new[] { Engine.PublicChannel, Engine.RootChannel })
        {
            var rows = await _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, channel, int.MaxValue), default);
            var said = new ChannelLines(rows.Select(row => row.Read()), _server.Said.Where(spoken => spoken.Channel == channel));
            var name = $"seed {seed}, {channel}";
            output.WriteLine(
                $"{name}: {month.Mails.Count} mails, {incidents.Count} incidents announced in {rows.Count} rows, {said.All.Count} lines said ({said.All.Count(line => line.IsDigest)} of digests), ratio {month.Mails.Count / (double)said.All.Count:0.0}");
            Assert.Contains(said.All, line => line.IsDigest);
            foreach (var incident in incidents)
            {
                AssertAnnouncedToItsEnd(said, incident.Number, name);
            }

            AssertSaidOnce(said, name);
        }

        output.WriteLine($"seed {seed}: {_server.Connections} connections, {_killed} kills, {_beats} beats, {string.Join(", ", _faults.Injected.OrderByDescending(fault => fault.Value).Select(fault => $"{fault.Key} {fault.Value}"))}");
        Assert.Contains("split", _faults.Injected.Keys);
    }

    private void AssertAnnouncedToItsEnd(ChannelLines said, long number, string name)
    {
        var its = said.ByIncident[number].ToList();
        Assert.True(its.Exists(one => one.Mention.Begun), $"{name}: #{number} was not announced");
        Assert.True(its.Exists(one => one.Mention.Ended), $"{name}: the end of #{number} was not announced");
        Assert.True(its[0].Mention.Begun, $"{name}: the first that was said of #{number} is {its[0].Line.Text}");
        Assert.True(its[^1].Mention.Ended, $"{name}: the last that was said of #{number} is {its[^1].Line.Text}");
    }

    // What is said again on a connection are lines whose proof was on the way when the one before broke: no more than its window.
    private static void AssertSaidOnce(ChannelLines said, string name)
    {
        var (texts, ends) = (new HashSet<string>(), new Dictionary<long, ChannelLines.Said>());
        foreach (var connection in said.All.GroupBy(line => line.Connection))
        {
            var again = connection.Select(line => line.Text).Distinct().Count(texts.Contains);
            Assert.True(again <= Backlog.Window, $"{name}: {again} lines are said again on connection {connection.Key}");
            texts.UnionWith(connection.Select(line => line.Text));

            var ended = connection.SelectMany(line => line.Mentions.Where(mention => mention.Ended).Select(mention => (mention.Number, Line: line))).ToList();
            var before = ended.Where(one => ends.ContainsKey(one.Number)).Select(one => ends[one.Number]).Distinct().Count();
            Assert.True(before <= Backlog.Window, $"{name}: the ends of {before} lines are said again on connection {connection.Key}");
            foreach (var (number, line) in ended)
            {
                ends[number] = line;
            }
        }
    }

    private async Task RunAsync(SimulatedMonth month)
    {
        _absences.AddRange([
            Absence(1, 60, 180), Absence(1, 600, 3600), Absence(2, 3600, 4 * 3600), Absence(3, 20 * 3600, 24 * 3600), Absence(5, 120, 1200),
        ]);
        _strikeAt = Now + TimeSpan.FromHours(1);
        Begin();
        foreach (var (at, mail) in month.Mails)
        {
            await PassAsync(at - _engine.Time.GetUtcNow());
            await _engine.TakeAsync(mail);
            // While it is being announced.
            if (_kills.OneIn(60))
            {
                _killAt = Now + _kills.Seconds(5, 15);
            }
        }

        _strikeAt = TimeSpan.MaxValue;
        _link.Do(_faults.Heal);
        await PassAsync(TimeSpan.FromHours(3));
        for (var i = 0; i < 100 && await WaitingAsync() > 0; i++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, await WaitingAsync());
        await EndAsync();
    }

    private (TimeSpan From, TimeSpan To) Absence(int day, double least, double most)
    {
        var from = Now + TimeSpan.FromDays(day) + _dice.Seconds(0, 20 * 3600);
        return (from, from + _dice.Seconds(least, most));
    }

    private TimeSpan Now => _link.Now;

    private bool IsAway => _absences.Exists(one => one.From <= Now && Now < one.To);

    // Beat by beat while something is under way, else in strides.
    private async Task PassAsync(TimeSpan time)
    {
        for (var until = Now + time; Now < until;)
        {
            var step = await StepAsync();
            await BeatAsync(until - Now < step ? until - Now : step);
            if (Now >= _turnAt)
            {
                await _engine.Scheduler.TurnAsync(CancellationToken.None);
            }

            if (Now >= _turnAt)
            {
                _turnAt = Now + Step;
            }

            if (_server.IsOpen && IsAway)
            {
                _link.Do(_server.Drop);
            }

            if (Now >= _strikeAt && _server.IsRegistered)
            {
                _link.Do(_faults.Strike);
                _strikeAt = Now + _dice.Seconds(60, 3 * 3600);
            }

            if (Now >= _killAt)
            {
                await KillAsync();
            }
        }
    }

    private async Task<TimeSpan> StepAsync()
    {
        if (!_server.IsOpen)
        {
            return IsAway ? Stride : Step;
        }

        if (_server.IsDeaf)
        {
            return Step;
        }

        return !_server.IsRegistered || _server.Next - Now < TimeSpan.FromSeconds(10) || await WaitingAsync() > 0 ? Beat : Stride;
    }

    private Task BeatAsync(TimeSpan time)
    {
        _beats++;
        _engine.Time.Advance(time);
        return _link.CarryAsync();
    }

    private Task<long> WaitingAsync() =>
        _engine.Database.ReadAsync(transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL"), default);

    private void Begin()
    {
        _stop = new CancellationTokenSource();
        _irc = new IrcClient(_engine.Settings.Value.Settings.Irc, ConnectAsync, _engine.Time, NullLogger<IrcClient>.Instance, () => 0);
        _running = Task.WhenAll(_irc.RunAsync(_stop.Token), _engine.SpeakAsync(_irc, _metrics, _stop.Token));
    }

    private async Task KillAsync()
    {
        _killAt = null;
        _killed++;
        _link.Do(_server.Drop);
        await EndAsync();
        await _engine.KillAsync();
        Begin();
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        for (var i = 0; i < 1000 && !_running.IsCompleted; i++)
        {
            await BeatAsync(Beat);
        }

        await Task.WhenAny(_running, Task.Delay(Eventually.Patience, ChatBot.Tests.EndToEnd.RealClock.Instance));
        Assert.True(_running.IsCompleted);
        _irc.Dispose();
        _stop.Dispose();
    }

    private ValueTask<Stream> ConnectAsync(IrcRoute route, CancellationToken cancellationToken) => _server.Refuses || IsAway
        ? throw new SocketException((int)SocketError.ConnectionRefused)
        : ValueTask.FromResult(_link.Open());
}
