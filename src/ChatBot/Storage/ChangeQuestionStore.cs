using ChatBot.Core.Changelog;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Changes of which nobody has said yet who made them.</summary>
internal static class ChangeQuestionStore
{
    // A question names three files; what a machine changed more often than that in two hours is one question all the same.
    private const int Most = 500;

    /// <summary>All that wait to be asked about, the oldest first, each with the moment to ask.</summary>
    public static async Task<IReadOnlyList<(Change Change, DateTimeOffset AskAt)>> WaitingAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<ChangeStore.ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog, ask_at FROM machine_change
            WHERE ask_at IS NOT NULL ORDER BY ask_at, id LIMIT @Most
            """,
            new { Most },
            transaction.Transaction)).Select(row => (row.Read(), Moment.Read(row.AskAt ?? 0))).ToList();

    /// <summary>Nothing that a machine has changed until now is asked about any more.</summary>
    public static Task SettleAsync(StoreTransaction transaction, string machine) => transaction.Connection.ExecuteAsync(
        "UPDATE machine_change SET ask_at = NULL WHERE machine = @Machine AND ask_at IS NOT NULL", new { Machine = machine }, transaction.Transaction);

    /// <summary>Whether a line was written, here or on the machine.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="machine">The short name.</param>
    /// <param name="written">Lines written here count from then on.</param>
    /// <param name="reported">Lines that a mail of the machine brought count from then on.</param>
    public static async Task<bool> IsAnsweredAsync(StoreTransaction transaction, string machine, DateTimeOffset written, DateTimeOffset reported) =>
        await transaction.Connection.ExecuteScalarAsync<long>(
            """
            SELECT (SELECT COUNT(*) FROM changelog_entry WHERE machine = @Machine AND at >= @Written)
                + (SELECT COUNT(*) FROM machine_change WHERE machine = @Machine AND at >= @Reported AND changelog <> '')
            """,
            new { Machine = machine, Written = Moment.Store(written), Reported = Moment.Store(reported) },
            transaction.Transaction) > 0;

    /// <summary>The packages that programs changed by themselves on a machine since then.</summary>
    public static async Task<HashSet<string>> AutomaticPackagesAsync(StoreTransaction transaction, string machine, DateTimeOffset since) =>
        (await transaction.Connection.QueryAsync<ChangeStore.ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog, ask_at FROM machine_change
            WHERE machine = @Machine AND at >= @Since AND automatic <> 0 ORDER BY id + 0 DESC LIMIT @Most
            """,
            new { Machine = machine, Since = Moment.Store(since), Most },
            transaction.Transaction)).SelectMany(row => row.Read().Summary.Packages).ToHashSet(StringComparer.Ordinal);
}
