using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Language;
using ChatBot.Hosting;
using ChatBot.Posix;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace ChatBot.Tests.Hosting;

/// <summary><c>chatbot store copy</c>, both ways, of a store that has lived and of which no table is empty; <c>check</c> of a server.</summary>
public sealed partial class StoreCopyTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Odd = "déjà « vu »\t\n\\N {} \U0001F600 \"";

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = Engine.Make(Locale.French, SampleStore.Now, SampleGroup.Settings);
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private string _database = "";
    private bool _isFrench;
    private bool _isByPooler;
    private StorageSettings? _storage;

    private string Path => _folder["chatbot.db"];

    private string Connection => server.Connection(_database, _isByPooler);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _database = await server.NewDatabaseAsync();
        await File.WriteAllBytesAsync(Path, await SampleStore.BytesAsync());
        await OnFileAsync($"INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES ('line', '#globenet', 'public', '{Odd}', 1)");
        foreach (var (table, columns) in await TablesAsync())
        {
            if (await OnFileAsync($"SELECT COUNT(*) FROM {table}") == 0)
            {
                await OnFileAsync($"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", columns.Select(column => column.Type == "TEXT" ? "'x'" : "1"))})");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _engine.DisposeAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task There_and_back_every_row_of_every_table_is_the_same(bool isByPooler)
    {
        _isByPooler = isByPooler;
        var before = await FileRowsAsync();
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
        var there = Lines();
        Assert.Equal(before, await ServerRowsAsync());
        Assert.Equal((await TablesAsync()).Keys.Order(StringComparer.Ordinal), there.Select(line => line.Split(' ')[0]));
        Assert.All(there, line => Assert.DoesNotMatch("^[a-z0-9_]+ +0 ", line));
        Assert.Contains("every table read back, the same as in", _output.ToString(), StringComparison.Ordinal);

        File.Move(Path, _folder["before.db"]);
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--to", "sqlite"));
        Assert.Equal(there, Lines());
        Assert.Equal(before, await FileRowsAsync());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal(["before.db", "chatbot.db", "lock"], Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName).Order());
        Assert.Equal("ok", (await OfFileAsync("PRAGMA integrity_check")).Single());
    }

    [Fact]
    public async Task A_number_is_not_given_again_in_the_copy_though_its_row_is_gone()
    {
        await OnFileAsync("UPDATE sqlite_sequence SET seq = 5000 + length(name)");
        await OnFileAsync("DELETE FROM unchecked_mail; DELETE FROM outbox");
        var numbers = await OfFileAsync("SELECT name || ' ' || (seq + 1) FROM sqlite_sequence ORDER BY name");
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
        Assert.Equal(5007, await OnServerAsync("INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES ('line', '#g', 'root', 'x', 1) RETURNING id"));
        Assert.Equal(5009, await OnServerAsync("INSERT INTO incident (machine, service, state, opened_at) VALUES ('new', 'X', 'CRITICAL', 1) RETURNING number"));
        File.Delete(Path);
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--to", "sqlite"));
        Assert.Equal(
            numbers.Select(one => one.StartsWith("outbox ", StringComparison.Ordinal) || one.StartsWith("incident ", StringComparison.Ordinal) ? Next(one) : one),
            await OfFileAsync("SELECT name || ' ' || (seq + 1) FROM sqlite_sequence ORDER BY name"));
        Assert.Equal(5008, await OnFileAsync("INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES ('line', '#g', 'root', 'x', 1) RETURNING id"));

        static string Next(string one) => one.Split(' ') is [var name, var number] ? $"{name} {long.Parse(number, CultureInfo.InvariantCulture) + 1}" : one;
    }

    [Fact]
    public async Task A_table_that_a_later_version_adds_to_both_is_copied_with_the_others()
    {
        await OnFileAsync("CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT, earlier BIGINT REFERENCES zebra (name), words TEXT)");
        await OnFileAsync("CREATE TABLE zebra (name BIGINT NOT NULL PRIMARY KEY)");
        await OnFileAsync("INSERT INTO zebra (name) VALUES (7); INSERT INTO later (earlier, words) VALUES (7, NULL), (NULL, 'a')");
        await MakeTablesAsync();
        Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", "--from", "sqlite"));
        Assert.Contains("do not have the same tables: later (", _errors.ToString(), StringComparison.Ordinal);
        await OnServerAsync(
            "CREATE TABLE zebra (name BIGINT NOT NULL PRIMARY KEY); CREATE TABLE later (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, words TEXT, earlier BIGINT REFERENCES zebra (name))");
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
        Assert.Contains(Lines(), line => line.StartsWith("later  ", StringComparison.Ordinal));
        Assert.Equal(await FileRowsAsync(), await ServerRowsAsync());
    }

    [Fact]
    public async Task What_no_text_of_PostgreSQL_holds_stops_no_copy()
    {
        await OnFileAsync("UPDATE outbox SET payload = 'a' || char(0) || 'b' || CAST(x'ED9F' AS TEXT)");
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
        Assert.Contains(await ServerRowsAsync(), row => row.Contains("|a\uFFFDb\uFFFD", StringComparison.Ordinal));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task One_that_is_stopped_in_the_middle_leaves_nothing(bool isToServer)
    {
        await OnFileAsync("WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 20000) INSERT INTO setting (name, value) SELECT 'x' || value, 'y' FROM n");
        if (!isToServer)
        {
            Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
            File.Delete(Path);
        }

        foreach (var share in (double[])[0.25, 0.75])
        {
            using var stop = new CancellationTokenSource();
            await using (var from = isToServer ? await SqliteEnd.SourceAsync(Path, CancellationToken.None) : await PostgresEnd.SourceAsync(Connection, CancellationToken.None))
            await using (var to = isToServer ? await PostgresEnd.TargetAsync(Connection, RealClock.Instance, CancellationToken.None) : await SqliteEnd.TargetAsync(Path, RealClock.Instance, CancellationToken.None))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreCopy.RunAsync(
                    from,
                    to,
                    (done, all) =>
                    {
                        if (done > all * share)
                        {
                            stop.Cancel();
                        }
                    },
                    stop.Token));
            }

            Assert.Equal(isToServer ? ["chatbot.db"] : ["lock"], Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName));
        }

        if (isToServer)
        {
            Assert.Empty(await ServerRowsAsync());
        }

        Assert.Equal(ExitCode.Done, await CallAsync("copy", isToServer ? "--from" : "--to", "sqlite"));
    }

    [Fact]
    public async Task What_a_kill_left_of_a_file_is_no_obstacle()
    {
        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--from", "sqlite"));
        var before = await FileRowsAsync();
        File.Delete(Path);
        foreach (var suffix in (string[])["", "-wal", "-journal", "-shm"])
        {
            await File.WriteAllTextAsync($"{Path}.partial{suffix}", "half of a page");
        }

        Assert.Equal(ExitCode.Done, await CallAsync("copy", "--to", "sqlite"));
        Assert.Equal(before, await FileRowsAsync());
    }

    [Fact]
    public async Task A_target_that_has_a_row_or_a_file_is_left_as_it_is()
    {
        await MakeTablesAsync();
        await OnServerAsync("INSERT INTO setting (name, value) VALUES ('k', 'precious')");
        Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", "--from", "sqlite"));
        Assert.Contains($"127.0.0.1/{_database}: is not empty (setting has 1 rows)", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(["setting|k|precious"], await ServerRowsAsync());
        var before = await File.ReadAllBytesAsync(Path);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", "--to", "sqlite"));
        Assert.Contains("chatbot.db: is there already", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 21", null, "--from", "earlier version")]
    [InlineData("PRAGMA user_version = 999", null, "--from", "later version")]
    [InlineData("PRAGMA user_version = 0", null, "--from", "no store of this bot")]
    [InlineData(null, "UPDATE schema_version SET version = 21", "--from", "earlier version")]
    [InlineData(null, "UPDATE schema_version SET version = 999", "--from", "later version")]
    [InlineData(null, "UPDATE schema_version SET version = 21", "--to", "earlier version")]
    [InlineData(null, "UPDATE schema_version SET version = 999", "--to", "later version")]
    [InlineData(null, "DROP TABLE schema_version", "--to", "no store of this bot")]
    [InlineData(null, "CREATE TABLE other (x BIGINT)", "--from", "do not have the same tables: other (x number)")]
    [InlineData(null, "ALTER TABLE setting ADD COLUMN more BYTEA", "--from", "setting.more is of the type bytea")]
    public async Task A_store_of_another_schema_is_not_copied(string? onFile, string? onServer, string direction, string reason)
    {
        await MakeTablesAsync();
        await (onFile is null ? Task.FromResult(0L) : OnFileAsync(onFile));
        await (onServer is null ? Task.FromResult(0L) : OnServerAsync(onServer));
        if (direction == "--to")
        {
            File.Delete(Path);
        }

        Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", direction, "sqlite"));
        Assert.Contains(reason, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(direction == "--from", File.Exists(Path));
    }

    [Fact]
    public async Task Nothing_is_copied_while_a_bot_runs()
    {
        using var held = DataLock.Take(_folder.Path);
        foreach (var direction in (string[])["--from", "--to"])
        {
            Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", direction, "sqlite"));
            Assert.Contains("another bot uses this data folder", _errors.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_copied_while_a_bot_on_another_machine_speaks_from_the_server_and_none_begins_to_meanwhile()
    {
        await using var bot = new PostgresDatabase(Connection, RealClock.Instance);
        await bot.OpenAsync(CancellationToken.None);
        var epoch = await TakeAsync();
        foreach (var direction in (string[])["--from", "--to"])
        {
            Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", direction, "sqlite"));
            Assert.Contains("a bot speaks from it (other)", _errors.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, await CallAsync("check"));
        await bot.LeaseAsync((transaction, _) => LeaseStore.ReleaseAsync(transaction, "other", epoch!.Value).ContinueWith(_ => true, TaskScheduler.Default), CancellationToken.None);
        await using (await PostgresEnd.TargetAsync(Connection, RealClock.Instance, CancellationToken.None))
        {
            await Assert.ThrowsAnyAsync<DbException>(TakeAsync);
        }

        Assert.Equal(epoch + 1, await TakeAsync());

        Task<long?> TakeAsync() => bot.LeaseAsync((transaction, now) => LeaseStore.TakeAsync(transaction, "other", now, TimeSpan.FromMinutes(5)), CancellationToken.None);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Where_no_server_is_configured_the_refusal_says_what_to_write(bool isFrench)
    {
        (_isFrench, _storage) = (isFrench, new StorageSettings(StorageProvider.Sqlite));
        Assert.Equal(ExitCode.WrongInput, await CallAsync("copy", "--from", "sqlite"));
        Assert.Contains(isFrench ? "écrivez provider = \"postgresql\"" : "write provider = \"postgresql\"", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_without_its_password()
    {
        _storage = new StorageSettings(StorageProvider.Postgresql, new SecretValue($"Host=127.0.0.1;Port={FreePort.Ask()};Username=u;Password=geheim;Database=d"));
        foreach (var arguments in (string[][])[["copy", "--from", "sqlite"], ["copy", "--to", "sqlite"], ["check"]])
        {
            Assert.Equal(ExitCode.WrongInput, await CallAsync(arguments));
            Assert.Contains("127.0.0.1/d", _errors.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("geheim", _errors.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, "copy", "--from", "sqlite"), InlineData(true, "copy", "--to", "postgresql"), InlineData(true, "copy", "--from", "postgresql", "--to", "sqlite")]
    [InlineData(false, "copy"), InlineData(false, "copy", "--from", "mysql"), InlineData(false, "copy", "--from", "sqlite", "--to", "sqlite"), InlineData(false, "copy", "sqlite")]
    public void A_direction_is_said_once(bool isRight, params string[] arguments) => Assert.Equal(isRight, Command().Parse(arguments).Errors.Count == 0);

    [Fact]
    public async Task A_server_whose_store_has_lived_has_no_fault_and_what_must_never_be_there_is_found()
    {
        await CallAsync("copy", "--from", "sqlite");
        Assert.Equal(ExitCode.Done, await CallAsync("check"));
        Assert.Matches("(?m)^incident +[1-9][0-9]*$", _output.ToString());
        Assert.EndsWith("no fault found\n", _output.ToString(), StringComparison.Ordinal);
        await OnServerAsync(
            """
            INSERT INTO incident (number, machine, service, state, opened_at) VALUES (700, 'hal', 'X', 'CRITICAL', 1);
            INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES ('fax', 'hal', 'root', 'x', 1)
            """);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("check"));
        Assert.All(
            ["open incidents without a step in their history: 1", "of a kind that nothing delivers: 1", "a number of incident would be given again"],
            fault => Assert.Contains(fault, _errors.ToString(), StringComparison.Ordinal));
    }

    private Command Command() => new StoreCommand((english, french) => _isFrench ? french : english, _output, _errors, TextWriter.Null, RealClock.Instance)
        .Of(new Option<string?>("--config"), _ => _engine.Settings.Value.Settings with
        {
            Data = _folder.Path,
            Storage = _storage ?? new StorageSettings(StorageProvider.Postgresql, new SecretValue(Connection)),
        });

    private Task<int> CallAsync(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
        return Command().Parse(arguments).InvokeAsync();
    }

    private List<string> Lines() => [.. Line().Matches(_output.ToString()).Select(match => match.Value)];

    private async Task MakeTablesAsync()
    {
        await using var database = new PostgresDatabase(Connection, RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
    }

    private async Task<long> OnFileAsync(string sql)
    {
        await using var connection = await FileAsync();
        return await Sql.RunAsync(connection, sql);
    }

    private Task<long> OnServerAsync(string sql) => server.RunAsync(sql, _database);

    private async Task<SqliteConnection> FileAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<List<string>> OfFileAsync(string sql)
    {
        await using var connection = await FileAsync();
        return await QueryAsync(connection, sql);
    }

    private async Task<List<string>> FileRowsAsync()
    {
        await using var connection = await FileAsync();
        return await RowsAsync(connection);
    }

    private async Task<List<string>> ServerRowsAsync()
    {
        await using var source = new NpgsqlSlimDataSourceBuilder(server.Connection(_database) + ";Pooling=false").Build();
        await using var connection = await source.OpenConnectionAsync();
        return await RowsAsync(connection);
    }

    private async Task<List<string>> RowsAsync(DbConnection connection)
    {
        var rows = new List<string>();
        foreach (var (table, columns) in await TablesAsync())
        {
            rows.AddRange((await QueryAsync(connection, $"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {table}")).Select(row => $"{table}|{row}"));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    // Those of the file, but who speaks from it.
    private async Task<Dictionary<string, List<(string Name, string Type)>>> TablesAsync()
    {
        var tables = new Dictionary<string, List<(string, string)>>();
        foreach (var table in await OfFileAsync("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'lease%' ORDER BY name"))
        {
            tables[table] = [.. (await OfFileAsync($"SELECT name, type FROM pragma_table_info('{table}')")).Select(column => (column.Split('|')[0], column.Split('|')[1]))];
        }

        return tables;
    }

    private static async Task<List<string>> QueryAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // No test takes its statements from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field => Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    [GeneratedRegex("(?m)^[a-z0-9_]+ +[0-9]+  [0-9a-f]{64}$")]
    private static partial Regex Line();
}
