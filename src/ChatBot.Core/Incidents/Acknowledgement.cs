using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Somebody is handling an incident.</summary>
/// <param name="By">The person's name; the monitor's where it was acknowledged there; empty once it is erased, which says “somebody”.</param>
/// <param name="Reason">What they said they do.</param>
/// <param name="At">When they acknowledged it.</param>
/// <param name="Until">When it ends by itself; there is always an end.</param>
public sealed record Acknowledgement(PublicText By, Remark Reason, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>The monitor said that somebody acknowledged it there, but neither who nor why.</summary>
    public bool IsUnexplained => MonitorNames.IsMonitor(By) && Reason.Text.IsEmpty;
}

/// <summary>The result of acknowledging one incident, of removing its acknowledgement, or of closing it.</summary>
/// <param name="Number">The incident that was asked for.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Incident">As it is now; null where there is none of that number.</param>
public sealed record AcknowledgeOutcome(long Number, AcknowledgeResult Result, Incident? Incident);

/// <summary>The results for several incidents.</summary>
public static class AcknowledgeOutcomes
{
    /// <summary>Those to which it was done, by machine: each is one line.</summary>
    public static IEnumerable<IReadOnlyList<Incident>> DoneByMachine(IEnumerable<AcknowledgeOutcome> outcomes) => outcomes
        .Where(one => one.Result == AcknowledgeResult.Done)
        .GroupBy(one => one.Incident!.Machine, one => one.Incident!)
        .Select(group => group.ToList());
}

/// <summary>How acknowledging an incident, or removing its acknowledgement, may end.</summary>
public enum AcknowledgeResult
{
    Done,
    NoSuchIncident,

    /// <summary>It has ended; the incident says what it was.</summary>
    AlreadyClosed,

    /// <summary>It is unacknowledged, so there is nothing to remove.</summary>
    NotAcknowledged,
}

/// <summary>Who acknowledged a problem in the monitor, and why: free text of theirs.</summary>
/// <param name="Author">As they are called there.</param>
/// <param name="Comment">What they wrote.</param>
/// <param name="At">When, by the monitor's clock, in whole seconds.</param>
public sealed record MonitoredAck(RootText Author, RootText Comment, DateTimeOffset At);
