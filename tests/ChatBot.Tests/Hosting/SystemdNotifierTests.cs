using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using ChatBot.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Hosting;

public sealed class SystemdNotifierTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"notify-{Guid.NewGuid():N}");
    private readonly FakeTimeProvider _time = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _systemd.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_change_is_reported_once(bool isAbstract)
    {
        var notifier = Notifier(null, isAbstract);
        notifier.Ready();
        notifier.Ready();
        Assert.Equal("READY=1", await Receive());

        notifier.Reloading();
        var microseconds = _time.GetTimestamp() / (_time.TimestampFrequency / 1_000_000);
        Assert.Equal($"RELOADING=1\nMONOTONIC_USEC={microseconds}", await Receive());
        notifier.Reloaded();
        notifier.Reloaded();
        Assert.Equal("READY=1", await Receive());

        notifier.Stopping();
        Assert.Equal("STOPPING=1", await Receive());
        Assert.Equal(0, _systemd.Available);
    }

    [Fact]
    public async Task A_reload_while_the_bot_starts_is_not_mistaken_for_its_readiness()
    {
        var notifier = Notifier(null, false);
        notifier.Reloading();
        notifier.Reloaded();
        Assert.Equal(0, _systemd.Available);
        notifier.Ready();
        Assert.Equal("READY=1", await Receive());
        Assert.Equal(0, _systemd.Available);
    }

    [Fact]
    public async Task Life_is_shown_at_half_the_time_and_only_while_the_loops_turn()
    {
        var alive = false;
        var asked = Channel.CreateUnbounded<bool>();
        using var stop = new CancellationTokenSource();
        var watching = Notifier(TimeSpan.FromSeconds(10), false).WatchAsync(
            () =>
            {
                asked.Writer.TryWrite(alive);
                return alive;
            },
            stop.Token);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(asked.Reader.TryPeek(out _));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(await asked.Reader.ReadAsync(Cancel));
        alive = true;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await asked.Reader.ReadAsync(Cancel));

        Assert.Equal("WATCHDOG=1", await Receive());
        Assert.Equal(0, _systemd.Available);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public void A_socket_that_is_gone_or_full_stops_nothing()
    {
        var gone = new SystemdNotifier("/nowhere/notify", null, _time);
        gone.Ready();

        var unread = Notifier(null, false);
        for (var i = 0; i < 5000; i++)
        {
            unread.Stopping();
        }
    }

    [Theory]
    [InlineData(null, "30000000", null, false)]
    [InlineData("/run/x", null, null, false)]
    [InlineData("/run/x", "0", null, false)]
    [InlineData("/run/x", "30000000", null, true)]
    [InlineData("/run/x", "30000000", "42", true)]
    [InlineData("/run/x", "30000000", "43", false)]
    public void The_environment_says_whether_anybody_watches(string? socket, string? microseconds, string? pid, bool watched)
    {
        var notifier = SystemdNotifier.FromEnvironment(
            name => name switch { "NOTIFY_SOCKET" => socket, "WATCHDOG_USEC" => microseconds, "WATCHDOG_PID" => pid, _ => null },
            42, _time);

        Assert.Equal(!watched, notifier.WatchAsync(() => true, Cancel).IsCompleted);
    }

    private SystemdNotifier Notifier(TimeSpan? watchdog, bool isAbstract)
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + _path : _path));
        return new SystemdNotifier(isAbstract ? "@" + _path : _path, watchdog, _time);
    }

    private async Task<string> Receive()
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await _systemd.ReceiveAsync(buffer, Cancel));
    }
}
