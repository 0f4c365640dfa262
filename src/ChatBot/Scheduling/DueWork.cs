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
        var (toAnnounce, other) = await NextAsync(cancellationToken);
        var wait = settings.Value.Planner.Rules.LongestWait;
        if ((toAnnounce is { } at && Announcement.IsDue(at, now, wait)) || other <= now)
        {
            await database.WriteAsync(
                async transaction =>
                {
                    await interventions.TurnAsync(transaction, now);
                    await mutes.EndDueAsync(transaction, now);
                    await incidents.AnnounceDueAsync(transaction, now);
                    await incidents.ExpireAcknowledgementsAsync(transaction, now);
                },
                cancellationToken);
            (toAnnounce, other) = await NextAsync(cancellationToken);
        }

        return Earlier(Earlier(LongestWait, toAnnounce - now), other - now);
    }

    // Alerts are separate: a moment too far ahead means that the wall clock went back.
    private Task<(DateTimeOffset? ToAnnounce, DateTimeOffset? Other)> NextAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async transaction =>
        {
            DateTimeOffset?[] others =
            [
                await DueStore.NextAcknowledgedUntilAsync(transaction),
                await incidents.NextAsync(transaction),
                await MuteStore.NextEndAsync(transaction),
                .. (await InterventionStore.ComingAsync(transaction)).Select(InterventionRules.NextDue),
            ];
            return (await DueStore.NextToAnnounceAsync(transaction), others.Min());
        },
        cancellationToken);

    private static TimeSpan Earlier(TimeSpan wait, TimeSpan? other) => other < wait ? other.Value : wait;
}
