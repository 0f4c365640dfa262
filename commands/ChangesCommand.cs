using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>The last changes that a machine was seen to have made.</summary>
public sealed class ChangesCommand(IChanges changes) : ICommand
{
    private const int InPrivate = 10;

    private static readonly Sentence1 NoneReported = new("[{0}] no change reported", "[{0}] aucun changement signalé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["changes", "changements"],
        Arguments = new("machine", "machine"),
        Summary = new("the last changes seen", "les derniers changements vus"),
        LeastWords = 1,
        ByMail = ByMail.Acknowledge,
        Examples =
        [
            new("changes hal", "[hal] modifié : 3 fichiers (/etc/postfix, /etc), 2 paquets (postfix, libsasl2) — à 12:17"),
            new("changements sql", "[sql] aucun changement signalé"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, []);
        if (asked.Machines.Count == 0 && asked.Unknown.Count > 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        if (asked.Only is { } only)
        {
            return Reply.Of(await OfOneAsync(call, only, call.IsPrivate ? InPrivate : CommandCall.LinesInChannel, cancellationToken));
        }

        var lines = new List<Line>();
        foreach (var machine in asked.IsEverything ? call.Context.Inventory.Machines : asked.Machines)
        {
            lines.AddRange(await OfOneAsync(call, machine, 1, cancellationToken));
        }

        return call.Answer(lines);
    }

    private static Line None(CommandCall call, Machine machine) => call.Phrases.Say(NoneReported, Name.OfMachine(machine.Name));

    private async Task<IReadOnlyList<Line>> OfOneAsync(CommandCall call, Machine machine, int count, CancellationToken cancellationToken)
    {
        var latest = await changes.LatestAsync(machine.Name, count, cancellationToken);
        var lines = new ChangeLines(call.Phrases);
        return latest.Count == 0 ? [None(call, machine)] : latest.Select(change => lines.Line(change, call.Now)).ToList();
    }
}
