using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>
/// Reads <c>status.dat</c> of Nagios Core 3 and 4 (xdata/xsddefault.c): blocks <c>name {</c> … <c>}</c> of lines <c>key=value</c>. What is
/// not known is skipped, an unfinished block too; one pass over the text, and no more than <see cref="MostBlocks"/> blocks are kept.
/// </summary>
public static class StatusDat
{
    /// <summary>Ten times the checks of a large site; a file of so many, a thousand bytes each, is refused for its size before.</summary>
    public const int MostBlocks = 100_000;

    private const string AcknowledgementEntry = "4";

    private static readonly CheckState[] HostStates = [CheckState.Up, CheckState.Down, CheckState.Unreachable];
    private static readonly CheckState[] ServiceStates = [CheckState.Ok, CheckState.Warning, CheckState.Critical, CheckState.Unknown];

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "created", "host_name", "service_description", "current_state", "state_type", "has_been_checked", "problem_has_been_acknowledged",
        "last_state_change", "current_notification_number", "is_flapping", "scheduled_downtime_depth", "entry_type", "entry_time", "author",
        "comment_data", "downtime_id", "comment",
    };

    /// <summary>Null where the text does not say when it was made: it is no such file, or an empty one.</summary>
    /// <param name="text">Read to its end, a line at a time.</param>
    public static MonitorState? Parse(TextReader text)
    {
        DateTimeOffset? created = null;
        var checks = new List<MonitoredCheck>();
        var downtimes = new List<MonitoredDowntime>();
        var acks = new Dictionary<(string Host, string? Service), MonitoredAck>();
        foreach (var (name, block) in Blocks(text))
        {
            switch (name)
            {
                case "info" when Number(block, "created") is > 0 and var at:
                    created = DateTimeOffset.FromUnixTimeSeconds(at);
                    break;
                case "hoststatus" or "servicestatus" when Check(name, block) is { } check:
                    checks.Add(check);
                    break;
                case "hostdowntime" or "servicedowntime" when Downtime(block) is { } downtime:
                    downtimes.Add(downtime);
                    break;
                case "hostcomment" or "servicecomment" when block.GetValueOrDefault("entry_type") == AcknowledgementEntry:
                    acks[Named(block)] = Ack(block); // The last one is the newest.
                    break;
            }
        }

        return created is { } when
            ? new MonitorState(when, [.. checks.Select(check => With(check, acks))], downtimes)
            : null;
    }

    private static MonitoredCheck With(MonitoredCheck check, Dictionary<(string, string?), MonitoredAck> acks) =>
        check.IsAcknowledged && acks.TryGetValue((check.Host, check.Service), out var ack) ? check with { Ack = ack } : check;

    private static IEnumerable<(string Name, Dictionary<string, string> Fields)> Blocks(TextReader lines)
    {
        string? name = null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = MostBlocks;
        while (left > 0 && lines.ReadLine() is { } raw)
        {
            var line = raw.AsSpan().Trim();
            if (name is null)
            {
                if (!line.EndsWith("{") || line.StartsWith("#"))
                {
                    continue;
                }

                name = line[..^1].TrimEnd().ToString();
                fields.Clear();
            }
            else if (line is "}")
            {
                yield return (name, fields);
                name = null;
                left--;
            }
            else
            {
                Keep(line, fields);
            }
        }
    }

    private static void Keep(ReadOnlySpan<char> line, Dictionary<string, string> fields)
    {
        var equals = line.IndexOf('=');
        if (equals <= 0)
        {
            return;
        }

        var lookup = Kept.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(line[..equals], out var key))
        {
            fields[key] = line[(equals + 1)..].ToString();
        }
    }

    private static MonitoredCheck? Check(string name, Dictionary<string, string> block)
    {
        var states = name == "hoststatus" ? HostStates : ServiceStates;
        var (host, service) = Named(block);
        if (host.Length == 0 || (service is null) != (name == "hoststatus"))
        {
            return null;
        }

        if (Number(block, "current_state") is not (>= 0 and var state) || state >= states.Length)
        {
            return null;
        }

        return new MonitoredCheck
        {
            Host = host,
            Service = service,
            State = states[state],
            Since = Number(block, "last_state_change") is > 0 and var since ? DateTimeOffset.FromUnixTimeSeconds(since) : null,
            IsHard = Number(block, "state_type") == 1,
            IsChecked = Number(block, "has_been_checked") > 0,
            IsNotified = Number(block, "current_notification_number") > 0,
            IsAcknowledged = Number(block, "problem_has_been_acknowledged") > 0,
            IsFlapping = Number(block, "is_flapping") > 0,
            IsInDowntime = Number(block, "scheduled_downtime_depth") > 0,
        };
    }

    private static MonitoredDowntime? Downtime(Dictionary<string, string> block)
    {
        var (host, service) = Named(block);
        return Number(block, "downtime_id") is > 0 and var id && host.Length > 0
            ? new MonitoredDowntime(id.ToString(CultureInfo.InvariantCulture), host, service, block.GetValueOrDefault("comment", ""))
            : null;
    }

    private static MonitoredAck Ack(Dictionary<string, string> block) => new(
        new RootText(block.GetValueOrDefault("author", ""), 60),
        new RootText(block.GetValueOrDefault("comment_data", "")),
        DateTimeOffset.FromUnixTimeSeconds(Number(block, "entry_time") ?? 0));

    private static (string Host, string? Service) Named(Dictionary<string, string> block) =>
        (block.GetValueOrDefault("host_name", ""), block.GetValueOrDefault("service_description"));

    // Up to the year 9999, as far as a moment goes.
    private static long? Number(Dictionary<string, string> block, string key) =>
        block.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= 253_402_300_799 ? number : null;
}
