using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What is announced when a mute or an intervention ends.</summary>
public static class SuppressionEnd
{
    /// <summary>
    /// Counts what it suppressed, and marks as announced what is still open: the line about its end names that. What another silence still suppresses
    /// is left to that one.
    /// </summary>
    /// <param name="suppressed">What was never announced: the open ones that a person keeps back, and those that ended since it began.</param>
    /// <param name="applies">Whether it applies to a check.</param>
    /// <param name="others">The silences that remain.</param>
    /// <param name="now">When it ends.</param>
    public static (SuppressedSummary Summary, Outcome Outcome) Plan(
        IReadOnlyList<Incident> suppressed, Func<Name, Name?, bool> applies, Silences others, DateTimeOffset now)
    {
        var draft = new Draft(suppressed);
        var (ended, open) = (0, new List<Incident>());
        foreach (var incident in suppressed.Where(one => SuppressionRules.Of(one.Machine, one.Service, others) is null))
        {
            if (incident.IsOpen)
            {
                Release(draft, incident, open, now);
            }
            else if (applies(incident.Machine, incident.Service))
            {
                ended++;
            }
        }

        return (new SuppressedSummary(ended, open), draft.Outcome());
    }

    // Not named where the channel knows it as it is.
    private static void Release(Draft draft, Incident incident, List<Incident> open, DateTimeOffset now)
    {
        var after = draft.Save(incident with { SuppressedBy = null, AnnounceAt = null, AnnouncedState = incident.State, AnnouncedAt = now });
        if (incident.AnnouncedState != incident.State)
        {
            draft.Note(after, Reason.Announced, now);
            open.Add(after);
        }
    }
}
