using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>What mutes and interventions keep from the channel, and how it comes out when they end.</summary>
internal static class SuppressionEnds
{
    /// <summary>What is in force, in this transaction.</summary>
    public static async Task<Situation> SituationAsync(StoreTransaction transaction, Inventory inventory) => new(
        inventory,
        await MuteStore.InForceAsync(transaction),
        (await InterventionStore.ComingAsync(transaction)).Where(one => one.IsInCourse).ToList());

    /// <summary>
    /// Counts what a silence hid that has just ended, and marks as told what is still open: the line about it names that. What
    /// another silence goes on hiding is left to that one.
    /// </summary>
    /// <param name="transaction">The transaction in which it ended.</param>
    /// <param name="covers">Whether it hid what concerns a check.</param>
    /// <param name="since">When it began.</param>
    /// <param name="inventory">The machines.</param>
    /// <param name="now">When it ends.</param>
    public static async Task<SuppressedSummary> EndAsync(
        StoreTransaction transaction, Func<PublicText, PublicText?, bool> covers, DateTimeOffset since, Inventory inventory, DateTimeOffset now)
    {
        var others = await SituationAsync(transaction, inventory);
        var (ended, open) = (0, new List<Incident>());
        foreach (var incident in await IncidentStore.SuppressedAsync(transaction, since))
        {
            if (SuppressionRules.Of(incident.Machine, incident.Service, others) is not null || (!covers(incident.Machine, incident.Service) && !incident.IsOpen))
            {
                continue;
            }

            if (!incident.IsOpen)
            {
                ended++;
            }
            else if (await ReleaseAsync(transaction, incident, now) is { } told)
            {
                open.Add(told);
            }
        }

        return new SuppressedSummary(ended, open);
    }

    // Null where the channel knows it as it is.
    private static async Task<Incident?> ReleaseAsync(StoreTransaction transaction, Incident incident, DateTimeOffset now)
    {
        var released = incident with { SuppressedBy = null, AnnounceAt = null, AnnouncedState = incident.State, AnnouncedAt = now };
        await IncidentStore.SaveAsync(transaction, released);
        if (incident.AnnouncedState == incident.State)
        {
            return null;
        }

        await IncidentStore.AddEventAsync(transaction, incident.Number, new IncidentEvent(now, Reason.Announced, incident.State, null, null));
        return released;
    }
}
