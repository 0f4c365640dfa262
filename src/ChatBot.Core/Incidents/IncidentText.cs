
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The state of an open incident, for an answer.</summary>
public static class IncidentText
{
    /// <summary>So many of those that one inhibits are named at most.</summary>
    public const int MostInhibited = Named + 1;

    private const int Named = 4;

    /// <summary>How much of what a check printed the root group reads beside its state, in UTF-16 units.</summary>
    private const int Output = 80;

    private const int OutputOfMachine = 200;

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

        var causes = CauseFirst(open);
        var shown = causes.Count == Named + 1 ? causes.Count : Math.Min(causes.Count, Named);

        // That nobody has any of them is said once.
        var nobody = open.Count > 1 && open.All(one => one.Acknowledgement is null) && open.Any(Waits);
        var list = Line.Join(phrases.Semicolon, causes.Take(shown).Select(
            one => WithInhibited(phrases, one, Now(phrases, one.Cause, now, OutputOfMachine / shown, saysNobody: !nobody))));
        if (causes.Skip(shown).Sum(one => 1 + one.Count) is var others and > 0)
        {
            list = phrases.Say(Sentences.ListAndMore, list, others);
        }

        return phrases.Say(nobody ? Sentences.MachineIncidentsUnacknowledged : Sentences.MachineIncidents, name, open.Count, list);
    }

    /// <summary>
    /// “POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42”, without the machine, and why it is not announced where it is
    /// not; the public hears the reason only where it was said in public, and what the check printed is for the root group.
    /// </summary>
    /// <param name="phrases">The group's language and zone.</param>
    /// <param name="incident">It is open.</param>
    /// <param name="now">The time of the answer.</param>
    /// <param name="output">How much of what the check printed, in UTF-16 units; 0 for none.</param>
    /// <param name="saysNobody">Whether to say so where nobody has it, though it is announced.</param>
    public static Line Now(Phrasebook phrases, Incident incident, DateTimeOffset now, int output = Output, bool saysNobody = true)
    {
        var line = OfRepeats(phrases, Alone(phrases, incident, now, output, saysNobody), incident.Repeats, now);
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
        { IsSilent: true } => phrases.Say(Sentences.SilentSince, line, phrases.Since(repeats.LastAt, now)),
        { Count: > 0 } => phrases.Say(Sentences.RepeatedLately, line, repeats.Count, phrases.Ago(repeats.LastAt, now)),
        _ => line,
    };

    /// <summary>Whether somebody is to acknowledge it: it is announced, and nobody has.</summary>
    public static bool Waits(Incident incident) => incident is { IsOpen: true, Acknowledgement: null, SuppressedBy: null };

    private static Line Alone(Phrasebook phrases, Incident incident, DateTimeOffset now, int output, bool saysNobody)
    {
        var lasts = phrases.Duration(InMinutes(now - incident.OpenedAt));
        var what = phrases.Say(incident.What);
        if (output > 0 && CheckOutput.Of(incident, output) is { } said)
        {
            what = new Line(what.Public, Line.Join(" ", [what, phrases.Say(Sentences.InParentheses, said)]).Root);
        }

        if (incident.Acknowledgement is not { } acknowledgement)
        {
            return phrases.Say(saysNobody && Waits(incident) ? Sentences.OpenSinceUnacknowledged : Sentences.OpenSince, what, lasts, incident.Number);
        }

        var without = phrases.Say(Sentences.OpenSinceAcknowledged, what, lasts, acknowledgement.By, incident.Number);
        if (acknowledgement.Reason.Text.IsEmpty)
        {
            return without;
        }

        var with = phrases.Say(
            Sentences.OpenSinceAcknowledgedReason, what, lasts, acknowledgement.By, acknowledgement.Reason, (PublicText)incident.Number);
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

    /// <summary>Each with those among them that it inhibits: causes first, then the worst, and last what an incident elsewhere inhibits.</summary>
    public static IReadOnlyList<CauseAndInhibited> CauseFirst(IEnumerable<Incident> incidents)
    {
        var all = WorstFirst(incidents).ToList();
        var inhibited = all.Where(IsInhibited).ToLookup(one => one.InhibitedBy!.Value);
        var alone = all.Where(one => !IsInhibited(one)).Select(one => one.Number).ToHashSet();
        return
        [
            .. all.Where(one => !IsInhibited(one) || !alone.Contains(one.InhibitedBy!.Value))
                .Select(one => new CauseAndInhibited(one, IsInhibited(one) ? [] : [.. inhibited[one.Number]]))
                .OrderBy(one => IsInhibited(one.Cause))
                .ThenBy(one => one.Inhibited.Count == 0),
        ];
    }

    /// <summary>“…, dont 2 autres découlent (HTTP #6, POP3 #5)”; the line as it is where nothing is inhibited.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="one">The cause.</param>
    /// <param name="line">About the cause.</param>
    public static Line WithInhibited(Phrasebook phrases, CauseAndInhibited one, Line line)
    {
        if (one.Count == 0)
        {
            return line;
        }

        var shown = one.Count == MostInhibited ? MostInhibited : (int)Math.Min(one.Count, Named);
        var names = Line.Join(", ", one.Inhibited.Take(shown).Select(other => Brief(phrases, other, withMachine: other.Machine != one.Cause.Machine)));
        var list = shown == one.Count ? names : phrases.Say(Sentences.ListAndMore, names, one.Count - shown);
        return phrases.Say(Sentences.WithInhibited, line, one.Count, list);
    }

    // “HTTP #6”, “sud HTTP #6”, “sud DOWN #6”.
    private static Line Brief(Phrasebook phrases, Incident incident, bool withMachine)
    {
        var what = phrases.Say(incident.Service is { } service ? (Fact)service : incident.What);
        return phrases.Say(
            Sentences.NumberedWithState, withMachine ? phrases.Say(Sentences.OfMachine, incident.Machine, what) : what, incident.NumberText)
            .OrForPublic(phrases.Public(Sentences.NumberAlone, incident.NumberText));
    }

    private static bool IsInhibited(Incident incident) =>
        incident is { SuppressedBy: Suppression.Inhibited or Suppression.Overloaded, InhibitedBy: not null };

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

/// <summary>An incident, and those that are not announced because of it.</summary>
/// <param name="Cause">It may itself be inhibited by one that is not among those asked about.</param>
/// <param name="Inhibited">The worst first; mostly none.</param>
public sealed record CauseAndInhibited(Incident Cause, IReadOnlyList<Incident> Inhibited)
{
    /// <summary>How many it inhibits, where not all of them are in the list.</summary>
    public long Count { get; init; } = Inhibited.Count;
}
