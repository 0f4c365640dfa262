using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>How the bot sees its caller.</summary>
public sealed class WhoAmICommand : ICommand
{
    private static readonly Sentence Unproved = new(
        "le serveur ne dit pas qui vous êtes : identifiez-vous auprès de ses services si vous êtes admin",
        "the server does not say who you are: identify with its services if you are an admin");

    private static readonly Sentence NoAccounts = new(
        "ce réseau ne dit de personne qui il est : personne n'y est admin",
        "this network says of nobody who they are: nobody is an admin on it");

    private static readonly Sentence NoAccountsButProof = new(
        "ce réseau ne dit de personne qui il est ; un admin le prouve avec {0}auth",
        "this network says of nobody who they are; an admin proves it with {0}auth");

    private static readonly Sentence Stranger = new(
        "vous êtes identifié comme {0}, que ma liste de personnes ne connaît pas",
        "you are identified as {0}, whom my list of people does not know");

    private static readonly Sentence Member = new("vous êtes {0}, sans le rôle admin", "you are {0}, without the role admin");
    private static readonly Sentence Admin = new("vous êtes {0}, admin", "you are {0}, admin");
    private static readonly Sentence Proved = new("{0}, prouvé par OpenPGP jusqu'à {1}", "{0}, proved by OpenPGP until {1}");
    private static readonly Sentence Here = new("{0} ; ici je réponds {1}", "{0}; here I answer {1}");
    private static readonly Sentence ForAll = new("ce que tout le monde peut lire", "what everybody may read");
    private static readonly Sentence ForRoot = new("ce que lit le groupe root", "what the root group reads");

    public CommandHelp Help { get; } = new()
    {
        Names = ["whoami", "quisuisje"],
        Arguments = new("", ""),
        Summary = new("comment je vous vois", "how I see you"),
        AsksWho = true,
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
            Proved, Who(call with { Caller = caller with { ProvedUntil = null } }), call.Phrases.Time(until, call.Now)),
        { Person: { } person } => call.Phrases.Public(person.IsAdmin ? Admin : Member, PublicText.Declared(person.Name, 40)),
        { Account: { } account } => call.Phrases.Public(Stranger, PublicText.Declared(account, 40)),
        { NetworkTellsAccounts: false } when call.Context.Proofs.AreOffered => call.Phrases.Public(NoAccountsButProof, call.Prefix),
        { NetworkTellsAccounts: false } => call.Phrases.Public(NoAccounts),
        _ => call.Phrases.Public(Unproved),
    };
}
