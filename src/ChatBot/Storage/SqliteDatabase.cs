using System.Data.Common;
using ChatBot.Posix;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChatBot.Storage;

/// <summary>
/// SQLite in one file: write-ahead log, <c>synchronous = FULL</c>, so that what is committed survives a power cut; what is erased is
/// overwritten (<c>secure_delete</c>), and what a statement may have to undo stays in memory, in no file of its own (<c>temp_store</c>).
/// The schema's version is <c>PRAGMA user_version</c>. Every asynchronous call of Microsoft.Data.Sqlite does its work before it
/// returns: a statement that waits for the disk, or up to 30 seconds for another process, blocks a thread of the pool. Those are two
/// at most, for there are two connections and each carries out one transaction at a time.
/// </summary>
/// <param name="path">The file; made where there is none.</param>
/// <param name="time">As for <see cref="Database"/>.</param>
public sealed class SqliteDatabase(string path, TimeProvider time) : Database(time)
{
    // How long a statement waits for another process that has the file, in seconds.
    private const int BusyTimeout = 30;

    // Its own count of memory, which nobody asks for, takes a lock at each allocation.
    private const int MemoryStatus = 9;

    private (ulong Device, ulong Inode)? _file;
    private bool _isHasty;

    static SqliteDatabase()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>The path leads to another file than the one that is open, or to none.</summary>
    public override bool IsLost => _file is { } file && Libc.FileAt(path) != file;

    protected override string ClockText => "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    // Whoever writes has the whole file.
    protected override string FenceText => "SELECT epoch FROM lease WHERE name = 'speaker' AND epoch = @epoch";

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new KeepingConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = BusyTimeout,
            ForeignKeys = true,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (File.Exists(path) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;");
            _file ??= Libc.FileAt(path);
            return connection;
        }
        catch (SqliteException e)
        {
            await connection.DisposeAsync();
            throw Explained(e);
        }
        catch (UnauthorizedAccessException e)
        {
            await connection.DisposeAsync();
            throw NotOurs(e);
        }
    }

    /// <summary>What is hasty is in the write-ahead log, from where the next commit that is not takes it to the disk.</summary>
    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection, bool isHasty, CancellationToken cancellationToken)
    {
        if (isHasty != _isHasty)
        {
            // Compiling it is what does it: a command that is kept would do nothing.
            var handle = ((SqliteConnection)connection).Handle;
            SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_exec(handle, isHasty ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL"), handle);
            _isHasty = isHasty;
        }

        return connection.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>The write-ahead log still holds the pages as they were: they go into the file, and it is cut to nothing.</summary>
    protected override Task LeaveNoCopyAsync(DbConnection connection) => connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    protected override StorageException? Damage(DbException error) =>
        error is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB } damage
            ? Explained(damage)
            : null;

    /// <summary>
    /// A COMMIT that finds the disk full has rolled back by itself. The provider does not see that, fails to roll back what is no
    /// more, and would take its transaction for an open one for ever: it gets one to roll back.
    /// </summary>
    protected override async Task RollBackAsync(DbConnection connection, DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        catch (SqliteException) when (SQLitePCL.raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) != 0)
        {
            await connection.ExecuteAsync("BEGIN", transaction: transaction);
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    protected override async Task<bool> MigrateAsync(DbConnection connection, bool isShared, CancellationToken cancellationToken)
    {
        try
        {
            if (await connection.QueryFirstAsync<string>("PRAGMA quick_check(1)") is var found and not "ok")
            {
                throw Damaged(new InvalidDataException(found));
            }

            var version = await connection.ExecuteScalarAsync<long>("PRAGMA user_version");
            var migrations = Migration.Of("sqlite");
            if (version > migrations.Count)
            {
                throw new StorageException(
                    $"{path}: made by a later version of the bot (schema {version}, this one knows {migrations.Count}): "
                    + "install that version again, or give another data folder");
            }

            foreach (var migration in migrations.Where(migration => migration.Number > version))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await OwnStatement.RunAsync(connection, transaction, migration.Sql, cancellationToken);
                await OwnStatement.RunAsync(connection, transaction, $"PRAGMA user_version = {migration.Number}", cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return true;
        }
        catch (SqliteException e)
        {
            throw Explained(e);
        }
    }

    private StorageException Explained(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => Damaged(e),
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => NotOurs(e),
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR => new StorageException(
            $"{path}: the disk is full or does not answer; make room, the bot goes on by itself", e),
        _ => new StorageException($"{path}: {e.Message}", e),
    };

    private StorageException Damaged(Exception e) => new(
        $"{path}: damaged; it is left as it is. Restore a copy, or move it away and start again: what waits in the mailbox is read "
        + "again", e);

    private StorageException NotOurs(Exception e) => new(
        $"{path}: cannot be opened for writing; the data folder must belong to the user the bot runs as", e);
}
