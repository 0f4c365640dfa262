using Dapper;

namespace ChatBot.Storage;

/// <summary>Values that the bot made itself and keeps.</summary>
internal static class SettingStore
{
    /// <summary>Null where nothing is kept under that name.</summary>
    public static Task<string?> GetAsync(StoreTransaction transaction, string name) => transaction.Connection.QueryFirstOrDefaultAsync<string?>(
        "SELECT value FROM setting WHERE name = @Name", new { Name = name }, transaction.Transaction);

    public static Task SetAsync(StoreTransaction transaction, string name, string value) => transaction.Connection.ExecuteAsync(
        "INSERT INTO setting (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        new { Name = name, Value = value },
        transaction.Transaction);

    /// <summary>The value of that name; made and kept the first time.</summary>
    public static async Task<string> GetOrAddAsync(StoreTransaction transaction, string name, Func<string> make)
    {
        await transaction.Connection.ExecuteAsync(
            "INSERT INTO setting (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO NOTHING",
            new { Name = name, Value = make() },
            transaction.Transaction);
        return await transaction.Connection.QueryFirstAsync<string>(
            "SELECT value FROM setting WHERE name = @Name", new { Name = name }, transaction.Transaction);
    }
}
