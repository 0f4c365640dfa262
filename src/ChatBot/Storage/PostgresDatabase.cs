using System.Data.Common;
using System.Net.Sockets;
using ChatBot.Async;
using Dapper;
using Npgsql;

namespace ChatBot.Storage;

/// <summary>
/// A database of PostgreSQL or of a server that speaks like it, directly or through a pooler of transactions: nothing is asked of a session
/// but its transaction. What goes on when a connection is lost is undone by the server; the next statement makes another one.
/// The schema's version is in the table <c>schema_version</c>.
/// </summary>
public sealed class PostgresDatabase : Database
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _source;
    private readonly string _name;
    private readonly TimeProvider _time;

    /// <param name="connection">As Npgsql takes it: <c>Host=db;Database=chatbot;Username=chatbot</c>.</param>
    /// <param name="time">For pauses between two tries.</param>
    public PostgresDatabase(string connection, TimeProvider time)
        : base(time)
    {
        (_source, _name) = SourceOf(connection);
        _time = time;
    }

    /// <summary>Where its connections come from, and how it stands in a sentence.</summary>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="commandTimeout">In seconds, 0 for none; null for what the connection says.</param>
    internal static (NpgsqlDataSource Source, string Name) SourceOf(string connection, int? commandTimeout = null)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        builder.EnableTransportSecurity();

        // Connections of a known number, each closed by its owner; what a pool asks of a session, a pooler of transactions does not keep.
        builder.ConnectionStringBuilder.Pooling = false;
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.ConnectionStringBuilder.ApplicationName ??= "chatbot";
        if (commandTimeout is { } seconds)
        {
            builder.ConnectionStringBuilder.CommandTimeout = seconds;
        }

        return (builder.Build(), $"{builder.ConnectionStringBuilder.Host}/{builder.ConnectionStringBuilder.Database}");
    }

    /// <summary>Makes the tables of a database that has none; leaves any other alone.</summary>
    internal async Task OpenIfNewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await ConnectAsync(cancellationToken);
            if (await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA AND table_name = 'schema_version'") == 0)
            {
                await MigrateAsync(connection, cancellationToken);
            }
        }
        catch (DbException e)
        {
            throw Unopened(e)!;
        }
    }

    /// <summary>
    /// A transaction of a process that is frozen, or that the network has cut off, is undone after 5 s, and lets go of the lease before
    /// that expires. Set for the transaction alone.
    /// </summary>
    protected override string ClockText =>
        "SELECT CAST(date_part('epoch', clock_timestamp()) * 1000 AS BIGINT), set_config('idle_in_transaction_session_timeout', '5000', true)";

    /// <summary>
    /// <c>KEY SHARE</c> stands against a change of the epoch, which is in a unique key, and not against a keep.
    /// </summary>
    /// <inheritdoc cref="ClockText"/>
    protected override string FenceText =>
        "SELECT epoch, set_config('idle_in_transaction_session_timeout', '5000', true) FROM lease WHERE name = 'speaker' AND epoch = @epoch FOR KEY SHARE";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
    }

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = _source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            throw e is SocketException or IOException or TimeoutException ? new NpgsqlException(e.Message, e) : e;
        }
    }

    protected override async Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
        var version = await connection.ExecuteScalarAsync<long?>("SELECT MAX(version) FROM schema_version") ?? 0;
        var migrations = Migration.Of("postgresql");
        if (version > migrations[^1].Number)
        {
            throw new StorageException(
                $"{_name}: made by a later version of the bot (schema {version}, this one knows {migrations[^1].Number}): "
                + "install that version again, or give another database");
        }

        foreach (var migration in migrations.Where(migration => migration.Number > version))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunAsync(connection, transaction, migration.Sql, cancellationToken);
            await connection.ExecuteAsync("DELETE FROM schema_version", transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@Number)", new { Number = (long)migration.Number }, transaction);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    protected override StorageException? Damage(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } damage
            ? new StorageException($"{_name}: damaged; it is left as it is ({damage.MessageText})", damage)
            : null;

    protected override StorageException? Unopened(DbException error) => new(
        $"{_name}: cannot be used ({error.Message}); the server must run, and let this user make tables in a database of its own", error);

    protected override bool IsConflict(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    protected override Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(LongestPause * Jitter.Next(), _time, cancellationToken);

    /// <summary>Where the connection is lost the server has rolled back, or will.</summary>
    protected override async Task RollBackAsync(DbConnection connection, DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection is of no use any more: the next transaction gets another one.
            await connection.CloseAsync();
        }
    }
}
