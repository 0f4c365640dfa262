
using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

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

    private static readonly Dictionary<Reason, Sentence> Milestones = new()
    {
        [Reason.Opened] = new("ouvert", "opened"),
        [Reason.Changed] = new("a changé d'état", "changed state"),
        [Reason.Announced] = new("dit au canal", "told to the channel"),
        [Reason.FlappingStarted] = new("instable", "unstable"),
        [Reason.FlappingEnded] = new("de nouveau stable", "stable again"),
        [Reason.Acknowledged] = new("pris", "taken"),
        [Reason.AcknowledgedInMonitor] = new("acquitté dans Nagios", "acknowledged in Nagios"),
        [Reason.Unacknowledged] = new("rendu", "let go"),
        [Reason.AcknowledgementExpired] = new("n'est plus pris : le temps est passé", "no longer taken: its time is over"),
        [Reason.Recovered] = new("terminé", "over"),
        [Reason.RecoveredBeforeAnnounced] = new("terminé sans avoir été dit", "over before it was told"),
        [Reason.Muted] = new("tu : muet", "hidden: muted"),
        [Reason.DuringIntervention] = new("tu : intervention en cours", "hidden: an intervention is in course"),
        [Reason.Inhibited] = new("tu : couvert par une panne", "hidden: covered by an outage"),
        [Reason.Overloaded] = new("tu : machine surchargée", "hidden: the machine is overloaded"),
        [Reason.InhibitionEnded] = new("n'est plus couvert", "no longer covered"),
        [Reason.Reminded] = new("rappelé", "told again"),
        [Reason.Unwatched] = new("n'est plus surveillé", "no longer watched"),
        [Reason.FoundInMonitor] = new("trouvé dans Nagios", "found in Nagios"),
        [Reason.ChangedInMonitor] = new("a changé dans Nagios", "changed in Nagios"),
        [Reason.GoneInMonitor] = new("terminé dans Nagios", "over in Nagios"),
        [Reason.Imported] = new("relu dans une archive", "read from an archive"),
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

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (IncidentNumber.Parse(call.Words[0]) is not { } number)
        {
            return Answers.Usage(call, Help);
        }

        if (await call.Context.Incidents.FindAsync(number, cancellationToken) is not { } incident)
        {
            return Answers.NoSuchIncident(call, number);
        }

        var voice = call.Phrases;
        var lines = new List<Line>
        {
            incident.ClosedAt is { } end
                ? voice.Public(
                    Over, incident.Machine, incident.What, voice.Ago(end, call.Now), voice.Duration(end - incident.OpenedAt), number)
                : voice.Say(Open, incident.Machine, IncidentText.Now(voice, incident, call.Now)),
        };
        var change = await call.Context.Changes.BeforeAsync(incident.Machine.Value, incident.OpenedAt, cancellationToken);
        if (new ChangeMention(voice).Before(change, incident.OpenedAt) is { } mention)
        {
            lines[0] = Line.Join(" · ", [lines[0], mention]);
        }

        if (incident.Detail is { IsEmpty: false } detail)
        {
            lines.Add(new Line(null, voice.Say(Numbered, (PublicText)number, detail).Root));
        }

        var story = await call.Context.Incidents.StoryAsync(number, cancellationToken);
        var steps = story.Where(step => Milestones.ContainsKey(step.Reason)).ToList();
        var told = steps.TakeLast(Steps).Select(step => Step(call, step));
        if (steps.Count > Steps)
        {
            told = told.Prepend(voice.Public(Earlier, steps.Count - Steps));
        }

        if (steps.Count > 0)
        {
            lines.Add(voice.Say(Numbered, (PublicText)number, Line.Join(", ", told)));
        }

        return call.Answer(lines);
    }

    private static Line Step(CommandCall call, IncidentEvent step)
    {
        var (voice, when, what) = (call.Phrases, call.Phrases.Time(step.At, call.Now), call.Phrases.Public(Milestones[step.Reason]));
        if (step.By is not { } by)
        {
            return voice.Public(At, when, what);
        }

        var without = voice.Public(ByWhom, when, what, by);
        return step.Said is { Text.IsEmpty: false } said
            ? voice.Say(ByWhomSaying, when, what, by, said).OrForPublic(without)
            : without;
    }
}
