using ChatBot.Core.Commands;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;

namespace ChatBot.Commands;

/// <summary>The interventions planned and under way.</summary>
public sealed class InterventionsCommand(IInterventions interventions) : ICommand
{
    private const int Most = 20;

    private static readonly Sentence Nothing = new("no intervention is planned", "aucune intervention prévue");
    private static readonly Sentence1 More = new("and {0} more", "et {0} autre{0:|s}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["interventions"],
        Arguments = new("", ""),
        Summary = new("the interventions planned and under way", "les interventions prévues et en cours"),
        ByMail = ByMail.Acknowledge,
        Topic = HelpTopic.Planning,
        Examples = [new("interventions", "[hal] intervention #2 prévue samedi 28/11 23:00, pour 2 heures, par lunar — changement de noyau")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var coming = await interventions.ComingAsync(cancellationToken);
        if (coming.Count == 0)
        {
            return call.Phrases.Public(Nothing);
        }

        var listed = new InterventionLines(call.Phrases);
        var lines = coming.Take(Most).Select(one => listed.Listed(one, call.Now)).ToList();
        if (coming.Count > Most)
        {
            lines.Add(call.Phrases.Public(More, coming.Count - Most));
        }

        return call.Answer(lines);
    }
}
