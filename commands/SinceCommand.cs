using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What happened while somebody was away, in private.</summary>
public sealed class SinceCommand(IIncidents incidents, IHistory history, Absences absences, IReception reception) : ICommand
{
    // Of each kind; with the first line and the last, fifteen at most.
    private const int Incidents = 7;
    private const int Others = 3;
    private const int Looked = 1000;

    private static readonly TimeSpan Otherwise = TimeSpan.FromHours(12);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly Sentence2 Given = new("{0} ({1})", "{0} ({1})");
    private static readonly Sentence1 Unknown = new(
        "the last {0} hours (I do not know when you left)", "ces {0} dernières heures (j'ignore quand vous êtes parti·e)");

    private static readonly Dictionary<LastSeenBy, Sentence1> Known = new()
    {
        [LastSeenBy.Left] = new("since you left {0}", "depuis votre départ {0}"),
        [LastSeenBy.Away] = new("since you went away {0}", "depuis votre mise en absence {0}"),
        [LastSeenBy.Spoke] = new("since you last spoke {0}", "depuis votre dernière phrase {0}"),
    };

    private static readonly Sentence1 Nothing = new("{0}: nothing new", "{0} : rien de nouveau");
    private static readonly Sentence3 NothingButOpen = new(
        "{0}: nothing new; still open: {1} ({2}incidents)", "{0} : rien de nouveau ; encore ouverts : {1} ({2}incidents)");
    private static readonly Sentence2 Further = new("{0}; further back: {1}", "{0} ; plus loin : {1}");
    private static readonly Sentence6 Counts = new(
        "{0} — incidents opened: {1}, ended: {2}, acknowledged: {3} · changes: {4} · changelog: {5}",
        "{0} — incidents ouverts : {1}, terminés : {2}, pris : {3} · changements : {4} · changelog : {5}");

    private static readonly Sentence2 Open = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence5 Over = new("[{0}] {1} — {2}, after {3} #{4}", "[{0}] {1} — {2}, après {3} #{4}");
    private static readonly Sentence5 Closed = new("[{0}] {1} — closed {2}, after {3} #{4}", "[{0}] {1} — clos {2}, après {3} #{4}");
    private static readonly Sentence4 Entry = new("[{0}] {1}, {2}: {3}", "[{0}] {1}, {2} : {3}");
    private static readonly Sentence3 Rest = new(
        "not shown — incidents: {0} · changes: {1} · changelog: {2}",
        "non montrés — incidents : {0} · changements : {1} · changelog : {2}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["since", "depuis"],
        Arguments = new("[2h or monday]", "[2h ou lundi]"),
        Summary = new("what happened while you were away, in private", "ce qui s'est passé en votre absence, en privé"),
        AsksWho = true,
        Examples =
        [
            new("since 4h", "depuis 10:17 (4 heures) — incidents ouverts : 6, terminés : 1, pris : 3 · changements : 2 · changelog : 1"),
            new("depuis", "ces 12 dernières heures (j'ignore quand vous êtes parti·e)"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ReceptionText.After(call, reception, await AnswerAsync(call, cancellationToken));

    private async Task<Reply> AnswerAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (Since(call) is not var (since, words))
        {
            return Answers.Usage(call, Help);
        }

        var happened = await history.SinceAsync(since, Looked, cancellationToken);
        var lines = Words(call, since, words, happened, await BesideAsync(call, Shown(happened), cancellationToken));

        // That nothing is new is not that nothing is open.
        return lines.Count == 0
            ? Reply.Privately(OrFurther(call, since, await incidents.CountOpenAsync(cancellationToken) is > 0 and var open
                ? call.Phrases.Public(NothingButOpen, words, open, call.Prefix)
                : call.Phrases.Public(Nothing, words)))
            : Reply.Privately(lines);
    }

    private static List<Incident> Shown(Activity happened) =>
        [.. IncidentText.WorstFirst(happened.Incidents.Where(one => one.IsOpen)).Concat(happened.Incidents.Where(one => !one.IsOpen)).Take(Incidents)];

    // What is open on the machines of what has ended; where such a name is not for everybody, all that may read alike.
    private Task<IReadOnlyList<Incident>> BesideAsync(CommandCall call, List<Incident> shown, CancellationToken cancellationToken)
    {
        var machines = shown.Where(one => !one.IsOpen).Select(one => one.Machine).Distinct().ToList();
        return machines.TrueForAll(new Lookalikes(call.Phrases).IsNamed)
            ? incidents.OpenOfAsync([.. machines.Select(machine => machine.Value)], cancellationToken)
            : incidents.OpenAsync(null, cancellationToken);
    }

    // Whoever gave no time may not have meant the absence that the bot took for theirs.
    private PublicText OrFurther(CommandCall call, DateTimeOffset since, PublicText nothing) => call.Words.Count > 0
        ? nothing
        : call.Phrases.Public(Further, nothing, Answers.Written(call, Help, $"{2 * Math.Max(1, Math.Ceiling((call.Now - since).TotalHours))}h"));

    private (DateTimeOffset Since, PublicText Words)? Since(CommandCall call)
    {
        var (phrases, now) = (call.Phrases, call.Now);
        if (call.Words.Count > 0)
        {
            var words = call.Words.Where(word => word.Any(char.IsLetterOrDigit) && !MachineWords.IsFiller(word)).ToList();
            var given = TypedDuration.Read(words, 0) is var (duration, used) && used == words.Count ? duration
                : TypedPast.Read(words, now, phrases.TimeZone) is { } past ? now - past
                : TimeSpan.Zero;
            if (given <= TimeSpan.Zero || given > Longest)
            {
                return null;
            }

            return (now - given, phrases.Public(Given, phrases.Since(now - given, now), phrases.Duration(given)));
        }

        return absences.Of(call.Caller.NickKey, call.Caller.Account, now) is { } seen
            ? (seen.At, phrases.Public(Known[seen.By], phrases.At(seen.At, now)))
            : (now - Otherwise, phrases.Public(Unknown, (long)Otherwise.TotalHours));
    }

    private static List<Line> Words(CommandCall call, DateTimeOffset since, PublicText words, Activity happened, IReadOnlyList<Incident> openNow)
    {
        var (changes, written) = (new ChangeLines(call.Phrases), new EntryLines(call.Phrases));

        // A further kind of happening is one more list here, and its count in the first line and in the last.
        var incidents = happened.Incidents;
        List<Line> changed = [.. happened.Changes.Select(one => changes.Line(one, call.Now))];
        List<Line> entries = [.. happened.Entries
            .Select(one => call.Phrases.Say(Entry, one.Machine, written.Author(one), written.Time(one, call.Now), written.Text(one)))
            .Where(line => line.For(call.Audience) is not null)];
        if (incidents.Count + changed.Count + entries.Count == 0)
        {
            return [];
        }

        var acknowledged = happened.Incidents.Count(one => one.Acknowledgement?.At >= since);
        var lines = new List<Line>
        {
            call.Phrases.Public(
                Counts,
                words,
                Count(happened.Incidents.Count(one => one.OpenedAt >= since)),
                Count(happened.Incidents.Count(one => one.ClosedAt >= since)),
                Count(acknowledged),
                Count(changed.Count),
                Count(entries.Count)),
        };
        lines.AddRange([.. Shown(happened).Select(one => Words(call, one, openNow)), .. changed.Take(Others), .. entries.Take(Others)]);
        if (incidents.Count > Incidents || changed.Count > Others || entries.Count > Others)
        {
            lines.Add(call.Phrases.Public(
                Rest, Left(incidents.Count, Incidents), Left(changed.Count, Others), Left(entries.Count, Others)));
        }

        return lines;
    }

    private static Line Words(CommandCall call, Incident incident, IReadOnlyList<Incident> open) => incident.ClosedAt is { } end
        ? new Lookalikes(call.Phrases).Beside(
            call.Phrases.Say(
                incident.State.IsGood() ? Over : Closed, incident.Machine, incident.What, call.Phrases.At(end, call.Now), call.Phrases.Duration(end - incident.OpenedAt), incident.Number),
            [incident],
            open)
        : call.Phrases.Say(Open, incident.Machine, IncidentText.Now(call.Phrases, incident, call.Now));

    private static PublicText Left(int count, int shown) => Math.Max(0, count - shown);

    // What was looked at is bounded: a count that reaches the bound is a least one.
    private static PublicText Count(int count) => count < Looked ? count : PublicText.Declared($"≥ {Looked}");
}
