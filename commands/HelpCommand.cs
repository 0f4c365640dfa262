using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What there is to ask: where to begin in a channel, by topic in private, and one command or all of them where that is asked.</summary>
public sealed class HelpCommand(IReadOnlyList<ICommand> others) : ICommand
{
    private const int MostExamples = 3;

    // Prefix.
    private static readonly Sentence1 ForAll = new(
        "for all: {0}status [machine] (how things are) · {0}incidents (what is open, who acknowledged it) · {0}incident 42 (its story) · {0}since (what I missed) · {0}machines",
        "pour tous : {0}état [machine] (comment ça va) · {0}incidents (ce qui est ouvert, qui s'en occupe) · {0}incident 42 (son histoire) · {0}depuis (ce que j'ai raté) · {0}machines");

    private static readonly Sentence1 ForAdmins = new(
        "admins: {0}ack, {0}unack, {0}mute, {0}unmute, {0}intervention, {0}log · everything else: {0}help all · an example: {0}help ack",
        "admins : {0}prends, {0}rends, {0}muet, {0}parle, {0}intervention, {0}journal · tout le reste : {0}aide tout · un exemple : {0}aide prends");

    private static readonly Dictionary<HelpTopic, Sentence1> Topics = new()
    {
        [HelpTopic.Looking] = new("look: {0}", "regarder : {0}"),
        [HelpTopic.Taking] = new("acknowledge: {0}", "prendre : {0}"),
        [HelpTopic.Silencing] = new("suppress: {0}", "taire : {0}"),
        [HelpTopic.Planning] = new("plan: {0}", "prévoir : {0}"),
        [HelpTopic.Writing] = new("write: {0}", "écrire : {0}"),
        [HelpTopic.Oneself] = new("me: {0}", "moi : {0}"),
    };

    private static readonly Sentence2 Brief = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence2 BriefAdmin = new("{0} — {1} (admins)", "{0} — {1} (admins)");
    private static readonly Sentence1 AlsoCalled = new("also: {0}", "aussi : {0}");
    private static readonly Sentence1 ForExample = new("examples: {0}", "exemples : {0}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["help", "aide"],
        Arguments = new("[command, or all]", "[commande, ou tout]"),
        Summary = new("what I can do", "ce que je sais faire"),
        Topic = HelpTopic.Oneself,
        Examples =
        [
            new("help", "pour tous : !état [machine]"),
            new("aide ack", "!prends 42 [2h] raison — prendre un incident") { English = "help ack" },
            new("aide tout", "!état [machine [service]] — comment vont les machines") { English = "help all" },
        ],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<ICommand> commands = [.. others, this];

        // In a query nobody else reads it: who asks in the other language is answered in it.
        if (call.IsPrivate)
        {
            var asked = Typed.Fold(call.Name) == Typed.Fold(Help.NameIn(Locale.English)) ? Locale.English : Locale.French;
            call = call with { Context = call.Context with { Phrases = call.Phrases.In(asked) } };
        }

        if (call.Names is [var typed, ..])
        {
            return ValueTask.FromResult(Typed.IsAll(typed)
                ? call.Answer(commands.Where(command => IsFor(call, command)).Select(command => (Line)InBrief(call, command.Help)).ToList())
                : OfOne(call, commands, typed));
        }

        return ValueTask.FromResult(call.IsPrivate
            ? Reply.Of(ByTopic(call, commands))
            : Reply.Of(call.Phrases.Public(ForAll, call.Prefix), call.Phrases.Public(ForAdmins, call.Prefix)));
    }

    // In a channel the server is not asked who wants to know.
    private static bool IsFor(CommandCall call, ICommand command) => command.Help.Right != Right.Admin || call.Caller.IsAdmin || !call.IsPrivate;

    private static List<Line> ByTopic(CommandCall call, IReadOnlyList<ICommand> commands) => commands
        .Where(command => IsFor(call, command))
        .GroupBy(command => command.Help.Topic)
        .OrderBy(topic => topic.Key)
        .Select(topic => (Line)call.Phrases.Public(
            Topics[topic.Key], PublicText.Declared(string.Join(" · ", topic.Select(command => Usage(call, command.Help))), 1000)))
        .ToList();

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
            lines.Add(call.Phrases.Public(AlsoCalled, Listed(call, ", ", command.Help.NamesIn(call.Phrases.Locale).Skip(1))));
        }

        lines.Add(call.Phrases.Public(
            ForExample, Listed(call, " · ", command.Help.Examples.Take(MostExamples).Select(example => InLanguage(call, command.Help, example)))));
        return Reply.Of(lines);
    }

    // By the name that a reader of the language expects.
    private static string InLanguage(CommandCall call, CommandHelp help, Example example)
    {
        var said = call.Phrases.Locale == Locale.English && example.English is { } english ? english : example.Say;
        var name = said.Split(' ')[0];
        return help.NameIn(call.Phrases.Locale) + (name.EndsWith('!') ? "!" : "") + said[name.Length..];
    }

    private static PublicText Listed(CommandCall call, string separator, IEnumerable<string> typed) =>
        PublicText.Declared(string.Join(separator, typed.Select(one => call.Prefix.Value + one)), 1000);

    private static string Usage(CommandCall call, CommandHelp help) =>
        $"{call.Prefix.Value}{help.NameIn(call.Phrases.Locale)} {help.Arguments.In(call.Phrases.Locale)}".TrimEnd();

    private static PublicText InBrief(CommandCall call, CommandHelp help)
    {
        var sentence = help.Right == Right.Admin ? BriefAdmin : Brief;
        return call.Phrases.Public(sentence, PublicText.Declared(Usage(call, help)), PublicText.Declared(help.Summary.In(call.Phrases.Locale)));
    }
}
