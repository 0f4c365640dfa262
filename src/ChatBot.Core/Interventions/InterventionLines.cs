
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Interventions;

/// <summary>The lines about interventions; the public hears what is done only where that was said in public.</summary>
/// <param name="phrases">The group's language and zone.</param>
public sealed class InterventionLines(Phrasebook phrases)
{
    private static readonly Sentence5 Planned = new(
        "[{0}] intervention {4} planned {1}, for {2}, by {3}", "[{0}] intervention {4} prévue {1}, pour {2}, par {3}");

    private static readonly Sentence5 Tomorrow = new(
        "[{0}] reminder: intervention {4} {1}, for {2}, by {3}", "[{0}] rappel : intervention {4} {1}, pour {2}, par {3}");

    private static readonly Sentence5 Soon = new(
        "[{0}] intervention {4} in {1}, for {2}, by {3}", "[{0}] intervention {4} dans {1}, pour {2}, par {3}");

    private static readonly Sentence4 Started = new(
        "[{0}] intervention {3} begins, {1}, by {2} (alerts suppressed until then)",
        "[{0}] début de l'intervention {3}, {1}, par {2} (alertes masquées d'ici là)");

    private static readonly Sentence5 StartedLate = new(
        "[{0}] intervention {3} under way {4}, announced late, {1}, by {2} (alerts suppressed until then)",
        "[{0}] intervention {3} en cours {4}, annoncée en retard, {1}, par {2} (alertes masquées d'ici là)");

    private static readonly Sentence5 Finished = new(
        "[{0}] intervention {4} ends ({1}, by {2}): {3}", "[{0}] fin de l'intervention {4} ({1}, par {2}) : {3}");

    private static readonly Sentence4 StillQuiet = new(
        "[{0}] intervention {3} ends ({1}, by {2}); another mute or intervention still suppresses alerts and will announce them",
        "[{0}] fin de l'intervention {3} ({1}, par {2}) ; des alertes restent masquées par un autre silence, qui les annoncera");

    private static readonly Sentence5 Passed = new(
        "[{0}] intervention {4}, planned from {1} to {2}, by {3}, passed before I could announce it",
        "[{0}] l'intervention {4}, prévue du {1} au {2}, par {3}, est passée sans que je puisse l'annoncer");

    private const int Evening = 18;

    private static readonly Sentence1 Today = new("{0} (today)", "{0} (aujourd'hui)");
    private static readonly Sentence1 Tonight = new("{0} (tonight)", "{0} (ce soir)");
    private static readonly Sentence5 Moved = new(
        "[{0}] intervention {4} moved: {1}, for {2}, by {3}", "[{0}] intervention {4} déplacée : {1}, pour {2}, par {3}");

    private static readonly Sentence4 Extended = new(
        "[{0}] intervention {3} lasts {1}, by {2}", "[{0}] l'intervention {3} dure {1}, par {2}");

    private static readonly Sentence4 CalledOff = new(
        "[{0}] intervention {3} cancelled by {1}, it was planned {2}", "[{0}] intervention {3} annulée par {1}, elle était prévue {2}");

    private static readonly Sentence2 WithWhat = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence4 InCourse = new(
        "[{0}] intervention {3} under way {1}, by {2}", "[{0}] intervention {3} en cours {1}, par {2}");

    private static readonly Sentence4 WasDone = new("[{0}] intervention {3} ended {1}, by {2}", "[{0}] intervention {3} finie {1}, par {2}");
    private static readonly Sentence3 WasCancelled = new(
        "[{0}] intervention {2} cancelled, it was planned {1}", "[{0}] intervention {2} annulée, elle était prévue {1}");

    /// <summary>It is announced.</summary>
    public Line Announced(Intervention one) => Timed(Planned, one, phrases.Day(one.BeginsAt));

    /// <summary>The line that announces a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="one">The intervention after it.</param>
    /// <param name="suppressed">What it suppressed, where it ends; null where another silence still suppresses it.</param>
    /// <param name="now">The moment.</param>
    public Line Of(InterventionStep step, Intervention one, Line? suppressed, DateTimeOffset now) => step switch
    {
        InterventionStep.DayBefore => Timed(Tomorrow, one, phrases.Day(one.BeginsAt)),
        InterventionStep.JustBefore => Timed(Soon, one, phrases.Duration(one.BeginsAt - now)),
        InterventionStep.Begins => Begins(one, now),
        InterventionStep.Missed => phrases.Public(
            Passed, one.Where, phrases.Day(one.BeginsAt), phrases.Day(one.EndsAt), one.By, N(one)),
        _ => Ended(one, suppressed, now),
    };

    public Line Begins(Intervention one, DateTimeOffset now) => What(one, now - one.BeginsAt > InterventionRules.Late
        ? phrases.Public(StartedLate, one.Where, phrases.Until(one.EndsAt, now), one.By, N(one), phrases.Since(one.BeginsAt, now))
        : phrases.Public(Started, one.Where, phrases.Until(one.EndsAt, now), one.By, N(one)));

    /// <summary>It is given other times.</summary>
    public Line NewTimes(Intervention one, PublicText by, DateTimeOffset now) => What(one, one.IsInCourse
        ? phrases.Public(Extended, one.Where, phrases.Until(one.EndsAt, now), by, N(one))
        : phrases.Public(Moved, one.Where, DayOrToday(one.BeginsAt, now), phrases.Duration(one.EndsAt - one.BeginsAt), by, N(one)));

    public Line Cancelled(Intervention one, PublicText by) =>
        What(one, phrases.Public(CalledOff, one.Where, by, phrases.Day(one.BeginsAt), N(one)));

    /// <summary>Its state, for an answer.</summary>
    public Line Listed(Intervention one, DateTimeOffset now) => one switch
    {
        { IsCancelled: true } => What(one, phrases.Public(WasCancelled, one.Where, phrases.Day(one.BeginsAt), N(one))),
        { OverAt: { } over } => What(one, phrases.Public(WasDone, one.Where, phrases.Ago(over, now), phrases.Who(one.By), N(one))),
        { IsInCourse: true } => What(one, phrases.Public(InCourse, one.Where, phrases.Until(one.EndsAt, now), one.By, N(one))),
        _ => Announced(one),
    };

    // Who means a Sunday to come reads that it is this one.
    private PublicText DayOrToday(DateTimeOffset when, DateTimeOffset now)
    {
        var (local, day) = (TimeZoneInfo.ConvertTime(when, phrases.TimeZone), phrases.Day(when));
        return local.Date != TimeZoneInfo.ConvertTime(now, phrases.TimeZone).Date ? day : phrases.Public(local.Hour < Evening ? Today : Tonight, day);
    }

    private Line Ended(Intervention one, Line? suppressed, DateTimeOffset now)
    {
        var lasted = phrases.Duration(now - one.BeginsAt);
        return suppressed is null
            ? phrases.Public(StillQuiet, one.Where, lasted, one.By, N(one))
            : phrases.Say(Finished, one.Where, lasted, one.By, suppressed.Value, N(one));
    }

    private Line Timed(Sentence5 sentence, Intervention one, PublicText when) =>
        What(one, phrases.Public(sentence, one.Where, when, phrases.Duration(one.EndsAt - one.BeginsAt), one.By, N(one)));

    private Line What(Intervention one, PublicText line) =>
        one.What.Text.IsEmpty ? line : phrases.Say(WithWhat, line, one.What).OrForPublic(line);

    private static PublicText N(Intervention one) => one.Number == 0 ? PublicText.Declared("?") : PublicText.Declared($"#{one.Number}");
}
