using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mutes;

/// <summary>Carries out mutes: each begins and ends in one transaction with what is to be said of it.</summary>
public sealed class MuteBook(Database database, OutboxWriter outbox, CurrentSettings settings, TimeProvider time) : IMutes
{
    public Task<IReadOnlyList<Mute>> NowAsync(CancellationToken cancellationToken) => database.RecallAsync("mutes", null, static (transaction, _) => MuteStore.InForceAsync(transaction), cancellationToken);

    public async Task<Line> MuteAsync(Mute mute, string? askedIn, CancellationToken cancellationToken)
    {
        var line = settings.Value.Mutes.Begins(mute, mute.At);
        await database.WriteAsync(
            async transaction =>
            {
                await MuteStore.SaveAsync(transaction, mute);
                await outbox.SayAsync(transaction, line, mute.At, About.Nothing, askedIn);
            },
            cancellationToken);
        return line;
    }

    public Task<Line?> EndAsync(Mute mute, string? askedIn, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => EndAsync(transaction, mute, time.GetUtcNow(), askedIn), cancellationToken);

    /// <summary>Ends expired mutes, and announces what they suppressed.</summary>
    public async Task EndDueAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var mute in await MuteStore.InForceAsync(transaction))
        {
            if (mute.Until <= now)
            {
                await EndAsync(transaction, mute, now, askedIn: null);
            }
        }
    }

    private async Task<Line?> EndAsync(StoreTransaction transaction, Mute mute, DateTimeOffset now, string? askedIn)
    {
        if (!await MuteStore.EndAsync(transaction, mute, now))
        {
            return null;
        }

        var live = settings.Value;
        var others = await SituationLoader.SilencesAsync(transaction, live.Settings.Inventory);
        var suppressed = await SuppressionEnds.EndAsync(transaction, outbox, live.Incidents, (mute.Covers, mute.At), others, now);
        var isQuiet = SuppressionRules.Of(mute.Machine, mute.Service, others) is not null;
        var line = live.Mutes.Ends(mute, isQuiet ? null : suppressed.Text(live.Phrases, withMachine: false), now);
        await outbox.SayAsync(transaction, line, now, About.Whole(suppressed.Open), askedIn);
        return line;
    }
}
