using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Decides whether an alert is announced or suppressed.</summary>
public static class SuppressionRules
{
    /// <summary>Why alerts of this check are suppressed; null where they are announced.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="service">Null for the machine itself.</param>
    /// <param name="silences">What is in force.</param>
    public static Suppression? Of(Name machine, Name? service, Silences silences)
    {
        if (silences.Mutes.Any(mute => mute.Covers(machine, service)))
        {
            return Suppression.Muted;
        }

        return silences.Interventions.Any(one => one.Covers(machine, silences.Inventory)) ? Suppression.Intervention : null;
    }

    /// <summary>The reason in the history of a suppressed incident.</summary>
    public static Reason Reason(this Suppression suppression) => suppression switch
    {
        Suppression.Muted => ChatBot.Core.Incidents.Reason.Muted,
        Suppression.Intervention => ChatBot.Core.Incidents.Reason.DuringIntervention,
        Suppression.Inhibited => ChatBot.Core.Incidents.Reason.Inhibited,
        _ => ChatBot.Core.Incidents.Reason.Overloaded,
    };

    /// <summary>
    /// The decision, or its suppression where a silence asks for it. Recoveries of announced incidents are never suppressed.
    /// </summary>
    /// <param name="decision">By <see cref="IncidentRules"/>.</param>
    /// <param name="before">The incident before it; null where there was none.</param>
    /// <param name="machine">The machine of the report.</param>
    /// <param name="service">Its service; null for the machine itself.</param>
    /// <param name="silences">What is in force.</param>
    /// <param name="at">When the report arrived.</param>
    public static Decision Apply(
        Decision decision, Incident? before, Name machine, Name? service, Silences silences, DateTimeOffset at)
    {
        if (decision.After is { IsOpen: false } over)
        {
            return decision with { After = over with { SuppressedBy = null } };
        }

        if (decision.Announce == Announce.Nothing || Of(machine, service, silences) is not { } suppression)
        {
            return decision;
        }

        return new Decision(
            suppression.Reason(),
            decision.After is { } after
                ? after with
                {
                    SuppressedBy = suppression,
                    AnnouncedState = decision.Reason == ChatBot.Core.Incidents.Reason.ReportedAgain ? null : before?.AnnouncedState,
                    AnnounceAt = after.AnnounceAt ?? at,
                }
                : null,
            Announce.Nothing);
    }
}
