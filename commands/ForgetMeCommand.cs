using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Erases what is kept about the caller.</summary>
public sealed class ForgetMeCommand(Absences absences, INewcomers newcomers, IHistory history) : ICommand
{
    private static readonly Sentence Forgotten = new(
        "forgotten: I no longer know that I welcomed you, nor when you were here",
        "oublié : je ne sais plus que je vous ai souhaité la bienvenue, ni quand vous étiez là");

    private static readonly Sentence NothingKept = new(
        "I kept nothing about you under this name", "je ne gardais rien sur vous sous ce nom");

    private static readonly Sentence1 NameErased = new(
        "your name is erased from the history ({0} {0:place|places}); what is not over keeps it: ask again then. The changelog files of the "
        + "machines and what was said on IRC are out of my reach",
        "votre nom est effacé de l'historique ({0} {0:endroit|endroits}) ; ce qui n'est pas terminé le garde : redemandez alors. Les fichiers "
        + "changelog des machines et ce qui s'est dit sur IRC ne dépendent pas de moi");

    public CommandHelp Help { get; } = new()
    {
        Names = ["forget-me", "oubliemoi"],
        Arguments = new("", ""),
        Summary = new("erase what I keep about you", "effacer ce que je garde sur vous"),
        AsksWho = true,
        Topic = HelpTopic.Oneself,
        Examples = [new("forget-me", "oublié : je ne sais plus que je vous ai souhaité la bienvenue")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        var erased = absences.Forget(caller.NickKey, caller.Account);
        erased += await newcomers.ForgetAsync(Visitor.Of(caller.NickKey, caller.UserHost, caller.Account), cancellationToken);
        var visits = call.Phrases.Public(erased > 0 ? Forgotten : NothingKept);
        if (caller.Person is not { } person)
        {
            return visits;
        }

        var named = await history.ForgetAsync(PublicText.Declared(person.Name, 40), cancellationToken);
        return Reply.Of(visits, call.Phrases.Public(NameErased, named));
    }
}
