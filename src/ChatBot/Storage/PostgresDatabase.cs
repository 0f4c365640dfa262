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

    // In seconds. Of several hosts one that is switched off answers nothing, and the next must be reached while a lease is waited for; and
    // whether a host takes writes is known for no longer.
    private const int HostTimeout = 1;
    private const int HostRecheck = 1;

    // One that is frozen holds what it was asked for so long, while the next one could answer.
    private const int HostCommandTimeout = 10;

    // The stores have fewer texts than that.
    private const int MostPrepared = 250;

    // Before it there was no lease, and one bot a database.
    private const int FirstWithLease = 22;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _unprepared;
    private readonly string _name;
    private readonly TimeProvider _time;
    private bool _isPooled;

    /// <param name="connection">As Npgsql takes it: <c>Host=db;Database=chatbot;Username=chatbot</c>.</param>
    /// <param name="time">For pauses between two tries.</param>
    public PostgresDatabase(string connection, TimeProvider time)
        : base(time)
    {
        (_source, _name) = SourceOf(connection, prepared: MostPrepared);
        (_unprepared, _) = SourceOf(connection);
        _time = time;
    }

    /// <summary>The steps to this version's schema.</summary>
    internal IReadOnlyList<Migration> Migrations { get; init; } = Migration.Of("postgresql");

    /// <summary>
    /// Where its connections come from, and how it stands in a sentence. Of several hosts (<c>Host=db1,db2</c>) it is the one that takes
    /// writes, asked for anew with each connection.
    /// </summary>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="commandTimeout">In seconds, 0 for none; null for what the connection says.</param>
    /// <param name="prepared">How many statements are prepared of those that come again and again, where the connection does not say.</param>
    internal static (NpgsqlDataSource Source, string Name) SourceOf(string connection, int? commandTimeout = null, int prepared = 0)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        builder.EnableTransportSecurity();

        // Connections of a known number, each closed by its owner; what a pool asks of a session, a pooler of transactions does not keep.
        var settings = builder.ConnectionStringBuilder;
        settings.Pooling = false;
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        settings.ApplicationName ??= "chatbot";
        if (commandTimeout is { } seconds)
        {
            settings.CommandTimeout = seconds;
        }

        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = prepared;
        }

        var name = $"{settings.Host}/{settings.Database}";
        if (settings.Host?.Contains(',', StringComparison.Ordinal) is not true)
        {
            return (builder.Build(), name);
        }

        // The data source wants to be told which, and refuses to read it.
        settings.TargetSessionAttributes = null;
        if (!settings.ShouldSerialize("Timeout"))
        {
            settings.Timeout = HostTimeout;
        }

        if (!settings.ShouldSerialize("Command Timeout"))
        {
            settings.CommandTimeout = HostCommandTimeout;
        }

        settings.HostRecheckSeconds = HostRecheck;
        return (builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite), name);
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
                await MigrateAsync(connection, isShared: false, cancellationToken);
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
        await _unprepared.DisposeAsync();
    }

    /// <summary>
    /// Statements are prepared where the server itself answers. A pooler gives the next transaction to another process of the server, which
    /// does not have them; the number of the process shows the pooler, because it makes up one of its own.
    /// </summary>
    /// <inheritdoc/>
    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_isPooled)
        {
            var connection = await ConnectAsync(_source, cancellationToken);
            if (await IsOfOneProcessAsync(connection, cancellationToken))
            {
                return connection;
            }

            await connection.DisposeAsync();
            _isPooled = true;
        }

        return await ConnectAsync(_unprepared, cancellationToken);
    }

    /// <summary>
    /// Of several programs that begin together each step is made by the one that first changes the row of <c>schema_version</c>; the others
    /// wait for its commit, and see then that it is made.
    /// </summary>
    /// <inheritdoc/>
    protected override async Task<bool> MigrateAsync(DbConnection connection, bool isShared, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await VersionAsync(connection, cancellationToken);
            if (version > Migrations[^1].Number)
            {
                throw new StorageException(
                    $"{_name}: made by a later version of the bot (schema {version}, this one knows {Migrations[^1].Number}): "
                    + "install that version again, or give another database");
            }

            if (Migrations.FirstOrDefault(migration => migration.Number > version) is not { } next)
            {
                return true;
            }

            if (isShared && version >= FirstWithLease)
            {
                return false;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepToEpochAsync(connection, transaction, cancellationToken);
            if (await connection.ExecuteAsync(
                "UPDATE schema_version SET version = @Next WHERE version = @Version", new { Next = (long)next.Number, Version = version }, transaction) > 0)
            {
                await OwnStatement.RunAsync(connection, transaction, next.Sql, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = source.CreateConnection();
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

    private static async Task<bool> IsOfOneProcessAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is int process && process == connection.ProcessID;
        }
        catch (PostgresException)
        {
            return false;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // 0 where there are no tables yet.
    private static async Task<long> VersionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        const string read = "SELECT MAX(version) FROM schema_version";
        const string begin = "INSERT INTO schema_version (version) VALUES (0)";
        try
        {
            if (await connection.ExecuteScalarAsync<long?>(read) is { } version)
            {
                return version;
            }

            // An earlier version of the bot made it and was killed.
            await connection.ExecuteAsync(begin);
            return 0;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Made below.
        }

        // Of programs that make it at the same moment one does, with its row; the others wait for that.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await OwnStatement.RunAsync(
                connection, transaction, $"CREATE TABLE schema_version (version BIGINT NOT NULL); {begin}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject)
        {
            await transaction.RollbackAsync(cancellationToken);
        }

        return await connection.ExecuteScalarAsync<long?>(read) ?? 0;
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
