using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using Dapper;

namespace ChatBot.Storage;

/// <summary>The last states of each check, which show whether it is flapping.</summary>
internal static class CheckHistoryStore
{
    public static async Task<FlapHistory?> FindAsync(StoreTransaction transaction, CheckKey check) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<CheckHistoryRow>(
            "SELECT machine, service, part, states, last_at, flapping, suppressed FROM check_history WHERE machine = @Machine AND service = @Service AND part = @Part",
            new { Machine = check.Machine.Value, Service = check.Service?.Value ?? "", Part = check.Part.Key },
            transaction.Transaction))?.Read();

    public static Task SaveAsync(StoreTransaction transaction, CheckKey check, FlapHistory history)
    {
        transaction.WakeAfterCommit(Wakeup.Schedule);
        return transaction.Connection.ExecuteAsync(
            """
            INSERT INTO check_history (machine, service, part, states, last_at, flapping, suppressed, ends_at)
            VALUES (@Machine, @Service, @Part, @States, @LastAt, @Flapping, @Suppressed, @EndsAt)
            ON CONFLICT (machine, service, part) DO UPDATE SET states = excluded.states, last_at = excluded.last_at,
                flapping = excluded.flapping, suppressed = excluded.suppressed, ends_at = excluded.ends_at
            """,
            new
            {
                Machine = check.Machine.Value,
                Service = check.Service?.Value ?? "",
                Part = check.Part.Key,
                history.States,
                LastAt = Moment.Store(history.LastAt),
                Flapping = history.IsFlapping ? 1L : 0L,
                history.Suppressed,
                EndsAt = Moment.Store(history.EndsAt),
            },
            transaction.Transaction);
    }

    /// <summary>Those that change too often, and are stable again since a moment.</summary>
    public static async Task<IReadOnlyList<CheckHistory>> SettledAsync(StoreTransaction transaction, DateTimeOffset now) =>
        (await transaction.Connection.QueryAsync<CheckHistoryRow>(
            "SELECT machine, service, part, states, last_at, flapping, suppressed FROM check_history WHERE flapping = 1 AND ends_at <= @Now",
            new { Now = Moment.Store(now) },
            transaction.Transaction)).Select(row => row.ReadCheck()).ToList();

    /// <summary>When the next one is stable again; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextSettledAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>("SELECT MIN(ends_at) FROM check_history WHERE flapping = 1", transaction: transaction.Transaction));

    /// <summary>Forgets what is no longer useful: nothing was reported of the check since a moment.</summary>
    public static Task DeleteAsync(StoreTransaction transaction, DateTimeOffset until) => transaction.Connection.ExecuteAsync(
        "DELETE FROM check_history WHERE flapping = 0 AND last_at < @Until", new { Until = Moment.Store(until) }, transaction.Transaction);
}
