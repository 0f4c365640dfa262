using System.Threading.Channels;
using ChatBot.Core.Irc;
using ChatBot.Tests.EndToEnd;

namespace ChatBot.Tests.Irc;

/// <summary>Waiting for what other tasks do, with an end.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Awaits events until one of this kind that fits.</summary>
    public static async Task<T> NextAsync<T>(this ChannelReader<IrcEvent> events, Func<T, bool>? fits = null)
        where T : IrcEvent
    {
        using var patience = new CancellationTokenSource(Patience, RealClock.Instance);
        while (true)
            if (await events.ReadAsync(patience.Token) is T found && (fits is null || fits(found))) return found;
    }
}
