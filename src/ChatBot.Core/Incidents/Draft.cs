using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>A situation in the making of an outcome: every change is seen by what is decided after it.</summary>
internal sealed class Draft
{
    private readonly SortedDictionary<long, Incident> _incidents = [];
    private readonly Dictionary<long, InhibitedCount> _inhibited;
    private readonly List<CheckHistory> _histories;
    private readonly List<long> _saved = [];
    private readonly HashSet<long> _isSaved = [];
    private readonly List<CheckHistory> _savedHistories = [];
    private readonly List<(long, IncidentEvent)> _events = [];
    private readonly List<OutcomeLine> _lines = [];
    private readonly List<OutcomeOrder> _orders = [];
    private readonly List<Reason> _suppressed = [];
    private long _new;

    public Draft(Situation situation)
        : this(situation.Incidents)
    {
        _inhibited = new(situation.Inhibited);
        _histories = [.. situation.Histories];
    }

    public Draft(IEnumerable<Incident> incidents)
    {
        (_inhibited, _histories) = ([], []);
        foreach (var incident in incidents)
        {
            _incidents[incident.Number] = incident;
        }
    }

    /// <summary>As they are by now, by number.</summary>
    public IReadOnlyList<Incident> All => [.. _incidents.Values];

    public DateTimeOffset? ManyEndedAt { get; set; }

    public Incident this[long number] => _incidents[number];

    public Incident? Find(long number) => _incidents.GetValueOrDefault(number);

    public Incident? OpenOne(CheckKey check) => _incidents.Values.FirstOrDefault(one => one.IsOpen && one.Check == check);

    /// <summary>The open ones of a service, or of a machine itself, whichever of its checks they are of.</summary>
    public IReadOnlyList<Incident> OpenOf(Name machine, Name? service) =>
        [.. _incidents.Values.Where(one => one.IsOpen && one.Machine == machine && one.Service == service)];

    /// <summary>The last one of a check, where it has ended.</summary>
    public Incident? LastEnded(CheckKey check) => _incidents.Values.LastOrDefault(one => !one.IsOpen && one.Check == check);

    public CheckHistory? History(CheckKey check) => _histories.Find(one => one.Check == check);

    /// <summary>How many an incident inhibits or inhibited.</summary>
    public InhibitedCount Inhibited(Incident cause) =>
        _inhibited.GetValueOrDefault(cause.Number, new(0, 0, false)) with { IsLoad = cause.Service is not null };

    /// <returns>It, with the number that stands for it where it is new.</returns>
    public Incident Save(Incident after)
    {
        after = after.Number == 0 ? after with { Number = --_new } : after;
        if (_incidents.TryGetValue(after.Number, out var before))
        {
            Inhibit(before, -1);
        }

        Inhibit(after, 1);
        _incidents[after.Number] = after;
        if (_isSaved.Add(after.Number))
        {
            _saved.Add(after.Number);
        }

        return after;
    }

    public void Save(CheckHistory after)
    {
        Replace(_histories, after);
        Replace(_savedHistories, after);
    }

    public void Note(Incident incident, Reason reason, DateTimeOffset at, PublicText? by = null, Remark? said = null) =>
        _events.Add((incident.Number, new IncidentEvent(at, reason, incident.State, by, said)));

    public void Say(OutcomeLine line) => _lines.Add(line);

    /// <summary>Says a line about an incident.</summary>
    public void Say(Incident incident, Func<Incident, Line> words, DateTimeOffset at) =>
        _lines.Add(new OutcomeLine([incident], numbered => words(numbered[0]), at));

    /// <summary>Asks the monitor, where it knows of the incident.</summary>
    public void Ask(Incident incident, MonitorOrder order, DateTimeOffset at)
    {
        if (incident.IsMonitored)
        {
            _orders.Add(new OutcomeOrder(order, at));
        }
    }

    public void Suppress(Reason reason) => _suppressed.Add(reason);

    /// <summary>Keeps an incident from being announced for the time being, and notes why.</summary>
    public void Suppress(Incident incident, Reason reason, DateTimeOffset now)
    {
        Save(incident);
        Note(incident, reason, now);
        Suppress(reason);
    }

    public Outcome Outcome() => new()
    {
        Incidents = _saved.ConvertAll(number => _incidents[number]),
        Events = _events,
        Histories = _savedHistories,
        Lines = _lines,
        Orders = _orders,
        Suppressed = _suppressed,
        ManyEndedAt = ManyEndedAt,
    };

    private void Inhibit(Incident incident, int by)
    {
        if (incident.InhibitedBy is { } cause)
        {
            var count = _inhibited.GetValueOrDefault(cause, new(0, 0, false));
            _inhibited[cause] = count with { Total = count.Total + by, Open = count.Open + (incident.IsOpen ? by : 0) };
        }
    }

    private static void Replace(List<CheckHistory> all, CheckHistory after)
    {
        all.RemoveAll(one => one.Check == after.Check);
        all.Add(after);
    }
}
