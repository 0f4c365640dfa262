using Dapper;

namespace ChatBot.Storage;

/// <summary>Values that the bot made itself and keeps.</summary>
internal static class SettingStore
{
    /// <summary>Null where nothing is kept under that name.</summary>
    public static Task<string?> GetAsync(StoreTransaction work, string name) => work.Connection.QueryFirstOrDefaultAsync<string?>(
        "SELECT value FROM setting WHERE name = @Name", new { Name = name }, work.Transaction);

    public static Task SetAsync(StoreTransaction work, string name, string value) => work.Connection.ExecuteAsync(
        "INSERT INTO setting (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        new { Name = name, Value = value },
        work.Transaction);

    /// <summary>The value of that name; made and kept the first time.</summary>
    public static async Task<string> GetOrAddAsync(StoreTransaction work, string name, Func<string> make)
    {
        await work.Connection.ExecuteAsync(
            "INSERT INTO setting (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO NOTHING",
            new { Name = name, Value = make() },
            work.Transaction);
        return await work.Connection.QueryFirstAsync<string>(
            "SELECT value FROM setting WHERE name = @Name", new { Name = name }, work.Transaction);
    }
}
