using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Lets incidents go again.</summary>
public sealed class UnackCommand(IIncidents incidents, Func<IncidentLines> lines) : ICommand
{
    private static readonly Sentence1 Free = new("#{0} is not acknowledged", "#{0} n'est pris par personne");
    private static readonly Sentence NothingAcknowledged = new("nothing is acknowledged", "rien n'est pris");
    private static readonly Sentence1 NothingAcknowledgedOf = new("[{0}] nothing is acknowledged", "[{0}] rien n'est pris");

    public CommandHelp Help { get; } = new()
    {
        Names = ["unack", "rends"],
        Arguments = new("[42]", "[42]"),
        Summary = new(
            "release an incident; “unack hal” by its machine, with nothing the only one that is acknowledged",
            "relâcher un incident pris ; « rends hal » par sa machine, sans rien le seul qui soit pris"),
        Right = Right.Admin,
        ByMail = ByMail.Reply,
        IsAboutThread = true,
        Topic = HelpTopic.Taking,
        Examples =
        [
            new("unack 42", "[hal] POP3 CRITICAL relâché par lunar, toujours ouvert après 12 minutes — #42"),
            new("rends hal pop3", "[hal] POP3 CRITICAL relâché par lunar"),
            new("unack sql", "[sql] rien n'est pris"),
            new("rends", "lequel ? hal POP3 CRITICAL #42, sud HTTP WARNING #41"),
            new("rends 43", "#43 n'est pris par personne"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var words = call.Words.ToList();
        var target = IncidentTarget.Take(words, call.Context.Inventory, open);
        if (target.GoesOn)
        {
            return Reply.Undone(call.Phrases.Public(Sentences.NotNumbers, Answers.Written(call, Help, Answers.TwoNumbers(target))));
        }

        words.RemoveAll(word => !word.Any(char.IsLetterOrDigit) || MachineWords.IsFiller(CommandLine.Bare(word)));
        if (words.Count > 0 && target.Numbers.Count == 0)
        {
            return target.IsNothing && char.IsLetter(words[0][0]) ? Answers.UnknownMachine(call, words[0]) : Answers.Usage(call, Help);
        }

        var acknowledged = open.Where(one => one.Acknowledgement is not null).ToList();
        if (target.Machine is { } machine && target.Among(acknowledged).Count == 0)
        {
            return Reply.Undone(call.Phrases.Say(NothingAcknowledgedOf, Name.OfMachine(machine.Name)));
        }

        var choice = IncidentChoice.Of(call, Help, target, acknowledged, call.Phrases.Public(NothingAcknowledged), PublicText.Declared(""));
        if (choice.Answer is { } answer)
        {
            return answer;
        }

        var by = PublicText.Declared(call.Caller.Person!.Name, 40);
        var outcomes = await incidents.ReleaseAsync(choice.Numbers, by, call.Channel, cancellationToken);
        return call.Answer([
            .. AcknowledgeOutcomes.DoneByMachine(outcomes).Select(group => lines().UnacknowledgedGroup(group, by, call.Now)),
            .. outcomes.Where(one => one.Result != AcknowledgeResult.Done).Select(one => NotReleased(call, one, open)),
        ]) with
        { IsUndone = outcomes.Any(one => one.Result != AcknowledgeResult.Done) };
    }

    private Line NotReleased(CommandCall call, AcknowledgeOutcome outcome, IReadOnlyList<Incident> open) => outcome.Result switch
    {
        AcknowledgeResult.AlreadyClosed => call.Phrases.Say(Sentences.AlreadyClosed, lines().Ended(outcome.Incident!)),
        AcknowledgeResult.NotAcknowledged => call.Phrases.Public(Free, outcome.Number),
        _ => IncidentChoice.NoSuch(call, outcome.Number, open),
    };
}
