using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>
/// Waits for what happens in another thread or process; looks every few milliseconds and gives up after 30 seconds.
/// </summary>
internal static class Eventually
{
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
}
