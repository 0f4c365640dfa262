using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Gives a sentence to sign, by which an admin shows who they are where the network does not.</summary>
public sealed class AuthCommand(IAdminProofs proofs) : ICommand
{
    private static readonly Sentence Sign = new(
        "to prove who you are, sign the following sentence, and only it, with OpenPGP, within 10 minutes:",
        "pour prouver qui vous êtes, signez avec OpenPGP, dans les 10 minutes, la phrase qui suit et elle seule :");

    private static readonly Sentence How = new(
        "either by mail to the root alias, signed (gpg --clearsign); or here: run gpg --armor --detach-sign, paste the sentence,"
        + " press Enter and Ctrl-D, then send me in private the lines that it prints",
        "ou bien par mail à l'alias root, signé (gpg --clearsign) ; ou bien ici : lancez gpg --armor --detach-sign, collez-y la phrase,"
        + " Entrée, Ctrl-D, puis collez-moi en privé les lignes qu'il donne");

    private static readonly Sentence NotConfigured = new(
        "I have nobody's OpenPGP key: nothing can be proved that way",
        "je ne connais la clé OpenPGP de personne : on ne peut rien prouver ainsi");

    private static readonly Sentence InClear = new(
        "my connection to this server is not encrypted: anybody on the way could speak in your name afterwards",
        "ma connexion à ce serveur n'est pas chiffrée : n'importe qui sur le chemin pourrait ensuite parler en votre nom");

    private static readonly Sentence NotInSight = new(
        "first join a channel where I am: I must see when you leave",
        "venez d'abord sur un canal où je suis : il me faut voir quand vous partez");

    private static readonly Sentence StrangeNick = new(
        "your nick has characters that are easily confused: choose one with plain letters and digits",
        "votre pseudo a des caractères qui prêtent à confusion : prenez-en un avec des lettres et des chiffres simples");

    private static readonly Sentence TooSoon = new(
        "I have just given you a sentence: answer it, or ask again in a moment",
        "je viens de vous donner une phrase : répondez-y, ou redemandez dans un instant");

    private static readonly Sentence TooMany = new(
        "too many people are proving who they are; try again in ten minutes",
        "trop de gens sont en train de prouver qui ils sont ; réessayez dans dix minutes");

    public CommandHelp Help { get; } = new()
    {
        Names = ["auth", "prouve"],
        Arguments = new("[name]", "[nom]"),
        Summary = new("prove by an OpenPGP signature who you are", "prouver par une signature OpenPGP qui vous êtes"),
        Topic = HelpTopic.Oneself,
        IsSameForAll = true,
        Examples = [new("auth lunar", "signez avec OpenPGP"), new("prouve", "signez avec OpenPGP")],
    };

    public ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Length > 0 ? call.Arguments : call.Caller.Nick;
        return ValueTask.FromResult(proofs.Ask(call.Caller.Stay, name) switch
        {
            Asked.Given { Challenge: var challenge } => Reply.Privately(
                call.Phrases.Public(Sign), PublicText.Declared(challenge.Sentence, 400), call.Phrases.Public(How)),
            Asked.Refused { Why: var why } => Refusal(call, why) with { InPrivate = true },
            var other => throw new InvalidOperationException(other.GetType().Name),
        });
    }

    private Reply Refusal(CommandCall call, AskRefusal why) => why switch
    {
        AskRefusal.NotConfigured => call.Phrases.Public(NotConfigured),
        AskRefusal.InClear => call.Phrases.Public(InClear),
        AskRefusal.NotInSight => call.Phrases.Public(NotInSight),
        AskRefusal.StrangeNick => call.Phrases.Public(StrangeNick),
        AskRefusal.TooSoon => call.Phrases.Public(TooSoon),
        AskRefusal.TooMany => call.Phrases.Public(TooMany),
        _ => Answers.Usage(call, Help),
    };
}
