using ChatBot.Core.Reports;
using ChatBot.Storage;

namespace ChatBot.Reports;

/// <summary>Tells arrivals that came before from new ones.</summary>
internal static class SeenArrivals
{
    /// <summary>Notes an arrival.</summary>
    /// <returns>False where it came before.</returns>
    public static async Task<bool> AddAsync(StoreTransaction transaction, Arrival arrival, DateTimeOffset now)
    {
        var isNew = await AddAsync(transaction, arrival.Key, arrival, now);
        foreach (var alias in arrival.Aliases)
        {
            isNew &= await AddAsync(transaction, alias, arrival, now);
        }

        if (!isNew)
        {
            return false;
        }

        foreach (var other in arrival.Effect == ArrivalEffect.None ? [] : arrival.OtherKeys)
        {
            await AddAsync(transaction, other, arrival, now);
        }

        return true;
    }

    private static Task<bool> AddAsync(StoreTransaction transaction, string key, Arrival arrival, DateTimeOffset now) =>
        MailStore.AddSeenAsync(transaction, key, arrival.Report.Source.Value, arrival.Report.Kind.Word(), arrival.Outcome, now);
}
