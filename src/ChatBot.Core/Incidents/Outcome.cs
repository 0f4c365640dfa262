using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What was decided: all of it is stored in one transaction, or none.</summary>
public sealed record Outcome
{
    /// <summary>
    /// As they are from now on, each once. A new one has a negative number, which stands for it in <see cref="Events"/> and
    /// <see cref="Lines"/> until the store gives it its own.
    /// </summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<(long Incident, IncidentEvent Event)> Events { get; init; } = [];

    public IReadOnlyList<CheckHistory> Histories { get; init; } = [];

    /// <summary>In the order in which they are said.</summary>
    public IReadOnlyList<OutcomeLine> Lines { get; init; } = [];

    public IReadOnlyList<OutcomeOrder> Orders { get; init; } = [];

    /// <summary>The reasons for which something is not announced, once for each time; to be counted after the commit.</summary>
    public IReadOnlyList<Reason> Suppressed { get; init; } = [];

    /// <summary>
    /// The next moment at which something is due, once this is stored, of what the situation holds and of what is due
    /// <see cref="Situation.Later"/>; null where nothing is, or where the decision is not about time.
    /// </summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When one line announced the ends of many machines; to be remembered after the commit. Null where none did.</summary>
    public DateTimeOffset? ManyEndedAt { get; init; }
}

/// <summary>A line to say. Its words are made once each incident has its number.</summary>
/// <param name="Incidents">Those it is about.</param>
/// <param name="Words">Puts them into words, numbered.</param>
/// <param name="At">When what it tells of happened.</param>
public sealed record OutcomeLine(IReadOnlyList<Incident> Incidents, Func<IReadOnlyList<Incident>, Line> Words, DateTimeOffset At)
{
    /// <summary>The facts of the line; null where it is one that a digest keeps whole.</summary>
    public About? Facts { get; init; }

    /// <summary>Whether it tells that somebody acknowledged them.</summary>
    public bool Acknowledges { get; init; }

    /// <summary>Whether it tells that nobody has acknowledged them any more.</summary>
    public bool Releases { get; init; }

    /// <summary>Whether it is mailed in the thread of the alert, where that is asked for: who has it, and its end.</summary>
    public bool IsForThread => MayReadAsOthers || Releases;

    /// <summary>Whether what goes on and reads alike is said beside it: it tells an end, or an acknowledgement.</summary>
    public bool MayReadAsOthers => Acknowledges || Incidents.Any(one => !one.IsOpen);

    /// <summary>Whether it names nothing but machines.</summary>
    public bool IsOfMachines => Facts is { Topic: Topic.Recovery, Machine: null };

    /// <param name="numbered"><see cref="Incidents"/> with their numbers.</param>
    public About AboutOf(IReadOnlyList<Incident> numbered) => Facts ?? About.Whole(numbered);
}

/// <summary>What the monitor is asked.</summary>
/// <param name="Order">What.</param>
/// <param name="At">When it was decided.</param>
public sealed record OutcomeOrder(MonitorOrder Order, DateTimeOffset At);
