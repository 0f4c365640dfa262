using Dapper;

namespace ChatBot.Storage;

/// <summary>Who asked to be forgotten and is still named by what goes on.</summary>
internal static class ForgettingStore
{
    public static Task AddAsync(StoreTransaction transaction, ForgettingRow row) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO forgetting (name, words, asked_at) VALUES (@Name, @Words, @AskedAt)
        ON CONFLICT (name) DO UPDATE SET words = excluded.words, asked_at = excluded.asked_at
        """,
        new { row.Name, row.Words, row.AskedAt },
        transaction.Transaction);

    public static async Task<IReadOnlyList<ForgettingRow>> AllAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<ForgettingRow>(
            "SELECT name, words, asked_at FROM forgetting ORDER BY asked_at, name", transaction: transaction.Transaction)).ToList();

    /// <summary>The wish is fulfilled, unless it was made again meanwhile.</summary>
    public static Task DeleteAsync(StoreTransaction transaction, ForgettingRow row) => transaction.Connection.ExecuteAsync(
        "DELETE FROM forgetting WHERE name = @Name AND asked_at = @AskedAt", new { row.Name, row.AskedAt }, transaction.Transaction);
}

/// <summary>A row of <c>forgetting</c>.</summary>
internal sealed record ForgettingRow
{
    /// <summary>As the bot called them when they asked.</summary>
    public string Name { get; init; } = "";

    /// <summary>By which others name them, one a line.</summary>
    public string Words { get; init; } = "";

    [DbValue(Name = "asked_at")]
    public long AskedAt { get; init; }
}
