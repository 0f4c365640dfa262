using System.Text.Json;

namespace ChatBot.Core.Monitoring;

/// <summary>
/// Writes actions of the Icinga 2 API (doc/12-icinga2-api.md, 2.8 to 2.14). What they are about is named exactly, by names that Icinga
/// gave itself; no filter is ever sent with them.
/// </summary>
public static class IcingaActions
{
    private const int LongestAuthor = 60;
    private const int LongestComment = 500;
    private const int MostDowntimes = 50;

    /// <summary>The requests, to be sent one after the other.</summary>
    public static IReadOnlyList<IcingaRequest> Of(MonitorAction action) => action switch
    {
        MonitorAction.Acknowledge it => [Request("acknowledge-problem", body =>
        {
            Name(body, it.Check.Host, it.Check.Service);
            Say(body, it.Author, it.Comment, it.Mark);
            body.WriteBoolean("sticky", true);
            body.WriteBoolean("notify", false);
            body.WriteBoolean("persistent", false);
        })],
        MonitorAction.RemoveAcknowledgement it => [Request("remove-acknowledgement", body => Name(body, it.Check.Host, it.Check.Service))],
        MonitorAction.ScheduleDowntime it => [Request("schedule-downtime", body =>
        {
            Name(body, it.Host, null);
            Say(body, it.Author, it.Comment, it.Mark);
            body.WriteNumber("start_time", it.From.ToUnixTimeSeconds());
            body.WriteNumber("end_time", it.Until.ToUnixTimeSeconds());
            body.WriteNumber("duration", Math.Max(1, it.Until.ToUnixTimeSeconds() - it.From.ToUnixTimeSeconds()));
            body.WriteBoolean("fixed", true);
            body.WriteBoolean("all_services", true);
        })],
        MonitorAction.DeleteDowntimes it => [.. First(it.Downtimes).Take(MostDowntimes).Select(one => Request("remove-downtime", body =>
        {
            body.WriteString("type", "Downtime");
            body.WriteString("downtime", one.Id);
        }))],
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    // Since 2.13 those of the services go with the host's. The state shows what is left, and it is asked for again.
    private static IEnumerable<MonitoredDowntime> First(IReadOnlyList<MonitoredDowntime> downtimes) =>
        downtimes.Any(one => one.Service is null) ? downtimes.Where(one => one.Service is null) : downtimes;

    private static void Name(Utf8JsonWriter body, string host, string? service)
    {
        body.WriteString("type", service is null ? "Host" : "Service");
        body.WriteString(service is null ? "host" : "service", service is null ? host : $"{host}!{service}");
    }

    // JSON hides every sign, but Icinga's own notification scripts are shells too.
    private static void Say(Utf8JsonWriter body, string author, string comment, string mark)
    {
        var by = NagiosCommands.Harmless(author, LongestAuthor);
        body.WriteString("author", by.Length > 0 ? by : "ChatBot");
        body.WriteString("comment", $"{NagiosCommands.Harmless(comment, LongestComment)} {mark}");
    }

    private static IcingaRequest Request(string action, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var body = new Utf8JsonWriter(buffer))
        {
            body.WriteStartObject();
            write(body);
            body.WriteEndObject();
        }

        return new IcingaRequest($"v1/actions/{action}", buffer.ToArray());
    }
}

/// <summary>One POST to the API.</summary>
/// <param name="Path">Under its root, without a slash before it.</param>
/// <param name="Body">JSON in UTF-8.</param>
public sealed record IcingaRequest(string Path, byte[] Body);
