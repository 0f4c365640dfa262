using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["chatbot.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nobody_else_may_read_the_file()
    {
        await using var database = await OpenAsync();
        await database.WriteAsync(transaction => FillAsync(transaction, 10), CancellationToken.None);
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task The_first_schema_is_brought_to_the_latest_with_all_that_is_in_it()
    {
        var first = await System.IO.File.ReadAllTextAsync(
            Path.Combine(ChatBot.Tests.Configuration.Repository.Root, "tests", "ChatBot.Tests", "Storage", "testdata", "0001.sql"));
        await ExecuteAsync($"{first}; PRAGMA user_version = 1; INSERT INTO incident (number, machine, service, state, opened_at) VALUES (41, 'hal', '', 'DOWN', 1);"
            + "INSERT INTO outbox (kind, target, audience, text, created_at) VALUES ('line', '#g', 'public', 'un', 1)");
        await using var database = await OpenAsync();
        Assert.Equal(CheckState.Down, (await database.ReadAsync(transaction => IncidentStore.FindAsync(transaction, 41), CancellationToken.None))?.State);
        Assert.Equal(Migration.Of("sqlite").Count, await database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "PRAGMA user_version"), CancellationToken.None));
        Assert.Equal(Enumerable.Range(1, Migration.Of("sqlite").Count), Migration.Of("sqlite").Select(migration => migration.Number));
        Assert.Equal(first, Migration.Of("sqlite")[0].Sql);
        var waiting = Assert.Single(await database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#g", 10), CancellationToken.None)).Read();
        Assert.Equal((PublicText.Declared("un"), Topic.Other), (waiting.Words.Public, waiting.About.Topic));
    }

    [Fact]
    public async Task A_later_schema_is_refused_and_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        await ExecuteAsync("PRAGMA user_version = 999");
        var refusal = await Assert.ThrowsAsync<StorageException>(OpenAsync);
        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        await ExecuteAsync("SELECT COUNT(*) FROM incident");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public async Task A_damaged_file_is_refused_and_left_as_it_is(int offset)
    {
        await using (var database = await OpenAsync())
        {
            await database.WriteAsync(transaction => FillAsync(transaction, 2000), CancellationToken.None);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        Assert.True(bytes.Length > 100_000);
        Array.Fill(bytes, (byte)0xA5, offset, 12_000);
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        var refusal = await Assert.ThrowsAsync<StorageException>(OpenAsync);
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000));
        await Assert.ThrowsAsync<StorageException>(OpenAsync);
        Assert.Equal(new string('x', 10_000), await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_commit_that_the_disk_refuses_is_the_end_of_that_transaction_only()
    {
        await using var database = await OpenAsync();
        var commits = await FailingCommits.OfAsync(database);
        for (var i = 0; i < 3; i++)
        {
            commits.After(well: 0, failing: 1);
            await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(transaction => FillAsync(transaction, 5), CancellationToken.None));
        }

        await database.WriteAsync(transaction => FillAsync(transaction, 5), CancellationToken.None);
        Assert.Equal(5, (await database.ReadAsync(transaction => IncidentStore.OpenAsync(transaction, null), CancellationToken.None)).Count);
    }

    private static async Task FillAsync(StoreTransaction transaction, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await IncidentStore.SaveAsync(transaction, new Incident
            {
                Machine = PublicText.Declared("hal"),
                Service = PublicText.Declared("S" + i),
                State = CheckState.Critical,
                OpenedAt = DateTimeOffset.UnixEpoch,
                Detail = new RootText(new string('d', 100)),
            });
        }
    }

    private async Task<Database> OpenAsync()
    {
        var database = new SqliteDatabase(File);
        try
        {
            await database.OpenAsync(CancellationToken.None);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await Sql.RunAsync(connection, sql);
    }
}
