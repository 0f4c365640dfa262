namespace ChatBot.Core.Incidents;

/// <summary>Delays what is due, so that it is announced with more of its kind, where the channel got a line of that kind a moment ago.</summary>
internal sealed class CompanyWait(SpeechRules rules, Situation situation, Draft draft, DateTimeOffset now)
{
    /// <summary>What is due without what waits, in any order; what waits is noted.</summary>
    public List<Incident> Without(List<Incident> due)
    {
        if (rules.GroupWait == TimeSpan.Zero || rules.GroupInterval <= rules.GroupWait)
        {
            return due;
        }

        return [.. WithoutEndsOfStorm(due).GroupBy(incident => incident.Machine).SelectMany(machine => NotWaiting([.. machine]))];
    }

    // More of a machine that was announced a moment ago: they wait for its next line, unless they are urgent.
    private List<Incident> NotWaiting(List<Incident> ofMachine)
    {
        if (!situation.AnnouncedLately.TryGetValue(ofMachine[0].Machine.Value, out var last) || last > now
            || !ofMachine.TrueForAll(one => one.IsOpen && !IncidentFact.Of(one, isFirst: false).IsUrgent))
        {
            return ofMachine;
        }

        foreach (var incident in ofMachine.Where(one => one.AnnounceAt < last + rules.GroupInterval))
        {
            draft.Suppress(incident with { AnnounceAt = last + rules.GroupInterval }, Reason.WaitsForOthers, now);
        }

        return [];
    }

    // Ends that follow at once those of many machines wait for each other.
    private List<Incident> WithoutEndsOfStorm(List<Incident> due)
    {
        if (situation.ManyEndedAt is not { } at || now < at || now >= at + rules.GroupInterval)
        {
            return due;
        }

        var until = at + rules.GroupInterval;
        foreach (var incident in due.Where(incident => !incident.IsOpen && incident.AnnounceAt < until))
        {
            draft.Save(incident with { AnnounceAt = until });
        }

        return due.FindAll(incident => incident.IsOpen);
    }
}
