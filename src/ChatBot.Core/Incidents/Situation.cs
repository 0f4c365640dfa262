using ChatBot.Core.Changelog;
using ChatBot.Core.Interventions;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// What is known when something is decided about incidents, as far as the decision needs it: about reports only what concerns their
/// checks, about what is due all that may be announced or that keeps it from being announced.
/// </summary>
public sealed record Situation
{
    private static readonly Dictionary<long, InhibitedCount> NoCounts = [];
    private static readonly Dictionary<string, DateTimeOffset> NoMoments = [];
    private static readonly Dictionary<long, IReadOnlyList<IncidentEvent>> NoStories = [];

    public required Silences Silences { get; init; }

    /// <summary>As they are stored, each once; also the last of a check, where what is reported of it is older than that.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>The last states of the checks.</summary>
    public IReadOnlyList<CheckHistory> Histories { get; init; } = [];

    /// <summary>What happened to incidents, by their number.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<IncidentEvent>> Stories { get; init; } = NoStories;

    /// <summary>Interventions that begin or ended so lately that the monitor's mails about their downtime are an echo.</summary>
    public IReadOnlyList<Intervention> Echoing { get; init; } = [];

    /// <summary>The numbers of the inhibited whose cause has ended, or that were inhibited for too long.</summary>
    public IReadOnlyCollection<long> Orphans { get; init; } = [];

    /// <summary>How many each incident inhibits or inhibited; those that none did are not in it.</summary>
    public IReadOnlyDictionary<long, InhibitedCount> Inhibited { get; init; } = NoCounts;

    /// <summary>When each machine was last announced, of those that were within the group interval; by short name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> AnnouncedLately { get; init; } = NoMoments;

    /// <summary>What machines changed shortly before the alerts, the newest first.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>When those began that began and ended unannounced, since the first of what is to be announced.</summary>
    public IReadOnlyList<DateTimeOffset> EndedUnannounced { get; init; } = [];

    /// <summary>The next moment at which something is due of what is not in it; null where nothing is, or where nobody asks.</summary>
    public DateTimeOffset? Later { get; init; }

    /// <summary>When one line announced the ends of many machines; null where the process has not yet.</summary>
    public DateTimeOffset? ManyEndedAt { get; init; }
}

/// <summary>The last states of a check.</summary>
/// <param name="Machine">Its machine.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="Flapping">Whether it is flapping.</param>
/// <param name="Part">Which of the service's checks.</param>
/// <param name="Last">When it was last reported, by the reporter's clock; null where that is not known.</param>
public sealed record CheckHistory(Name Machine, Name? Service, FlapHistory Flapping, CheckPart Part = default, LastReports? Last = null)
{
    public CheckKey Check => new(Machine, Service, Part);

    /// <param name="check">The check.</param>
    /// <param name="flapping">Its last states.</param>
    /// <param name="last">When it was last reported.</param>
    public static CheckHistory Of(CheckKey check, FlapHistory flapping, LastReports? last) => new(check.Machine, check.Service, flapping, check.Part, last);
}
