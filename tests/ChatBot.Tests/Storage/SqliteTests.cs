
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.Storage;

public sealed class SqliteTests : DatabaseContract
{
    private const long Normal = 1;
    private const long Full = 2;

    private readonly TemporaryFolder _folder = new();

    private string File => _folder["chatbot.db"];

    protected override async Task<Database> OpenAsync()
    {
        var database = new SqliteDatabase(File, RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }

    [Fact]
    public async Task Only_what_is_hasty_does_not_wait_for_the_disk()
    {
        await using var database = await OpenAsync();
        long[] levels =
        [
            await database.WriteAsync(SynchronousAsync, CancellationToken.None),
            await database.WriteHastilyAsync(SynchronousAsync, CancellationToken.None),
            await database.WriteAsync(SynchronousAsync, CancellationToken.None),
            await database.WriteHastilyAsync(SynchronousAsync, CancellationToken.None),
            await database.WriteAsync(SynchronousAsync, CancellationToken.None),
        ];
        Assert.Equal([Full, Normal, Full, Normal, Full], levels);
    }

    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private static async Task<long> SynchronousAsync(StoreTransaction transaction)
    {
        await using var command = transaction.Connection.CreateCommand();
        command.Transaction = transaction.Transaction;
        command.CommandText = "PRAGMA synchronous";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
