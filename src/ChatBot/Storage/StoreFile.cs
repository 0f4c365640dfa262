using ChatBot.Posix;
using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ChatBot.Storage;

/// <summary>A store of SQLite as one file: copied while the bot uses it, put in the place of another, looked through.</summary>
internal static class StoreFile
{
    // A few megabytes, so that progress can be shown and a signal is heard.
    private const int PagesAtOnce = 1000;
    private const int MostFaults = 20;

    /// <summary>
    /// Copies a store as it is at one moment, however long it takes and whatever is written meanwhile (SQLite's online backup, inside
    /// one read transaction); the copy has its name once it is whole, on the disk, and has as many rows in each table.
    /// </summary>
    /// <param name="store">The file.</param>
    /// <param name="copy">Readable by its owner alone; must not exist.</param>
    /// <param name="progress">Told how many pages are copied, and of how many.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <returns>How many rows each table has.</returns>
    /// <exception cref="StorageException">The store is damaged, or the copy cannot be written or is not like it.</exception>
    public static async Task<IReadOnlyList<TableRows>> CopyAsync(
        string store, string copy, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var partial = copy + ".partial";
        try
        {
            if (File.Exists(copy))
            {
                throw new StorageException($"{copy}: exists already; name another file");
            }

            await using (new FileStream(partial, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
            }

            var rows = await CopyOpenAsync(store, partial, progress, cancellationToken);
            Sync(partial);
            File.Move(partial, copy, overwrite: false);
            DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(copy))!);
            return rows;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StorageException(
                failure is SqliteException ? $"{store}: cannot be copied to {copy} ({failure.Message})" : $"{copy}: {failure.Message}", failure);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>What is wrong with a store, in words; nothing where all is well. The bot may use it meanwhile.</summary>
    /// <exception cref="StorageException">It is no store of this bot, or of a later version.</exception>
    public static async Task<StoreFindings> FindingsAsync(string store, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(store, cancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: true);
            var faults = (await connection.QueryAsync<string>($"PRAGMA integrity_check({MostFaults})", transaction: transaction))
                .Where(line => line != "ok").ToList();
            if (faults.Count > 0)
            {
                return new StoreFindings(faults, []);
            }

            await AskVersionAsync(connection, transaction, store);
            if (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM pragma_foreign_key_check", transaction: transaction) is > 0 and var broken)
            {
                faults.Add($"rows that name a row that is not there: {broken}");
            }

            await using var opened = SqliteEnd.Of(connection, transaction, store);
            var found = await StoreRule.FindingsAsync(opened, cancellationToken);
            return found with { Faults = [.. faults, .. found.Faults] };
        }
        catch (SqliteException failure)
        {
            throw new StorageException($"{store}: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Puts a copy in the place of a store that no process uses; what was there stays beside it.
    /// </summary>
    /// <returns>Where the store that was there is now; null where there was none.</returns>
    /// <exception cref="StorageException">The copy cannot be read, or the place not written.</exception>
    public static async Task<string?> ReplaceAsync(
        string store, string copy, DateTimeOffset now, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var fresh = store + ".restored";
        if (File.Exists(fresh))
        {
            File.Delete(fresh); // of a call that was killed
        }

        await CopyAsync(copy, fresh, progress, cancellationToken);
        try
        {
            var replaced = File.Exists(store) ? $"{store}.replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}" : null;
            if (replaced is not null)
            {
                await MoveAwayAsync(store, replaced, cancellationToken);
            }

            File.Move(fresh, store, overwrite: false);
            DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(store))!);
            return replaced;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{store}: {failure.Message}", failure);
        }
    }

    // A write-ahead log that stayed would be applied to the file that comes in its place.
    private static async Task MoveAwayAsync(string store, string replaced, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(store, cancellationToken);
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Damaged, which may be why another takes its place: its log goes with it.
        }

        foreach (var suffix in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(store + suffix))
            {
                File.Move(store + suffix, replaced + suffix, overwrite: false);
            }
        }
    }

    private static async Task<IReadOnlyList<TableRows>> CopyOpenAsync(
        string store, string partial, Action<int, int> progress, CancellationToken cancellationToken)
    {
        await using var from = await OpenAsync(store, cancellationToken);
        await AskVersionAsync(from, null, store);
        await using var to = await OpenAsync(partial, cancellationToken);
        await using var moment = from.BeginTransaction(deferred: true);
        var rows = await RowsAsync(from, moment);
        Copy(from, to, progress, cancellationToken);

        // One file, without a log beside it.
        await to.ExecuteAsync("PRAGMA journal_mode = DELETE");
        if (await to.QueryFirstAsync<string>("PRAGMA integrity_check(1)") is var found and not "ok")
        {
            throw new StorageException($"{store}: damaged ({found}); a copy of it is worth nothing");
        }

        return (await RowsAsync(to, null)).SequenceEqual(rows)
            ? rows
            : throw new StorageException($"{store}: the copy has other rows than the store; try again");
    }

    private static void Copy(SqliteConnection from, SqliteConnection to, Action<int, int> progress, CancellationToken cancellationToken)
    {
        using var backup = sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(sqlite3_errcode(to.Handle), to.Handle);
        }

        int result;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = sqlite3_backup_step(backup, PagesAtOnce);
            var all = sqlite3_backup_pagecount(backup);
            progress(all - sqlite3_backup_remaining(backup), all);
        }
        while (result == SQLITE_OK);
        if (result != SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, to.Handle);
        }
    }

    private static async Task<IReadOnlyList<TableRows>> RowsAsync(SqliteConnection connection, SqliteTransaction? transaction)
    {
        var tables = await connection.QueryAsync<string>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", transaction: transaction);
        var rows = new List<TableRows>();
        foreach (var table in tables)
        {
            rows.Add(new TableRows(table, await CountAsync(connection, transaction, table)));
        }

        return rows;
    }

    private static async Task<long> CountAsync(SqliteConnection connection, SqliteTransaction? transaction, string table)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // A name of the schema, quoted; a parameter cannot stand for a table.
        command.CommandText = $"SELECT COUNT(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task AskVersionAsync(SqliteConnection connection, SqliteTransaction? transaction, string store)
    {
        var version = await connection.ExecuteScalarAsync<long>("PRAGMA user_version", transaction: transaction);
        var known = Migration.Of("sqlite").Count;
        if (version < 1 || version > known)
        {
            throw new StorageException(version < 1
                ? $"{store}: no store of this bot"
                : $"{store}: made by a later version of the bot (schema {version}, this one knows {known}); use that version");
        }
    }

    /// <exception cref="StorageException">There is no such file.</exception>
    public static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new StorageException($"{path}: there is no such file");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What was written to it is on the disk.</summary>
    public static void Sync(string path)
    {
        using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly);
        if (handle is null || !Libc.Sync(handle))
        {
            throw new IOException(Libc.LastErrorMessage);
        }
    }
}

/// <summary>How many rows a table has.</summary>
internal readonly record struct TableRows(string Table, long Rows);

/// <summary>What was found in a store.</summary>
/// <param name="Faults">In words; none where all is well.</param>
/// <param name="Rows">Of each table; none where the file itself is damaged.</param>
internal sealed record StoreFindings(IReadOnlyList<string> Faults, IReadOnlyList<TableRows> Rows);
