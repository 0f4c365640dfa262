using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What is open, the worst first.</summary>
public sealed class IncidentsCommand(IIncidents incidents, IReception reception) : ICommand
{
    private const int InPrivate = 12;

    // What to acknowledge: prefix, number.
    private static readonly Sentence2 ToTake = new("to acknowledge: {0}ack {1} <reason>", "à prendre : {0}prends {1} <raison>");

    private static readonly Sentence2 OfMachine = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence1 More = new("and {0} more", "et {0} autre{0:|s}");
    private static readonly Sentence1 MoreInPrivate = new(
        "and {0} more: ask me “incidents” in private", "et {0} autre{0:|s} : demandez-moi « incidents » en privé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["incidents"],
        Arguments = new("[machine]", "[machine]"),
        Summary = new("what is open, since when, who acknowledged it", "ce qui est ouvert, depuis quand, qui l'a pris"),
        ByMail = ByMail.Acknowledge,
        Examples =
        [
            new("incidents", "[filer] DOWN depuis 3 minutes, pris par personne #43"),
            new("incidents hal", "[hal] POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ReceptionText.After(call, reception, await AnswerAsync(call, cancellationToken));

    private async Task<Reply> AnswerAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = Answers.Heard(call, await incidents.OpenOfAsync(MachineWords.Candidates(call.Names, call.Context.Inventory), cancellationToken));
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, open);
        if (asked.IsEverything)
        {
            return await OfAllAsync(call, asked, cancellationToken);
        }

        if (asked.Machines.Count == 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        open = open.Where(one => asked.Covers(one.Machine.Value)).ToList();
        var its = open.Where(one => one.Service is { } service && asked.Services.Contains(service.Value, StringComparer.OrdinalIgnoreCase)).ToList();
        var before = new List<Line>();
        if (asked is { Services.Count: > 0, Unknown.Count: 0, Only: { } machine })
        {
            // Where the check is well and its machine is not, both are the answer.
            if (its.Count == 0)
            {
                before.Add(call.Phrases.Say(
                    Sentences.MachineNothingOpen, call.Phrases.Say(Sentences.OfMachine, Name.OfMachine(machine.Name), MachineWords.Named(call, asked.Services))));
            }
            else
            {
                open = its;
            }
        }

        if (open.Count > 0)
        {
            before.AddRange(Listed(call, IncidentText.CauseFirst(open), open.Count, before.Count));
        }
        else if (before.Count == 0)
        {
            before.Add(call.Phrases.Say(Sentences.MachineNothingOpen, Named(call, asked)));
        }

        before[^1] = await NeededText.AfterAsync(call, asked.Machines, incidents, before[^1], cancellationToken);
        List<Line> lines = asked.Only is { } only && before.Count == 1 ? [asked.WithUnknown(call, only, open, before[0])] : asked.WithUnknown(call, before);

        return WithNext(call, lines, IncidentText.CauseFirst(open).FirstOrDefault(one => IncidentText.Waits(one.Cause))?.Cause.Number);
    }

    // Only what is shown is read, of however many.
    private async Task<Reply> OfAllAsync(CommandCall call, MachineWords asked, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenCausesAsync(call.Audience, Room(call) + 1, cancellationToken);
        List<Line> lines = open.Heard > 0
            ? Listed(call, open.First, open.Heard, 0)
            : [call.Phrases.Public(open.Heard < open.All ? Sentences.NothingOpenHere : Sentences.NothingOpen)];
        return WithNext(call, asked.WithUnknown(call, lines), call.Audience == Audience.Root ? await incidents.WaitingAsync(cancellationToken) : null);
    }

    // Whoever reads it elsewhere may not acknowledge anything.
    private static Reply WithNext(CommandCall call, List<Line> lines, long? next) => call.Audience == Audience.Root && next is { } number
        ? Reply.Of([.. lines, call.Phrases.Public(ToTake, call.Prefix, number)])
        : Reply.Of(lines);

    private static int Room(CommandCall call) => call.IsPrivate ? InPrivate : CommandCall.LinesInChannel;

    private static Line Named(CommandCall call, MachineWords asked) => asked.Groups.Count > 0
        ? PublicText.Declared(string.Join(", ", asked.Groups), 400)
        : Line.Join(", ", asked.Machines.Select(machine => call.Phrases.Say(Name.OfMachine(machine.Name))));

    private static List<Line> Listed(CommandCall call, IReadOnlyList<CauseAndInhibited> causes, long open, int before)
    {
        // In a channel the last of its lines counts the others.
        var room = Room(call) - before;
        var shown = causes.Take(causes.Count <= room ? causes.Count : room - 1).ToList();
        var lines = shown.ConvertAll(one => IncidentText.WithInhibited(
            call.Phrases, one, call.Phrases.Say(OfMachine, one.Cause.Machine, IncidentText.Now(call.Phrases, one.Cause, call.Now))));
        if (open - shown.Sum(one => 1 + one.Count) is var others and > 0)
        {
            lines.Add(call.Phrases.Public(call.IsPrivate ? More : MoreInPrivate, others));
        }

        return lines;
    }
}
