using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>The machines the group runs, by group.</summary>
public sealed class MachinesCommand : ICommand
{
    private static readonly Sentence2 Group = new("{0}: {1}", "{0} : {1}");
    private static readonly Sentence2 What = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence1 Services = new("services: {0}", "services : {0}");
    private static readonly Sentence1 DependsOn = new("depends on: {0}", "dépend de : {0}");
    private static readonly Sentence Ungrouped = new("no group", "sans groupe");
    private static readonly Sentence None = new("the inventory is empty", "l'inventaire est vide");

    public CommandHelp Help { get; } = new()
    {
        Names = ["machines"],
        Arguments = new("[machine]", "[machine]"),
        Summary = new("the machines, by group, or what one of them is for", "les machines, par groupe, ou à quoi l'une d'elles sert"),
        IsSameForAll = true,
        ByMail = ByMail.Acknowledge,
        Examples =
        [
            new("machines", "no-log : hal, webmail, web, www2"),
            new("machines hal", "hal (no-log) — services : POP3, IMAP, SMTP"),
            new("machines sud", "sud (mutualisé) — services : HTTP, POP3 · dépend de : routeur"),
        ],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, []);
        if (asked.Machines.Count == 0 && asked.Unknown.Count > 0)
        {
            return ValueTask.FromResult<Reply>(Answers.UnknownMachine(call, asked.Unknown[0]));
        }

        if (asked.Machines.Count > 0)
        {
            return ValueTask.FromResult(call.Answer(asked.Machines.Select(machine => About(call, machine)).ToList()));
        }

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

    private static Line About(CommandCall call, Machine machine)
    {
        var parts = new List<Line>();
        if (machine.About is { Length: > 0 } about)
        {
            parts.Add(PublicText.Declared(about, 400));
        }

        if (machine.Services.Count > 0)
        {
            parts.Add(call.Phrases.Public(Services, PublicText.Declared(string.Join(", ", machine.Services), 400)));
        }

        if (machine.DependsOn.Count > 0)
        {
            parts.Add(call.Phrases.Public(DependsOn, PublicText.Declared(string.Join(", ", machine.DependsOn), 400)));
        }

        return parts.Count > 0 ? call.Phrases.Say(What, Answers.Named(call, Name.OfMachine(machine.Name)), Line.Join(" · ", parts)) : Answers.Named(call, Name.OfMachine(machine.Name));
    }
}
