namespace ChatBot.Core.Interventions;

/// <summary>
/// What is due for an intervention, and when. A reminder whose time has passed is never said after the fact: the next sensible thing
/// is.
/// </summary>
public static class InterventionRules
{
    public static readonly TimeSpan DayBefore = TimeSpan.FromHours(24);
    public static readonly TimeSpan JustBefore = TimeSpan.FromMinutes(15);

    /// <summary>A reminder of the day before that is later than this long before the beginning is left out.</summary>
    public static readonly TimeSpan LatestDayBefore = TimeSpan.FromHours(3);

    /// <summary>A beginning announced so much later is announced as late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>So long before its beginning and after its end, what the monitor mails of a downtime of its machines is about it.</summary>
    public static readonly TimeSpan Echo = TimeSpan.FromMinutes(10);

    /// <summary>The same with a new time, and the reminders that are still to come: what was just announced needs no reminder.</summary>
    public static Intervention Planned(Intervention intervention, DateTimeOffset begins, DateTimeOffset ends, DateTimeOffset now) =>
        intervention with
        {
            BeginsAt = begins,
            EndsAt = ends,
            DayBeforeDone = begins - DayBefore <= now,
            JustBeforeDone = begins - JustBefore <= now,
        };

    /// <summary>When something is due next; null where it has ended.</summary>
    public static DateTimeOffset? NextDue(Intervention one) => one switch
    {
        { IsOver: true } => null,
        { BeganAt: not null } => one.EndsAt,
        { DayBeforeDone: false } => one.BeginsAt - DayBefore,
        { JustBeforeDone: false } => one.BeginsAt - JustBefore,
        _ => one.BeginsAt,
    };

    /// <summary>What is due now, and the intervention as it is afterwards; no step where it is only noted that a reminder's time has passed.</summary>
    public static (InterventionStep? Step, Intervention After)? Due(Intervention one, DateTimeOffset now)
    {
        if (NextDue(one) is not { } due || due > now)
        {
            return null;
        }

        if (one.BeganAt is not null)
        {
            return (InterventionStep.Ends, one with { OverAt = now });
        }

        if (now >= one.EndsAt)
        {
            return (InterventionStep.Missed, one with { BeganAt = one.BeginsAt, OverAt = now });
        }

        if (now >= one.BeginsAt)
        {
            return (InterventionStep.Begins, one with { BeganAt = now, DayBeforeDone = true, JustBeforeDone = true });
        }

        if (one.DayBeforeDone || now >= one.BeginsAt - JustBefore)
        {
            return (InterventionStep.JustBefore, one with { DayBeforeDone = true, JustBeforeDone = true });
        }

        return (now <= one.BeginsAt - LatestDayBefore ? InterventionStep.DayBefore : null, one with { DayBeforeDone = true });
    }
}
