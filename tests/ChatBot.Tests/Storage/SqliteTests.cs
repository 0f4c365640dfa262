
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;

namespace ChatBot.Tests.Storage;

public sealed class SqliteTests : DatabaseContract
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["chatbot.db"];

    protected override async Task<Database> OpenAsync()
    {
        var database = new SqliteDatabase(File, RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
