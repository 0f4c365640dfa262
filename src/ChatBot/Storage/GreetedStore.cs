using Dapper;

namespace ChatBot.Storage;

/// <summary>Who was greeted, as keyed hashes.</summary>
internal static class GreetedStore
{
    public static async Task<bool> IsKnownAsync(StoreTransaction work, IReadOnlyList<string> hashes)
    {
        foreach (var hash in hashes)
        {
            if (await work.Connection.ExecuteScalarAsync<long>(
                    "SELECT COUNT(*) FROM greeted WHERE hash = @Hash", new { Hash = hash }, work.Transaction) > 0)
            {
                return true;
            }
        }

        return false;
    }

    public static async Task AddAsync(StoreTransaction work, IReadOnlyList<string> hashes, DateTimeOffset at)
    {
        foreach (var hash in hashes)
        {
            await work.Connection.ExecuteAsync(
                """
                INSERT INTO greeted (hash, greeted_at) VALUES (@Hash, @At)
                ON CONFLICT (hash) DO UPDATE SET greeted_at = excluded.greeted_at
                """,
                new { Hash = hash, At = Moment.Store(at) },
                work.Transaction);
        }
    }

    /// <returns>How many there were.</returns>
    public static async Task<int> ForgetAsync(StoreTransaction work, IReadOnlyList<string> hashes)
    {
        var forgotten = 0;
        foreach (var hash in hashes)
        {
            forgotten += await work.Connection.ExecuteAsync(
                "DELETE FROM greeted WHERE hash = @Hash", new { Hash = hash }, work.Transaction);
        }

        return forgotten;
    }
}
