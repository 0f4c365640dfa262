using ChatBot.Async;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Async;

public sealed class BackoffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Each_failure_in_a_row_waits_twice_as_long_up_to_the_longest() =>
        Assert.Equal([1, 2, 4, 8, 10, 10], Waits(Backoff(), 6));

    [Fact]
    public void A_success_or_a_calm_makes_the_next_failure_the_first_again()
    {
        var backoff = Backoff();
        Waits(backoff, 3);
        backoff.Reset();
        Assert.Equal([1, 2], Waits(backoff, 2));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([1, 2, 4, 8, 10], Waits(backoff, 5));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal([10], Waits(backoff, 1));
    }

    [Fact]
    public void What_needs_somebody_waits_the_longest_at_once()
    {
        var backoff = Backoff();
        backoff.Slow();
        Assert.Equal([10, 10], Waits(backoff, 2));
    }

    [Fact]
    public void Jitter_shortens_a_wait_by_a_fifth_at_most() =>
        Assert.Equal(TimeSpan.FromSeconds(0.8), new Backoff(_time, () => 1).Next());

    [Fact]
    public void A_wait_is_never_shorter_than_it_must_be()
    {
        var backoff = new Backoff(_time, () => 1);
        Assert.Equal(TimeSpan.FromSeconds(72), backoff.Next(TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(1.6), backoff.Next(TimeSpan.FromSeconds(1.5)));
    }

    private Backoff Backoff() => new(_time, () => 0, longest: TimeSpan.FromSeconds(10));

    // Each wait is waited for.
    private List<double> Waits(Backoff backoff, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var wait = backoff.Next();
            _time.Advance(wait);
            return wait.TotalSeconds;
        }),
    ];
}
