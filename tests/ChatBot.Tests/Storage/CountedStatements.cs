using ChatBot.Storage;
using Microsoft.Data.Sqlite;

namespace ChatBot.Tests.Storage;

/// <summary>Counts what the writing connection executes.</summary>
internal sealed class CountedStatements
{
    private int _count;

    public static async Task<CountedStatements> OfAsync(Database database)
    {
        var counted = new CountedStatements();
        await database.WriteAsync(
            transaction =>
            {
                SQLitePCL.raw.sqlite3_trace(((SqliteConnection)transaction.Connection).Handle, (object _, string _) => counted._count++, null);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        counted._count = 0;
        return counted;
    }

    /// <returns>How many since the last call.</returns>
    public int Take() => Interlocked.Exchange(ref _count, 0);
}
