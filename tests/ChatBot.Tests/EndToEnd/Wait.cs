using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Waits for what other processes do: looks often, and gives up long after a loaded machine would have done it.</summary>
internal static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(15);

    /// <param name="what">What is waited for, for whoever reads the failure.</param>
    /// <param name="happened">Whether it has happened.</param>
    /// <param name="told">What is known meanwhile, for whoever reads the failure.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> happened, Func<string>? told = null)
    {
        var start = RealClock.Instance.GetTimestamp();
        while (!await happened())
        {
            if (RealClock.Instance.GetElapsedTime(start) > Patience)
            {
                Assert.Fail($"In vain: {what}.\n{told?.Invoke()}");
            }

            await Task.Delay(BetweenLooks, RealClock.Instance);
        }
    }

    public static Task UntilAsync(string what, Func<bool> happened, Func<string>? told = null) =>
        UntilAsync(what, () => Task.FromResult(happened()), told);
}
