using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>The last states of each check, which tell whether it changes too often.</summary>
internal static class CheckHistoryStore
{
    public static async Task<FlapHistory?> FindAsync(StoreTransaction work, PublicText machine, PublicText? service) =>
        (await work.Connection.QueryFirstOrDefaultAsync<CheckHistoryRow>(
            "SELECT machine, service, states, last_at, flapping, held FROM check_history WHERE machine = @Machine AND service = @Service",
            new { Machine = machine.Value, Service = service?.Value ?? "" },
            work.Transaction))?.Read();

    public static Task SaveAsync(StoreTransaction work, PublicText machine, PublicText? service, FlapHistory history) => work.Connection.ExecuteAsync(
        """
        INSERT INTO check_history (machine, service, states, last_at, flapping, held, ends_at)
        VALUES (@Machine, @Service, @States, @LastAt, @Flapping, @Held, @EndsAt)
        ON CONFLICT (machine, service) DO UPDATE SET states = excluded.states, last_at = excluded.last_at,
            flapping = excluded.flapping, held = excluded.held, ends_at = excluded.ends_at
        """,
        new
        {
            Machine = machine.Value,
            Service = service?.Value ?? "",
            history.States,
            LastAt = Moment.Store(history.LastAt),
            Flapping = history.IsFlapping ? 1L : 0L,
            history.Held,
            EndsAt = Moment.Store(history.EndsAt),
        },
        work.Transaction);

    /// <summary>Those that change too often, and are stable again since a moment.</summary>
    public static async Task<IReadOnlyList<CheckHistoryRow>> SettledAsync(StoreTransaction work, DateTimeOffset now) =>
        (await work.Connection.QueryAsync<CheckHistoryRow>(
            "SELECT machine, service, states, last_at, flapping, held FROM check_history WHERE flapping = 1 AND ends_at <= @Now",
            new { Now = Moment.Store(now) },
            work.Transaction)).ToList();

    /// <summary>When the next one is stable again; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextSettledAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>("SELECT MIN(ends_at) FROM check_history WHERE flapping = 1", transaction: work.Transaction));

    /// <summary>Forgets what is of no use any more: nothing was heard of the check since a moment.</summary>
    public static Task DeleteAsync(StoreTransaction work, DateTimeOffset until) => work.Connection.ExecuteAsync(
        "DELETE FROM check_history WHERE flapping = 0 AND last_at < @Until", new { Until = Moment.Store(until) }, work.Transaction);
}
