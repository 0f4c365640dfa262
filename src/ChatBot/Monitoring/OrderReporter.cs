using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Outbox;

namespace ChatBot.Monitoring;

/// <summary>What became of orders, and the lines that say it: those alike in one line, a trouble once for each order.</summary>
internal static class OrderReporter
{
    private const int NamedInLine = 4;

    public static DeliveryReport Report(IReadOnlyList<OrderResult> results, TimeSpan wait, SettingsSnapshot live)
    {
        var ended = results.Where(result => result.IsEnd).ToList();
        var troubled = results.Where(result => result.Trouble is not null && result.Row.Result is null).ToList();
        return new DeliveryReport([.. results.Select(result => new DeliveryAttempt([result.Row.Id], Of(result, wait)))])
        {
            Announcements = [.. Lines(ended, live), .. Troubles(troubled, live)],
        };
    }

    private static DeliveryResult Of(OrderResult result, TimeSpan wait) => result switch
    {
        { Outcome: OrderOutcome.Shown } => new DeliveryResult.Sent(),
        { IsEnd: true } => new DeliveryResult.GivenUp(result.Outcome.Word()),
        _ => new DeliveryResult.TryLater(wait, result.Row.Result is null ? result.Trouble?.Word() : null),
    };

    private static IEnumerable<Line> Lines(List<OrderResult> ended, SettingsSnapshot live) =>
        from result in ended
        where result.Order is not null
        let sentence = MonitorWords.Of(result.Order!.Order, result.Outcome)
        where sentence is not null
        group result by sentence into alike
        select (Line)live.Phrases.Public(alike.Key, SubjectsOf(alike), live.Settings.MonitorName);

    private static IEnumerable<Line> Troubles(List<OrderResult> troubled, SettingsSnapshot live) =>
        troubled.Where(result => result.Order is not null).GroupBy(result => result.Trouble!.Value).Select(alike =>
            (Line)live.Phrases.Public(MonitorWords.NotYet, SubjectsOf(alike), live.Settings.MonitorName, live.Phrases.Public(MonitorWords.Of(alike.Key))));

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
