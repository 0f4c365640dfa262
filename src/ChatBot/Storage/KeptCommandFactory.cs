using System.Data;
using System.Data.Common;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What Dapper gets its commands from: where the connection keeps them, each text is compiled once.</summary>
internal class KeptCommandFactory<T> : CommandFactory<T>
{
    public override DbCommand GetCommand(DbConnection connection, string sql, CommandType commandType, T args)
    {
        var kept = (connection as KeepingConnection)?.Reuse(sql);
        return TryReuseInterlocked(ref kept, sql, commandType, args) ?? base.GetCommand(connection, sql, commandType, args);
    }

    public override bool TryRecycle(DbCommand command) => command.Connection is KeepingConnection keeping && keeping.Keep(command);
}
