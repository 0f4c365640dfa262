using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>Writes and reads <see cref="MonitorOrder"/> as the text of a row: its name and its fields, one a line.</summary>
public static class MonitorOrders
{
    private const int LongestReason = 400;

    public static string Write(MonitorOrder order) => string.Join('\n', order switch
    {
        MonitorOrder.Acknowledge it => ["acknowledge", Number(it.Incident), it.By.Value, it.Reason.Value],
        MonitorOrder.Unacknowledge it => ["unacknowledge", Number(it.Incident)],
        MonitorOrder.ScheduleDowntime it =>
            ["downtime", it.Key, it.Machine.Value, Time(it.From), Time(it.Until), it.By.Value, it.Reason.Value],
        MonitorOrder.CancelDowntime it => (string[])["no-downtime", it.Key, it.Machine.Value],
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    });

    /// <summary>Null for a text that <see cref="Write"/> does not make.</summary>
    public static MonitorOrder? Read(string text) => text.Split('\n') switch
    {
        ["acknowledge", var number, var by, var reason] when Number(number) is { } incident =>
            new MonitorOrder.Acknowledge(incident, PublicText.Declared(by), new RootText(reason, LongestReason)),
        ["unacknowledge", var number] when Number(number) is { } incident => new MonitorOrder.Unacknowledge(incident),
        ["downtime", var key, var machine, var from, var until, var by, var reason] when Number(from) is { } begin && Number(until) is { } end =>
            new MonitorOrder.ScheduleDowntime(
                key, PublicText.Declared(machine), Time(begin), Time(end), PublicText.Declared(by), new RootText(reason, LongestReason)),
        ["no-downtime", var key, var machine] => new MonitorOrder.CancelDowntime(key, PublicText.Declared(machine)),
        _ => null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Time(DateTimeOffset time) => Number(time.ToUnixTimeMilliseconds());

    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
