using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Incidents;
using ChatBot.Interventions;
using ChatBot.Mutes;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>
/// What is due about incidents: alerts whose grouping wait has ended, acknowledgements and mutes that end, the steps of
/// interventions.
/// </summary>
public sealed class DueWork(
    Database database, IncidentBook incidents, MuteBook mutes, InterventionBook interventions, CurrentSettings settings)
{
    // How soon a wall clock that was put forward is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Does what is due now, in one transaction.</summary>
    /// <returns>How long nothing is due.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (toAnnounce, other) = await database.ReadAsync(FirstAsync, cancellationToken);
        var wait = settings.Value.Planner.Rules.LongestWait;
        var next = toAnnounce is { } at && Announcement.IsDue(at, now, wait) || other <= now
            ? await database.WriteAsync(transaction => DoAsync(transaction, now), cancellationToken)
            : Earliest(toAnnounce, other);
        return next - now is { } left && left < LongestWait ? left : LongestWait;
    }

    private async Task<DateTimeOffset?> DoAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        await interventions.TurnAsync(transaction, now);
        await mutes.EndDueAsync(transaction, now);
        return Earliest(await incidents.TurnAsync(transaction, now), await NextSilenceAsync(transaction));
    }

    // Alerts are separate: a moment too far ahead means that the wall clock went back.
    private async Task<(DateTimeOffset? ToAnnounce, DateTimeOffset? Other)> FirstAsync(StoreTransaction transaction) => (
        await DueStore.NextToAnnounceAsync(transaction),
        Earliest(await incidents.FirstAsync(transaction), await NextSilenceAsync(transaction)));

    // When a mute or a step of an intervention is due.
    private static async Task<DateTimeOffset?> NextSilenceAsync(StoreTransaction transaction) => Earliest(
        [await MuteStore.NextEndAsync(transaction), .. (await InterventionStore.ComingAsync(transaction)).Select(InterventionRules.NextDue)]);

    private static DateTimeOffset? Earliest(params DateTimeOffset?[] moments) => moments.Min();
}
