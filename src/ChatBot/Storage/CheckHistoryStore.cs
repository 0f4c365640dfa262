using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using Dapper;

namespace ChatBot.Storage;

/// <summary>The last states of each check, which show whether it is flapping.</summary>
internal static class CheckHistoryStore
{
    private const string Columns = "machine, service, part, states, last_at, flapping, suppressed, clock, problem_at, well_at";

    public static async Task<CheckHistory?> FindAsync(StoreTransaction transaction, CheckKey check) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<CheckHistoryRow>(
            $"SELECT {Columns} FROM check_history WHERE machine = @Machine AND service = @Service AND part = @Part",
            new { Machine = check.Machine.Value, Service = check.Service?.Value ?? "", Part = check.Part.Key },
            transaction.Transaction))?.Read();

    public static Task SaveAsync(StoreTransaction transaction, CheckHistory history)
    {
        var flapping = history.Flapping;
        transaction.RescheduleAfterCommit(flapping.IsFlapping ? flapping.EndsAt : null);
        return transaction.Connection.ExecuteAsync(
            """
            INSERT INTO check_history (machine, service, part, states, last_at, flapping, suppressed, ends_at, clock, problem_at, well_at)
            VALUES (@Machine, @Service, @Part, @States, @LastAt, @Flapping, @Suppressed, @EndsAt, @Clock, @ProblemAt, @WellAt)
            ON CONFLICT (machine, service, part) DO UPDATE SET states = excluded.states, last_at = excluded.last_at,
                flapping = excluded.flapping, suppressed = excluded.suppressed, ends_at = excluded.ends_at,
                clock = excluded.clock, problem_at = excluded.problem_at, well_at = excluded.well_at
            """,
            new
            {
                Machine = history.Machine.Value,
                Service = history.Service?.Value ?? "",
                Part = history.Part.Key,
                flapping.States,
                LastAt = Moment.Store(flapping.LastAt),
                Flapping = flapping.IsFlapping ? 1L : 0L,
                flapping.Suppressed,
                EndsAt = Moment.Store(flapping.EndsAt),
                Clock = history.Last?.Clock ?? "",
                ProblemAt = Moment.Store(history.Last?.ProblemAt),
                WellAt = Moment.Store(history.Last?.WellAt),
            },
            transaction.Transaction);
    }

    /// <summary>Those that change too often, and are stable again since a moment.</summary>
    public static async Task<IReadOnlyList<CheckHistory>> SettledAsync(StoreTransaction transaction, DateTimeOffset now) =>
        (await transaction.Connection.QueryAsync<CheckHistoryRow>(
            $"SELECT {Columns} FROM check_history WHERE flapping = 1 AND ends_at <= @Now",
            new { Now = Moment.Store(now) },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>When the next one is stable again; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextSettledAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>("SELECT MIN(ends_at) FROM check_history WHERE flapping = 1", transaction: transaction.Transaction));

    /// <summary>Forgets what is no longer useful.</summary>
    /// <param name="transaction">A transaction.</param>
    /// <param name="until">The check did not change since then.</param>
    /// <param name="reportedUntil">Nothing was reported of it since then.</param>
    public static Task<int> DeleteAsync(StoreTransaction transaction, DateTimeOffset until, DateTimeOffset reportedUntil) => transaction.Connection.ExecuteAsync(
        """
        DELETE FROM check_history
        WHERE flapping = 0 AND last_at < @Until AND COALESCE(problem_at, 0) < @ReportedUntil AND COALESCE(well_at, 0) < @ReportedUntil
        """,
        new { Until = Moment.Store(until), ReportedUntil = Moment.Store(reportedUntil) },
        transaction.Transaction);
}
