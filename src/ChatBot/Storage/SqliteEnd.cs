using System.Data.Common;
using ChatBot.Posix;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChatBot.Storage;

/// <summary>A file of SQLite: one that is there is read, one that is not is made, under its name once it is whole and on the disk.</summary>
internal sealed class SqliteEnd : StoreEnd
{
    private readonly string _path;
    private readonly string? _partial;

    private SqliteEnd(SqliteConnection connection, SqliteTransaction transaction, string path, string? partial)
        : base(connection, transaction, path) => (_path, _partial) = (path, partial);

    /// <summary>One that is open.</summary>
    public static StoreEnd Of(SqliteConnection connection, SqliteTransaction transaction, string path) => new SqliteEnd(connection, transaction, path, null);

    /// <exception cref="StorageException">It is no store of this bot, or of another version.</exception>
    public static async Task<StoreEnd> SourceAsync(string path, CancellationToken cancellationToken)
    {
        var connection = await StoreFile.OpenAsync(path, cancellationToken);
        try
        {
            var transaction = connection.BeginTransaction(deferred: true);
            var version = await connection.ExecuteScalarAsync<long>("PRAGMA user_version", transaction: transaction);
            return StoreCopy.Mismatch(path, version, Migration.Of("sqlite")[^1].Number) is { } mismatch
                ? throw mismatch
                : new SqliteEnd(connection, transaction, path, null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty one.</summary>
    /// <exception cref="StorageException">There is one already.</exception>
    public static async Task<StoreEnd> TargetAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new StorageException($"{path}: is there already; move it away (with {path}-wal and {path}-shm, where they are)");
        }

        var partial = path + ".partial";
        Delete(partial); // of a call that was killed
        await using (var made = new SqliteDatabase(partial, time))
        {
            await made.OpenAsync(cancellationToken);
        }

        var connection = await StoreFile.OpenAsync(partial, cancellationToken);
        try
        {
            // A failure throws the whole file away, and the end brings all of it to the disk.
            await connection.ExecuteAsync("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;");
            return new SqliteEnd(connection, connection.BeginTransaction(deferred: true), path, partial);
        }
        catch
        {
            await connection.DisposeAsync();
            Delete(partial);
            throw;
        }
    }

    public override Task<TableFiller> FillAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var command = Command(
            $"INSERT INTO {CopiedTable.Quoted(table.Name)} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, column) => $"@p{column}"))})");
        return Task.FromResult<TableFiller>(new Filler(command, table.Columns.Count));
    }

    public override async Task<long> LastNumberAsync(CopiedTable table, CancellationToken cancellationToken) =>
        (await ListAsync("SELECT seq FROM sqlite_sequence WHERE name = @Table", table.Name, row => row.GetInt64(0), cancellationToken)).FirstOrDefault();

    public override async Task SetLastNumberAsync(CopiedTable table, long number, CancellationToken cancellationToken)
    {
        await ListAsync("DELETE FROM sqlite_sequence WHERE name = @Table RETURNING 1", table.Name, _ => true, cancellationToken);
        await ListAsync($"INSERT INTO sqlite_sequence (name, seq) VALUES (@Table, {number}) RETURNING 1", table.Name, _ => true, cancellationToken);
    }

    public override async Task CommitAsync()
    {
        await base.CommitAsync();
        await Connection.DisposeAsync();
        StoreFile.Sync(_partial!);
        File.Move(_partial!, _path, overwrite: false);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(_path))!);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_partial is not null)
        {
            Delete(_partial);
        }
    }

    protected override async Task<IReadOnlyList<string>> TableNamesAsync(CancellationToken cancellationToken) => await ListAsync(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", null, row => row.GetString(0), cancellationToken);

    protected override string ColumnQuery => "SELECT name, type FROM pragma_table_info(@Table)";

    protected override string NumberedQuery =>
        "SELECT name FROM pragma_table_info(@Table) WHERE pk = 1 AND EXISTS (SELECT 1 FROM sqlite_schema made WHERE made.name = @Table AND made.sql LIKE '%AUTOINCREMENT%')";

    protected override string ParentQuery => "SELECT \"table\" FROM pragma_foreign_key_list(@Table)";

    private static void Delete(string path)
    {
        foreach (var suffix in (string[])["-wal", "-shm", "-journal", ""])
        {
            File.Delete(path + suffix);
        }
    }

    private sealed class Filler : TableFiller
    {
        private readonly DbCommand _insert;

        public Filler(DbCommand insert, int columns)
        {
            _insert = insert;
            for (var column = 0; column < columns; column++)
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = $"@p{column}";
                insert.Parameters.Add(parameter);
            }
        }

        public override void Add(CopiedRow row)
        {
            for (var column = 0; column < row.Count; column++)
            {
                _insert.Parameters[column].Value = row.IsNull(column) ? DBNull.Value : row.IsText(column) ? row.Text(column) : row.Number(column);
            }

            _insert.ExecuteNonQuery();
        }

        public override Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask DisposeAsync() => _insert.DisposeAsync();
    }
}
