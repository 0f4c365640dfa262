using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;

namespace ChatBot.Commands;

/// <summary>Sends the welcome again, to oneself or to somebody who is there.</summary>
public sealed class WelcomeCommand(INewcomers newcomers) : ICommand
{
    private static readonly Sentence Sent = new("welcome sent in private", "bienvenue envoyée en privé");
    private static readonly Sentence NotSent = new(
        "welcome not sent: I see nobody of that name here, or I sent too many just now",
        "bienvenue pas envoyée : je ne vois personne de ce nom ici, ou j'en ai trop envoyé à l'instant");

    public CommandHelp Help { get; } = new()
    {
        Names = ["welcome", "bienvenue"],
        Arguments = new("[nick]", "[pseudo]"),
        Summary = new("the welcome again, in private", "le message de bienvenue à nouveau, en privé"),
        Topic = HelpTopic.Oneself,
        IsSameForAll = true,
        Examples =
        [
            new("welcome", "bienvenue envoyée en privé"),
            new("bienvenue marie", "bienvenue envoyée en privé"),
            new("bienvenue personne", "je ne vois personne de ce nom ici"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var nick = call.Words.Count > 0 ? call.Words[0] : call.Caller.Nick;
        return call.Phrases.Public(await newcomers.WelcomeAsync(nick, cancellationToken) ? Sent : NotSent);
    }
}
