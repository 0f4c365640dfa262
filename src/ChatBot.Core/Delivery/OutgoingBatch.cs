namespace ChatBot.Core.Delivery;

/// <summary>Lines to say, and the rows that are done once all of them are taken.</summary>
public sealed record OutgoingBatch(IReadOnlyList<string> Lines, IReadOnlyList<WaitingLine> Rows, bool IsDigest)
{
    /// <summary>The numbers of the incidents it tells of.</summary>
    public IEnumerable<long> Incidents => Rows.SelectMany(row => row.About.Numbers).Distinct();
}
