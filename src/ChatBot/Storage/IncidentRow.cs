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

    public string? Source { get; init; }

    public string State { get; init; } = "";

    [DbValue(Name = "opened_at")]
    public long OpenedAt { get; init; }

    [DbValue(Name = "closed_at")]
    public long? ClosedAt { get; init; }

    [DbValue(Name = "told_state")]
    public string? ToldState { get; init; }

    [DbValue(Name = "tell_at")]
    public long? TellAt { get; init; }

    public string? Detail { get; init; }

    public long Flapping { get; init; }

    public string? Held { get; init; }

    [DbValue(Name = "covered_by")]
    public long? CoveredBy { get; init; }

    [DbValue(Name = "timed_out")]
    public long TimedOut { get; init; }

    [DbValue(Name = "told_at")]
    public long? ToldAt { get; init; }

    [DbValue(Name = "taken_by")]
    public string? TakenBy { get; init; }

    [DbValue(Name = "taken_reason")]
    public string? TakenReason { get; init; }

    [DbValue(Name = "taken_audience")]
    public string? TakenAudience { get; init; }

    [DbValue(Name = "taken_at")]
    public long? TakenAt { get; init; }

    [DbValue(Name = "taken_until")]
    public long? TakenUntil { get; init; }

    public Incident Read() => new()
    {
        Number = Number,
        Machine = PublicText.Declared(Machine),
        Service = Service.Length == 0 ? null : PublicText.Declared(Service),
        Source = Source is null ? null : PublicText.Declared(Source),
        State = CheckStates.Parse(State) ?? CheckState.Unknown,
        OpenedAt = Moment.Read(OpenedAt),
        ClosedAt = Moment.Read(ClosedAt),
        AnnouncedState = ToldState is null ? null : CheckStates.Parse(ToldState),
        AnnounceAt = Moment.Read(TellAt),
        Detail = Detail is null ? null : new RootText(Detail),
        Flapping = Flapping != 0,
        SuppressedBy = Held is null ? null : Enum.Parse<Suppression>(Held),
        InhibitedBy = CoveredBy,
        TimedOut = TimedOut != 0,
        AnnouncedAt = Moment.Read(ToldAt),
        Acknowledgement = TakenBy is null
            ? null
            : new Acknowledgement(
                PublicText.Declared(TakenBy),
                Remarks.Read(TakenReason ?? "", TakenAudience),
                Moment.Read(TakenAt ?? 0),
                Moment.Read(TakenUntil ?? 0)),
    };
}
