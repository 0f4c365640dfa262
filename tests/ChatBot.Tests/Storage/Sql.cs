using System.Data.Common;
using System.Globalization;

namespace ChatBot.Tests.Storage;

/// <summary>Statements of a test, as they stand.</summary>
internal static class Sql
{
    /// <returns>The first column of the first row as a number; 0 where there is none.</returns>
    public static async Task<long> RunAsync(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // No test takes its statements from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0, CultureInfo.InvariantCulture);
    }
}
