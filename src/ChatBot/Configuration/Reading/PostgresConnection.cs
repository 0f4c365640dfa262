using Npgsql;

namespace ChatBot.Configuration.Reading;

/// <summary>How PostgreSQL is reached, in Npgsql's own words.</summary>
internal static class PostgresConnection
{
    /// <summary>What is wrong with a connection, without a word of it: it may hold a password. Null where nothing is.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="hasSecret">Whether it stands where secrets belong.</param>
    /// <param name="language">Of the message.</param>
    public static string? Flaw(string text, bool hasSecret, MessageLanguage language)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return language.Words(
                "cannot be read; write words and values, such as \"Host=db;Database=chatbot;Username=chatbot\"",
                "ne se lit pas ; écrivez des mots et leurs valeurs, par exemple \"Host=db;Database=chatbot;Username=chatbot\"");
        }

        if (string.IsNullOrEmpty(connection.Host) || string.IsNullOrEmpty(connection.Database))
        {
            return language.Words("names no host or no database; write Host=…;Database=…", "ne nomme pas de serveur ou pas de base ; écrivez Host=…;Database=…");
        }

        return !hasSecret && !string.IsNullOrEmpty(connection.Password)
            ? language.Words(
                "has a password; write the whole line in a file that only the bot can read, and its name as `connection_file`",
                "contient un mot de passe ; écrivez toute la ligne dans un fichier que seul le robot peut lire, et son nom dans `connection_file`")
            : null;
    }
}
