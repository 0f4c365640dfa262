using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>The machines the group runs, by group.</summary>
public sealed class MachinesCommand : ICommand
{
    private static readonly Sentence2 Group = new("{0}: {1}", "{0} : {1}");
    private static readonly Sentence Ungrouped = new("no group", "sans groupe");
    private static readonly Sentence None = new("the inventory is empty", "l'inventaire est vide");

    public CommandHelp Help { get; } = new()
    {
        Names = ["machines"],
        Arguments = new("", ""),
        Summary = new("the machines, by group", "les machines, par groupe"),
        Examples = [new("machines", "no-log : hal, webmail, web, www2")],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var groups = call.Context.Inventory.Machines
            .GroupBy(machine => machine.Group, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => string.IsNullOrEmpty(group.Key))
            .Select(group => (Line)call.Phrases.Public(
                Group,
                string.IsNullOrEmpty(group.Key) ? call.Phrases.Public(Ungrouped) : PublicText.Declared(group.Key, 40),
                PublicText.Declared(string.Join(", ", group.Select(machine => machine.Name)), 1000)))
            .ToList();
        return ValueTask.FromResult<Reply>(groups.Count > 0 ? Line.Join(" · ", groups) : call.Phrases.Public(None));
    }
}
