using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>The facts of one machine mail. The type of a field says who may read it.</summary>
public sealed record Report
{
    /// <summary>
    /// The program that wrote the mail, as <c>chatbot classify</c> names it: <c>nagios</c>, <c>metche</c>, … <c>unknown</c>,
    /// <c>human</c>.
    /// </summary>
    public required PublicText Source { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>
    /// The short name where the inventory knows the machine, else the name as written; null where there is none.
    /// </summary>
    public Name? Machine { get; init; }

    /// <summary>The check, as the monitor names it; null for the machine itself.</summary>
    public Name? Service { get; init; }

    /// <summary>Which of the service's checks in the words of its program; none where the program has one check a service.</summary>
    public CheckPart Part { get; init; }

    public CheckState? State { get; init; }

    /// <summary>When it happened by the sender's clock; null where the mail does not say.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>The host of its sender's address, whose clock <see cref="When"/> is of; null where that is not known.</summary>
    public string? WrittenOn { get; init; }

    /// <summary>What the check said.</summary>
    public RootText? Detail { get; init; }

    /// <summary>Whether the check got no answer in time, by what it said.</summary>
    public bool TimedOut => Detail is { } detail && TimeOuts.IsIn(detail);

    /// <summary>Who acted in the monitor, where its mail says so.</summary>
    public RootText? Author { get; init; }

    public RootText? Comment { get; init; }

    public Phase? Phase { get; init; }

    public ChangeSummary? Change { get; init; }

    public RootText? Subject { get; init; }

    /// <summary>A person answers another mail.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>What the line about it says after machine and program, in order; empty where the subject has to do.</summary>
    public IReadOnlyList<Phrase> Says { get; init; } = [];

    /// <summary>Whether its author gave the words of <see cref="Says"/> to everybody.</summary>
    public bool IsForEverybody { get; init; }

    /// <summary>The severity that the program itself states, where there is no state.</summary>
    public Severity? Severity { get; init; }

    /// <summary>
    /// The program never reports that this problem has ended (smartd, mdadm): its incident falls silent once nothing repeats it, and a person closes
    /// it. Of good news: it says of no problem that it has ended.
    /// </summary>
    public bool HasNoEnd { get; init; }

    /// <summary>The mail says of the check that it is well and that it is not: it has no effect.</summary>
    public bool IsContradictory { get; init; }

    /// <summary>A message of a monitor about a check that opens and ends nothing: the check may be open all the same.</summary>
    public bool IsMessage => Machine is not null && (IsContradictory || Kind == ReportKind.Report && State is not null);

    /// <summary>The bot read it in the monitor's own state; no message reported it.</summary>
    public bool IsDrift { get; init; }

    /// <summary>The other alerts of the same mail.</summary>
    public IReadOnlyList<Report> Others { get; init; } = [];

    /// <summary>How many alerts of the mail are in no report, because they are past a bound or cannot be read.</summary>
    public int LeftOut { get; init; }

    /// <summary>How many bytes of the mail, at least, were not read: what it lists and counts may be more. 0 where it is whole.</summary>
    public long Unread { get; init; }

    /// <summary>An alert that fires for as long as all is well (<c>Watchdog</c>): no trouble, and its silence is one.</summary>
    public bool IsHeartbeat { get; init; }

    /// <summary>Nothing is left of the name of its machine or service once it is cleaned: it says nothing of any check that could be named.</summary>
    public bool HasEmptyName => Machine is { IsEmpty: true } || Service is { IsEmpty: true };

    /// <summary>The check; only where the machine is known.</summary>
    public CheckKey Check => new(Machine!.Value, Service, Part.Of(Source));

    /// <summary>Whether it says how a check is: such a report opens, changes or ends an incident.</summary>
    public bool IsAboutIncident =>
        Kind is ReportKind.Alert or ReportKind.Recovery or ReportKind.Ack or ReportKind.Flapping or ReportKind.Downtime
        && Machine is not null && State is not null && !HasEmptyName && !IsHeartbeat && !IsContradictory && !(HasNoEnd && Kind != ReportKind.Alert);

    /// <summary>
    /// The same; an alert that names no machine is one of the program that raised it, so that it has a beginning and an end too, and so is a problem
    /// without an end that names no service: it is not the machine itself that is ill.
    /// </summary>
    public Report OnMachine() => Kind is ReportKind.Alert or ReportKind.Recovery && State is not null && !IsHeartbeat
        ? this with { Machine = Machine ?? Name.OfMachine(Source.Value), Service = HasNoEnd ? Service ?? Name.OfService(Source.Value) : Service }
        : this;
}

/// <summary>Whether a mail reports the beginning or the end of something that lasts (flapping, downtime).</summary>
public enum Phase
{
    Start,
    End,
    Cancelled,
}

/// <summary>How severe a program itself says its mail is, where no <see cref="CheckState"/> says it.</summary>
public enum Severity
{
    Ok,
    Info,
    Unknown,
    Warning,
    Critical,
}
