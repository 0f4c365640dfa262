using Microsoft.Data.Sqlite;

namespace ChatBot.Storage;

/// <summary>The SQLite that this program was built with: it is part of it, so that no upgrade of the system replaces it.</summary>
internal static class SqliteVersion
{
    private static readonly Version WithLog = new(3, 7, 0);
    private static readonly Version Mended = new(3, 51, 3);
    private static readonly Version Withdrawn = new(3, 52, 0);

    // Older lines that got the correction too, by its own first version of each (sqlite.org/wal.html, “The WAL-Reset Bug”).
    private static readonly Version[] MendedOlder = [new(3, 44, 6), new(3, 50, 7)];

    /// <summary>Three numbers: <c>3.46.1</c>.</summary>
    public static Version Current { get; } = Read();

    /// <summary>What is wrong with a version that matters to the bot, and what to do; null where nothing is known.</summary>
    public static string? FaultOf(Version version)
    {
        if (version == Withdrawn)
        {
            return $"SQLite {version} was withdrawn by its authors: build the bot with {Mended} or a later one";
        }

        return version >= WithLog && version < Mended && !MendedOlder.Any(mended => version.Minor == mended.Minor && version >= mended)
            ? $"SQLite {version} may damage a database that two connections write to or checkpoint at the same instant (the WAL-reset bug, mended in "
                + $"{Mended}, 3.50.7 and 3.44.6). The bot writes by one connection alone: let no other program write to chatbot.db while it runs, and "
                + "build it with a mended version"
            : null;
    }

    private static Version Read()
    {
        using var connection = new SqliteConnection();
        return Version.Parse(connection.ServerVersion);
    }
}
