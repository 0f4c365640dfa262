using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>
/// Copies all that a store holds into an empty one of another engine, a row at a time, and proves it: every table of the one is read back from the
/// other, before anything there is final. What the tables are is asked of both, so that none can be forgotten.
/// </summary>
internal static class StoreCopy
{
    private const int RowsBetweenSigns = 5000;

    /// <param name="from">Is not changed.</param>
    /// <param name="to">Stays empty where this throws.</param>
    /// <param name="progress">How many rows are copied or read back, and of how many.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <returns>What each table holds on both sides.</returns>
    /// <exception cref="StorageException">They differ in what they can hold, the target has rows, a row is refused, or what is read back is not what was
    /// written.</exception>
    public static async Task<IReadOnlyList<TableContent>> RunAsync(
        StoreEnd from, StoreEnd to, Action<long, long> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyAsync(from, to, progress, cancellationToken);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new StorageException($"{from.Name} is not copied to {to.Name}: {e.Message}", e);
        }
    }

    /// <summary>Why a store of that version is not copied; null where it is.</summary>
    public static StorageException? Mismatch(string name, long version, int known) => version == known
        ? null
        : new StorageException(version switch
        {
            0 => $"{name}: no store of this bot",
            _ when version < known => $"{name}: made by an earlier version of the bot (schema {version}, this one knows {known}); start this one on it once, then copy",
            _ => $"{name}: made by a later version of the bot (schema {version}, this one knows {known}); use that version",
        });

    private static async Task<List<TableContent>> CopyAsync(StoreEnd from, StoreEnd to, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var tables = CopiedTable.InOrder(await from.TablesAsync(cancellationToken));
        await AskTargetAsync(from, to, tables, cancellationToken);
        long all = 0, done = 0;
        foreach (var table in tables)
        {
            all += 2 * await from.CountAsync(table, cancellationToken);
        }

        void Sign()
        {
            if (++done % RowsBetweenSigns == 0 || done == all)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(done, all);
            }
        }

        var contents = new List<TableContent>();
        foreach (var table in tables)
        {
            var content = await FillAsync(from, to, table, Sign, cancellationToken);
            if (table.Numbered is not null)
            {
                await to.SetLastNumberAsync(table, await from.LastNumberAsync(table, cancellationToken), cancellationToken);
            }

            contents.Add(content);
        }

        foreach (var (table, content) in tables.Zip(contents))
        {
            var read = new TableDigest();
            await to.ReadAsync(table, row => Count(row, read, Sign), cancellationToken);
            if (new TableContent(table.Name, read.Rows, read.Hash) is var found && found != content)
            {
                throw new StorageException($"{to.Name}: {table.Name} holds {found.Rows} rows ({found.Hash}) and {content.Rows} were copied ({content.Hash}); nothing is kept");
            }
        }

        await to.CommitAsync();
        return contents;
    }

    private static async Task AskTargetAsync(StoreEnd from, StoreEnd to, IReadOnlyList<CopiedTable> tables, CancellationToken cancellationToken)
    {
        var others = await to.TablesAsync(cancellationToken);
        var shapes = others.Select(table => table.Shape).ToHashSet();
        shapes.SymmetricExceptWith(tables.Select(table => table.Shape));
        if (shapes.Count > 0)
        {
            throw new StorageException($"{from.Name} and {to.Name} do not have the same tables: {shapes.Order(StringComparer.Ordinal).First()} is not in both");
        }

        foreach (var table in others)
        {
            if (await to.CountAsync(table, cancellationToken) is > 0 and var rows)
            {
                throw new StorageException($"{to.Name}: is not empty ({table.Name} has {rows} rows); name one that is");
            }
        }
    }

    private static async Task<TableContent> FillAsync(StoreEnd from, StoreEnd to, CopiedTable table, Action sign, CancellationToken cancellationToken)
    {
        var written = new TableDigest();
        await using var filler = await to.FillAsync(table, cancellationToken);
        await from.ReadAsync(
            table,
            row =>
            {
                filler.Add(row);
                Count(row, written, sign);
            },
            cancellationToken);
        await filler.CompleteAsync(cancellationToken);
        return new TableContent(table.Name, written.Rows, written.Hash);
    }

    private static void Count(CopiedRow row, TableDigest digest, Action sign)
    {
        digest.Add(row);
        sign();
    }
}

/// <summary>What a table holds.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many.</param>
/// <param name="Hash">Of all of them, see <see cref="TableDigest"/>.</param>
internal readonly record struct TableContent(string Table, long Rows, string Hash);
