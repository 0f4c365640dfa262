
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The facts of a line, kept beside its words so that a digest can say many lines as few.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Machine">The machine; null where it is about none, or about one that not everybody may read of.</param>
/// <param name="Incidents">Those it announces.</param>
public sealed record About(Topic Topic, Name? Machine, IReadOnlyList<IncidentFact> Incidents)
{
    /// <summary>A line that says all there is to know.</summary>
    public static readonly About Nothing = new(Topic.Other, null, []);

    /// <summary>A line about a mail that nothing vouches for.</summary>
    public static readonly About Unproven = new(Topic.Unproven, null, []);

    /// <summary>Whether a digest may say its facts instead of its words.</summary>
    public bool CanBeSummed =>
        Machine is not null && (Topic == Topic.Change || (Topic != Topic.Other && Incidents.Count > 0));

    /// <summary>The numbers of the incidents.</summary>
    public IEnumerable<long> Numbers => Incidents.Select(incident => incident.Number);

    public bool IsUnproven => Topic == Topic.Unproven;

    public bool IsUrgent => Topic == Topic.Alert && Incidents.Any(incident => incident.IsUrgent);

    /// <summary>A line that a digest keeps whole; after it the incident is as given. Null where it is about none.</summary>
    public static About Whole(Incident? incident) =>
        incident is null ? Nothing : new(Topic.Other, incident.Machine, [IncidentFact.Of(incident, isFirst: false)]);

    /// <summary>The same of several.</summary>
    public static About Whole(IReadOnlyList<Incident> incidents) =>
        incidents.Count == 0 ? Nothing : new(Topic.Other, incidents[0].Machine, incidents.Select(one => IncidentFact.Of(one, isFirst: false)).ToList());

    public static About Change(Name machine) => new(Topic.Change, machine, []);
}
