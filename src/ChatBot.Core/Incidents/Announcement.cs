using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Incidents;

/// <summary>One line for the channel, and the incidents it tells of.</summary>
/// <param name="Line">What is said; null where the incidents are as the channel knows them already.</param>
/// <param name="Incidents">As they are once it is said.</param>
/// <param name="About">The facts of the line.</param>
public sealed record Announcement(Line? Line, IReadOnlyList<Incident> Incidents, About About)
{
    // One loop may have looked at the clock some moments before another stored a time.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether its time has come. What claims to be due later than the longest wait is due too: it was stored before the clock was
    /// put back.
    /// </summary>
    public static bool IsDue(DateTimeOffset tellAt, DateTimeOffset now, TimeSpan wait) => tellAt <= now || tellAt > now + wait + Slack;

    /// <summary>
    /// Makes lines of what the channel has still to be told: what concerns one machine goes together, and waits for company no
    /// longer than its first.
    /// </summary>
    /// <param name="untold">Every incident with a <see cref="Incident.TellAt"/>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="wait">The grouping wait.</param>
    /// <param name="lines">Puts them into words.</param>
    public static IReadOnlyList<Announcement> Due(
        IReadOnlyList<Incident> untold, DateTimeOffset now, TimeSpan wait, IncidentLines lines)
    {
        var announcements = new List<Announcement>();
        foreach (var machine in untold.GroupBy(incident => incident.Machine))
            if (machine.Any(incident => IsDue(incident.TellAt!.Value, now, wait)))
                OfMachine(machine.ToList(), lines, announcements);
        return announcements;
    }

    private static void OfMachine(List<Incident> incidents, IncidentLines lines, List<Announcement> into)
    {
        var ended = incidents.FindAll(incident => !incident.IsOpen);
        var unchanged = incidents.FindAll(incident => incident.IsOpen && incident.ToldState == incident.State);
        var alerts = incidents.FindAll(incident => incident.IsOpen && incident.ToldState != incident.State);
        if (unchanged.Count > 0)
            into.Add(new Announcement(null, Told(unchanged), About.Nothing));
        if (ended.Count > 0)
        {
            var line = ended.Count == 1 ? lines.Recovery(ended[0]) : lines.RecoveryGroup(ended);
            into.Add(new Announcement(line, Told(ended), Facts(Topic.Recovery, ended)));
        }

        if (alerts.Count > 0)
            into.Add(new Announcement(AlertLine(alerts, lines), Told(alerts), Facts(Topic.Alert, alerts)));
    }

    private static Line AlertLine(List<Incident> alerts, IncidentLines lines) => alerts switch
    {
        [{ ToldState: null } one] => lines.Alert(one),
        [var one] => lines.Changed(one),
        _ => lines.AlertGroup(BySeverity(alerts), alerts.Max(i => i.OpenedAt) - alerts.Min(i => i.OpenedAt)),
    };

    private static List<Incident> BySeverity(List<Incident> alerts) =>
        alerts.OrderBy(incident => incident.State.Rank()).ThenBy(incident => incident.Number).ToList();

    private static About Facts(Topic topic, List<Incident> incidents) => new(
        topic, incidents[0].Machine, incidents.ConvertAll(incident => IncidentFact.Of(incident, isFirst: incident.ToldState is null)));

    private static List<Incident> Told(List<Incident> incidents) =>
        incidents.ConvertAll(incident => incident with { ToldState = incident.State, TellAt = null });
}
