using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;

namespace ChatBot.Commands;

/// <summary>
/// Erases what is kept about the caller. Of visits it answers everybody alike: who only took somebody's nick must not learn whether that
/// person was ever here. Names go only of a person who is proved.
/// </summary>
public sealed class ForgetMeCommand(Absences absences, INewcomers newcomers, IForgetting forgetting) : ICommand
{
    private static readonly Sentence VisitsForgotten = new(
        "forgotten: I no longer know whether I welcomed you, nor when you were here; under another address or account I do not recognise you",
        "oublié : je ne sais plus si je vous ai souhaité la bienvenue, ni quand vous étiez là ; sous une autre adresse ou un autre compte, je ne vous reconnais pas");

    private static readonly Sentence2 NameErased = new(
        "your name is erased from what has ended ({0} {0:place|places}): “{1}” stands there now",
        "votre nom est effacé de ce qui est terminé ({0} {0:endroit|endroits}) : il y est écrit « {1} »");

    private static readonly Sentence2 NameStays = new(
        "{0}; what goes on keeps it until its end ({1} {1:place|places}) and loses it within the hour after, you need not ask again",
        "{0} ; ce qui est en cours le garde jusqu'à sa fin ({1} {1:endroit|endroits}) et le perd dans l'heure qui suit, sans que vous ayez à redemander");

    private static readonly Sentence OutOfReach = new(
        "out of my reach: what was said on IRC, the changelog files of the machines, the comments and the log of the monitor, mails, backups, and "
        + "the configuration, people.toml",
        "hors de ma portée : ce qui s'est dit sur IRC, les fichiers changelog des machines, les commentaires et le journal de la supervision, les "
        + "mails, les sauvegardes, et la configuration, people.toml");

    public CommandHelp Help { get; } = new()
    {
        Names = ["forget-me", "oubliemoi"],
        Arguments = new("", ""),
        Summary = new("erase what I keep about you", "effacer ce que je garde sur vous"),
        AsksWho = true,
        Topic = HelpTopic.Oneself,
        Examples = [new("forget-me", "oublié : je ne sais plus si je vous ai souhaité la bienvenue")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        absences.Forget(caller.NickKey, caller.Account);
        await newcomers.ForgetAsync(Visitor.Of(caller.NickKey, caller.UserHost, caller.Account), cancellationToken);
        var visits = call.Phrases.Public(VisitsForgotten);
        if (caller.Person is not { } person)
        {
            return visits;
        }

        foreach (var account in person.Accounts)
        {
            absences.Forget(caller.NickKey, account);
            await newcomers.ForgetAsync(new Visitor(caller.NickKey, Account: account), cancellationToken);
        }

        var forgotten = await forgetting.ForgetAsync(person, cancellationToken);
        var erased = call.Phrases.Public(NameErased, forgotten.Erased, call.Phrases.Public(Sentences.Somebody));
        return Reply.Of(
            visits,
            forgotten.Running > 0 ? call.Phrases.Public(NameStays, erased, forgotten.Running) : erased,
            call.Phrases.Public(OutOfReach));
    }
}
