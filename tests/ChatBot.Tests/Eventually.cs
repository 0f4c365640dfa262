using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatBot.Core.Irc;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests;

/// <summary>Waiting for what other tasks, threads or processes do, with an end.</summary>
internal static class Eventually
{
    /// <summary>Long after a loaded machine would have done it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(3);

    /// <summary>Looks every few milliseconds, and gives up when patience is over.</summary>
    /// <param name="what">What is waited for, for the message of the failure.</param>
    /// <param name="happened">Whether it has happened.</param>
    /// <param name="context">What is known meanwhile, for the message of the failure.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> happened, Func<string>? context = null)
    {
        var start = RealClock.Instance.GetTimestamp();
        while (!await happened())
        {
            if (RealClock.Instance.GetElapsedTime(start) > Patience)
            {
                Assert.Fail($"In vain: {what}.\n{context?.Invoke()}");
            }

            await Task.Delay(BetweenLooks, RealClock.Instance);
        }
    }

    public static Task UntilAsync(string what, Func<bool> happened, Func<string>? context = null) =>
        UntilAsync(what, () => Task.FromResult(happened()), context);

    /// <summary>The same, where the condition itself says what is waited for.</summary>
    public static Task Is(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => UntilAsync(what, condition);

    /// <summary>The same while so much of the clock goes by at each look.</summary>
    public static Task Is(FakeTimeProvider time, TimeSpan step, Func<bool> condition) => Is(() =>
    {
        time.Advance(step);
        return condition();
    });

    /// <summary>
    /// Awaits the end of what was asked to stop. It may wait itself, for a peer that says no goodbye: a clock that stands must go on.
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
