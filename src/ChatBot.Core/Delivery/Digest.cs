using System.Text;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Delivery;

/// <summary>
/// Makes few lines of the many that wait for a channel. Incidents and changes get one line a machine, in their latest state; where
/// that is still too much, the rest is counted, with the number of every incident. Other lines are kept whole and packed; they go
/// last, except those that call open an incident that has since recovered, which say so too. Each row is in exactly one part.
/// </summary>
/// <param name="phrases">The group's language and zone.</param>
/// <param name="prefix">What stands before a command.</param>
/// <param name="audience">Whose channel it is.</param>
/// <param name="budget">Bytes of UTF-8 that one line may have, a mark in it counted.</param>
/// <param name="hasColours">Whether the lines keep the marks of states.</param>
public sealed class Digest(Phrasebook phrases, string prefix, Audience audience, int budget, bool hasColours = false)
{
    /// <summary>About how many lines may speak of machines where there is time; only the numbers of very many incidents take more.</summary>
    public const int MostLines = 12;

    private const string Between = " · ";

    // Of the open incidents of a machine that is only counted: the gravest, so that the line says what it is about.
    private const int Named = 2;

    // And of all the machines of the last line.
    private const int MostNamed = 12;

    /// <param name="lines">All that waits for the channel, oldest first, each with words for its audience.</param>
    /// <param name="now">The moment.</param>
    /// <param name="most">About how many lines may speak of machines: two, where one does not hold them.</param>
    public IReadOnlyList<DigestPart> Of(IReadOnlyList<WaitingLine> lines, DateTimeOffset now, int most = MostLines)
    {
        var machines = MachineBacklog.Of(lines);
        var parts = machines.ConvertAll(machine => new DigestPart(Dense(machine, now, hasHint: true), [.. machine.Rows]));
        if (parts.Sum(part => part.Lines.Count) > most)
        {
            parts = Shortened(machines, now, most);
        }

        var ended = MachineBacklog.Latest(lines).Where(incident => !incident.IsOpen).Select(incident => incident.Number).ToHashSet();
        var whole = lines.Where(line => !line.About.CanBeSummed).ToLookup(line => line.About.IsUrgent || EndedOf(line.About, ended).Count > 0);
        return [.. Whole(whole[true], ended), .. parts, .. Whole(whole[false], ended)];
    }

    // What a line calls open, and what has ended since.
    private static List<long> EndedOf(About about, HashSet<long> ended) =>
        about.Incidents.Where(incident => incident.IsOpen && ended.Contains(incident.Number)).Select(incident => incident.Number).Distinct().ToList();

    private IEnumerable<DigestPart> Whole(IEnumerable<WaitingLine> lines, HashSet<long> ended) =>
        Packed(lines, line => WithEnd(line, ended)).Select(line => Part(line.Words, line.Items.Select(item => item.Id)));

    // Nobody is to read as open what is known to be over.
    private string WithEnd(WaitingLine line, HashSet<long> ended) =>
        EndedOf(line.About, ended) is { Count: > 0 } over ? $"{Words(line)}{Between}{Ended(over)}" : Words(line);

    // “[hal] POP3 CRITICAL #42, IMAP CRITICAL #43 — depuis 14:05 · 12 alertes terminées entre-temps (#30–#41) · …”; of one line that
    // waits, its own words.
    private IReadOnlyList<string> Dense(MachineBacklog machine, DateTimeOffset now, bool hasHint)
    {
        if (machine.Lines is [var only])
        {
            return LineSplitter.Split(Words(only), budget);
        }

        var start = $"[{Words(machine.Machine)}] ";
        var packer = new LinePacker(start, budget);
        foreach (var open in CheckGroup.Of(machine.Open))
        {
            packer.Add(", ", Words(open.Numbered(phrases)));
        }

        if (machine.Open.Count > 0)
        {
            packer.Add(" — ", phrases.Since(machine.Since, now).Value);
        }

        foreach (var ended in machine.Recovered)
        {
            packer.Add(Between, Words(new Lookalikes(phrases).StillOpenBeside(
                phrases.Say(Sentences.DigestRecovered, ended.What, phrases.Duration(ended.ClosedAt!.Value - ended.OpenedAt), ended.Number),
                ended.Lookalikes ?? [])));
        }

        if (machine.EndedUnheard.Count > 0)
        {
            packer.Add(Between, Ended([.. machine.EndedUnheard.Select(incident => incident.Number)]));
        }

        foreach (var change in machine.Changes)
        {
            packer.Add(Between, Words(change) is var words && words.StartsWith(start, StringComparison.Ordinal) ? words[start.Length..] : words);
        }

        if (hasHint && machine.Open.Count > 0)
        {
            packer.Add(Between, $"{prefix}incidents {Words(machine.Machine)}");
        }

        return packer.Lines;
    }

    private string Ended(List<long> numbers) => $"{phrases.Public(Sentences.DigestEnded, numbers.Count)} ({NumberRanges.Of(numbers)})";

    // Several machines a line; where that is too much, the last third of the lines only counts.
    private List<DigestPart> Shortened(List<MachineBacklog> machines, DateTimeOffset now, int most)
    {
        var parts = Joined(machines, now, most);
        if (parts.Sum(part => part.Rows.Count) < machines.Sum(machine => machine.Lines.Count))
        {
            parts = Joined(machines, now, Math.Max(1, most * 2 / 3));
            var said = parts.SelectMany(part => part.Rows).ToHashSet();
            parts.AddRange(Counted(machines.FindAll(machine => !said.Overlaps(machine.Rows)), Math.Max(1, most - parts.Sum(part => part.Lines.Count))));
        }

        return parts;
    }

    // The first of them, as many as so many lines hold.
    private List<DigestPart> Joined(List<MachineBacklog> machines, DateTimeOffset now, int most)
    {
        var parts = new List<DigestPart>();
        foreach (var machine in machines)
        {
            var words = Dense(machine, now, hasHint: false);
            if (words is [var one] && parts.LastOrDefault() is { Lines: [var line] } last && Bytes(line) + Bytes(Between) + Bytes(one) <= budget)
            {
                parts[^1] = new([line + Between + one], [.. last.Rows, .. machine.Rows]);
            }
            else if (parts.Sum(part => part.Lines.Count) + words.Count <= most)
            {
                parts.Add(new(words, [.. machine.Rows]));
            }
            else
            {
                break;
            }
        }

        return parts;
    }

    // Machine by machine while there is room for it; the last line is for all that are left.
    private IEnumerable<DigestPart> Counted(List<MachineBacklog> machines, int room)
    {
        string Alone(MachineBacklog machine) => $"[{Words(machine.Machine)}] {Counts([machine], Named)}";
        var brief = machines.FindAll(machine => Bytes(Alone(machine)) <= budget);
        var packed = Packed(brief, Alone).ToList();
        if (brief.Count < machines.Count || packed.Count > room)
        {
            packed.RemoveRange(Math.Min(packed.Count, room - 1), Math.Max(0, packed.Count - room + 1));
        }

        var rest = machines.Except(packed.SelectMany(line => line.Items)).ToList();
        foreach (var (said, words) in packed)
        {
            yield return Part(words, said.SelectMany(machine => machine.Rows));
        }

        if (rest.Count > 0)
        {
            yield return Part(rest.Count == 1 ? Alone(rest[0]) : Rest(rest), rest.SelectMany(machine => machine.Rows));
        }
    }

    // As many of the gravest as one line holds; where their numbers alone are more than that, a few all the same.
    private string Rest(List<MachineBacklog> machines)
    {
        string Naming(int named) => $"{phrases.Public(Sentences.DigestRest, machines.Count)}, {Counts(machines, named)}{Between}{prefix}incidents";
        for (var named = MostNamed; named > Named; named--)
        {
            if (Naming(named) is var words && Bytes(words) <= budget)
            {
                return words;
            }
        }

        return Naming(Named);
    }

    // “940 messages, ouverts POP3 CRITICAL #30, IMAP CRITICAL #31, puis #32–#41, terminés #42–#900”: the count is that of the rows.
    private string Counts(List<MachineBacklog> machines, int named)
    {
        var rows = machines.Sum(machine => machine.Lines.Count);
        var all = machines.SelectMany(machine => machine.Open.Select(incident => (machine.Machine, Incident: incident))).OrderBy(one => one.Incident.State.Rank()).ToList();
        var rest = NumberRanges.Of(all.Skip(named).Select(one => one.Incident.Number));
        var gravest = string.Join(", ", all.Take(named).Select(one => Words(phrases.Say(
            Sentences.NumberedWithState,
            machines.Count == 1 ? one.Incident.What : phrases.Say(Sentences.OfMachine, one.Machine, one.Incident.What),
            one.Incident.Number))));
        var open = gravest.Length == 0 || rest.Length == 0 ? gravest + rest
            : $"{gravest}, {phrases.Public(Sentences.DigestMore, all.Count - named)} {rest}";
        var ended = NumberRanges.Of(machines.SelectMany(machine => machine.Ended));
        var counts = phrases.Public(Sentences.DigestMessages, rows).Value;
        if (open.Length > 0)
        {
            counts += $", {phrases.Public(Sentences.DigestOpenNumbers)} {open}";
        }

        return ended.Length > 0 ? $"{counts}, {phrases.Public(Sentences.DigestEndedNumbers)} {ended}" : counts;
    }

    private IEnumerable<(List<T> Items, string Words)> Packed<T>(IEnumerable<T> all, Func<T, string> words)
    {
        var (items, line) = (new List<T>(), "");
        foreach (var one in all)
        {
            if (items.Count > 0 && Bytes(line) + Bytes(Between) + Bytes(words(one)) > budget)
            {
                yield return (items, line);
                (items, line) = ([], "");
            }

            line = items.Count == 0 ? words(one) : line + Between + words(one);
            items.Add(one);
        }

        if (items.Count > 0)
        {
            yield return (items, line);
        }
    }

    private DigestPart Part(string words, IEnumerable<long> rows) => new(LineSplitter.Split(words, budget), [.. rows]);

    private string Words(WaitingLine line) => Words(line.Words);

    private string Words(Fact fact) => Words(phrases.Say(fact));

    private string Words(Line line) => (hasColours ? line.Marked(audience) : line.For(audience)) ?? "";

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}

/// <summary>Lines that stand for several lines of the outbox, which are done once all of these are said.</summary>
/// <param name="Lines">In order, each within the bytes of one line.</param>
/// <param name="Rows">The rows of the outbox.</param>
public sealed record DigestPart(IReadOnlyList<string> Lines, IReadOnlyList<long> Rows);
