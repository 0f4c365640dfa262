using ChatBot.Core.Commands;
using ChatBot.Core.Language;

namespace ChatBot.Commands;

/// <summary>What is muted, by whom and until when.</summary>
public sealed class MutesCommand : ICommand
{
    private const int Most = 20;

    private static readonly Sentence Nothing = new("nothing is muted", "rien n'est muet");
    private static readonly Sentence1 More = new("and {0} more", "et {0} autre{0:|s}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["mutes", "muets"],
        Arguments = new("", ""),
        Summary = new("what is muted, by whom, until when", "ce qui est muet, par qui, jusqu'à quand"),
        Examples = [new("mutes", "[sud] muet jusqu'à 15:17, par lunar")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var mutes = await call.Context.Mutes.NowAsync(cancellationToken);
        if (mutes.Count == 0)
        {
            return call.Phrases.Public(Nothing);
        }

        var lines = mutes.Take(Most).Select(mute => call.Context.MuteLines.Listed(mute, call.Now)).ToList();
        if (mutes.Count > Most)
        {
            lines.Add(call.Phrases.Public(More, mutes.Count - Most));
        }

        return call.Answer(lines);
    }
}
