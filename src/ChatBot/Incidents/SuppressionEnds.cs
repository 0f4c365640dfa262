using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Brings out what a mute or an intervention kept from the channel, in the transaction in which it ends.</summary>
internal static class SuppressionEnds
{
    /// <param name="transaction">The transaction in which it ended.</param>
    /// <param name="outbox">Where lines go.</param>
    /// <param name="lines">The group's words.</param>
    /// <param name="applies">Whether it applies to a check, and since when.</param>
    /// <param name="others">The silences that remain.</param>
    /// <param name="now">When it ends.</param>
    public static async Task<SuppressedSummary> EndAsync(
        StoreTransaction transaction, OutboxWriter outbox, IncidentLines lines, (Func<Name, Name?, bool> Check, DateTimeOffset Since) applies, Silences others,
        DateTimeOffset now)
    {
        var suppressed = await DueStore.SuppressedAsync(transaction, applies.Since);
        var (summary, outcome) = SuppressionEnd.Plan(suppressed, applies.Check, others, now);
        await OutcomeSaver.SaveAsync(transaction, outbox, lines, outcome);
        return summary;
    }
}
