using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Delivery;
using ChatBot.Core.Text;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>
/// What was said in a channel, read back: which incidents each line announces, and whether as begun or as ended. A line is known by its row of the
/// outbox or is one of a digest, whose words name every incident.
/// </summary>
internal sealed partial class ChannelLines
{
    private const string Between = " · ";

    private readonly Dictionary<string, WaitingLine> _rows = [];

    /// <param name="rows">All that was ever to be said there.</param>
    /// <param name="said">In order.</param>
    public ChannelLines(IEnumerable<WaitingLine> rows, IEnumerable<SimulatedServer.Spoken> said)
    {
        foreach (var row in rows)
        {
            _rows[row.Words.For(Audience.Root)!] = row;
        }

        All = [.. said.Select((spoken, place) => new Said(place, spoken.Connection, spoken.Text, Read(spoken.Text), !_rows.ContainsKey(spoken.Text)))];
    }

    /// <summary>An incident in a line; for one that began and ended unannounced, the line says both.</summary>
    public readonly record struct Mention(long Number, bool Begun, bool Ended);

    public sealed record Said(int Place, int Connection, string Text, IReadOnlyList<Mention> Mentions, bool IsDigest);

    public IReadOnlyList<Said> All { get; }

    public ILookup<long, (Said Line, Mention Mention)> ByIncident => All
        .SelectMany(line => line.Mentions.Select(mention => (Line: line, Mention: mention)))
        .ToLookup(one => one.Mention.Number);

    private IReadOnlyList<Mention> Read(string text) => Rows(text) ?? Digest(text);

    // One row, or several that a digest tells whole.
    private IReadOnlyList<Mention>? Rows(string text)
    {
        if (_rows.TryGetValue(text, out var row))
        {
            return [.. row.About.Incidents.Select(one => new Mention(one.Number, one.IsOpen, !one.IsOpen))];
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

    private static List<Mention> Digest(string text)
    {
        var mentions = new List<Mention>();
        foreach (var part in text.Split(Between))
        {
            var ended = EndedUnheard().Match(part);
            if (ended.Success)
            {
                var numbers = Numbers(ended.Groups["numbers"].Value).ToList();
                Assert.Equal(ended.Groups["count"].Value, numbers.Count.ToString(CultureInfo.InvariantCulture));
                mentions.AddRange(numbers.Select(number => new Mention(number, true, true)));
            }
            else if (part.Contains(" message", StringComparison.Ordinal))
            {
                var at = part.IndexOf("terminés", StringComparison.Ordinal) is >= 0 and var found ? found : part.Length;
                mentions.AddRange(Numbers(part[..at]).Select(number => new Mention(number, true, false)));
                mentions.AddRange(Numbers(part[at..]).Select(number => new Mention(number, true, true)));
            }
            else
            {
                mentions.AddRange(Numbers(part).Select(number => part.Contains(" après ", StringComparison.Ordinal) ? new Mention(number, false, true) : new Mention(number, true, false)));
            }
        }

        Assert.True(mentions.Count > 0, $"nobody can say what this announces: {text}");
        return mentions;
    }

    private static IEnumerable<long> Numbers(string text) => Range().Matches(text).SelectMany(range =>
    {
        var first = long.Parse(range.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        var last = range.Groups["last"] is { Success: true } end ? long.Parse(end.ValueSpan, CultureInfo.InvariantCulture) : first;
        return Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + i);
    });

    [GeneratedRegex(@"#(?<first>\d+)(–#(?<last>\d+))?")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<count>\d+) alertes? terminées? entre-temps \((?<numbers>.*)\)")]
    private static partial Regex EndedUnheard();
}
