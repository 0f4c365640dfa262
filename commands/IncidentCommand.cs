
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

    private static readonly Sentence2 Open = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence5 Over = new(
        "[{0}] {1} — over {2}, after {3} #{4}", "[{0}] {1} — terminé {2}, après {3} #{4}");

    private static readonly Sentence2 Numbered = new("#{0}: {1}", "#{0} : {1}");
    private static readonly Sentence1 Earlier = new("({0} steps before)", "({0} étapes avant)");
    private static readonly Sentence2 At = new("{0} {1}", "{0} {1}");
    private static readonly Sentence3 ByWhom = new("{0} {1} by {2}", "{0} {1} par {2}");
    private static readonly Sentence4 ByWhomSaying = new("{0} {1} by {2} “{3}”", "{0} {1} par {2} « {3} »");

    private static readonly Dictionary<Reason, Sentence> Milestones = new()
    {
        [Reason.Opened] = new("opened", "ouvert"),
        [Reason.Changed] = new("changed state", "a changé d'état"),
        [Reason.Announced] = new("told to the channel", "dit au canal"),
        [Reason.FlappingStarted] = new("unstable", "instable"),
        [Reason.FlappingEnded] = new("stable again", "de nouveau stable"),
        [Reason.Acknowledged] = new("taken", "pris"),
        [Reason.AcknowledgedInMonitor] = new("acknowledged in Nagios", "acquitté dans Nagios"),
        [Reason.Unacknowledged] = new("let go", "rendu"),
        [Reason.AcknowledgementExpired] = new("no longer taken: its time is over", "n'est plus pris : le temps est passé"),
        [Reason.Recovered] = new("over", "terminé"),
        [Reason.RecoveredBeforeAnnounced] = new("over before it was told", "terminé sans avoir été dit"),
        [Reason.Muted] = new("hidden: muted", "tu : muet"),
        [Reason.DuringIntervention] = new("hidden: an intervention is in course", "tu : intervention en cours"),
        [Reason.Inhibited] = new("hidden: covered by an outage", "tu : couvert par une panne"),
        [Reason.Overloaded] = new("hidden: the machine is overloaded", "tu : machine surchargée"),
        [Reason.InhibitionEnded] = new("no longer covered", "n'est plus couvert"),
        [Reason.Reminded] = new("told again", "rappelé"),
        [Reason.Unwatched] = new("no longer watched", "n'est plus surveillé"),
        [Reason.FoundInMonitor] = new("found in Nagios", "trouvé dans Nagios"),
        [Reason.ChangedInMonitor] = new("changed in Nagios", "a changé dans Nagios"),
        [Reason.GoneInMonitor] = new("over in Nagios", "terminé dans Nagios"),
        [Reason.Imported] = new("read from an archive", "relu dans une archive"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["incident"],
        Arguments = new("42", "42"),
        Summary = new("one incident and its story", "un incident et son histoire"),
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
