using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>The names that stand beside what people did, and what they said of it.</summary>
internal static class PersonStore
{
    // Of one person, or of everybody where @Name is null. What goes on keeps the name: others must know whom to ask.
    private static readonly string[] Erasures =
    [
        """
        UPDATE incident_event SET said_by = NULL, said = NULL, said_audience = NULL
        WHERE said_by = COALESCE(@Name, said_by) AND incident IN (SELECT number FROM incident WHERE closed_at < @Before)
        """,
        """
        UPDATE incident SET acknowledged_by = NULL, acknowledged_reason = NULL, acknowledged_audience = NULL
        WHERE acknowledged_by = COALESCE(@Name, acknowledged_by) AND closed_at < @Before
        """,
        "UPDATE mute SET muted_by = NULL, reason = NULL WHERE muted_by = COALESCE(@Name, muted_by) AND ended_at < @Before",
        "UPDATE intervention SET planned_by = NULL, what = NULL WHERE planned_by = COALESCE(@Name, planned_by) AND over_at < @Before",
        "UPDATE changelog_entry SET said_by = NULL WHERE said_by = COALESCE(@Name, said_by) AND at < @Before",
    ];

    /// <summary>Erases who did what ended before a moment, and their words; of a changelog entry the name alone.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="name">As the bot calls them; null for everybody.</param>
    /// <param name="before">The moment.</param>
    /// <returns>How many rows named them.</returns>
    public static async Task<int> EraseAsync(StoreTransaction transaction, PublicText? name, DateTimeOffset before)
    {
        var erased = 0;
        foreach (var erasure in Erasures)
        {
            erased += await transaction.Connection.ExecuteAsync(
                erasure, new { Name = name?.Value, Before = Moment.Store(before) }, transaction.Transaction);
        }

        return erased;
    }
}
