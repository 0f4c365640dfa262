using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Speech;

namespace ChatBot.Commands;

/// <summary>Lets an incident go again.</summary>
public sealed class UnackCommand : ICommand
{
    private static readonly Sentence Free = new("#{0} n'est pris par personne", "nobody has #{0}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["unack", "rends"],
        Arguments = new("42", "42"),
        Summary = new("rendre un incident pris", "let go of an incident"),
        Right = Right.Admin,
        LeastWords = 1,
        Examples =
        [
            new("unack 42", "[hal] POP3 CRITICAL rendu par lunar, toujours ouvert après 12 minutes — #42"),
            new("rends 43", "#43 n'est pris par personne"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (IncidentNumber.Parse(call.Words[0]) is not { } number)
            return Answers.Usage(call, Help);

        var by = PublicText.Declared(call.Caller.Person!.Name, 40);
        var (result, incident) = await call.World.Incidents.ReleaseAsync(number, by, call.Channel, cancel);
        return result switch
        {
            TakeResult.Done => call.World.Lines.Released(incident!, by, call.Now),
            TakeResult.AlreadyClosed => call.Voice.Say(Sentences.AlreadyClosed, call.World.Lines.Recovery(incident!)),
            TakeResult.NotTaken => call.Voice.Public(Free, number),
            _ => Answers.NoSuchIncident(call, number),
        };
    }
}
