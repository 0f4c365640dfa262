using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Ends a mute early.</summary>
public sealed class UnmuteCommand(IIncidents incidents, IMutes mutes) : ICommand
{
    private static readonly Sentence1 NotMuted = new("[{0}] is not muted", "[{0}] n'est pas muet");
    private static readonly Sentence NothingMuted = new("nothing is muted", "rien n'est muet");
    private static readonly Sentence1 Which = new("which one? {0}", "lequel ? {0}");
    private static readonly Sentence Gone = new("it had already ended", "c'était déjà terminé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["unmute", "parle"],
        Arguments = new("[machine [service]]", "[machine [service]]"),
        Summary = new("unmute a machine", "rendre la parole à une machine muette"),
        Right = Right.Admin,
        ByMail = ByMail.Write,
        Topic = HelpTopic.Silencing,
        Examples =
        [
            new("unmute sud", "[sud] de nouveau écouté (muet 1 heure, par lunar) : 2 alertes masquées, encore ouvertes : SSH WARNING #44, HTTP WARNING #41"),
            new("parle", "[sud] de nouveau écouté (muet 1 heure, par lunar)"),
            new("unmute hal", "[hal] n'est pas muet"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var current = await mutes.NowAsync(cancellationToken);
        var meant = current;
        if (call.Names is [var typed, ..] names)
        {
            var open = await incidents.OpenAsync(null, cancellationToken);
            var name = Answers.FindMachine(call, typed, open)?.Name ?? typed;
            var its = current.Where(mute => Is(mute.Machine, name)).ToList();
            if (its.Count == 0)
            {
                return Answers.FindMachine(call, typed, open) is null
                    ? Answers.UnknownMachine(call, typed)
                    : Reply.Undone(call.Phrases.Say(NotMuted, Name.OfMachine(name)));
            }

            meant = Among(its, string.Join(' ', names.Skip(1).Where(word => !MachineWords.IsFiller(word))));
            if (meant.Count == 0)
            {
                return WhichOf(call, its);
            }
        }

        return meant switch
        {
            [] => Reply.Undone(call.Phrases.Public(NothingMuted)),
            [var only] => await mutes.EndAsync(only, call.Channel, cancellationToken) is { } ended ? ended : Reply.Undone(call.Phrases.Public(Gone)),
            _ => WhichOf(call, meant),
        };
    }

    private static Reply WhichOf(CommandCall call, IReadOnlyList<Mute> mutes) =>
        Reply.Undone(call.Phrases.Say(Which, Line.Join(", ", mutes.Select(mute => MuteLines.Named(call.Phrases, mute)))));

    // Without a service the machine as a whole, or all that is muted of it.
    private static List<Mute> Among(List<Mute> mutes, string service)
    {
        if (service.Length > 0)
        {
            return mutes.FindAll(mute => mute.Service is { } its && Is(its, service));
        }

        return mutes.Find(mute => mute.Service is null) is { } whole ? [whole] : mutes;
    }

    private static bool Is(Name name, string typed) => name.Value.Equals(typed, StringComparison.OrdinalIgnoreCase);
}
