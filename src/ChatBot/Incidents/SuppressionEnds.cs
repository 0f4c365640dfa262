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
    /// <param name="covers">Whether it hid what concerns a check, and since when it did.</param>
    /// <param name="others">The silences that remain.</param>
    /// <param name="now">When it ends.</param>
    public static async Task<SuppressedSummary> EndAsync(
        StoreTransaction transaction, OutboxWriter outbox, (Func<PublicText, PublicText?, bool> Check, DateTimeOffset Since) covers, Silences others,
        DateTimeOffset now)
    {
        var suppressed = await DueStore.SuppressedAsync(transaction, covers.Since);
        var (summary, outcome) = SuppressionEnd.Plan(suppressed, covers.Check, others, now);
        await OutcomeSaver.SaveAsync(transaction, outbox, outcome);
        return summary;
    }
}
