using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace ChatBot.Storage;

/// <summary>A database of PostgreSQL, directly or through a pooler of transactions.</summary>
internal sealed class PostgresEnd : StoreEnd
{
    private readonly NpgsqlDataSource _source;

    private PostgresEnd(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction, string name)
        : base(connection, transaction, name) => _source = source;

    /// <summary>One from which no bot speaks, nor begins to before the end.</summary>
    /// <exception cref="StorageException">It cannot be reached, is no store of this bot, or of another version, or a bot speaks from it.</exception>
    public static async Task<StoreEnd> SourceAsync(string connection, CancellationToken cancellationToken) =>
        await OpenAsync(connection, IsolationLevel.RepeatableRead, isAlone: true, cancellationToken);

    /// <summary>One that is looked through while a bot may speak from it.</summary>
    /// <inheritdoc cref="SourceAsync"/>
    public static async Task<StoreEnd> InUseAsync(string connection, CancellationToken cancellationToken) =>
        await OpenAsync(connection, IsolationLevel.RepeatableRead, isAlone: false, cancellationToken);

    /// <summary>The same, whose tables are made where there are none.</summary>
    /// <inheritdoc cref="SourceAsync"/>
    public static async Task<StoreEnd> TargetAsync(string connection, TimeProvider time, CancellationToken cancellationToken)
    {
        await using (var fresh = new PostgresDatabase(connection, time))
        {
            await fresh.OpenIfNewAsync(cancellationToken);
        }

        return await OpenAsync(connection, IsolationLevel.ReadCommitted, isAlone: true, cancellationToken);
    }

    public override async Task<TableFiller> FillAsync(CopiedTable table, CancellationToken cancellationToken) => new Filler(
        await ((NpgsqlConnection)Connection).BeginBinaryImportAsync(
            $"COPY {CopiedTable.Quoted(table.Name)} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken));

    public override async Task<long> LastNumberAsync(CopiedTable table, CancellationToken cancellationToken) => (await ListAsync(
        $"SELECT last_value, is_called FROM {CopiedTable.Quoted($"{table.Name}_{table.Numbered}_seq")}", null,
        row => row.GetInt64(0) - (row.GetBoolean(1) ? 0 : 1), cancellationToken)).Single();

    // Undone with the transaction, which setval() is not.
    public override async Task SetLastNumberAsync(CopiedTable table, long number, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"ALTER TABLE {CopiedTable.Quoted(table.Name)} ALTER COLUMN {CopiedTable.Quoted(table.Numbered!)} RESTART WITH {number + 1}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
    }

    protected override async Task<IReadOnlyList<string>> TableNamesAsync(CancellationToken cancellationToken) => await ListAsync(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA AND table_type = 'BASE TABLE'", null, row => row.GetString(0), cancellationToken);

    protected override string ColumnQuery =>
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA AND table_name = @Table";

    protected override string NumberedQuery =>
        "SELECT column_name FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA AND table_name = @Table AND is_identity = 'YES'";

    protected override string ParentQuery =>
        """
        SELECT parent.table_name FROM information_schema.table_constraints named
        JOIN information_schema.constraint_column_usage parent
            ON parent.constraint_schema = named.constraint_schema AND parent.constraint_name = named.constraint_name
        WHERE named.table_schema = CURRENT_SCHEMA AND named.table_name = @Table AND named.constraint_type = 'FOREIGN KEY'
        """;

    private static async Task<StoreEnd> OpenAsync(string connectionString, IsolationLevel level, bool isAlone, CancellationToken cancellationToken)
    {
        // A count of millions of rows takes as long as it takes; a signal ends it.
        var (source, name) = PostgresDatabase.SourceOf(connectionString, commandTimeout: 0);
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken);
            var end = new PostgresEnd(source, connection, await connection.BeginTransactionAsync(level, cancellationToken), name);
            if (StoreCopy.Mismatch(name, await end.VersionAsync(cancellationToken), Migration.Of("postgresql")[^1].Number) is { } mismatch)
            {
                throw mismatch;
            }

            if (isAlone)
            {
                await end.HoldLeaseAsync(cancellationToken);
            }

            return end;
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            throw e is DbException or SocketException or IOException or TimeoutException ? new StorageException($"{name}: {e.Message}", e) : e;
        }
    }

    // Whoever wants to take the lease, or to write under it, waits for the end of the transaction.
    private async Task HoldLeaseAsync(CancellationToken cancellationToken)
    {
        var holders = await ListAsync(
            "SELECT holder FROM lease WHERE name = 'speaker' AND expires_at > CAST(date_part('epoch', clock_timestamp()) * 1000 AS BIGINT)", null, row => row.GetString(0), cancellationToken);
        if (holders is [var holder])
        {
            throw new StorageException($"{Name}: a bot speaks from it ({holder}); stop it first, or wait some seconds where it was killed");
        }

        await ListAsync("SELECT epoch FROM lease WHERE name = 'speaker' FOR UPDATE", null, _ => true, cancellationToken);
    }

    private async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        var isThere = await ListAsync(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA AND table_name = 'schema_version'", null, _ => true, cancellationToken);
        return isThere.Count == 0 ? 0
            : (await ListAsync("SELECT COALESCE(MAX(version), 0) FROM schema_version", null, row => row.GetInt64(0), cancellationToken)).Single();
    }

    private sealed class Filler(NpgsqlBinaryImporter rows) : TableFiller
    {
        public override void Add(CopiedRow row)
        {
            rows.StartRow();
            for (var column = 0; column < row.Count; column++)
            {
                if (row.IsNull(column))
                {
                    rows.WriteNull();
                }
                else if (row.IsText(column))
                {
                    rows.Write(row.Text(column), NpgsqlDbType.Text);
                }
                else
                {
                    rows.Write(row.Number(column), NpgsqlDbType.Bigint);
                }
            }
        }

        public override async Task CompleteAsync(CancellationToken cancellationToken) => await rows.CompleteAsync(cancellationToken);

        public override ValueTask DisposeAsync() => rows.DisposeAsync();
    }
}
