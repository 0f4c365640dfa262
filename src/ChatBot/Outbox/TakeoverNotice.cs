using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>Says that this bot speaks in the place of another one, and how much waited: to the root group, or to everybody where it has no channel.</summary>
public sealed class TakeoverNotice(CurrentSettings settings)
{
    private static readonly Sentence2 Waited = new(
        "I take over ({0}), nothing is lost: {1} {1:line was|lines were} waiting",
        "je reprends la main ({0}), rien n'est perdu : {1} {1:ligne attendait|lignes attendaient}");

    private static readonly Sentence1 Idle = new("I take over ({0}), nothing was waiting", "je reprends la main ({0}), rien n'attendait");

    /// <param name="transaction">Its transaction.</param>
    /// <param name="nick">Under which it speaks at first.</param>
    /// <param name="at">When it took over.</param>
    public async Task SayAsync(StoreTransaction transaction, string nick, DateTimeOffset at)
    {
        var live = settings.Value;
        var waiting = (await OutboxStore.CountPendingAsync(transaction)).Where(rows => rows.Kind == OutboxStore.LineKind).ToList();
        var channels = live.Settings.Irc.Channels;
        var isAnyRoot = channels.Any(channel => channel.Audience == Audience.Root);
        foreach (var channel in channels.Where(channel => !isAnyRoot || channel.Audience == Audience.Root))
        {
            var count = waiting.Where(rows => rows.Target.Equals(channel.Name, StringComparison.OrdinalIgnoreCase)).Sum(rows => rows.Pending);
            var name = PublicText.Declared(nick);
            Line line = count > 0 ? live.Phrases.Public(Waited, name, count) : live.Phrases.Public(Idle, name);
            await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, channel.Name, channel.Audience, line.Marked(channel.Audience)!, at, About.Nothing);
        }
    }
}
