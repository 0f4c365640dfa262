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
        if (call.Words is [var typed, ..])
        {
            if (Answers.FindMachine(call, typed, open) is not { } machine)
            {
                return Answers.UnknownMachine(call, typed);
            }

            open = open.Where(one => one.Machine.Value == machine.Name).ToList();
            if (open.Count == 0)
            {
                return call.Phrases.Public(Sentences.MachineNothingOpen, PublicText.Declared(machine.Name));
            }
        }

        if (open.Count == 0)
        {
            return call.Phrases.Public(Sentences.NothingOpen);
        }

        // In a channel the last of its lines counts the others.
        var room = call.IsPrivate ? InPrivate : CommandCall.LinesInChannel;
        var shown = open.Count <= room ? open.Count : room - 1;
        var lines = IncidentText.WorstFirst(open).Take(shown)
            .Select(one => call.Phrases.Say(OfMachine, one.Machine, IncidentText.Now(call.Phrases, one, call.Now))).ToList();
        if (open.Count - shown is var others and > 0)
        {
            lines.Add(call.Phrases.Public(call.IsPrivate ? More : MoreInPrivate, others));
        }

        return Reply.Of(lines);
    }
}
