using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>incident</c>.</summary>
internal sealed class IncidentRow
{
    public long Number { get; init; }

    public string Machine { get; init; } = "";

    public string Service { get; init; } = "";

    [DbValue(Name = "for_root")]
    public long ForRoot { get; init; }

    public string Part { get; init; } = "";

    [DbValue(Name = "part_name")]
    public string PartName { get; init; } = "";

    [DbValue(Name = "part_audience")]
    public string PartAudience { get; init; } = "";

    public string? Source { get; init; }

    public string State { get; init; } = "";

    [DbValue(Name = "opened_at")]
    public long OpenedAt { get; init; }

    [DbValue(Name = "closed_at")]
    public long? ClosedAt { get; init; }

    [DbValue(Name = "announced_state")]
    public string? AnnouncedState { get; init; }

    [DbValue(Name = "announce_at")]
    public long? AnnounceAt { get; init; }

    public string? Detail { get; init; }

    public long Flapping { get; init; }

    [DbValue(Name = "suppressed_by")]
    public string? SuppressedBy { get; init; }

    [DbValue(Name = "inhibited_by")]
    public long? InhibitedBy { get; init; }

    [DbValue(Name = "timed_out")]
    public long TimedOut { get; init; }

    [DbValue(Name = "announced_at")]
    public long? AnnouncedAt { get; init; }

    [DbValue(Name = "acknowledged_by")]
    public string? AcknowledgedBy { get; init; }

    [DbValue(Name = "acknowledged_reason")]
    public string? AcknowledgedReason { get; init; }

    [DbValue(Name = "acknowledged_audience")]
    public string? AcknowledgedAudience { get; init; }

    [DbValue(Name = "acknowledged_at")]
    public long? AcknowledgedAt { get; init; }

    [DbValue(Name = "acknowledged_until")]
    public long? AcknowledgedUntil { get; init; }

    public long? Repeats { get; init; }

    [DbValue(Name = "repeated_at")]
    public long? RepeatedAt { get; init; }

    [DbValue(Name = "longest_gap")]
    public long LongestGap { get; init; }

    public long Unheard { get; init; }

    [DbValue(Name = "is_silent")]
    public long IsSilent { get; init; }

    [DbValue(Name = "folded_at")]
    public long? FoldedAt { get; init; }

    public long Notifications { get; init; }

    public long Changes { get; init; }

    public long Acknowledgements { get; init; }

    public Incident Read() => new()
    {
        Number = Number,
        Machine = Name.OfMachine(Machine, ForRoot != 0),
        Service = Service.Length == 0 ? null : Name.OfService(Service, ForRoot != 0),
        Part = CheckPart.FromStore(
            Part, PartName, PartName.Length > 0 && Remarks.Read(PartAudience) == Audience.Public ? PublicText.FromStore(PartName) : null),
        Source = Source is null ? null : PublicText.FromStore(Source),
        State = CheckStates.Parse(State) ?? CheckState.Unknown,
        OpenedAt = Moment.Read(OpenedAt),
        ClosedAt = Moment.Read(ClosedAt),
        AnnouncedState = AnnouncedState is null ? null : CheckStates.Parse(AnnouncedState),
        AnnounceAt = Moment.Read(AnnounceAt),
        Detail = Detail is null ? null : new RootText(Detail),
        Flapping = Flapping != 0,
        SuppressedBy = SuppressedBy is null ? null : Reasons.ParseSuppression(SuppressedBy),
        InhibitedBy = InhibitedBy,
        TimedOut = TimedOut != 0,
        AnnouncedAt = Moment.Read(AnnouncedAt),
        Folded = FoldedAt is null ? null : new FoldedSteps(Notifications, Changes, Acknowledgements),
        Acknowledgement = AcknowledgedAt is null
            ? null
            : new Acknowledgement(
                PublicText.FromStore(AcknowledgedBy ?? ""),
                Remarks.Read(AcknowledgedReason ?? "", AcknowledgedAudience),
                Moment.Read(AcknowledgedAt.Value),
                Moment.Read(AcknowledgedUntil ?? 0)),
        Repeats = Repeats is { } repeats
            ? new RepeatHistory(
                repeats, Moment.Read(RepeatedAt ?? OpenedAt), TimeSpan.FromMilliseconds(LongestGap), TimeSpan.FromMilliseconds(Unheard), IsSilent != 0)
            : null,
    };
}
