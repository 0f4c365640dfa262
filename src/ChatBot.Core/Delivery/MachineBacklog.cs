
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Delivery;

/// <summary>What waits to be announced of one machine, in its latest state.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Lines">The lines of the outbox, oldest first.</param>
/// <param name="Open">Incidents that are open, the worst first and of those alike the newest.</param>
/// <param name="EndedUnheard">Incidents that began and ended while the lines waited.</param>
/// <param name="Recovered">Incidents that were announced before, and that recovered.</param>
internal sealed record MachineBacklog(
    Name Machine, IReadOnlyList<WaitingLine> Lines, IReadOnlyList<IncidentFact> Open,
    IReadOnlyList<IncidentFact> EndedUnheard, IReadOnlyList<IncidentFact> Recovered)
{
    public DateTimeOffset Since => Lines.Min(line => line.At);

    public IEnumerable<WaitingLine> Changes => Lines.Where(line => line.About.Topic == Topic.Change);

    public IEnumerable<long> Rows => Lines.Select(line => line.Id);

    public IEnumerable<long> Ended => EndedUnheard.Concat(Recovered).Select(incident => incident.Number);

    /// <summary>One of each machine, the worst first and of those alike the newest.</summary>
    /// <param name="lines">All that waits, oldest first: those that stay whole give the state of an incident too.</param>
    public static List<MachineBacklog> Of(IReadOnlyList<WaitingLine> lines)
    {
        var latest = Latest(lines).ToDictionary(incident => incident.Number);
        var unannounced = lines.SelectMany(line => line.About.Incidents).Where(incident => incident.IsFirst).Select(incident => incident.Number).ToHashSet();
        return lines.Where(line => line.About.CanBeSummed)
            .GroupBy(line => line.About.Machine!.Value)
            .Select(machine => Of(machine.Key, [.. machine], latest, unannounced))
            .OrderBy(machine => machine.Open.Count > 0 ? machine.Open[0].State.Rank() : int.MaxValue)
            .ThenByDescending(machine => machine.Lines[^1].Id)
            .ToList();
    }

    /// <summary>Every incident of these lines as the last of them says.</summary>
    public static IEnumerable<IncidentFact> Latest(IEnumerable<WaitingLine> lines) =>
        lines.SelectMany(line => line.About.Incidents).GroupBy(incident => incident.Number).Select(facts => facts.Last());

    private static MachineBacklog Of(
        Name machine, List<WaitingLine> lines, Dictionary<long, IncidentFact> latest, HashSet<long> unannounced)
    {
        var incidents = lines.SelectMany(line => line.About.Incidents).Select(incident => incident.Number).Distinct()
            .Select(number => latest[number]).OrderBy(incident => incident.State.Rank()).ThenByDescending(incident => incident.Number)
            .ToList();
        return new(
            machine, lines, incidents.FindAll(incident => incident.IsOpen),
            incidents.FindAll(incident => !incident.IsOpen && unannounced.Contains(incident.Number)),
            incidents.FindAll(incident => !incident.IsOpen && !unannounced.Contains(incident.Number)).ConvertAll(ended => ended with
            {
                Lookalikes = ended.Lookalikes?.Where(number => !latest.TryGetValue(number, out var other) || other.IsOpen).ToList(),
            }));
    }
}
