using ChatBot.Core.Incidents;
using ChatBot.Core.Text;

namespace ChatBot.Core.Delivery;

/// <summary>Lines to say, and the rows that are done once the server has accepted all of them.</summary>
public sealed record OutgoingBatch(IReadOnlyList<string> Lines, IReadOnlyList<WaitingLine> Rows, bool IsDigest)
{
    /// <summary>The numbers of the incidents it announces.</summary>
    public IEnumerable<long> Incidents => Rows.SelectMany(row => row.About.Numbers).Distinct();
}

/// <summary>A line of the outbox that waits for its channel.</summary>
/// <param name="Id">Of its row; a later one has a greater one.</param>
/// <param name="Words">What it says.</param>
/// <param name="At">When what it announces arrived.</param>
/// <param name="About">Its facts.</param>
public sealed record WaitingLine(long Id, Line Words, DateTimeOffset At, About About);
