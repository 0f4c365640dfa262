using System.CommandLine;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Hosting;
using ChatBot.Posix;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Hosting;

/// <summary><c>chatbot store</c> as it is called, on a store that has lived.</summary>
public sealed class StoreCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = Engine.Make(Locale.French, SampleStore.Now, SampleGroup.Settings);
    private readonly JumpingClock _time = new(SampleStore.Now);
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private bool _isFrench;
    private StorageSettings _storage = new(StorageProvider.Sqlite);

    private string Path => _folder["chatbot.db"];

    public async ValueTask InitializeAsync() => await File.WriteAllBytesAsync(Path, await SampleStore.BytesAsync());

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _engine.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_has_every_row_and_is_for_its_owner_alone()
    {
        Assert.Equal(ExitCode.Done, await CallAsync("backup", _folder["copy.db"]));
        Assert.Matches(@"(?m)^incident +[1-9][0-9]*$", _output.ToString());
        Assert.Contains("copy.db: whole, and read back", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["copy.db"]));
        Assert.Equal(await RowsAsync(Path), await RowsAsync(_folder["copy.db"]));
        Assert.False(File.Exists(_folder["copy.db-wal"]));
        Assert.False(File.Exists(_folder["copy.db.partial"]));
    }

    [Fact]
    public async Task What_is_written_meanwhile_is_not_in_the_copy_and_does_not_begin_it_anew()
    {
        await RunAsync(Path, "PRAGMA journal_mode = WAL",
            "WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 1000) INSERT INTO setting (name, value) SELECT 'x' || value, hex(randomblob(4000)) FROM n");
        var before = await RowsAsync(Path);
        var shown = new List<int>();
        await StoreFile.CopyAsync(
            Path,
            _folder["copy.db"],
            (done, _) =>
            {
                shown.Add(done);
                RunAsync(Path, $"INSERT INTO setting (name, value) VALUES ('y{shown.Count}', 'meanwhile')").GetAwaiter().GetResult();
            },
            CancellationToken.None);
        Assert.InRange(shown.Count, 2, 20);
        Assert.Equal(shown.Order(), shown);
        Assert.Equal(before, await RowsAsync(_folder["copy.db"]));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        await File.WriteAllTextAsync(_folder["copy.db"], "precious");
        Assert.Equal(ExitCode.WrongInput, await CallAsync("backup", _folder["copy.db"]));
        Assert.Contains("exists already", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["copy.db"]));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_written_leaves_nothing_behind()
    {
        Assert.Equal(ExitCode.WrongInput, await CallAsync("backup", _folder["missing/copy.db"]));
        Assert.NotEmpty(_errors.ToString());
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreFile.CopyAsync(Path, _folder["copy.db"], (_, _) => { }, stopped.Token));
        Assert.Equal(["chatbot.db"], Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public async Task What_is_put_back_is_as_it_was_and_what_was_there_is_kept()
    {
        await CallAsync("backup", _folder["copy.db"]);
        var before = await RowsAsync(Path);
        await RunAsync(Path, "PRAGMA journal_mode = WAL", "INSERT INTO setting (name, value) VALUES ('later', '1')");
        Assert.Equal(ExitCode.Done, await CallAsync("restore", _folder["copy.db"]));
        Assert.Equal(before, await RowsAsync(Path));
        var replaced = _folder["chatbot.db.replaced-20261122T131700Z"];
        Assert.Contains(replaced, _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(before.Single(one => one.Table == "setting").Rows + 1, (await RowsAsync(replaced)).Single(one => one.Table == "setting").Rows);
        Assert.False(File.Exists(Path + "-wal"));
    }

    [Fact]
    public async Task What_has_had_its_time_since_does_not_come_back()
    {
        await CallAsync("backup", _folder["copy.db"]);
        Assert.Contains(await RowsAsync(Path), one => one is { Table: "seen_mail", Rows: > 0 });
        _time.Advance(TimeSpan.FromDays(200));
        Assert.Equal(ExitCode.Done, await CallAsync("restore", _folder["copy.db"]));
        Assert.Contains(await RowsAsync(Path), one => one is { Table: "seen_mail", Rows: 0 });
    }

    [Fact]
    public async Task Nothing_is_put_under_a_bot_that_runs()
    {
        await CallAsync("backup", _folder["copy.db"]);
        using var held = DataLock.Take(_folder.Path);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("restore", _folder["copy.db"]));
        Assert.Contains("another bot uses this data folder", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await CallAsync("check"));
    }

    [Theory]
    [InlineData("", "no store of this bot")]
    [InlineData("This is no database, but it is long enough to be taken for one by somebody who does not look inside.", "not a database")]
    public async Task What_is_no_store_is_not_put_back(string content, string reason)
    {
        var before = await RowsAsync(Path);
        await File.WriteAllTextAsync(_folder["copy.db"], content);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("restore", _folder["copy.db"]));
        Assert.Contains(reason, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(Path));
    }

    [Fact]
    public async Task A_store_comes_back_where_there_is_none_or_a_damaged_one()
    {
        await CallAsync("backup", _folder["copy.db"]);
        var before = await RowsAsync(Path);
        await File.WriteAllTextAsync(Path, "damaged");
        Assert.Equal(ExitCode.Done, await CallAsync("restore", _folder["copy.db"]));
        Assert.Equal(before, await RowsAsync(Path));
        Assert.Equal("damaged", await File.ReadAllTextAsync(_folder["chatbot.db.replaced-20261122T131700Z"]));
        File.Delete(Path);
        Assert.Equal(ExitCode.Done, await CallAsync("restore", _folder["copy.db"]));
        Assert.Equal(before, await RowsAsync(Path));
    }

    [Fact]
    public async Task A_store_that_has_lived_has_no_fault()
    {
        Assert.Equal(ExitCode.Done, await CallAsync("check"));
        Assert.EndsWith("no fault found\n", _output.ToString(), StringComparison.Ordinal);
        _isFrench = true;
        Assert.Equal(ExitCode.Done, await CallAsync("check"));
        Assert.EndsWith("aucun défaut trouvé\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA foreign_keys = OFF; INSERT INTO incident_event (incident, at, reason, state) VALUES (99999, 1, 'opened', 'CRITICAL')", "rows that name a row that is not there: 1")]
    [InlineData("INSERT INTO incident (machine, service, state, opened_at) VALUES ('hal', 'X', 'CRITICAL', 1)", "open incidents without a step in their history: 1")]
    [InlineData("UPDATE incident SET closed_at = NULL, acknowledged_at = 1, acknowledged_until = NULL WHERE number = (SELECT MIN(number) FROM incident)", "acknowledgements without an end: 1")]
    [InlineData("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'incident'", "would be given again")]
    [InlineData("INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES ('fax', 'hal', 'root', 'x', 1)", "rows of the outbox of a kind that nothing delivers: 1")]
    public async Task What_must_never_be_in_a_store_is_found(string sql, string fault)
    {
        await RunAsync(Path, sql);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("check"));
        Assert.Contains(fault, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_is_found()
    {
        await using (var file = File.OpenWrite(Path))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write(new byte[8192]);
        }

        Assert.Equal(ExitCode.WrongInput, await CallAsync("check"));
        Assert.NotEmpty(_errors.ToString());
        Assert.Equal(ExitCode.WrongInput, await CallAsync("backup", _folder["copy.db"]));
        Assert.False(File.Exists(_folder["copy.db"]));
    }

    [Fact]
    public async Task What_PostgreSQL_keeps_its_own_programs_save()
    {
        _storage = new StorageSettings(StorageProvider.Postgresql);
        Assert.Equal(ExitCode.WrongInput, await CallAsync("backup", _folder["copy.db"]));
        Assert.Contains("pg_dump", _errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["copy.db"]));
    }

    private Task<int> CallAsync(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
        return new StoreCommand((english, french) => _isFrench ? french : english, _output, _errors, TextWriter.Null, _time)
            .Of(new Option<string?>("--config"), _ => _engine.Settings.Value.Settings with { Data = _folder.Path, Storage = _storage })
            .Parse(arguments).InvokeAsync();
    }

    private static async Task<IReadOnlyList<TableRows>> RowsAsync(string path) => (await StoreFile.FindingsAsync(path, CancellationToken.None)).Rows;

    private static async Task RunAsync(string path, params string[] statements)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // No test takes its statements from outside.
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }
}
