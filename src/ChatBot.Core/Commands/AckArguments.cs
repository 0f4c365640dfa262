
using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>What follows <c>ack</c>: which incidents, until when, and why.</summary>
/// <param name="Target">The incidents.</param>
/// <param name="Until">When it ends by itself: a day later where no end is given.</param>
/// <param name="Reason">The other words.</param>
public sealed record AckArguments(IncidentTarget Target, DateTimeOffset Until, string Reason)
{
    public static readonly TimeSpan Usually = TimeSpan.FromHours(24);

    /// <summary>The target and the time in either order before the reason, or the time after it.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="inventory">The machines there are.</param>
    /// <param name="open">The open incidents.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="zone">The group's zone.</param>
    public static AckArguments Parse(
        IReadOnlyList<string> words, Inventory inventory, IReadOnlyList<Incident> open, DateTimeOffset now, TimeZoneInfo zone)
    {
        var rest = words.ToList();
        var time = new TypedUntil(now, zone);
        var until = time.TakeFirst(rest, 1);
        var target = IncidentTarget.Take(rest, inventory, open);
        until ??= time.TakeFirst(rest, 2) ?? time.TakeLast(rest);
        return new AckArguments(target, until ?? now + Usually, string.Join(' ', rest));
    }
}
