namespace ChatBot.Core.Incidents;

/// <summary>The named reasons for which the bot speaks or keeps silent about a report; <c>!why</c> tells them.</summary>
public enum Reason
{
    /// <summary>A new trouble: told after the grouping wait.</summary>
    Opened,

    /// <summary>The monitor repeats what is known: silent.</summary>
    Repeated,

    /// <summary>The state changed after it was announced: announced again.</summary>
    Changed,

    /// <summary>The state changed before anything was said: the line to come tells the new one.</summary>
    ChangedBeforeAnnounced,

    /// <summary>It recovered after it was announced: the recovery is announced.</summary>
    Recovered,

    /// <summary>It ended within the grouping wait: silent.</summary>
    RecoveredBeforeAnnounced,

    /// <summary>An end of something that never began here: silent.</summary>
    NothingOpen,

    /// <summary>Somebody acknowledged it in the monitor: told.</summary>
    AcknowledgedInMonitor,

    /// <summary>The monitor tells an acknowledgement of something that somebody has here already: silent.</summary>
    AlreadyAcknowledged,

    /// <summary>It changes too often: told once.</summary>
    FlappingStarted,

    /// <summary>It is stable again: told.</summary>
    FlappingEnded,

    /// <summary>A change while it changes too often: silent.</summary>
    WhileFlapping,

    /// <summary>Announced downtime begins, ends or is cancelled: told.</summary>
    Downtime,

    /// <summary>A person took it here.</summary>
    Acknowledged,

    /// <summary>A person let it go here.</summary>
    Unacknowledged,

    /// <summary>The time for which somebody had it is over: told.</summary>
    AcknowledgementExpired,

    /// <summary>The channel got the line, together with others where there were any.</summary>
    Announced,

    /// <summary>A person muted it: told when the mute ends, if it is still open.</summary>
    Muted,

    /// <summary>An intervention is under way: announced when it ends, if it is still open.</summary>
    DuringIntervention,

    /// <summary>Its machine, or one that it depends on, is down: told when that is over and it is not.</summary>
    Inhibited,

    /// <summary>Its machine is loaded and the check got no answer in time: told when the load is over and it is not.</summary>
    Overloaded,

    /// <summary>What explained it is over, and it is not: told.</summary>
    InhibitionEnded,

    /// <summary>More alerts of a machine that was announced a moment ago: they wait for each other.</summary>
    WaitsForOthers,

    /// <summary>Open for long, and nobody has it: told once more.</summary>
    Reminded,

    /// <summary>The configuration asks no longer to watch it: silent.</summary>
    Unwatched,

    /// <summary>The monitor's state shows a trouble that no mail told: told.</summary>
    FoundInMonitor,

    /// <summary>The monitor's state shows that it got worse or better, which no mail told: told.</summary>
    ChangedInMonitor,

    /// <summary>The monitor's state shows an end that no mail told: told.</summary>
    GoneInMonitor,

    /// <summary>A mail of an archive told it, long after: silent.</summary>
    Imported,

    /// <summary>A later version of the bot stored a reason that this one does not know.</summary>
    Unreadable,
}
