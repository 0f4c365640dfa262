using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Speech;

namespace ChatBot.Commands;

/// <summary>One incident and its story.</summary>
public sealed class IncidentCommand : ICommand
{
    private const int Steps = 8;

    private static readonly Sentence Open = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence Over = new(
        "[{0}] {1} — terminé {2}, après {3} #{4}", "[{0}] {1} — over {2}, after {3} #{4}");

    private static readonly Sentence Numbered = new("#{0} : {1}", "#{0}: {1}");
    private static readonly Sentence Earlier = new("({0} étapes avant)", "({0} steps before)");
    private static readonly Sentence At = new("{0} {1}", "{0} {1}");
    private static readonly Sentence ByWhom = new("{0} {1} par {2}", "{0} {1} by {2}");
    private static readonly Sentence ByWhomSaying = new("{0} {1} par {2} « {3} »", "{0} {1} by {2} “{3}”");

    private static readonly Dictionary<Why, Sentence> Milestones = new()
    {
        [Why.Opened] = new("ouvert", "opened"),
        [Why.Changed] = new("a changé d'état", "changed state"),
        [Why.Told] = new("dit au canal", "told to the channel"),
        [Why.FlappingStarted] = new("instable", "unstable"),
        [Why.FlappingEnded] = new("de nouveau stable", "stable again"),
        [Why.Taken] = new("pris", "taken"),
        [Why.TakenInMonitor] = new("acquitté dans Nagios", "acknowledged in Nagios"),
        [Why.Released] = new("rendu", "let go"),
        [Why.TakenEnded] = new("n'est plus pris : le temps est passé", "no longer taken: its time is over"),
        [Why.Recovered] = new("terminé", "over"),
        [Why.GoneBeforeTold] = new("terminé sans avoir été dit", "over before it was told"),
        [Why.HeldMuted] = new("tu : muet", "hidden: muted"),
        [Why.HeldIntervention] = new("tu : intervention en cours", "hidden: an intervention is in course"),
        [Why.HeldCovered] = new("tu : couvert par une panne", "hidden: covered by an outage"),
        [Why.HeldOverloaded] = new("tu : machine surchargée", "hidden: the machine is overloaded"),
        [Why.Uncovered] = new("n'est plus couvert", "no longer covered"),
        [Why.Reminded] = new("rappelé", "told again"),
        [Why.Unwatched] = new("n'est plus surveillé", "no longer watched"),
        [Why.FoundInMonitor] = new("trouvé dans Nagios", "found in Nagios"),
        [Why.ChangedInMonitor] = new("a changé dans Nagios", "changed in Nagios"),
        [Why.GoneInMonitor] = new("terminé dans Nagios", "over in Nagios"),
        [Why.Imported] = new("relu dans une archive", "read from an archive"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["incident"],
        Arguments = new("42", "42"),
        Summary = new("un incident et son histoire", "one incident and its story"),
        LeastWords = 1,
        Examples =
        [
            new("incident 42", "14:05 ouvert, 14:06 dit au canal, 14:14 pris par lunar « je redémarre »"),
            new("incident #40", "[hal] IMAP OK — terminé il y a 3 heures, après 30 minutes #40"),
            new("incident 43", "[filer] DOWN depuis 3 minutes #43 · 12 minutes après une modification de /etc/nfs"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (IncidentNumber.Parse(call.Words[0]) is not { } number)
            return Answers.Usage(call, Help);
        if (await call.World.Incidents.FindAsync(number, cancel) is not { } incident)
            return Answers.NoSuchIncident(call, number);

        var voice = call.Voice;
        var lines = new List<Line>
        {
            incident.ClosedAt is { } end
                ? voice.Public(
                    Over, incident.Machine, incident.What, voice.Ago(end, call.Now), voice.Duration(end - incident.OpenedAt), number)
                : voice.Say(Open, incident.Machine, IncidentText.Now(voice, incident, call.Now)),
        };
        var change = await call.World.Changes.BeforeAsync(incident.Machine.Value, incident.OpenedAt, cancel);
        if (new ChangeMention(voice).Before(change, incident.OpenedAt) is { } mention)
            lines[0] = Line.Join(" · ", [lines[0], mention]);
        if (incident.Detail is { IsEmpty: false } detail)
            lines.Add(new Line(null, voice.Say(Numbered, (PublicText)number, detail).Root));

        var story = await call.World.Incidents.StoryAsync(number, cancel);
        var steps = story.Where(step => Milestones.ContainsKey(step.Why)).ToList();
        var told = steps.TakeLast(Steps).Select(step => Step(call, step));
        if (steps.Count > Steps)
            told = told.Prepend(voice.Public(Earlier, steps.Count - Steps));
        if (steps.Count > 0)
            lines.Add(voice.Say(Numbered, (PublicText)number, Line.Join(", ", told)));
        return call.Answer(lines);
    }

    private static Line Step(CommandCall call, IncidentEvent step)
    {
        var (voice, when, what) = (call.Voice, call.Voice.Time(step.At, call.Now), call.Voice.Public(Milestones[step.Why]));
        if (step.By is not { } by)
            return voice.Public(At, when, what);
        var without = voice.Public(ByWhom, when, what, by);
        return step.Said is { Text.IsEmpty: false } said
            ? voice.Say(ByWhomSaying, when, what, by, said).OrForPublic(without)
            : without;
    }
}
