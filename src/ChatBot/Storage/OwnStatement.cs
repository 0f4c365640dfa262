using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>Carries out statements that are constants or resources of this assembly: nothing from outside gets here.</summary>
internal static class OwnStatement
{
    // In seconds: a step that rewrites a large table takes minutes.
    private const int LongestMigration = 3600;

    /// <summary>Carries out a step of a migration.</summary>
    /// <exception cref="DbException">It failed.</exception>
    public static async Task RunAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, transaction, sql);
        command.CommandTimeout = LongestMigration;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads one number, of the lease or of its epoch.</summary>
    /// <param name="connection">Of the transaction.</param>
    /// <param name="transaction">It is read within.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="epoch">For its parameter <c>@epoch</c>; null where it has none, and then it is not waited for longer than the lease allows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where it gives no row.</returns>
    /// <exception cref="DbException">It failed.</exception>
    public static async Task<long?> NumberAsync(
        DbConnection connection, DbTransaction transaction, string sql, long? epoch, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, transaction, sql);
        if (epoch is { } value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("epoch", value);
            command.Parameters.Add(parameter);
        }
        else
        {
            command.CommandTimeout = LeaseStore.Patience;
        }

        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
