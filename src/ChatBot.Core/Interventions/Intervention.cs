
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Interventions;

/// <summary>Planned work, announced in advance, with a beginning and an end.</summary>
public sealed record Intervention
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>How far ahead one is planned.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>Given by the store, never used again; 0 before.</summary>
    public long Number { get; init; }

    /// <summary>The short names of the machines that are worked on; at least one.</summary>
    public required IReadOnlyList<PublicText> Machines { get; init; }

    /// <summary>The person's name.</summary>
    public required PublicText By { get; init; }

    /// <summary>What is done, in that person's words.</summary>
    public required Remark What { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    public required DateTimeOffset BeginsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether the reminder of the day before is said, or its time has passed.</summary>
    public bool DayBeforeDone { get; init; }

    /// <summary>Whether the reminder just before is said, or its time has passed.</summary>
    public bool JustBeforeDone { get; init; }

    /// <summary>When the bot announced its beginning.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When the bot announced its end or its cancellation.</summary>
    public DateTimeOffset? OverAt { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>How often it was given other times.</summary>
    public long Moves { get; init; }

    /// <summary>The name of its downtime in the monitor; another one with each new time.</summary>
    public string DowntimeKey => Moves == 0 ? $"i{Number}" : $"i{Number}m{Moves}";

    public bool IsInCourse => BeganAt is not null && OverAt is null;

    public bool IsOver => OverAt is not null;

    /// <summary>“hal, sud”.</summary>
    public PublicText Where => PublicText.Declared(string.Join(", ", Machines.Select(machine => machine.Value)), 400);

    /// <summary>Whether it concerns a machine: one that is worked on, or one that depends on such a machine, directly or not.</summary>
    public bool Covers(Name machine, Inventory inventory)
    {
        var needed = inventory.NeededBy(machine.Value);
        return Machines.Any(one => one.Value.Equals(machine.Value, StringComparison.OrdinalIgnoreCase) || needed.Contains(one.Value));
    }
}
