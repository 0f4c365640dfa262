using System.Text;
using ChatBot.Core.People;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A column of words in which people may name each other, or a program may.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its primary key, a number.</param>
/// <param name="Column">The column.</param>
/// <param name="HasEnded">A condition: nothing needs the words as they were.</param>
/// <param name="IsRunning">Its contrary; null where nothing goes on.</param>
internal sealed record PersonText(string Table, string Key, string Column, string HasEnded, string? IsRunning)
{
    private const int AtOnce = 500;

    public static readonly IReadOnlyList<PersonText> All =
    [
        new("incident", "number", "acknowledged_reason", "closed_at IS NOT NULL", "closed_at IS NULL"),
        new("incident", "number", "detail", "closed_at IS NOT NULL", "closed_at IS NULL"),
        new(
            "incident_event", "id", "said", "EXISTS (SELECT 1 FROM incident WHERE incident.number = incident_event.incident AND closed_at IS NOT NULL)",
            "incident IN (SELECT number FROM incident WHERE closed_at IS NULL)"),
        new("incident_thread", "incident", "subject", "1 = 1", null),
        new("mute", "id", "reason", "ended_at IS NOT NULL", "ended_at IS NULL"),
        new("intervention", "number", "what", "over_at IS NOT NULL", "over_at IS NULL"),
        new("changelog_entry", "id", "said", "1 = 1", null),
        new("changelog_todo", "id", "said", "1 = 1", null),
        new("machine_change", "id", "changelog", "1 = 1", null),
        new("outbox", "id", "payload", "done_at IS NOT NULL", "done_at IS NULL"),
    ];

    /// <summary>Says something else where a person is named.</summary>
    /// <returns>In how many rows.</returns>
    public async Task<long> ReplaceAsync(Database database, PersonWords person, string instead, CancellationToken cancellationToken)
    {
        var replaced = 0L;
        var keys = await database.ReadAsync(KeysAsync, cancellationToken);
        for (var after = keys.First - 1; after < keys.Last; after += AtOnce)
        {
            foreach (var word in person.Words)
            {
                var page = await PageAsync(database, Pattern(word), after, cancellationToken);
                var changed = page.Select(row => (row.Id, Text: person.Without(row.Words, instead), row.Words)).Where(row => row.Text != row.Words).ToList();
                if (changed.Count > 0)
                {
                    await database.WriteAsync(transaction => SetAsync(transaction, changed), cancellationToken);
                }

                replaced += changed.Count;
            }
        }

        return replaced;
    }

    /// <summary>Whether what goes on names a person.</summary>
    public async Task<long> RunningAsync(StoreTransaction transaction, PersonWords person, string instead)
    {
        var running = 0L;
        if (IsRunning is null)
        {
            return running;
        }

        foreach (var word in person.Words)
        {
            var rows = await transaction.Connection.QueryAsync<WordsRow>(
                $"SELECT {Key} AS id, {Column} AS words FROM {Table} WHERE LOWER({Column}) LIKE @Pattern AND {IsRunning} ORDER BY {Key} + 0 LIMIT @AtOnce",
                new { Pattern = Pattern(word), AtOnce },
                transaction.Transaction);
            running += rows.Count(row => person.Without(row.Words, instead) != row.Words);
        }

        return running;
    }

    private Task<KeysRow> KeysAsync(StoreTransaction transaction) => transaction.Connection.QueryFirstAsync<KeysRow>(
        $"SELECT COALESCE((SELECT MIN({Key}) FROM {Table}), 1) AS first, COALESCE((SELECT MAX({Key}) FROM {Table}), 0) AS last", transaction: transaction.Transaction);

    // No index finds a word in a text: so few rows at once that nobody waits for them.
    private Task<List<WordsRow>> PageAsync(Database database, string pattern, long after, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction => (await transaction.Connection.QueryAsync<WordsRow>(
            $"""
            SELECT {Key} AS id, {Column} AS words FROM {Table}
            WHERE {Key} > @After AND {Key} <= @Until AND LOWER({Column}) LIKE @Pattern AND {HasEnded}
            """,
            new { After = after, Until = after + AtOnce, Pattern = pattern },
            transaction.Transaction)).ToList(),
        cancellationToken);

    private async Task SetAsync(StoreTransaction transaction, IEnumerable<(long Id, string Text, string Words)> rows)
    {
        foreach (var (id, text, words) in rows)
        {
            await transaction.Connection.ExecuteAsync(
                $"UPDATE {Table} SET {Column} = @Text WHERE {Key} = @Id AND {Column} = @Words", new { Id = id, Text = text, Words = words }, transaction.Transaction);
        }
    }

    // Wider than the word: a database knows upper and lower case of ASCII alone. What it finds is looked at again.
    private static string Pattern(string word) => $"%{string.Concat(word.EnumerateRunes().Select(
        rune => rune.IsAscii && Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : "_"))}%";

    internal sealed class KeysRow
    {
        public long First { get; init; }

        public long Last { get; init; }
    }

    internal sealed class WordsRow
    {
        public long Id { get; init; }

        public string Words { get; init; } = "";
    }
}
