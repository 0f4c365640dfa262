using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
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
    public async Task What_waited_in_the_outbox_of_the_version_before_is_delivered_by_this_one_and_nothing_twice()
    {
        await ExecuteAsync(string.Concat(Migration.Of("sqlite").Take(11).Select(migration => migration.Sql)) + "; PRAGMA user_version = 11;"
            + """
              INSERT INTO outbox (kind, target, audience, text, created_at, done_at, topic, machine, incidents, refusals, set_aside, written_at, trouble) VALUES
                ('line', '#g', 'public', 'fresh', 1, NULL, 'alert', 'hal', '42 CRITICAL 1 - first POP3', 0, NULL, NULL, NULL),
                ('line', '#g', 'public', 'refused twice', 2, NULL, 'other', NULL, '', 2, NULL, NULL, NULL),
                ('line', '#g', 'public', 'set aside', 3, 9, 'other', NULL, '', 3, '404 spam', NULL, NULL),
                ('line', '#g', 'public', 'said', 4, 9, 'other', NULL, '', 0, NULL, NULL, NULL),
                ('monitor', 'nagios', 'root', 'unacknowledge\n1', 5, NULL, 'other', NULL, '', 0, NULL, NULL, NULL),
                ('monitor', 'nagios', 'root', 'unacknowledge\n2', 6, NULL, 'other', NULL, '', 0, NULL, 7, NULL),
                ('monitor', 'nagios', 'root', 'unacknowledge\n3', 7, NULL, 'other', NULL, '', 0, NULL, NULL, 'NobodyReads'),
                ('monitor', 'nagios', 'root', 'unacknowledge\n4', 8, 9, 'other', NULL, '', 0, 'IncidentOver', NULL, 'Full'),
                ('monitor', 'nagios', 'root', 'unacknowledge\n5', 8, 9, 'other', NULL, '', 0, NULL, 7, 'Full'),
                ('changelog', 'hal', 'root', '2026-11-22 20:00 zoé: un', 9, NULL, 'other', NULL, '', 0, NULL, NULL, NULL);
              """);
        await using var database = await OpenAsync();
        Task<IReadOnlyList<OutboxRow>> WaitingAsync(string kind, string target) =>
            database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, kind, target, 10), CancellationToken.None);
        var lines = await WaitingAsync(OutboxStore.LineKind, "#g");
        Assert.Equal([(1L, "fresh", false), (2, "refused twice", true)], lines.Select(row => (row.Id, row.Payload, row.IsAlone)));
        Assert.Equal([42], lines[0].About.Numbers);
        Assert.Equal(3, await database.WriteAsync(transaction => OutboxStore.RefusedAsync(transaction, 2), CancellationToken.None));
        Assert.Equal(
            [(5L, null, null), (6, 7L, null), (7, null, "nobody-reads")],
            (await WaitingAsync(OutboxStore.MonitorKind, "monitor")).Select(row => (row.Id, row.HandedAt, row.Result)));
        Assert.Equal("2026-11-22 20:00 zoé: un", Assert.Single(await WaitingAsync(OutboxStore.ChangelogKind, "hal")).Payload);
        Assert.Equal(1, await database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM outbox WHERE id = 8 AND result = 'incident-ended'"), CancellationToken.None));
        Assert.Equal(2, await database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM outbox WHERE done_at IS NOT NULL AND result IS NULL"), CancellationToken.None));
    }

    [Fact]
    public async Task The_steps_that_an_older_version_stored_are_counted_once()
    {
        await ExecuteAsync(string.Concat(Migration.Of("sqlite").Take(19).Select(migration => migration.Sql)) + "; PRAGMA user_version = 19;"
            + """
              INSERT INTO incident (number, machine, service, state, opened_at, closed_at, folded_at, notifications, changes) VALUES
                (1, 'hal', 'POP3', 'OK', 1, 2, NULL, 0, 0), (2, 'hal', '', 'UP', 1, 2, 3, 4, 1), (3, 'sud', '', 'UP', 1, 2, 3, 5, 2);
              INSERT INTO incident_event (incident, at, reason, state) VALUES
                (1, 1, 'opened', 'CRITICAL'), (1, 1, 'flapping-started', 'CRITICAL'), (1, 1, 'announced', 'CRITICAL'), (1, 2, 'acknowledged', 'CRITICAL'),
                (1, 2, 'imported', 'OK'), (1, 3, 'recovered', 'OK'), (2, 4, 'changed', 'DOWN');
              """);
        await using var database = await OpenAsync();
        var counts = await database.ReadAsync(
            async transaction => (await HistoryStore.PastAsync(transaction, DateTimeOffset.UnixEpoch, 10)).OrderByDescending(one => one.Machine.Value).ThenBy(one => one.Service?.Value).ToList(),
            CancellationToken.None);
        Assert.Equal([(5, 2, false), (5, 2, true), (2, 0, false)], counts.Select(one => (one.Notifications, one.Changes, one.WasDown)));
        Assert.Equal((true, true), (counts[2].WasAcknowledged, counts[2].WasFlapping));

        // One that a step came to late is folded again.
        Assert.NotNull((await database.ReadAsync(transaction => IncidentStore.FindAsync(transaction, 3), CancellationToken.None))!.Folded);
        Assert.Null((await database.ReadAsync(transaction => IncidentStore.FindAsync(transaction, 2), CancellationToken.None))!.Folded);
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
                Machine = Name.OfMachine("hal"),
                Service = Name.OfService("S" + i),
                State = CheckState.Critical,
                OpenedAt = DateTimeOffset.UnixEpoch,
                Detail = new RootText(new string('d', 100)),
            });
        }
    }

    [Fact]
    public async Task A_read_gives_up_where_another_process_has_the_file_to_itself()
    {
        await using (await OpenAsync())
        {
        }

        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;";
        await command.ExecuteNonQueryAsync();

        await using var ours = new KeepingConnection($"Data Source={File};Pooling=False;Default Timeout=1");
        await ours.OpenAsync();
        var refusal = await Assert.ThrowsAsync<SqliteException>(() => OpenStore.CountAsync(new StoreTransaction(ours, null)));
        Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, refusal.SqliteErrorCode);
    }

    private async Task<Database> OpenAsync()
    {
        var database = new SqliteDatabase(File, RealClock.Instance);
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
