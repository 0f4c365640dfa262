
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Interventions;

/// <summary>The lines about interventions; the public hears what is done only where that was said in public.</summary>
/// <param name="voice">The group's language and zone.</param>
public sealed class InterventionLines(Phrasebook voice)
{
    private static readonly Sentence5 Planned = new(
        "[{0}] intervention {4} planned {1}, for {2}, by {3}", "[{0}] intervention {4} prévue {1}, pour {2}, par {3}");

    private static readonly Sentence5 Tomorrow = new(
        "[{0}] reminder: intervention {4} {1}, for {2}, by {3}", "[{0}] rappel : intervention {4} {1}, pour {2}, par {3}");

    private static readonly Sentence5 Soon = new(
        "[{0}] intervention {4} in {1}, for {2}, by {3}", "[{0}] intervention {4} dans {1}, pour {2}, par {3}");

    private static readonly Sentence4 Started = new(
        "[{0}] intervention {3} begins, until {1}, by {2} (alerts suppressed until then)",
        "[{0}] début de l'intervention {3}, jusqu'à {1}, par {2} (alertes masquées d'ici là)");

    private static readonly Sentence5 StartedLate = new(
        "[{0}] intervention {3} under way since {4}, announced late, until {1}, by {2} (alerts suppressed until then)",
        "[{0}] intervention {3} en cours depuis {4}, annoncée en retard, jusqu'à {1}, par {2} (alertes masquées d'ici là)");

    private static readonly Sentence5 Finished = new(
        "[{0}] intervention {4} ends ({1}, by {2}): {3}", "[{0}] fin de l'intervention {4} ({1}, par {2}) : {3}");

    private static readonly Sentence4 StillQuiet = new(
        "[{0}] intervention {3} ends ({1}, by {2}); another mute or intervention still suppresses alerts and will announce them",
        "[{0}] fin de l'intervention {3} ({1}, par {2}) ; des alertes restent masquées par un autre silence, qui les annoncera");

    private static readonly Sentence5 Passed = new(
        "[{0}] intervention {4}, planned from {1} to {2}, by {3}, went by and I could not announce it",
        "[{0}] l'intervention {4}, prévue de {1} à {2}, par {3}, est passée sans que je puisse l'annoncer");

    private static readonly Sentence5 Moved = new(
        "[{0}] intervention {4} moved: {1}, for {2}, by {3}", "[{0}] intervention {4} déplacée : {1}, pour {2}, par {3}");

    private static readonly Sentence4 Extended = new(
        "[{0}] intervention {3} lasts until {1}, by {2}", "[{0}] l'intervention {3} dure jusqu'à {1}, par {2}");

    private static readonly Sentence4 CalledOff = new(
        "[{0}] intervention {3} cancelled by {1}, it was planned {2}", "[{0}] intervention {3} annulée par {1}, elle était prévue {2}");

    private static readonly Sentence2 WithWhat = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence4 InCourse = new(
        "[{0}] intervention {3} under way until {1}, by {2}", "[{0}] intervention {3} en cours jusqu'à {1}, par {2}");

    private static readonly Sentence4 WasDone = new("[{0}] intervention {3} ended {1}, by {2}", "[{0}] intervention {3} finie {1}, par {2}");
    private static readonly Sentence3 WasCancelled = new(
        "[{0}] intervention {2} cancelled, it was planned {1}", "[{0}] intervention {2} annulée, elle était prévue {1}");

    /// <summary>It is announced.</summary>
    public Line Announced(Intervention one) => Timed(Planned, one, voice.Day(one.BeginsAt));

    /// <summary>The line that announces a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="one">The intervention after it.</param>
    /// <param name="hidden">What it hid, where it ends; null where another silence goes on hiding it.</param>
    /// <param name="now">The moment.</param>
    public Line Of(InterventionStep step, Intervention one, PublicText? hidden, DateTimeOffset now) => step switch
    {
        InterventionStep.DayBefore => Timed(Tomorrow, one, voice.Day(one.BeginsAt)),
        InterventionStep.JustBefore => Timed(Soon, one, voice.Duration(one.BeginsAt - now)),
        InterventionStep.Begins => Begins(one, now),
        InterventionStep.Missed => voice.Public(
            Passed, one.Where, voice.Day(one.BeginsAt), voice.Day(one.EndsAt), one.By, N(one)),
        _ => Ended(one, hidden, now),
    };

    public Line Begins(Intervention one, DateTimeOffset now) => What(one, now - one.BeginsAt > InterventionRules.Late
        ? voice.Public(StartedLate, one.Where, voice.Time(one.EndsAt, now), one.By, N(one), voice.Time(one.BeginsAt, now))
        : voice.Public(Started, one.Where, voice.Time(one.EndsAt, now), one.By, N(one)));

    /// <summary>It is given other times.</summary>
    public Line NewTimes(Intervention one, PublicText by, DateTimeOffset now) => What(one, one.IsInCourse
        ? voice.Public(Extended, one.Where, voice.Time(one.EndsAt, now), by, N(one))
        : voice.Public(Moved, one.Where, voice.Day(one.BeginsAt), voice.Duration(one.EndsAt - one.BeginsAt), by, N(one)));

    public Line Cancelled(Intervention one, PublicText by) =>
        What(one, voice.Public(CalledOff, one.Where, by, voice.Day(one.BeginsAt), N(one)));

    /// <summary>How it stands, for whoever asks.</summary>
    public Line Listed(Intervention one, DateTimeOffset now) => one switch
    {
        { IsCancelled: true } => What(one, voice.Public(WasCancelled, one.Where, voice.Day(one.BeginsAt), N(one))),
        { OverAt: { } over } => What(one, voice.Public(WasDone, one.Where, voice.Ago(over, now), one.By, N(one))),
        { IsInCourse: true } => What(one, voice.Public(InCourse, one.Where, voice.Time(one.EndsAt, now), one.By, N(one))),
        _ => Announced(one),
    };

    private Line Ended(Intervention one, PublicText? hidden, DateTimeOffset now)
    {
        var lasted = voice.Duration(now - one.BeginsAt);
        return hidden is not { } suppressed
            ? voice.Public(StillQuiet, one.Where, lasted, one.By, N(one))
            : voice.Public(Finished, one.Where, lasted, one.By, suppressed, N(one));
    }

    private Line Timed(Sentence5 sentence, Intervention one, PublicText when) =>
        What(one, voice.Public(sentence, one.Where, when, voice.Duration(one.EndsAt - one.BeginsAt), one.By, N(one)));

    private Line What(Intervention one, PublicText line) =>
        one.What.Text.IsEmpty ? line : voice.Say(WithWhat, line, one.What).OrForPublic(line);

    private static PublicText N(Intervention one) => one.Number == 0 ? PublicText.Declared("?") : PublicText.Declared($"#{one.Number}");
}
