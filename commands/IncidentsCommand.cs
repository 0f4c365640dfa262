using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What is open, the worst first.</summary>
public sealed class IncidentsCommand(IIncidents incidents) : ICommand
{
    private const int InPrivate = 12;

    private static readonly Sentence2 OfMachine = new("[{0}] {1}", "[{0}] {1}");
    private static readonly Sentence1 More = new("and {0} more", "et {0} autre{0:|s}");
    private static readonly Sentence1 MoreInPrivate = new(
        "and {0} more: ask me “incidents” in private", "et {0} autre{0:|s} : demandez-moi « incidents » en privé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["incidents"],
        Arguments = new("[machine]", "[machine]"),
        Summary = new("what is open, since when, who acknowledged it", "ce qui est ouvert, depuis quand, qui l'a pris"),
        Examples =
        [
            new("incidents", "[filer] DOWN depuis 3 minutes #43"),
            new("incidents hal", "[hal] POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, Answers.Heard(call, open));
        if (!asked.IsEverything && asked.Machines.Count == 0)
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
            before.AddRange(Listed(call, open, before.Count));
        }
        else if (before.Count == 0)
        {
            before.Add(asked.IsEverything
                ? call.Phrases.Public(Sentences.NothingOpen)
                : call.Phrases.Say(Sentences.MachineNothingOpen, Named(call, asked)));
        }

        return asked.Only is { } only && before.Count == 1
            ? asked.WithUnknown(call, only, open, before[0])
            : Reply.Of(asked.WithUnknown(call, before));
    }

    private static Line Named(CommandCall call, MachineWords asked) => asked.Groups.Count > 0
        ? PublicText.Declared(string.Join(", ", asked.Groups), 400)
        : Line.Join(", ", asked.Machines.Select(machine => call.Phrases.Say(Name.OfMachine(machine.Name))));

    private static List<Line> Listed(CommandCall call, IReadOnlyList<Incident> open, int before)
    {
        // In a channel the last of its lines counts the others.
        var room = (call.IsPrivate ? InPrivate : CommandCall.LinesInChannel) - before;
        var shown = open.Count <= room ? open.Count : room - 1;
        var lines = IncidentText.WorstFirst(open).Take(shown)
            .Select(one => call.Phrases.Say(OfMachine, one.Machine, IncidentText.Now(call.Phrases, one, call.Now))).ToList();
        if (open.Count - shown is var others and > 0)
        {
            lines.Add(call.Phrases.Public(call.IsPrivate ? More : MoreInPrivate, others));
        }

        return lines;
    }
}
