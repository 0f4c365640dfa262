using ChatBot.Core.Incidents;
using ChatBot.Core.Text;

namespace ChatBot.Core.Delivery;

/// <summary>
/// Decides what of the waiting lines of a channel is said next: each its own line while that is soon, else a digest of as many lines
/// as are soon, which the bot says to its end; urgent lines that come meanwhile go before the rest of it, likewise.
/// </summary>
/// <param name="audience">Whose channel it is.</param>
/// <param name="isPaced">Whether there is a limit; without one the bot says each line by itself, however many wait.</param>
/// <param name="hasColours">Whether its lines keep the marks of states.</param>
public sealed class Backlog(Audience audience, bool isPaced, bool hasColours = false)
{
    /// <summary>How many lines may be under way without proof.</summary>
    public const int Window = 6;

    /// <summary>How many rows the bot says one by one, each in its own line, if the pace allows.</summary>
    public const int Few = 8;

    private static readonly TimeSpan FewTime = TimeSpan.FromSeconds(10);

    // An alert has waited for company before, and is to be read ten seconds after its mail.
    private static readonly TimeSpan AlertTime = TimeSpan.FromSeconds(3);

    // What is handed over goes before anything urgent that comes then.
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(4);

    private readonly List<OutgoingBatch> _digest = [];
    private long _last;

    /// <summary>Only rows with a greater id are of use now.</summary>
    public long After => _digest.Count > 0 ? _last : 0;

    /// <param name="rows">What waits now, oldest first, after <see cref="After"/>.</param>
    /// <param name="isAlone">Which rows, by their id, must not share a line.</param>
    /// <param name="wait">How long it would be until the last of so many lines, handed over now, is written.</param>
    /// <param name="digest">Sums up.</param>
    /// <param name="now">The moment.</param>
    public IReadOnlyList<OutgoingBatch> Next(
        IReadOnlyList<WaitingLine> rows, Predicate<long> isAlone, Func<int, TimeSpan> wait, Digest digest, DateTimeOffset now)
    {
        if (_digest.Count > 0)
        {
            var canWait = _digest.TrueForAll(batch => batch.Rows.All(row => row.About.IsUnproven));
            var first = rows.Where(row => row.About.IsUrgent || (canWait && !row.About.IsUnproven)).ToList();
            return Fitting([.. Batches(first, isAlone, wait, digest, now), .. _digest], wait);
        }

        // Whoever can write to the alias must not hold back what is known to be true.
        var proven = rows.Where(row => !row.About.IsUnproven).ToList();
        var batches = Batches(proven.Count > 0 ? proven : rows, isAlone, wait, digest, now);
        _digest.AddRange(batches.Where(batch => batch.IsDigest));
        _last = rows[^1].Id;
        return Fitting(batches, wait);
    }

    /// <summary>These are said, or never will be by this digest.</summary>
    public void Strike(IReadOnlyCollection<OutgoingBatch> said) => _digest.RemoveAll(said.Contains);

    /// <summary>The channel accepts nothing now: what is left is summed up again when it does.</summary>
    public void GiveUp() => _digest.Clear();

    private List<OutgoingBatch> Batches(
        IReadOnlyList<WaitingLine> rows, Predicate<long> isAlone, Func<int, TimeSpan> wait, Digest digest, DateTimeOffset now)
    {
        var soon = rows.Any(row => row.About.Topic == Topic.Alert) ? AlertTime : FewTime;
        if (!isPaced || (rows.Count <= Few && wait(rows.Count) <= soon))
        {
            return [.. rows.Select(Alone)];
        }

        var most = 1;
        while (most < Digest.MostLines && wait(most + 1) <= soon)
        {
            most++;
        }

        var together = rows.Where(row => !isAlone(row.Id)).ToDictionary(row => row.Id);
        return
        [
            .. rows.Where(row => isAlone(row.Id)).Select(Alone),
            .. digest.Of([.. together.Values], now, most).Select(part => new OutgoingBatch(part.Lines, [.. part.Rows.Select(id => together[id])], IsDigest: true)),
        ];
    }

    private OutgoingBatch Alone(WaitingLine row) => new([(hasColours ? row.Words.Marked(audience) : row.Words.For(audience)) ?? ""], [row], IsDigest: false);

    // As many as the pace says soon; at least one, so that all is said in the end. Of one incident one after the other: the server
    // may refuse its beginning and take its end.
    private static List<OutgoingBatch> Fitting(List<OutgoingBatch> all, Func<int, TimeSpan> wait)
    {
        var (count, lines, incidents) = (0, 0, new HashSet<long>());
        while (count < all.Count && (count == 0 || (IsRoom(lines + all[count].Lines.Count, wait) && !all[count].Incidents.Any(incidents.Contains))))
        {
            incidents.UnionWith(all[count].Incidents);
            lines += all[count++].Lines.Count;
        }

        return all[..count];
    }

    private static bool IsRoom(int lines, Func<int, TimeSpan> wait) => lines <= Window && wait(lines) <= RoundTime;
}
