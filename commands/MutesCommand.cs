using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;

namespace ChatBot.Commands;

/// <summary>What is muted, by whom and until when.</summary>
public sealed class MutesCommand(IMutes mutes) : ICommand
{
    private const int Most = 20;

    private static readonly Sentence Nothing = new("nothing is muted", "rien n'est muet");
    private static readonly Sentence1 More = new("and {0} more", "et {0} autre{0:|s}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["mutes", "muets"],
        Arguments = new("", ""),
        Summary = new("what is muted, by whom, until when", "ce qui est muet, par qui, jusqu'à quand"),
        ByMail = ByMail.Acknowledge,
        Topic = HelpTopic.Silencing,
        Examples = [new("mutes", "[sud] muet jusqu'à 15:17, par lunar")],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var current = await mutes.NowAsync(cancellationToken);
        if (current.Count == 0)
        {
            return call.Phrases.Public(Nothing);
        }

        var listed = new MuteLines(call.Phrases, call.Context.Prefix);
        var lines = current.Take(Most).Select(mute => listed.Listed(mute, call.Now)).ToList();
        if (current.Count > Most)
        {
            lines.Add(call.Phrases.Public(More, current.Count - Most));
        }

        return call.Answer(lines);
    }
}
