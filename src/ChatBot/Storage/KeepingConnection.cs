using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ChatBot.Storage;

/// <summary>
/// A connection that keeps its commands by their text, with the statements compiled: compiling takes longer than most statements do. The
/// texts of the stores are a fixed set.
/// </summary>
internal sealed class KeepingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private readonly ConcurrentDictionary<string, DbCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>The texts of those that nobody uses now.</summary>
    public IEnumerable<string> Texts => _idle.Keys;

    /// <summary>One of that text that nobody uses now.</summary>
    public DbCommand? Reuse(string sql) => _idle.TryRemove(sql, out var command) ? command : null;

    /// <returns>False where one of that text is kept already.</returns>
    public bool Keep(DbCommand command)
    {
        command.Transaction = null;
        foreach (DbParameter parameter in command.Parameters)
        {
            // Dapper gives each text the size of its first value, which would cut the next one short.
            parameter.Size = -1;
        }

        return _idle.TryAdd(command.CommandText, command);
    }
}
