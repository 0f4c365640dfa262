using ChatBot.Core.Interventions;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>intervention</c>.</summary>
internal sealed class InterventionRow
{
    public long Number { get; init; }

    public string Machines { get; init; } = "";

    [DbValue(Name = "planned_by")]
    public string? PlannedBy { get; init; }

    public string? What { get; init; }

    public string Audience { get; init; } = "";

    [DbValue(Name = "planned_at")]
    public long PlannedAt { get; init; }

    [DbValue(Name = "begins_at")]
    public long BeginsAt { get; init; }

    [DbValue(Name = "ends_at")]
    public long EndsAt { get; init; }

    [DbValue(Name = "day_before")]
    public long DayBefore { get; init; }

    [DbValue(Name = "just_before")]
    public long JustBefore { get; init; }

    [DbValue(Name = "began_at")]
    public long? BeganAt { get; init; }

    [DbValue(Name = "over_at")]
    public long? OverAt { get; init; }

    public long Cancelled { get; init; }

    public long Moves { get; init; }

    public Intervention Read() => new()
    {
        Number = Number,
        Machines = Machines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => PublicText.FromStore(name)).ToList(),
        By = PublicText.FromStore(PlannedBy ?? ""),
        What = Remarks.Read(What ?? "", Audience),
        PlannedAt = Moment.Read(PlannedAt),
        BeginsAt = Moment.Read(BeginsAt),
        EndsAt = Moment.Read(EndsAt),
        DayBeforeDone = DayBefore != 0,
        JustBeforeDone = JustBefore != 0,
        BeganAt = Moment.Read(BeganAt),
        OverAt = Moment.Read(OverAt),
        IsCancelled = Cancelled != 0,
        Moves = Moves,
    };
}
