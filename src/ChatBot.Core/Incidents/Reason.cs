namespace ChatBot.Core.Incidents;

/// <summary>The named reasons for which the bot speaks or keeps silent about a report; <c>!why</c> says them.</summary>
public enum Reason
{
    /// <summary>A new problem: announced after the grouping wait.</summary>
    Opened,

    /// <summary>The monitor repeats what is known: silent.</summary>
    Repeated,

    /// <summary>The state changed after it was announced: announced again.</summary>
    Changed,

    /// <summary>The state changed before anything was said: the line to come says the new one.</summary>
    ChangedBeforeAnnounced,

    /// <summary>It recovered after it was announced: the recovery is announced.</summary>
    Recovered,

    /// <summary>It ended within the grouping wait: silent.</summary>
    RecoveredBeforeAnnounced,

    /// <summary>A recovery from something that never began here: silent.</summary>
    NothingOpen,

    /// <summary>Somebody acknowledged it in the monitor: announced.</summary>
    AcknowledgedInMonitor,

    /// <summary>The monitor reports an acknowledgement of what is already acknowledged here: silent.</summary>
    AlreadyAcknowledged,

    /// <summary>It is flapping: announced once.</summary>
    FlappingStarted,

    /// <summary>It is stable again: announced.</summary>
    FlappingEnded,

    /// <summary>A change while it is flapping: silent.</summary>
    WhileFlapping,

    /// <summary>A scheduled downtime begins, ends or is cancelled: announced.</summary>
    Downtime,

    /// <summary>A person acknowledged it here.</summary>
    Acknowledged,

    /// <summary>A person removed the acknowledgement here.</summary>
    Unacknowledged,

    /// <summary>The acknowledgement expired: announced.</summary>
    AcknowledgementExpired,

    /// <summary>The channel got the line, together with others where there were any.</summary>
    Announced,

    /// <summary>A person muted it: announced when the mute ends, if it is still open.</summary>
    Muted,

    /// <summary>An intervention is under way: announced when it ends, if it is still open.</summary>
    DuringIntervention,

    /// <summary>Its machine, or one that it depends on, is down: announced if it is still open when that has recovered.</summary>
    Inhibited,

    /// <summary>Its machine is overloaded and the check timed out: announced if it is still open when the load has recovered.</summary>
    Overloaded,

    /// <summary>What inhibited it has recovered, and it has not: announced.</summary>
    InhibitionEnded,

    /// <summary>More alerts of a machine that was announced a moment ago: they wait for each other.</summary>
    WaitsForOthers,

    /// <summary>Open for long and unacknowledged: announced again.</summary>
    Reminded,

    /// <summary>The configuration no longer watches it: silent.</summary>
    Unwatched,

    /// <summary>The monitor's state shows a problem that no mail reported: announced.</summary>
    FoundInMonitor,

    /// <summary>The monitor's state shows that it got worse or better, which no mail reported: announced.</summary>
    ChangedInMonitor,

    /// <summary>The monitor's state shows a recovery that no mail reported: announced.</summary>
    GoneInMonitor,

    /// <summary>A mail of an archive reported it, long after: silent.</summary>
    Imported,

    /// <summary>An end that may be that of another check: silent, and it stays open.</summary>
    AmbiguousRecovery,

    /// <summary>A message older than what is known, by its own time: silent, and it changes nothing.</summary>
    OutOfOrder,

    /// <summary>Its program never reports an end, and has not repeated it for longer than usual: announced once, and it stays open.</summary>
    FellSilent,

    /// <summary>Reported again after it fell silent: announced again.</summary>
    ReportedAgain,

    /// <summary>A person closed it here: announced.</summary>
    Closed,

    /// <summary>A later version of the bot stored a reason that this one does not know.</summary>
    Unreadable,
}
