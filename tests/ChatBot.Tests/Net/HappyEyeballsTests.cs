using System.Net;
using System.Net.Sockets;
using ChatBot.Net;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Net;

/// <summary>Several addresses of one host (RFC 8305).</summary>
public sealed class HappyEyeballsTests
{
    private static readonly IPAddress[] Hosts = [.. new[] { "2001:db8::1", "2001:db8::2", "192.0.2.1" }.Select(IPAddress.Parse)];

    private readonly FakeTimeProvider _time = new();
    private readonly List<(IPAddress Address, TaskCompletionSource<Ticket> Answer, CancellationToken Over)> _tried = [];

    [Fact]
    public void Families_take_turns() =>
        Assert.Equal([Hosts[0], Hosts[2], Hosts[1]], HappyEyeballs<Ticket>.InTurn(Hosts));

    [Fact]
    public async Task A_slow_address_gives_the_next_a_chance_and_the_first_answer_wins()
    {
        var race = RaceAsync(CancellationToken.None);
        Assert.Equal([Hosts[0]], _tried.Select(t => t.Address));
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Single(_tried);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Until(() => _tried.Count == 2);
        Assert.Equal(Hosts[2], _tried[1].Address);

        var (winner, loser) = (new Ticket(), new Ticket());
        _tried[1].Answer.SetResult(winner);
        Assert.Same(winner, await race);
        Assert.True(_tried[0].Over.IsCancellationRequested);
        _tried[0].Answer.SetResult(loser);
        await Until(() => loser.IsDisposed);
        Assert.False(winner.IsDisposed);
    }

    [Fact]
    public async Task A_refusal_is_not_waited_for()
    {
        var race = RaceAsync(CancellationToken.None);
        _tried[0].Answer.SetException(new SocketException((int)SocketError.ConnectionRefused));
        await Until(() => _tried.Count == 2);
        _tried[1].Answer.SetException(new SocketException((int)SocketError.NetworkUnreachable));
        await Until(() => _tried.Count == 3);
        _tried[2].Answer.SetException(new SocketException((int)SocketError.TimedOut));

        Assert.Equal(SocketError.TimedOut, (await Assert.ThrowsAsync<SocketException>(() => race)).SocketErrorCode);
    }

    [Fact]
    public async Task A_stop_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var race = RaceAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => race);
    }

    [Fact]
    public async Task A_host_without_addresses_is_not_found() =>
        Assert.Equal(
            SocketError.HostNotFound,
            (await Assert.ThrowsAsync<SocketException>(() => new HappyEyeballs<Ticket>(TryAsync, _time).RunAsync([], default))).SocketErrorCode);

    private Task<Ticket> RaceAsync(CancellationToken cancellationToken) => new HappyEyeballs<Ticket>(TryAsync, _time).RunAsync(Hosts, cancellationToken);

    private Task<Ticket> TryAsync(IPAddress address, CancellationToken over)
    {
        var answer = new TaskCompletionSource<Ticket>();
        _tried.Add((address, answer, over));
        over.Register(() => { if (_tried.Count == 1) { answer.TrySetCanceled(over); } });
        return answer.Task;
    }

    private static Task Until(Func<bool> happened) => Eventually.UntilAsync("the race goes on", happened);

    private sealed class Ticket : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
