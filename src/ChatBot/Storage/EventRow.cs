using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>incident_event</c>.</summary>
internal sealed class EventRow
{
    public long Incident { get; init; }

    public long At { get; init; }

    public string Reason { get; init; } = "";

    public string State { get; init; } = "";

    [DbValue(Name = "said_by")]
    public string? SaidBy { get; init; }

    public string? Said { get; init; }

    [DbValue(Name = "said_audience")]
    public string? SaidAudience { get; init; }

    public IncidentEvent Read() => new(
        Moment.Read(At),
        Reasons.Parse(Reason),
        CheckStates.Parse(State) ?? CheckState.Unknown,
        SaidBy is null ? null : PublicText.FromStore(SaidBy),
        Said is null ? null : Remarks.Read(Said, SaidAudience));
}
