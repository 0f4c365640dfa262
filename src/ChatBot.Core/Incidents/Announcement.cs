
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>One line for the channel, and the incidents it tells of.</summary>
/// <param name="Line">What is said; null where the incidents are as the channel knows them already.</param>
/// <param name="Incidents">As they are once it is said.</param>
/// <param name="About">The facts of the line.</param>
public sealed record Announcement(Line? Line, IReadOnlyList<Incident> Incidents, About About)
{
    /// <summary>Of more machines than these that are due together, one line tells.</summary>
    public const int MostMachines = 3;

    // One loop may have looked at the clock some moments before another stored a time.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether its time has come. What claims to be due later than the longest wait is due too: it was stored before the clock was
    /// put back.
    /// </summary>
    public static bool IsDue(DateTimeOffset tellAt, DateTimeOffset now, TimeSpan wait) => tellAt <= now || tellAt > now + wait + Slack;

    /// <summary>
    /// Makes lines of what the channel has still to be told: what concerns one machine goes together, and waits for company no
    /// longer than its first. Where many machines are due at once, all that waits is told, in one line.
    /// </summary>
    /// <param name="untold">Every incident with a <see cref="Incident.AnnounceAt"/>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="wait">The longest wait.</param>
    /// <param name="lines">Puts them into words.</param>
    /// <param name="covered">Of the incidents that explain others, by their number, how many and how many of them are open.</param>
    /// <param name="unheard">How many began and ended untold since the first of them.</param>
    public static IReadOnlyList<Announcement> Due(
        IReadOnlyList<Incident> untold, DateTimeOffset now, TimeSpan wait, IncidentLines lines,
        IReadOnlyDictionary<long, InhibitedCount>? covered = null, long unheard = 0)
    {
        covered ??= new Dictionary<long, InhibitedCount>();
        var machines = untold.GroupBy(incident => incident.Machine).ToList();
        var due = machines.FindAll(machine => machine.Any(incident => IsDue(incident.AnnounceAt!.Value, now, wait)));
        if (due.Count > MostMachines)
        {
            due = machines;
        }

        var announcements = due.SelectMany(machine => OfMachine([.. machine], lines, covered)).ToList();
        Gather(announcements, Topic.Recovery, told => lines.RecoveryStorm(told));
        Gather(announcements, Topic.Alert, told => lines.AlertStorm(told, unheard));
        return announcements;
    }

    // One line for those of a kind, where they are of many machines.
    private static void Gather(List<Announcement> all, Topic topic, Func<IReadOnlyList<Incident>, Line> words)
    {
        var some = all.FindAll(one => one.About.Topic == topic);
        if (some.DistinctBy(one => one.Incidents[0].Machine).Count() <= MostMachines)
        {
            return;
        }

        var facts = some.SelectMany(one => one.About.Incidents).ToList();
        var told = some.SelectMany(one => one.Incidents).ToList();
        all.RemoveAll(some.Contains);
        all.Add(new Announcement(words(told), told, new About(topic, null, facts)));
    }

    private static IEnumerable<Announcement> OfMachine(
        List<Incident> incidents, IncidentLines lines, IReadOnlyDictionary<long, InhibitedCount> covered)
    {
        var ended = incidents.FindAll(incident => !incident.IsOpen);
        var unchanged = incidents.FindAll(incident => incident.IsOpen && incident.AnnouncedState == incident.State);
        var alerts = incidents.FindAll(incident => incident.IsOpen && incident.AnnouncedState != incident.State);
        if (unchanged.Count > 0)
        {
            yield return new Announcement(null, Told(unchanged), About.Nothing);
        }

        if (ended.Count > 0)
        {
            yield return new Announcement(RecoveryLine(ended, lines, covered), Told(ended), Facts(Topic.Recovery, ended));
        }

        var causes = alerts.FindAll(incident => covered.ContainsKey(incident.Number));
        foreach (var cause in causes)
        {
            yield return new Announcement(lines.Cause(cause, covered[cause.Number]), Told([cause]), Facts(Topic.Alert, [cause]));
        }

        if (alerts.Count > causes.Count)
        {
            var others = alerts.Except(causes).ToList();
            yield return new Announcement(AlertLine(others, lines), Told(others), Facts(Topic.Alert, others));
        }
    }

    private static Line RecoveryLine(List<Incident> ended, IncidentLines lines, IReadOnlyDictionary<long, InhibitedCount> covered) => ended switch
    {
        [var one] when covered.TryGetValue(one.Number, out var count) => lines.CauseRecovery(one, count),
        [var one] => lines.Recovery(one),
        _ => lines.RecoveryGroup(ended),
    };

    private static Line AlertLine(List<Incident> alerts, IncidentLines lines) => alerts switch
    {
        [{ AnnouncedState: null } one] => lines.Alert(one),
        [var one] => lines.Changed(one),
        _ => lines.AlertGroup(BySeverity(alerts), alerts.Max(i => i.OpenedAt) - alerts.Min(i => i.OpenedAt)),
    };

    private static List<Incident> BySeverity(List<Incident> alerts) =>
        alerts.OrderBy(incident => incident.State.Rank()).ThenBy(incident => incident.Number).ToList();

    private static About Facts(Topic topic, List<Incident> incidents) => new(
        topic, incidents[0].Machine, incidents.ConvertAll(incident => IncidentFact.Of(incident, isFirst: incident.AnnouncedState is null)));

    private static List<Incident> Told(List<Incident> incidents) =>
        incidents.ConvertAll(incident => incident with { AnnouncedState = incident.State, AnnounceAt = null });
}
