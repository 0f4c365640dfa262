using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace ChatBot.Storage;

/// <summary>
/// What Dapper gets its commands from. Where the connection keeps them each text is compiled once; what PostgreSQL holds in no text, NUL and half
/// a character, becomes a question mark there, so that no mail is refused for it for ever.
/// </summary>
internal class KeptCommandFactory<T> : CommandFactory<T>
{
    public override DbCommand GetCommand(DbConnection connection, string sql, CommandType commandType, T args)
    {
        var kept = (connection as KeepingConnection)?.Reuse(sql);
        var command = TryReuseInterlocked(ref kept, sql, commandType, args) ?? base.GetCommand(connection, sql, commandType, args);
        if (connection is KeepingConnection)
        {
            KeepingConnection.NameAsInText(command);
        }
        else if (command is NpgsqlCommand npgsql)
        {
            foreach (DbParameter parameter in command.Parameters)
            {
                if (parameter.Value is string text)
                {
                    parameter.Value = StorableText.Of(text);
                }
            }

            return new TimedCommand(npgsql);
        }

        return command;
    }

    public override bool TryRecycle(DbCommand command) => command.Connection is KeepingConnection keeping && keeping.Keep(command);
}
