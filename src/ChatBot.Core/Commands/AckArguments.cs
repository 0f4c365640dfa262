
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

    /// <summary>As said; null where no end is given.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>Whether the reason begins or ends with what seems to be a time and is none.</summary>
    public bool HasTimeSlip { get; init; }

    /// <summary>Whether the reason begins with what seems to be the number of an incident and is none.</summary>
    public bool HasNumberSlip { get; init; }

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
        var until = time.TakeFirst(rest, beforeTarget: true);
        if (until is not null)
        {
            TypedUntil.SkipSeparators(rest);
        }

        var target = IncidentTarget.TakeMany(rest, inventory, open);
        if (!target.IsNothing)
        {
            TypedUntil.SkipSeparators(rest);
        }

        until ??= time.TakeFirst(rest) ?? time.TakeLast(rest);
        if (!target.IsNothing)
        {
            TypedUntil.SkipSeparators(rest);
        }

        return new AckArguments(target, until ?? now + Usually, string.Join(' ', rest))
        {
            Lasts = until - now,
            HasTimeSlip = TypedUntil.IsSlip(rest),
            HasNumberSlip = target.GoesOn || IsSlip(rest),
        };
    }

    // “#4x”, “1,x”.
    private static bool IsSlip(List<string> rest) =>
        rest is [var first, ..] && (first is ['#', _, ..] || (first.Contains(',') && first.Split(',').Any(part => IncidentNumber.Parse(part) is not null)));
}
