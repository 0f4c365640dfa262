using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>Reads from the store what a digest says.</summary>
internal static class DigestReading
{
    private const int Looked = 1000;

    public static async Task<MailDigestFacts> ReadAsync(StoreTransaction transaction, Inventory inventory, DigestPeriod period)
    {
        var (since, now) = (period.Since, period.Until);
        var happened = new Activity(
            await HistoryStore.SinceAsync(transaction, since, Looked),
            await ChangeStore.LearnedSinceAsync(transaction, since, Looked),
            await ChangelogStore.SinceAsync(transaction, since, Looked));
        var unexplained = new List<Change>();
        foreach (var change in happened.Changes)
        {
            unexplained.AddRange(await ChangeQuestions.UnexplainedAsync(transaction, [change]));
        }

        return new MailDigestFacts(
            period,
            await IncidentStore.OpenAsync(transaction, null),
            happened,
            unexplained,
            await InterventionStore.ComingAsync(transaction),
            NoiseReport.Of(await HistoryStore.PastAsync(transaction, since, Looked), since, now, inventory),
            Looked);
    }
}
