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
    // The names of the parameters of all texts, with the @ that they have there.
    private static readonly ConcurrentDictionary<string, string> Named = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, DbCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>Gives up after <c>Default Timeout</c>: Dapper.AOT sets none for what asks for none, which would be for ever.</summary>
    public override SqliteCommand CreateCommand() => new TimedSqliteCommand { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>The texts of those that nobody uses now.</summary>
    public IEnumerable<string> Texts => _idle.Keys;

    /// <summary>One of that text that nobody uses now.</summary>
    public DbCommand? Reuse(string sql) => _idle.TryRemove(sql, out var command) ? command : null;

    /// <summary>
    /// Gives its parameters the names that the text has, and not Dapper's, which lack the @: SQLite would be asked for each of them four times more,
    /// at each run.
    /// </summary>
    public static void NameAsInText(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            parameter.SourceColumn = parameter.ParameterName;
            parameter.ParameterName = Named.GetOrAdd(parameter.ParameterName, name => $"@{name}");
        }
    }

    /// <returns>False where one of that text is kept already.</returns>
    public bool Keep(DbCommand command)
    {
        command.Transaction = null;
        foreach (DbParameter parameter in command.Parameters)
        {
            // By its own name Dapper finds it again.
            parameter.ParameterName = parameter.SourceColumn;

            // Dapper gives each text the size of its first value, which would cut the next one short.
            parameter.Size = -1;
        }

        return _idle.TryAdd(command.CommandText, command);
    }

    private sealed class TimedSqliteCommand : SqliteCommand
    {
        public override int CommandTimeout
        {
            get => base.CommandTimeout;
            set => base.CommandTimeout = value > 0 ? value : base.CommandTimeout;
        }
    }
}
