using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>How the bot sees its caller.</summary>
public sealed class WhoAmICommand : ICommand
{
    private static readonly Sentence Unproved = new(
        "the server does not say who you are: identify with its services if you are an admin",
        "le serveur ne dit pas qui vous êtes : identifiez-vous auprès de ses services si vous êtes admin");

    private static readonly Sentence NoAccounts = new(
        "this network does not say who is who: nobody is an admin on it",
        "ce réseau ne dit pas qui est qui : personne n'y est admin");

    private static readonly Sentence1 NoAccountsButProof = new(
        "this network does not say who is who; an admin proves it with {0}auth",
        "ce réseau ne dit pas qui est qui ; un admin le prouve avec {0}prouve");

    private static readonly Sentence1 Stranger = new(
        "you are identified as {0}, who is not in my list of people",
        "vous êtes identifié comme {0}, qui n'est pas dans ma liste de personnes");

    private static readonly Sentence1 Member = new("you are {0}, without the admin role", "vous êtes {0}, sans le rôle admin");
    private static readonly Sentence1 Admin = new("you are {0}, admin", "vous êtes {0}, admin");
    private static readonly Sentence2 Proved = new("{0}, proved by OpenPGP {1}", "{0}, prouvé par OpenPGP {1}");
    private static readonly Sentence2 Here = new("{0}; here I answer {1}", "{0} ; ici je réponds {1}");
    private static readonly Sentence ForAll = new("what everybody may read", "ce que tout le monde peut lire");
    private static readonly Sentence ForRoot = new("what the root group reads", "ce que lit le groupe root");

    public CommandHelp Help { get; } = new()
    {
        Names = ["whoami", "quisuisje"],
        Arguments = new("", ""),
        Summary = new("how I see you", "comment je vous vois"),
        AsksWho = true,
        Topic = HelpTopic.Oneself,
        Examples = [new("whoami", "vous êtes lunar, admin ; ici je réponds ce que tout le monde peut lire")],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var here = call.Phrases.Public(call.Audience == Audience.Root ? ForRoot : ForAll);
        return ValueTask.FromResult<Reply>(call.Phrases.Public(Here, Who(call), here));
    }

    private static PublicText Who(CommandCall call) => call.Caller switch
    {
        { ProvedUntil: { } until } caller => call.Phrases.Public(
            Proved, Who(call with { Caller = caller with { ProvedUntil = null } }), call.Phrases.Until(until, call.Now)),
        { Person: { } person } => call.Phrases.Public(person.IsAdmin ? Admin : Member, PublicText.Declared(person.Name, 40)),
        { Account: { } account } => call.Phrases.Public(Stranger, PublicText.Declared(account, 40)),
        { NetworkTellsAccounts: false, MayProve: true } => call.Phrases.Public(NoAccountsButProof, call.Prefix),
        { NetworkTellsAccounts: false } => call.Phrases.Public(NoAccounts),
        _ => call.Phrases.Public(Unproved),
    };
}
