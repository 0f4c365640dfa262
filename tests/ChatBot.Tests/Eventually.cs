using System.Threading.Channels;
using ChatBot.Core.Irc;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests;

/// <summary>Waiting for what other tasks, threads or processes do, with an end.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Looks every few milliseconds, and gives up after 30 seconds.</summary>
    public static async Task Is(Func<bool> condition)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        for (var look = 0; !condition(); look++)
        {
            Assert.True(look < 10_000, "waited in vain");
            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>The same while so much of the clock goes by at each look.</summary>
    public static Task Is(FakeTimeProvider time, TimeSpan step, Func<bool> condition) => Is(() =>
    {
        time.Advance(step);
        return condition();
    });

    /// <summary>
    /// Awaits the end of what was told to stop. It may wait itself, for a peer that says no goodbye: a clock that stands must go on.
    /// </summary>
    public static async Task Ends(Task ending, TimeProvider time)
    {
        var start = RealClock.Instance.GetTimestamp();
        while (!ending.IsCompleted)
        {
            Assert.True(RealClock.Instance.GetElapsedTime(start) < Patience, "it does not end");
            (time as FakeTimeProvider)?.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(ending, Task.Delay(TimeSpan.FromMilliseconds(10), RealClock.Instance));
        }
        await ending;
    }

    /// <summary>Awaits events until one of this kind that fits.</summary>
    public static async Task<T> NextAsync<T>(this ChannelReader<IrcEvent> events, Func<T, bool>? fits = null)
        where T : IrcEvent
    {
        using var patience = new CancellationTokenSource(Patience, RealClock.Instance);
        while (true)
        {
            if (await events.ReadAsync(patience.Token) is T found && (fits is null || fits(found)))
            {
                return found;
            }
        }
    }
}
