using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Takes back the changelog entry that its author has just written, by an entry that says so.</summary>
public sealed class UndoCommand(IChangelog changelog) : ICommand
{
    // Machine, the number of the entry as its file has it, its text, how far the entry that takes it back got.
    private static readonly Sentence4 TakenBack = new("[{0}] taken back [chatbot {1}]: {2} ({3})", "[{0}] annulé [chatbot {1}] : {2} ({3})");
    private static readonly Sentence3 TakenBackUnread = new("[{0}] taken back [chatbot {1}] ({2})", "[{0}] annulé [chatbot {1}] ({2})");

    private static readonly Sentence1 AppendedAtLine = new(
        "appended to the machine's changelog, and read back: line {0}", "ajouté au changelog de la machine, et relu : ligne {0}");

    private static readonly Sentence2 AppendedAtLines = new(
        "appended to the machine's changelog, and read back: lines {0}–{1}", "ajouté au changelog de la machine, et relu : lignes {0}–{1}");

    private static readonly Dictionary<AppendResult, Sentence> Results = new()
    {
        [AppendResult.StoredOnly] = new("in my own changelog", "dans mon journal"),
        [AppendResult.Appended] = new("another line of the machine's changelog says so", "une ligne de plus au changelog de la machine le dit"),
        [AppendResult.Waiting] = new("the line that says so waits for the machine", "la ligne qui le dit attend la machine"),
        [AppendResult.OnItsWay] = new("the line that says so is on its way to the machine", "la ligne qui le dit est en route vers la machine"),
    };

    private static readonly Sentence1 Already = new("[{0}] that is taken back already", "[{0}] c'est déjà annulé");

    // Machine, minutes, how to write another one.
    private static readonly Sentence3 TooLate = new(
        "[{0}] your last line is older than {1} minutes; write another one that corrects it: {2}",
        "[{0}] votre dernière ligne a plus de {1} minutes ; écrivez-en une autre qui la corrige : {2}");

    private static readonly Sentence1 OfAnother = new("the last line is of {0}; everybody takes back their own", "la dernière ligne est de {0} ; chacun annule les siennes");

    private static readonly Sentence1 Nothing = new(
        "nothing to take back: you wrote nothing in the last {0} minutes", "rien à annuler : vous n'avez rien écrit dans les {0} dernières minutes");

    public CommandHelp Help { get; } = new()
    {
        Names = ["undo", "annule"],
        Arguments = new("[machine]", "[machine]"),
        Summary = new("take back your last changelog line, within five minutes", "annuler sa dernière ligne de changelog, dans les cinq minutes"),
        Right = Right.Admin,
        ByMail = ByMail.Write,
        Topic = HelpTopic.Writing,
        Examples = [new("undo", "[sud] annulé"), new("annule coordsud", "[coordsud] votre dernière ligne a plus de 5 minutes")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, []);
        if (asked.Unknown.Count > 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        if (!asked.IsEverything && asked.Only is null)
        {
            return Answers.OneMachineOnly(call);
        }

        var undo = new Undo(PublicText.Declared(call.Caller.Person!.Name, 40), call.Now, asked.Only?.Name);
        var (outcome, entry, number, append) = await changelog.UndoAsync(undo, call.Channel, cancellationToken);
        var minutes = (long)Undo.Window.TotalMinutes;
        return outcome == UndoOutcome.Undone ? Undone(call, entry!, number, HowFar(call, append!.Value)) : Reply.Undone(outcome switch
        {
            UndoOutcome.AlreadyUndone => call.Phrases.Say(Already, entry!.Machine),
            UndoOutcome.TooLate => call.Phrases.Say(TooLate, entry!.Machine, minutes, PublicText.Declared($"{call.Prefix.Value}log {entry.Machine.Value} …")),

            // That somebody writes before the root group alone is for it alone.
            UndoOutcome.OfSomebodyElse when entry!.Text.SaidTo == Audience.Public || call.Audience == Audience.Root =>
                call.Phrases.Public(OfAnother, call.Phrases.Who(entry.By)),
            _ => call.Phrases.Public(Nothing, minutes),
        });
    }

    private static PublicText HowFar(CommandCall call, Appending append) => append switch
    {
        { Place: { } place } when place.First == place.Last => call.Phrases.Public(AppendedAtLine, place.First),
        { Place: { } place } => call.Phrases.Public(AppendedAtLines, place.First, place.Last),
        _ => call.Phrases.Public(Results[append.Result]),
    };

    private static Line Undone(CommandCall call, ChangelogEntry entry, long number, PublicText how) =>
        call.Phrases.Say(TakenBack, entry.Machine, (PublicText)number, entry.Text, how)
            .OrForPublic(call.Phrases.Say(TakenBackUnread, entry.Machine, (PublicText)number, how));
}
