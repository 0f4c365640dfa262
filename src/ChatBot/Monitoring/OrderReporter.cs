using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>Stores what became of orders, and tells it: those alike in one line, a trouble once for each order.</summary>
internal sealed class OrderReporter(Database database, OutboxWriter outbox, CurrentSettings settings)
{
    private const int NamedInLine = 4;

    public async Task TellAsync(IReadOnlyList<OrderResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = results.Where(result => new OrderStep(result.Outcome).IsEnd).ToList();
        var troubled = results.Where(result => result.Trouble is not null && result.Row.Trouble is null).ToList();
        if (ended.Count == 0 && troubled.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            async transaction =>
            {
                foreach (var result in ended)
                {
                    await EndAsync(transaction, result, now);
                }

                foreach (var result in troubled)
                {
                    await OrderStore.TroubleAsync(transaction, result.Row.Id, result.Trouble.ToString()!);
                }

                foreach (var line in Lines(ended).Concat(Troubles(troubled)))
                {
                    await outbox.SayAsync(transaction, line, now, About.Nothing);
                }
            },
            cancellationToken);
    }

    private static Task EndAsync(StoreTransaction transaction, OrderResult result, DateTimeOffset now) => result.Outcome == OrderOutcome.Shown
        ? OutboxStore.DoneAsync(transaction, result.Row.Id, now)
        : OutboxStore.SetAsideAsync(transaction, result.Row.Id, result.Outcome.ToString(), now);

    private IEnumerable<Line> Lines(List<OrderResult> ended) =>
        from result in ended
        where result.Order is not null
        let sentence = MonitorWords.Of(result.Order!.Order, result.Outcome)
        where sentence is not null
        group result by sentence into alike
        select (Line)settings.Value.Phrases.Public(alike.Key, SubjectsOf(alike), settings.Value.Settings.MonitorName);

    private IEnumerable<Line> Troubles(List<OrderResult> troubled)
    {
        var voice = settings.Value.Phrases;
        return troubled.Where(result => result.Order is not null).GroupBy(result => result.Trouble!.Value).Select(alike =>
            (Line)voice.Public(MonitorWords.NotYet, SubjectsOf(alike), settings.Value.Settings.MonitorName, voice.Public(MonitorWords.Of(alike.Key))));
    }

    // “[hal] POP3 #42, [sql] MySQL #43”, and the others as numbers.
    private static PublicText SubjectsOf(IEnumerable<OrderResult> results)
    {
        var subjects = results.Select(result => Subject(result.Order!)).Distinct().ToList();
        var named = string.Join(", ", subjects.Take(NamedInLine));
        return PublicText.Declared(subjects.Count > NamedInLine ? $"{named}, +{subjects.Count - NamedInLine}" : named, 600);
    }

    private static string Subject(WaitingOrder order) => order switch
    {
        { Incident: { } incident } => $"[{incident.Machine.Value}] {(incident.Service is { } service ? service.Value + " " : "")}#{incident.Number}",
        { Order: MonitorOrder.ScheduleDowntime it } => $"[{it.Machine.Value}] intervention #{Number(it.Key)}",
        { Order: MonitorOrder.CancelDowntime it } => $"[{it.Machine.Value}] intervention #{Number(it.Key)}",
        _ => "?",
    };

    // “i7m2” is the downtime of intervention 7, moved twice.
    private static string Number(string key) => string.Concat(key.Skip(1).TakeWhile(char.IsAsciiDigit));
}
