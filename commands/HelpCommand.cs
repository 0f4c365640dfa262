using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What there is to ask: the names in a channel, a line each in private.</summary>
public sealed class HelpCommand(IReadOnlyList<ICommand> others) : ICommand
{
    private static readonly Sentence1 InChannel = new(
        "{0} — the details in private: write me “help”", "{0} — le détail en privé : écrivez-moi « aide »");

    private static readonly Sentence2 Brief = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence2 BriefAdmin = new("{0} — {1} (admins)", "{0} — {1} (admins)");
    private static readonly Sentence1 AlsoCalled = new("also: {0}", "aussi : {0}");
    private static readonly Sentence1 ForExample = new("examples: {0}", "exemples : {0}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["help", "aide"],
        Arguments = new("[command]", "[commande]"),
        Summary = new("what I can do", "ce que je sais faire"),
        Examples =
        [
            new("help", "!status, !incidents"),
            new("aide ack", "!ack 42 [2h] raison — prendre un incident"),
        ],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<ICommand> commands = [.. others, this];
        if (call.Words.Count > 0)
        {
            return ValueTask.FromResult(OfOne(call, commands, call.Words[0]));
        }

        if (call.IsPrivate)
        {
            return ValueTask.FromResult(Reply.Of(commands.Select(command => (Line)InBrief(call, command.Help)).ToList()));
        }

        var names = Listed(call, ", ", commands.Select(command => command.Help.Names[0]));
        return ValueTask.FromResult<Reply>(call.Phrases.Public(InChannel, names));
    }

    private static Reply OfOne(CommandCall call, IReadOnlyList<ICommand> commands, string typed)
    {
        var prefix = call.Context.Prefix;
        var name = typed.StartsWith(prefix, StringComparison.Ordinal) ? typed[prefix.Length..] : typed;
        var command = commands.FirstOrDefault(one => one.Help.Names.Any(its => Typed.Fold(its) == Typed.Fold(name)));
        if (command is null)
        {
            return Answers.NearCommands(call, commands, name) ?? call.Phrases.Public(Sentences.UnknownCommand, call.Prefix);
        }

        var lines = new List<Line> { InBrief(call, command.Help) };
        if (command.Help.Names.Count > 1)
        {
            lines.Add(call.Phrases.Public(AlsoCalled, Listed(call, ", ", command.Help.Names.Skip(1))));
        }

        lines.Add(call.Phrases.Public(ForExample, Listed(call, " · ", command.Help.Examples.Select(example => example.Say))));
        return Reply.Of(lines);
    }

    private static PublicText Listed(CommandCall call, string separator, IEnumerable<string> typed) =>
        PublicText.Declared(string.Join(separator, typed.Select(one => call.Prefix.Value + one)), 1000);

    private static PublicText InBrief(CommandCall call, CommandHelp help)
    {
        var usage = PublicText.Declared($"{call.Prefix.Value}{help.Names[0]} {help.Arguments.In(call.Phrases.Locale)}");
        var sentence = help.Right == Right.Admin ? BriefAdmin : Brief;
        return call.Phrases.Public(sentence, usage, PublicText.Declared(help.Summary.In(call.Phrases.Locale)));
    }
}
