using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>A store that is read as it is at one moment, or filled: all in one transaction of one connection.</summary>
internal abstract class StoreEnd(DbConnection connection, DbTransaction transaction, string name) : IAsyncDisposable
{
    // Which bot speaks from this very store, and its schema: true of no other one.
    private static readonly string[] OfThisStore = ["lease", "lease_history", "schema_version"];

    /// <summary>How it stands in a sentence; no secret.</summary>
    public string Name { get; } = name;

    protected DbConnection Connection { get; } = connection;

    /// <summary>All tables that hold what the bot knows.</summary>
    public async Task<IReadOnlyList<CopiedTable>> TablesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<CopiedTable>();
        foreach (var table in (await TableNamesAsync(cancellationToken)).Except(OfThisStore))
        {
            var columns = await ListAsync(ColumnQuery, table, row => new CopiedColumn(row.GetString(0), IsText(table, row.GetString(0), row.GetString(1))), cancellationToken);
            tables.Add(new CopiedTable(
                table,
                [.. columns.OrderBy(column => column.Name, StringComparer.Ordinal)],
                (await ListAsync(NumberedQuery, table, row => row.GetString(0), cancellationToken)).SingleOrDefault(),
                [.. (await ListAsync(ParentQuery, table, row => row.GetString(0), cancellationToken)).Distinct().Order(StringComparer.Ordinal)]));
        }

        return tables;
    }

    public Task<long> CountAsync(CopiedTable table, CancellationToken cancellationToken) =>
        NumberAsync($"SELECT COUNT(*) FROM {CopiedTable.Quoted(table.Name)}", cancellationToken);

    /// <summary>Of the rows that are there; 0 where there are none.</summary>
    public Task<long> GreatestNumberAsync(CopiedTable table, CancellationToken cancellationToken) =>
        NumberAsync($"SELECT COALESCE(MAX({CopiedTable.Quoted(table.Numbered!)}), 0) FROM {CopiedTable.Quoted(table.Name)}", cancellationToken);

    /// <param name="sql">A statement of the program that gives one number.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Reads every row, one at a time.</summary>
    public async Task ReadAsync(CopiedTable table, Action<CopiedRow> take, CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT {table.ColumnList} FROM {CopiedTable.Quoted(table.Name)}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new CopiedRow(table);
        while (await reader.ReadAsync(cancellationToken))
        {
            row.Read(reader);
            take(row);
        }
    }

    /// <summary>Where the rows of a table are put.</summary>
    public abstract Task<TableFiller> FillAsync(CopiedTable table, CancellationToken cancellationToken);

    /// <summary>The last number that was given to a row of a table, be the row there or not; 0 where none was.</summary>
    public abstract Task<long> LastNumberAsync(CopiedTable table, CancellationToken cancellationToken);

    /// <summary>The next number is the one after it.</summary>
    public abstract Task SetLastNumberAsync(CopiedTable table, long number, CancellationToken cancellationToken);

    /// <summary>What was put there stays; without it nothing does.</summary>
    public virtual Task CommitAsync() => transaction.CommitAsync(CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The names of the tables.</summary>
    protected abstract Task<IReadOnlyList<string>> TableNamesAsync(CancellationToken cancellationToken);

    /// <summary>Name and type of each column of <c>@Table</c>.</summary>
    protected abstract string ColumnQuery { get; }

    /// <summary>The column of <c>@Table</c> that numbers its rows, if one does.</summary>
    protected abstract string NumberedQuery { get; }

    /// <summary>The tables that <c>@Table</c> refers to.</summary>
    protected abstract string ParentQuery { get; }

    protected async Task<List<T>> ListAsync<T>(string sql, string? table, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        if (table is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@Table", table);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    protected DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names of the catalogue, quoted; a parameter cannot stand for a table.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private bool IsText(string table, string column, string type) => type.ToUpperInvariant() switch
    {
        "TEXT" => true,
        "BIGINT" or "INTEGER" => false,
        _ => throw new StorageException($"{Name}: {table}.{column} is of the type {type}, which no store of this bot has"),
    };
}

/// <summary>Takes the rows of one table.</summary>
internal abstract class TableFiller : IAsyncDisposable
{
    public abstract void Add(CopiedRow row);

    /// <summary>There are no more.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
