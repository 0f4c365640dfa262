using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>The last changes that a machine was seen to have made.</summary>
public sealed class ChangesCommand(IChanges changes) : ICommand
{
    private const int InPrivate = 10;

    private static readonly Sentence1 None = new("[{0}] no change reported", "[{0}] aucun changement signalé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["changes", "changements"],
        Arguments = new("machine", "machine"),
        Summary = new("the last changes seen", "les derniers changements vus"),
        LeastWords = 1,
        Examples =
        [
            new("changes hal", "[hal] modifié : 3 fichiers (/etc/postfix, /etc), 2 paquets (postfix, libsasl2) — à 12:17"),
            new("changements sql", "[sql] aucun changement signalé"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Context.Inventory.Find(call.Words[0]) is not { } machine)
        {
            return Answers.UnknownMachine(call, call.Words[0]);
        }

        var count = call.IsPrivate ? InPrivate : CommandCall.LinesInChannel;
        var latest = await changes.LatestAsync(machine.Name, count, cancellationToken);
        if (latest.Count == 0)
        {
            return call.Phrases.Public(None, PublicText.Declared(machine.Name));
        }

        var lines = new ChangeLines(call.Phrases);
        return Reply.Of(latest.Select(change => lines.Line(change, call.Now)).ToList());
    }
}
