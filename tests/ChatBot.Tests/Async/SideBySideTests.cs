using System.Collections.Concurrent;
using ChatBot.Async;
using Xunit;

namespace ChatBot.Tests.Async;

public sealed class SideBySideTests
{
    [Fact]
    public async Task A_thousand_people_at_once_are_served_so_many_at_a_time_and_each_in_order()
    {
        var (now, most) = (0, 0);
        var done = new ConcurrentQueue<(int Person, int Number)>();
        var work = new SideBySide<(int Person, int Number)>(16, 3, 10_000, async (one, _) =>
        {
            var running = Interlocked.Increment(ref now);
            lock (done)
            {
                most = Math.Max(most, running);
            }

            await Task.Yield();
            done.Enqueue(one);
            Interlocked.Decrement(ref now);
        });
        for (var person = 0; person < 1000; person++)
        {
            for (var number = 0; number < 5; number++)
            {
                Assert.Equal(number < 3, work.TryAdd($"p{person}", (person, number)));
            }
        }

        using var stop = new CancellationTokenSource();
        var running = work.RunAsync(stop.Token);
        await Eventually.Is(() => done.Count == 3000);
        Assert.InRange(most, 1, 16);
        Assert.All(done.GroupBy(one => one.Person), its => Assert.Equal([0, 1, 2], its.Select(one => one.Number)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task What_waits_is_bounded_in_all_and_there_is_room_again_afterwards()
    {
        var gate = new TaskCompletionSource();
        var done = 0;
        var work = new SideBySide<int>(2, 8, 10, async (_, _) =>
        {
            await gate.Task;
            Interlocked.Increment(ref done);
        });
        Assert.Equal(10, Enumerable.Range(0, 1000).Count(i => work.TryAdd($"p{i}", i)));
        using var stop = new CancellationTokenSource();
        var running = work.RunAsync(stop.Token);
        gate.SetResult();
        await Eventually.Is(() => Volatile.Read(ref done) == 10);
        Assert.True(work.TryAdd("p1", 1));
        work.Serve();
        await Eventually.Is(() => Volatile.Read(ref done) == 11);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task One_who_hangs_delays_nobody_else()
    {
        var never = new TaskCompletionSource();
        var done = new ConcurrentQueue<string>();
        var work = new SideBySide<string>(2, 8, 100, async (name, cancellationToken) =>
        {
            if (name == "hangs")
            {
                await never.Task.WaitAsync(cancellationToken);
            }

            done.Enqueue(name);
        });
        work.TryAdd("alice", "hangs");
        work.TryAdd("alice", "behind");
        work.TryAdd("bob", "bob");
        using var stop = new CancellationTokenSource();
        var running = work.RunAsync(stop.Token);
        await Eventually.Is(() => done.Contains("bob"));
        Assert.DoesNotContain("behind", done);
        never.SetResult();
        await Eventually.Is(() => done.Count == 3);
        Assert.Equal(["bob", "hangs", "behind"], done);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task What_waits_for_nothing_is_done_by_who_serves()
    {
        var doers = new ConcurrentQueue<int>();
        var work = new SideBySide<int>(4, 8, 100, (_, _) =>
        {
            doers.Enqueue(Environment.CurrentManagedThreadId);
            return Task.CompletedTask;
        });
        using var stop = new CancellationTokenSource();
        var running = work.RunAsync(stop.Token);
        work.TryAdd("alice", 1);
        await Eventually.Is(() => doers.Count == 1);
        doers.Clear();

        work.TryAdd("alice", 2);
        work.TryAdd("alice", 3);
        work.TryAdd("bob", 4);
        Assert.Empty(doers);
        work.Serve();
        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 3), doers);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_fault_ends_all()
    {
        var work = new SideBySide<int>(4, 8, 100, (_, _) => throw new InvalidOperationException("broken"));
        work.TryAdd("alice", 1);
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => work.RunAsync(CancellationToken.None))).Message);
    }
}
