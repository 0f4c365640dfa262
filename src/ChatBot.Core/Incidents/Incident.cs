using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>A problem with a beginning and an end on one machine or service.</summary>
public sealed record Incident
{
    /// <summary>Given by the store when the incident opens, never used again; 0 before.</summary>
    public long Number { get; init; }

    public required Name Machine { get; init; }

    /// <summary>Null for the machine itself.</summary>
    public Name? Service { get; init; }

    /// <summary>Which of the service's checks, among those of all programs.</summary>
    public CheckPart Part { get; init; }

    /// <summary>The program that reported it first, as <see cref="Report.Source"/>; null where that is not known.</summary>
    public PublicText? Source { get; init; }

    public required CheckState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The state last announced; null while nothing was announced.</summary>
    public CheckState? AnnouncedState { get; init; }

    /// <summary>When the state is to be announced; null where there is nothing to announce.</summary>
    public DateTimeOffset? AnnounceAt { get; init; }

    /// <summary>What the check said last.</summary>
    public RootText? Detail { get; init; }

    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>The monitor says that it is flapping.</summary>
    public bool Flapping { get; init; }

    /// <summary>Why the state is not announced for the time being; <see cref="AnnounceAt"/> waits as long.</summary>
    public Suppression? SuppressedBy { get; init; }

    /// <summary>The number of the incident that inhibits this one; it stays known after both.</summary>
    public long? InhibitedBy { get; init; }

    /// <summary>The check timed out, which an overloaded machine explains.</summary>
    public bool TimedOut { get; init; }

    /// <summary>When the bot last announced it.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>How often it was reported, where its program never reports that it has ended; else null.</summary>
    public RepeatHistory? Repeats { get; init; }

    /// <summary>What its machine changed within the hour before; filled in for the announcement, and not stored with the incident.</summary>
    public Change? ChangedBefore { get; init; }

    /// <summary>What its steps added up to, where it ended so long ago that they are not kept; else null.</summary>
    public FoldedSteps? Folded { get; init; }

    /// <summary>Whether a monitor reported it, and not smartd or a backup: only then it can be acknowledged there.</summary>
    public bool IsMonitored => Source is not { } source || MonitorNames.Sources.Contains(source.Value);

    /// <summary>The program that reported it, a monitor or another one, as people write its name; Nagios where none was stored.</summary>
    public PublicText Monitor => Source is { } source ? CheckText.Monitor(source) : MonitorNames.Nagios;

    public bool IsOpen => ClosedAt is null;

    /// <summary>The number as it is said; “?” before the store has given one.</summary>
    public PublicText NumberText => Number == 0 ? PublicText.Declared("?") : Number;

    /// <summary>Its check; one key never has two open incidents.</summary>
    public CheckKey Check => new(Machine, Service, Part);

    /// <summary>“POP3 CRITICAL”, “hal CRITICAL (loadavg)”, or “DOWN” for the machine itself; the root group also reads a part that is not for everybody.</summary>
    public Fact What => Part.Public is not null || Part.Name.IsEmpty
        ? CheckText.Of(Service, State, Part.Public)
        : CheckText.Of(Service, Line.Join(" ", [PublicText.State(State.Word()), new RootText($"({Part.Name.Value})")]));
}

/// <summary>The steps of an incident as their counts, after what <c>retention.incidents</c> says.</summary>
/// <param name="Notifications">How often the monitor reported the problem.</param>
/// <param name="Changes">How often it changed its state.</param>
/// <param name="Acknowledgements">How often somebody acknowledged it.</param>
public sealed record FoldedSteps(long Notifications, long Changes, long Acknowledgements);

/// <summary>One thing that happened to an incident.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">What was decided, by its reason.</param>
/// <param name="State">The state of that moment.</param>
/// <param name="By">The person's name, where a person did it.</param>
/// <param name="Said">What that person said.</param>
public sealed record IncidentEvent(DateTimeOffset At, Reason Reason, CheckState State, PublicText? By, Remark? Said);
