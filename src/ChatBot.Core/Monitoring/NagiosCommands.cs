using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>
/// Writes external commands of Nagios Core (base/commands.c, 3.x and 4.x): <c>[seconds] NAME;field;…</c> and a newline. No field can
/// contain what ends a field or a line; what is written at once is never longer than <see cref="MostBytes"/>.
/// </summary>
public static class NagiosCommands
{
    /// <summary>PIPE_BUF of Linux: so much goes into a FIFO as one piece or not at all.</summary>
    public const int MostBytes = 4096;

    private const int LongestName = 255;
    private const int LongestAuthor = 60;
    private const int LongestComment = 500;

    // What Debian's nagios.cfg lists as illegal_macro_output_chars, the backslash for its printf, and what ends a field.
    private static readonly SearchValues<char> Harmful = SearchValues.Create("`~$&|<>\\;\"'");

    /// <summary>One or several commands to be written at once; null where a name of the monitor cannot be part of one.</summary>
    /// <param name="action">What.</param>
    /// <param name="now">The time of the command.</param>
    public static byte[]? Write(MonitorAction action, DateTimeOffset now)
    {
        var lines = Lines(action);
        if (lines.Exists(line => line is null))
        {
            return null;
        }

        var bytes = new List<byte>();
        foreach (var line in lines)
        {
            var command = Encoding.UTF8.GetBytes($"[{Seconds(now)}] {line}\n");
            if (bytes.Count + command.Length > MostBytes)
            {
                break; // The state shows what is missing, and it is asked for again.
            }

            bytes.AddRange(command);
        }

        return bytes.Count > 0 ? [.. bytes] : null;
    }

    /// <summary>Free text without what Nagios or the shell of its notification commands would take for more than words.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="longest">In UTF-16 units.</param>
    public static string Harmless(string text, int longest)
    {
        var words = string.Concat(Cleaner.Clean(text, longest).Select(sign => sign switch
        {
            '\'' => '’',
            ';' => ',',
            _ when Harmful.Contains(sign) => ' ',
            _ => sign,
        }));
        return Cleaner.Clean(words, longest);
    }

    private static List<string?> Lines(MonitorAction action) => action switch
    {
        MonitorAction.Acknowledge it =>
            [Line($"ACKNOWLEDGE_{Kind(it.Check)}_PROBLEM", Name(it.Check), $"2;0;0;{Said(it.Author, it.Comment, it.Mark)}")],
        MonitorAction.RemoveAcknowledgement it => [Line($"REMOVE_{Kind(it.Check)}_ACKNOWLEDGEMENT", Name(it.Check))],
        MonitorAction.ScheduleDowntime it => [.. ((string[])["SCHEDULE_HOST_DOWNTIME", "SCHEDULE_HOST_SVC_DOWNTIME"]).Select(name =>
            Line(name, Field(it.Host), $"{Span(it.From, it.Until)};{Said(it.Author, it.Comment, it.Mark)}"))],
        MonitorAction.DeleteDowntimes it => [.. it.Downtimes.Select(one =>
            Line(one.Service is null ? "DEL_HOST_DOWNTIME" : "DEL_SVC_DOWNTIME", Field(one.Id)))],
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static string? Line(string name, string? target, string? more = null) =>
        target is null ? null : more is null ? $"{name};{target}" : $"{name};{target};{more}";

    private static string Kind(MonitoredCheck check) => check.Service is null ? "HOST" : "SVC";

    private static string? Name(MonitoredCheck check) => check.Service is null
        ? Field(check.Host)
        : Field(check.Host) is { } host && Field(check.Service) is { } service ? $"{host};{service}" : null;

    // Unchanged or not at all: a name that is made harmless is another name.
    private static string? Field(string name) =>
        name.Length is > 0 and <= LongestName && name == Cleaner.Clean(name, LongestName) && !name.Contains(';', StringComparison.Ordinal)
            ? name
            : null;

    // fixed=1, no trigger, duration as the span.
    private static string Span(DateTimeOffset from, DateTimeOffset until) =>
        $"{Seconds(from)};{Seconds(until)};1;0;{Math.Max(1, until.ToUnixTimeSeconds() - from.ToUnixTimeSeconds())}";

    private static string Said(string author, string comment, string mark)
    {
        var by = Harmless(author, LongestAuthor);
        return $"{(by.Length > 0 ? by : "ChatBot")};{Harmless(comment, LongestComment)} {mark}";
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
