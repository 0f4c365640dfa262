
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The state of an open incident, for an answer.</summary>
public static class IncidentText
{
    private const int Named = 4;

    private static readonly Sentence1 Unstable = new("{0} (flapping)", "{0} (instable)");
    private static readonly Sentence1 Muted = new("{0} (muted)", "{0} (muet)");
    private static readonly Sentence1 WorkedOn = new("{0} (planned work)", "{0} (intervention)");

    /// <summary>“hal (no-log) : 1 incident — …”: those of one machine, the worst first, the others counted.</summary>
    /// <param name="phrases">The group's language and zone.</param>
    /// <param name="name">The machine, or one of its services.</param>
    /// <param name="open">Its open incidents; of none only that nothing is known can be said.</param>
    /// <param name="now">The time of the answer.</param>
    public static Line OfMachine(Phrasebook phrases, Fact name, IReadOnlyList<Incident> open, DateTimeOffset now)
    {
        if (open.Count == 0)
        {
            return phrases.Say(Sentences.MachineNothingOpen, name);
        }

        var shown = open.Count == Named + 1 ? open.Count : Math.Min(open.Count, Named);
        var list = Line.Join(" ; ", CauseFirst(open).Take(shown).Select(incident => Now(phrases, incident, now)));
        if (shown < open.Count)
        {
            list = phrases.Say(Sentences.ListAndMore, list, (PublicText)(open.Count - shown));
        }

        return phrases.Say(Sentences.MachineIncidents, name, (PublicText)open.Count, list);
    }

    /// <summary>
    /// “POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42”, without the machine, and why it is not announced where it is
    /// not; the public hears the reason only where it was said in public.
    /// </summary>
    public static Line Now(Phrasebook phrases, Incident incident, DateTimeOffset now)
    {
        var line = OfRepeats(phrases, Alone(phrases, incident, now), incident.Repeats, now);
        return incident switch
        {
            { SuppressedBy: Suppression.Inhibited or Suppression.Overloaded, InhibitedBy: { } cause } => phrases.Say(Sentences.InhibitedBy, line, (PublicText)cause),
            { SuppressedBy: Suppression.Muted } => phrases.Say(Muted, line),
            { SuppressedBy: Suppression.Intervention } => phrases.Say(WorkedOn, line),
            { Flapping: true } => phrases.Say(Unstable, line),
            _ => line,
        };
    }

    // Where its program never reports an end, people read when it was last reported.
    private static Line OfRepeats(Phrasebook phrases, Line line, RepeatHistory? repeats, DateTimeOffset now) => repeats switch
    {
        { IsSilent: true } => phrases.Say(Sentences.SilentSince, line, phrases.Time(repeats.LastAt, now)),
        { Count: > 0 } => phrases.Say(Sentences.RepeatedLately, line, repeats.Count, phrases.Ago(repeats.LastAt, now)),
        _ => line,
    };

    private static Line Alone(Phrasebook phrases, Incident incident, DateTimeOffset now)
    {
        var lasts = phrases.Duration(InMinutes(now - incident.OpenedAt));
        if (incident.Acknowledgement is not { } acknowledgement)
        {
            return phrases.Say(Sentences.OpenSince, incident.WhatForEach, lasts, (PublicText)incident.Number);
        }

        var without = phrases.Say(Sentences.OpenSinceAcknowledged, incident.What, lasts, acknowledgement.By, incident.Number);
        if (acknowledgement.Reason.Text.IsEmpty)
        {
            return without;
        }

        var with = phrases.Say(
            Sentences.OpenSinceAcknowledgedReason, incident.WhatForEach, lasts, acknowledgement.By, acknowledgement.Reason, (PublicText)incident.Number);
        return with.OrForPublic(without);
    }

    /// <summary>“POP3 CRITICAL #42, IMAP CRITICAL #43 et 3 autres”.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="incidents">In the order to be said.</param>
    /// <param name="most">So many are named, the others counted.</param>
    /// <param name="withMachine">Whether each is named with its machine.</param>
    public static Line Numbered(Phrasebook phrases, IReadOnlyList<Incident> incidents, int most, bool withMachine)
    {
        var shown = incidents.Count == most + 1 ? incidents.Count : Math.Min(incidents.Count, most);
        var names = Line.Join(", ", incidents.Take(shown).Select(one => phrases.Say(
            Sentences.NumberedWithState, withMachine ? phrases.Say(Sentences.OfMachine, one.Machine, one.What) : one.What, one.NumberText)
            .OrForPublic(phrases.Public(Sentences.NumberAlone, one.NumberText))));
        return incidents.Count == shown ? names : phrases.Say(Sentences.ListAndMore, names, incidents.Count - shown);
    }

    /// <summary>The worst first, and of those alike the newest.</summary>
    public static IEnumerable<Incident> WorstFirst(IEnumerable<Incident> incidents) => incidents
        .OrderBy(incident => incident.State.Rank())
        .ThenByDescending(incident => incident.OpenedAt)
        .ThenByDescending(incident => incident.Number);

    /// <summary>The worst first, and what another one inhibits behind the others.</summary>
    private static IEnumerable<Incident> CauseFirst(IEnumerable<Incident> incidents) =>
        WorstFirst(incidents).OrderBy(incident => incident.SuppressedBy is Suppression.Inhibited or Suppression.Overloaded);

    /// <summary>“marie : je regarde”, or whichever of the two there is.</summary>
    public static RootText SaidInMonitor(RootText? author, RootText? comment) => (author, comment) switch
    {
        ({ IsEmpty: false } by, { IsEmpty: false } said) => new RootText($"{by.Value} : {said.Value}"),
        ({ IsEmpty: false } by, _) => by,
        _ => comment ?? default,
    };

    // Nobody asks for the seconds of an hour.
    private static TimeSpan InMinutes(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? span : TimeSpan.FromMinutes(Math.Floor(span.TotalMinutes));
}
