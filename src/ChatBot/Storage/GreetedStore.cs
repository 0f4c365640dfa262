using Dapper;

namespace ChatBot.Storage;

/// <summary>Who was greeted, as keyed hashes.</summary>
internal static class GreetedStore
{
    public static async Task<bool> IsKnownAsync(StoreTransaction transaction, IReadOnlyList<string> hashes)
    {
        foreach (var hash in hashes)
        {
            if (await transaction.Connection.ExecuteScalarAsync<long>(
                    "SELECT COUNT(*) FROM greeted WHERE hash = @Hash", new { Hash = hash }, transaction.Transaction) > 0)
            {
                return true;
            }
        }

        return false;
    }

    public static async Task AddAsync(StoreTransaction transaction, IReadOnlyList<string> hashes, DateTimeOffset at)
    {
        foreach (var hash in hashes)
        {
            await transaction.Connection.ExecuteAsync(
                """
                INSERT INTO greeted (hash, greeted_at) VALUES (@Hash, @At)
                ON CONFLICT (hash) DO UPDATE SET greeted_at = excluded.greeted_at
                """,
                new { Hash = hash, At = Moment.Store(at) },
                transaction.Transaction);
        }
    }

    /// <returns>How many there were.</returns>
    public static async Task<int> ForgetAsync(StoreTransaction transaction, IReadOnlyList<string> hashes)
    {
        var forgotten = 0;
        foreach (var hash in hashes)
        {
            forgotten += await transaction.Connection.ExecuteAsync(
                "DELETE FROM greeted WHERE hash = @Hash", new { Hash = hash }, transaction.Transaction);
        }

        return forgotten;
    }
}
