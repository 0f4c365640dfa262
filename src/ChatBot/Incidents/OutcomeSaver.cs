using ChatBot.Core.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Stores what was decided.</summary>
internal static class OutcomeSaver
{
    /// <summary>Stores an outcome; new incidents get their numbers, then the lines their words.</summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="outbox">Where lines and orders go.</param>
    /// <param name="outcome">What was decided.</param>
    /// <param name="except">A channel that knows already.</param>
    public static async Task SaveAsync(StoreTransaction transaction, OutboxWriter outbox, Outcome outcome, string? except = null)
    {
        foreach (var history in outcome.Histories)
        {
            await CheckHistoryStore.SaveAsync(transaction, history);
        }

        var numbers = new Dictionary<long, long>();
        foreach (var incident in outcome.Incidents)
        {
            var saved = await IncidentStore.SaveAsync(transaction, incident.Number < 0 ? incident with { Number = 0 } : incident);
            numbers[incident.Number] = saved.Number;
        }

        foreach (var (incident, happened) in outcome.Events)
        {
            await IncidentStore.AddEventAsync(transaction, numbers.GetValueOrDefault(incident, incident), happened);
        }

        foreach (var line in outcome.Lines)
        {
            var about = line.Incidents.Select(one => one with { Number = numbers.GetValueOrDefault(one.Number, one.Number) }).ToList();
            await outbox.SayAsync(transaction, line.Words(about), line.At, line.AboutOf(about), except);
        }

        foreach (var order in outcome.Orders)
        {
            await outbox.AskMonitorAsync(transaction, order.Order, order.At);
        }
    }
}
