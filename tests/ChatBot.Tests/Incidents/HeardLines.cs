using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Delivery;
using ChatBot.Core.Text;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>
/// What a channel heard, read back: which incidents each line tells, and whether as begun or as ended. A line is known by its row of the
/// outbox or is one of a digest, whose words name every incident.
/// </summary>
internal sealed partial class HeardLines
{
    private const string Between = " · ";

    private readonly Dictionary<string, WaitingLine> _rows = [];

    /// <param name="rows">All that was ever to be said there.</param>
    /// <param name="heard">In order.</param>
    public HeardLines(IEnumerable<WaitingLine> rows, IEnumerable<SimulatedServer.Spoken> heard)
    {
        foreach (var row in rows)
        {
            _rows[row.Words.For(Audience.Root)!] = row;
        }

        All = [.. heard.Select((spoken, place) => new Said(place, spoken.Connection, spoken.Text, Read(spoken.Text), !_rows.ContainsKey(spoken.Text)))];
    }

    /// <summary>An incident in a line; of one that began and ended unheard the line tells both.</summary>
    public readonly record struct Told(long Number, bool Begun, bool Ended);

    public sealed record Said(int Place, int Connection, string Text, IReadOnlyList<Told> Tells, bool IsDigest);

    public IReadOnlyList<Said> All { get; }

    public ILookup<long, (Said Line, Told Told)> ByIncident => All
        .SelectMany(line => line.Tells.Select(told => (Line: line, Told: told)))
        .ToLookup(one => one.Told.Number);

    private IReadOnlyList<Told> Read(string text) => Rows(text) ?? Digest(text);

    // One row, or several that a digest tells whole.
    private IReadOnlyList<Told>? Rows(string text)
    {
        if (_rows.TryGetValue(text, out var row))
        {
            return [.. row.About.Incidents.Select(one => new Told(one.Number, one.IsOpen, !one.IsOpen))];
        }

        for (var end = text.IndexOf(Between, StringComparison.Ordinal); end >= 0; end = text.IndexOf(Between, end + 1, StringComparison.Ordinal))
        {
            if (Rows(text[..end]) is { } first && Rows(text[(end + Between.Length)..]) is { } rest)
            {
                return [.. first, .. rest];
            }
        }

        return null;
    }

    private static List<Told> Digest(string text)
    {
        var told = new List<Told>();
        foreach (var part in text.Split(Between))
        {
            var ended = EndedUnheard().Match(part);
            if (ended.Success)
            {
                var numbers = Numbers(ended.Groups["numbers"].Value).ToList();
                Assert.Equal(ended.Groups["count"].Value, numbers.Count.ToString(CultureInfo.InvariantCulture));
                told.AddRange(numbers.Select(number => new Told(number, true, true)));
            }
            else if (part.Contains(" message", StringComparison.Ordinal))
            {
                var at = part.IndexOf("terminés", StringComparison.Ordinal) is >= 0 and var found ? found : part.Length;
                told.AddRange(Numbers(part[..at]).Select(number => new Told(number, true, false)));
                told.AddRange(Numbers(part[at..]).Select(number => new Told(number, true, true)));
            }
            else
            {
                told.AddRange(Numbers(part).Select(number => part.Contains(" après ", StringComparison.Ordinal) ? new Told(number, false, true) : new Told(number, true, false)));
            }
        }

        Assert.True(told.Count > 0, $"nobody can tell what this tells: {text}");
        return told;
    }

    private static IEnumerable<long> Numbers(string text) => Range().Matches(text).SelectMany(range =>
    {
        var first = long.Parse(range.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        var last = range.Groups["last"] is { Success: true } end ? long.Parse(end.ValueSpan, CultureInfo.InvariantCulture) : first;
        return Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + i);
    });

    [GeneratedRegex(@"#(?<first>\d+)(–#(?<last>\d+))?", RegexOptions.NonBacktracking)]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<count>\d+) alertes? terminées? entre-temps \((?<numbers>.*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex EndedUnheard();
}
