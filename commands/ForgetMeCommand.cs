using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;

namespace ChatBot.Commands;

/// <summary>Erases what is kept about the caller.</summary>
public sealed class ForgetMeCommand : ICommand
{
    private static readonly Sentence Forgotten = new(
        "forgotten: I no longer know that I welcomed you, nor when you were here",
        "oublié : je ne sais plus que je vous ai souhaité la bienvenue, ni quand vous étiez là");

    private static readonly Sentence NothingKept = new(
        "I kept nothing about you under this name", "je ne gardais rien sur vous sous ce nom");

    public CommandHelp Help { get; } = new()
    {
        Names = ["forget-me", "oubliemoi"],
        Arguments = new("", ""),
        Summary = new("erase what I keep about you", "effacer ce que je garde sur vous"),
        AsksWho = true,
        Examples = [new("forget-me", "oublié : je ne sais plus que je vous ai souhaité la bienvenue")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        var erased = call.Context.Absences.Forget(caller.NickKey, caller.Account);
        erased += await call.Context.Newcomers.ForgetAsync(Visitor.Of(caller.NickKey, caller.UserHost, caller.Account), cancellationToken);
        return call.Phrases.Public(erased > 0 ? Forgotten : NothingKept);
    }
}
