using ChatBot.Configuration;

namespace ChatBot.Storage;

/// <summary>The store that is configured.</summary>
internal static class ConfiguredStore
{
    /// <summary>Not open yet.</summary>
    public static Database Of(BotSettings settings, TimeProvider time) => settings.Storage.Connection is { } connection
        ? new PostgresDatabase(connection.Reveal(), time)
        : new SqliteDatabase(FileOf(settings), time);

    /// <summary>The file of SQLite, whether or not it is what is configured.</summary>
    public static string FileOf(BotSettings settings) => Path.Combine(settings.Data, "chatbot.db");
}
