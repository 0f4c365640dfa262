
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>How an incident stands once a line about it is said.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="State">The state that the line tells.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="ClosedAt">When it ended; null while open.</param>
/// <param name="IsFirst">Whether nothing was said of it before.</param>
/// <param name="Part">Which of the service's checks; null where that has no name that anybody may read.</param>
public sealed record IncidentFact(
    long Number, Name? Service, CheckState State, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, bool IsFirst,
    PublicText? Part = null)
{
    public bool IsOpen => ClosedAt is null;

    /// <summary>Of one that ended: the open ones of that moment that the public does not tell from it.</summary>
    public IReadOnlyList<long>? Lookalikes { get; init; }

    /// <summary>Whether people must hear of it before anything else.</summary>
    public bool IsUrgent => IsOpen && State is CheckState.Critical or CheckState.Down or CheckState.Unreachable;

    public Fact What => CheckText.Of(Service, State, Part);

    /// <param name="incident">As it is once the line is said.</param>
    /// <param name="isFirst">Whether nothing was said of it before.</param>
    public static IncidentFact Of(Incident incident, bool isFirst) =>
        new(incident.Number, incident.Service, incident.State, incident.OpenedAt, incident.ClosedAt, isFirst, incident.Part.Public);
}
