using Dapper;

namespace ChatBot.Storage;

/// <summary>A column with the name of who did something, and what is erased with it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its primary key.</param>
/// <param name="By">The column.</param>
/// <param name="Words">Columns with what they said of it.</param>
/// <param name="IsRunning">A condition: it goes on, and others must know whom to ask.</param>
/// <param name="EndedAt">The moment of its end; it has one where it is not running.</param>
/// <param name="DidAt">When they did it.</param>
internal sealed record PersonPlace(string Table, string Key, string By, string[] Words, string IsRunning, string EndedAt, string DidAt)
{
    private const string OfIncident = "FROM incident WHERE incident.number = incident_event.incident";

    /// <summary>The author of a changelog entry, which is over once it is written; its words are the machine's history and stay.</summary>
    public static readonly PersonPlace ChangelogAuthor = new("changelog_entry", "id", "said_by", [], "1 = 0", "at", "at");

    /// <summary>Those that are erased some time after the end.</summary>
    public static readonly IReadOnlyList<PersonPlace> All =
    [
        new("incident_event", "id", "said_by", ["said", "said_audience"], "incident IN (SELECT number FROM incident WHERE closed_at IS NULL)", $"(SELECT closed_at {OfIncident})", "at"),
        new("incident", "number", "acknowledged_by", ["acknowledged_reason", "acknowledged_audience"], "closed_at IS NULL", "closed_at", "acknowledged_at"),
        new("mute", "id", "muted_by", ["reason"], "ended_at IS NULL", "ended_at", "muted_at"),
        new("intervention", "number", "planned_by", ["what"], "over_at IS NULL", "over_at", "planned_at"),
    ];

    /// <summary>Erases who did what ended before a moment, and their words.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="name">As the bot calls them; null for everybody.</param>
    /// <param name="before">The moment.</param>
    /// <param name="most">So many rows at most.</param>
    /// <param name="didUntil">What they did later is not meant; null for all.</param>
    /// <returns>How many rows there were.</returns>
    public Task<int> EraseAsync(
        StoreTransaction transaction, string? name, DateTimeOffset before, int most, DateTimeOffset? didUntil = null) => transaction.Connection.ExecuteAsync(
        $"""
        UPDATE {Table} SET {By} = NULL{string.Concat(Words.Select(column => $", {column} = NULL"))} WHERE {Key} IN (
            SELECT {Key} FROM {Table}
            WHERE {By} IS NOT NULL AND {By} = COALESCE(@Name, {By}) AND {EndedAt} < @Before AND {DidAt} <= @DidUntil LIMIT @Most)
        """,
        new { Name = name, Before = Moment.Store(before), DidUntil = Moment.Store(didUntil ?? DateTimeOffset.MaxValue), Most = most },
        transaction.Transaction);

    /// <summary>How often somebody is named by what goes on and what they did until a moment.</summary>
    public Task<long> RunningAsync(StoreTransaction transaction, string name, DateTimeOffset until) => transaction.Connection.ExecuteScalarAsync<long>(
        $"SELECT COUNT(*) FROM {Table} WHERE {By} = @Name AND {DidAt} <= @Until AND {IsRunning}",
        new { Name = name, Until = Moment.Store(until) },
        transaction.Transaction);
}
