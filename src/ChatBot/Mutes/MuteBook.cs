using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mutes;

/// <summary>Carries out mutes: each begins and ends in one transaction with what is to be said of it.</summary>
public sealed class MuteBook(Database database, OutboxWriter outbox, CurrentSettings settings, IncidentBook incidents, TimeProvider time) : IMutes
{
    public Task<IReadOnlyList<Mute>> NowAsync(CancellationToken cancellationToken) => database.ReadAsync(MuteStore.InForceAsync, cancellationToken);

    public async Task<Line> MuteAsync(Mute mute, string? askedIn, CancellationToken cancellationToken)
    {
        var line = settings.Value.Mutes.Begins(mute, mute.At);
        await database.WriteAsync(
            async work =>
            {
                await MuteStore.SaveAsync(work, mute);
                await outbox.SayAsync(work, line, mute.At, About.Nothing, askedIn);
            },
            cancellationToken);
        outbox.Wake();
        incidents.Due.Set();
        return line;
    }

    public async Task<Line?> EndAsync(Mute mute, string? askedIn, CancellationToken cancellationToken)
    {
        var line = await database.WriteAsync(work => EndAsync(work, mute, time.GetUtcNow(), askedIn), cancellationToken);
        outbox.Wake();
        return line;
    }

    /// <summary>Ends those whose time is over, and tells what they hid.</summary>
    public async Task EndDueAsync(StoreTransaction work, DateTimeOffset now)
    {
        foreach (var mute in await MuteStore.InForceAsync(work))
        {
            if (mute.Until <= now)
            {
                await EndAsync(work, mute, now, askedIn: null);
            }
        }
    }

    private async Task<Line?> EndAsync(StoreTransaction work, Mute mute, DateTimeOffset now, string? askedIn)
    {
        if (!await MuteStore.EndAsync(work, mute, now))
        {
            return null;
        }

        var live = settings.Value;
        var inventory = live.Settings.Inventory;
        var hidden = await SuppressionEnds.EndAsync(work, mute.Covers, mute.At, inventory, now);
        var isQuiet = SuppressionRules.Of(mute.Machine, mute.Service, await SuppressionEnds.SituationAsync(work, inventory)) is not null;
        var line = live.Mutes.Ends(mute, isQuiet ? null : hidden.Text(live.Phrases, withMachine: false), now);
        await outbox.SayAsync(work, line, now, About.Whole(hidden.Open), askedIn);
        return line;
    }
}
