using System.Text.Json;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>
/// Reads the objects of the Icinga 2 API (doc/12-icinga2-api.md, 2.8 to 2.14): <c>{"results":[{"name":…,"attrs":{…}},…]}</c> of each
/// kind. An object that lacks what makes it one is skipped; whoever asks bounds the bytes of the answers.
/// </summary>
public static class IcingaState
{
    /// <summary>What is asked for, in the order in which <see cref="Parse"/> takes the answers. Paths under the root of the API.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        Path("hosts", [], "name", "state", "state_type", "acknowledgement", "last_check", "last_state_change", "last_reachable", "flapping", "downtime_depth"),
        Path("services", [], "name", "display_name", "host_name", "state", "state_type", "acknowledgement", "last_check", "last_state_change", "last_reachable", "flapping", "downtime_depth"),
        Path("comments", ["filter=comment.entry_type==4"], "host_name", "service_name", "author", "text", "entry_time"),
        Path("downtimes", [], "host_name", "service_name", "comment"),
        Path("notifications", ["filter=notification.notification_number%3E0"], "host_name", "service_name", "notification_number"),
    ];

    private static readonly CheckState[] HostStates = [CheckState.Up, CheckState.Down];
    private static readonly CheckState[] ServiceStates = [CheckState.Ok, CheckState.Warning, CheckState.Critical, CheckState.Unknown];

    /// <summary>Puts the answers together.</summary>
    /// <param name="answers">One for each of <see cref="Paths"/>; JSON in UTF-8.</param>
    /// <param name="at">When the first of them was asked for.</param>
    /// <returns>Null where one of them is no such answer.</returns>
    public static MonitorState? Parse(IReadOnlyList<ReadOnlyMemory<byte>> answers, DateTimeOffset at)
    {
        try
        {
            var acks = new Dictionary<(string, string?), MonitoredAck>();
            foreach (var (named, ack) in Read(answers[2], (_, attrs) => Ack(attrs)).OrderBy(one => one.Ack.At))
            {
                acks[named] = ack; // The last one is the newest.
            }

            var notified = Read(answers[4], (_, attrs) => Number(attrs, "notification_number") > 0 ? Named(attrs) : []).ToHashSet();
            MonitoredCheck With(MonitoredCheck check) => check with
            {
                Ack = check.IsAcknowledged ? acks.GetValueOrDefault((check.Host, check.Service)) : null,
                IsNotified = notified.Contains((check.Host, check.Service)),
            };
            var hosts = Read(answers[0], (name, attrs) => Check(name, null, attrs));
            var services = Read(answers[1], (_, attrs) => Text(attrs, "name") is { Length: > 0 } name ? Check(Text(attrs, "host_name"), name, attrs) : []);
            return new MonitorState(at, [.. hosts.Concat(services).Select(With)], [.. Read(answers[3], Downtime)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // Not JSON, not of this form, or a text that is no Unicode.
        }
    }

    private static string Path(string kind, string[] more, params string[] attributes) =>
        $"v1/objects/{kind}?{string.Join('&', attributes.Select(name => $"attrs={name}").Concat(more))}";

    // Nothing, or one thing, of each object.
    private static List<T> Read<T>(ReadOnlyMemory<byte> answer, Func<string, JsonElement, IEnumerable<T>> read)
    {
        using var document = JsonDocument.Parse(answer);
        var objects = new List<T>();
        foreach (var one in document.RootElement.GetProperty("results").EnumerateArray())
        {
            objects.AddRange(read(Text(one, "name") ?? "", one.GetProperty("attrs")));
        }

        return objects;
    }

    private static IEnumerable<MonitoredCheck> Check(string? host, string? service, JsonElement attrs)
    {
        var states = service is null ? HostStates : ServiceStates;
        if (host is not { Length: > 0 } || Number(attrs, "state") is not (>= 0 and var state) || state >= states.Length)
        {
            yield break;
        }

        var isChecked = Number(attrs, "last_check") > 0;
        if (!isChecked)
        {
            state = 0; // Until then it says DOWN or UNKNOWN.
        }

        var isUnreachable = service is null && state == 1 && !IsTrue(attrs, "last_reachable");
        yield return new MonitoredCheck
        {
            Host = host,
            Service = service,
            Label = Text(attrs, "display_name"),
            State = isUnreachable ? CheckState.Unreachable : states[(int)state],
            Since = Moment(attrs, "last_state_change"),
            IsHard = Number(attrs, "state_type") == 1,
            IsChecked = isChecked,
            IsAcknowledged = Number(attrs, "acknowledgement") > 0,
            IsFlapping = IsTrue(attrs, "flapping"),
            IsInDowntime = Number(attrs, "downtime_depth") > 0,
        };
    }

    private static IEnumerable<MonitoredDowntime> Downtime(string name, JsonElement attrs) =>
        from named in Named(attrs)
        where name.Length > 0
        select new MonitoredDowntime(name, named.Host, named.Service, Text(attrs, "comment") ?? "");

    private static IEnumerable<((string, string?) Named, MonitoredAck Ack)> Ack(JsonElement attrs) =>
        from named in Named(attrs)
        let at = Moment(attrs, "entry_time") ?? DateTimeOffset.UnixEpoch
        select (named, new MonitoredAck(new RootText(Text(attrs, "author") ?? "", 60), new RootText(Text(attrs, "text") ?? ""), at));

    private static IEnumerable<(string Host, string? Service)> Named(JsonElement attrs) => Text(attrs, "host_name") is { Length: > 0 } host
        ? [(host, Text(attrs, "service_name") is { Length: > 0 } service ? service : null)]
        : [];

    private static string? Text(JsonElement attrs, string key) =>
        attrs.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement attrs, string key) =>
        attrs.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    // Seconds since 1970, with a fraction; up to the year 9999, as far as a moment goes.
    private static DateTimeOffset? Moment(JsonElement attrs, string key) =>
        Number(attrs, key) is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, 253_402_300_799)) : null;

    private static bool IsTrue(JsonElement attrs, string key) => attrs.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;
}
