using ChatBot.Storage;
using Microsoft.Data.Sqlite;

namespace ChatBot.Tests.Storage;

/// <summary>Makes commits fail as on a full disk: SQLite rolls back by itself and says so.</summary>
internal sealed class FailingCommits
{
    private int _well;
    private int _failing;

    public static async Task<FailingCommits> OfAsync(Database database)
    {
        var failing = new FailingCommits();
        await database.WriteAsync(
            transaction =>
            {
                SQLitePCL.raw.sqlite3_commit_hook(((SqliteConnection)transaction.Connection).Handle, _ => failing.Next() ? 1 : 0, null);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return failing;
    }

    /// <summary>So many go well, then so many fail.</summary>
    public void After(int well, int failing) => (_well, _failing) = (well, failing);

    private bool Next() => _well-- <= 0 && _failing-- > 0;
}
