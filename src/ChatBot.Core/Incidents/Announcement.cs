
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>One line for the channel, and the incidents it announces.</summary>
/// <param name="Line">What is said; null where the incidents are as the channel knows them already.</param>
/// <param name="Incidents">As they are once it is said.</param>
/// <param name="About">The facts of the line.</param>
public sealed record Announcement(Line? Line, IReadOnlyList<Incident> Incidents, About About)
{
    /// <summary>More machines than these that are announced together get one line.</summary>
    public const int MostMachines = 3;

    // One loop may have looked at the clock some moments before another stored a time.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether its time has come. What claims to be due later than the longest wait is due too: it was stored before the clock was
    /// put back.
    /// </summary>
    public static bool IsDue(DateTimeOffset tellAt, DateTimeOffset now, TimeSpan wait) => tellAt <= now || tellAt > now + wait + Slack;

    /// <summary>
    /// Makes lines of what is still to be announced: what concerns one machine goes together, and waits for company no
    /// longer than its first. Where many machines wait with alerts or are due, the first that is due brings all into one line: each
    /// by itself, when its own wait ends, they would be more lines than the pace says soon.
    /// </summary>
    /// <param name="unannounced">Every incident with a <see cref="Incident.AnnounceAt"/>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="wait">The longest wait.</param>
    /// <param name="lines">Puts them into words.</param>
    /// <param name="inhibited">How many each inhibiting incident inhibits, and how many of these are open; by its number.</param>
    /// <param name="unannouncedRecoveries">How many began and recovered unannounced since the first of them.</param>
    public static IReadOnlyList<Announcement> Due(
        IReadOnlyList<Incident> unannounced, DateTimeOffset now, TimeSpan wait, IncidentLines lines,
        IReadOnlyDictionary<long, InhibitedCount>? inhibited = null, long unannouncedRecoveries = 0)
    {
        inhibited ??= new Dictionary<long, InhibitedCount>();
        var machines = unannounced.GroupBy(incident => incident.Machine).ToList();
        var due = machines.FindAll(machine => machine.Any(incident => IsDue(incident.AnnounceAt!.Value, now, wait)));
        if (due.Count > MostMachines || (due.Exists(HasNews) && machines.Count(HasNews) > MostMachines))
        {
            due = machines;
        }

        var announcements = due.SelectMany(machine => OfMachine([.. machine], lines, inhibited)).ToList();
        Gather(announcements, Topic.Recovery, incidents => lines.RecoveryStorm(incidents));
        Gather(announcements, Topic.Alert, incidents => lines.AlertStorm(incidents, unannouncedRecoveries));
        return announcements;
    }

    private static bool HasNews(IEnumerable<Incident> machine) => machine.Any(IsNews);

    private static bool IsNews(Incident incident) => incident.IsOpen && incident.AnnouncedState != incident.State;

    // One line for those of a kind, where they are of many machines.
    private static void Gather(List<Announcement> all, Topic topic, Func<IReadOnlyList<Incident>, Line> words)
    {
        var some = all.FindAll(one => one.About.Topic == topic);
        if (some.DistinctBy(one => one.Incidents[0].Machine).Count() <= MostMachines)
        {
            return;
        }

        var facts = some.SelectMany(one => one.About.Incidents).ToList();
        var incidents = some.SelectMany(one => one.Incidents).ToList();
        all.RemoveAll(some.Contains);
        all.Add(new Announcement(words(incidents), incidents, new About(topic, null, facts)));
    }

    private static IEnumerable<Announcement> OfMachine(
        List<Incident> incidents, IncidentLines lines, IReadOnlyDictionary<long, InhibitedCount> inhibited)
    {
        var ended = incidents.FindAll(incident => !incident.IsOpen);
        var unchanged = incidents.FindAll(incident => incident.IsOpen && incident.AnnouncedState == incident.State);
        var alerts = incidents.FindAll(IsNews);
        if (unchanged.Count > 0)
        {
            yield return new Announcement(null, Announced(unchanged), About.Nothing);
        }

        if (ended.Count > 0)
        {
            yield return new Announcement(RecoveryLine(ended, lines, inhibited), Announced(ended), Facts(Topic.Recovery, ended));
        }

        var causes = alerts.FindAll(incident => inhibited.ContainsKey(incident.Number));
        foreach (var cause in causes)
        {
            yield return new Announcement(lines.Cause(cause, inhibited[cause.Number]), Announced([cause]), Facts(Topic.Alert, [cause]));
        }

        if (alerts.Count > causes.Count)
        {
            var others = alerts.Except(causes).ToList();
            yield return new Announcement(AlertLine(others, lines), Announced(others), Facts(Topic.Alert, others));
        }
    }

    private static Line RecoveryLine(List<Incident> ended, IncidentLines lines, IReadOnlyDictionary<long, InhibitedCount> inhibited) => ended switch
    {
        [var one] when inhibited.TryGetValue(one.Number, out var count) => lines.CauseRecovery(one, count),
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

    private static List<Incident> Announced(List<Incident> incidents) =>
        incidents.ConvertAll(incident => incident with { AnnouncedState = incident.State, AnnounceAt = null });
}
