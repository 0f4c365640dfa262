using ChatBot.Core.Incidents;
using ChatBot.Outbox;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Stores what was decided.</summary>
internal static class OutcomeSaver
{
    /// <summary>Stores an outcome; new incidents get their numbers, then the lines their words.</summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="outbox">Where lines and orders go.</param>
    /// <param name="lines">The group's words.</param>
    /// <param name="outcome">What was decided.</param>
    /// <param name="except">A channel that knows already.</param>
    /// <param name="mails">The threads of mails.</param>
    /// <param name="openedBy">The mail that opens what is new; null where none does.</param>
    public static async Task SaveAsync(
        StoreTransaction transaction, OutboxWriter outbox, IncidentLines lines, Outcome outcome, string? except = null, IncidentMails? mails = null,
        OpeningMail? openedBy = null)
    {
        foreach (var history in outcome.Histories)
        {
            await CheckHistoryStore.SaveAsync(transaction, history);
        }

        var numbers = new Dictionary<long, long>();
        var steps = outcome.Events.ToLookup(one => one.Incident, one => one.Event);
        foreach (var incident in outcome.Incidents)
        {
            var saved = await IncidentStore.SaveAsync(
                transaction, incident.Number < 0 ? incident with { Number = 0 } : incident, [.. steps[incident.Number]]);
            numbers[incident.Number] = saved.Number;
            if (incident.Number < 0 && openedBy is not null && mails is not null)
            {
                await mails.BeginAsync(transaction, saved.Number, openedBy, incident.OpenedAt);
            }
        }

        foreach (var (incident, happened) in outcome.Events)
        {
            if (numbers.TryGetValue(incident, out var number))
            {
                await IncidentStore.AddCountedAsync(transaction, number, happened);
            }
            else
            {
                await IncidentStore.AddEventAsync(transaction, incident, happened);
            }
        }

        foreach (var line in outcome.Lines)
        {
            var about = line.Incidents.Select(one => one with { Number = numbers.GetValueOrDefault(one.Number, one.Number) }).ToList();
            var (words, facts) = (line.Words(about), line.AboutOf(about));
            if (line.MayReadAsOthers)
            {
                var open = await OpenAsync(transaction, lines.Lookalikes, line.IsOfMachines ? null : about);
                words = lines.Lookalikes.Beside(words, about, open, line.IsOfMachines);
                facts = facts with { Incidents = [.. facts.Incidents.Select(fact => WithLookalikes(fact, about, lines.Lookalikes, open))] };
            }

            await outbox.SayAsync(transaction, words, line.At, facts, except);
            if (mails is not null)
            {
                await mails.SayAsync(transaction, line, about, words);
            }
        }

        foreach (var order in outcome.Orders)
        {
            await outbox.AskMonitorAsync(transaction, order.Order, order.At);
        }
    }

    private static IncidentFact WithLookalikes(IncidentFact fact, List<Incident> about, Lookalikes lookalikes, IReadOnlyList<Incident> open) =>
        about.Find(one => one.Number == fact.Number) is { IsOpen: false } ended && lookalikes.Of(ended, open) is { Count: > 0 } numbers
            ? fact with { Lookalikes = numbers }
            : fact;

    // Of the same service; where a name is not for everybody, all that may read alike.
    private static async Task<IReadOnlyList<Incident>> OpenAsync(StoreTransaction transaction, Lookalikes lookalikes, List<Incident>? told)
    {
        if (told is null || told.Exists(one => !lookalikes.IsNamed(one.Machine)))
        {
            return await IncidentStore.OpenAsync(transaction, null);
        }

        var open = new List<Incident>();
        foreach (var machine in told.GroupBy(one => one.Machine))
        {
            if (machine.Any(one => one.Service is { } service && !lookalikes.IsNamed(service)))
            {
                open.AddRange(await IncidentStore.OpenAsync(transaction, machine.Key.Value));
                continue;
            }

            foreach (var service in machine.Select(one => one.Service).Distinct())
            {
                open.AddRange(await IncidentStore.OpenOfAsync(transaction, machine.Key, service));
            }
        }

        return open;
    }
}
