using ChatBot.Core.Incidents;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Incidents of which something may be due, and what keeps them from it.</summary>
internal static class DueStore
{
    private const string IsWaiting =
        "closed_at IS NULL AND announced_state IS NOT NULL AND announce_at IS NULL AND suppressed_by IS NULL AND acknowledged_by IS NULL AND flapping = 0 "
        + "AND (repeats IS NULL OR (is_silent = 0 AND repeated_at >= announced_at + @Repeat))";

    private const string IsRepeating = "closed_at IS NULL AND repeats IS NOT NULL AND is_silent = 0";

    /// <summary>All that is still to be announced, open or closed, and that nothing suppresses.</summary>
    public static async Task<IReadOnlyList<Incident>> UnannouncedAsync(StoreTransaction transaction) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE announce_at IS NOT NULL AND suppressed_by IS NULL ORDER BY number + 0", transaction: transaction.Transaction));

    /// <summary>The open ones that somebody had until <paramref name="now"/>.</summary>
    public static async Task<IReadOnlyList<Incident>> AcknowledgedUntilAsync(StoreTransaction transaction, DateTimeOffset now) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE closed_at IS NULL AND acknowledged_until <= @Now ORDER BY number + 0",
            new { Now = Moment.Store(now) },
            transaction.Transaction));

    /// <summary>The services of which one is open, each once.</summary>
    public static async Task<IReadOnlyList<string>> OpenServicesAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<string>(
            """
            WITH RECURSIVE named (service) AS (
                SELECT MIN(service) FROM incident WHERE closed_at IS NULL AND service > ''
                UNION ALL
                SELECT (SELECT MIN(incident.service) FROM incident WHERE closed_at IS NULL AND incident.service > named.service) FROM named
                WHERE named.service IS NOT NULL)
            SELECT service FROM named WHERE service IS NOT NULL
            """,
            transaction: transaction.Transaction)).ToList();

    /// <summary>The open ones of machines themselves.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenOfMachinesAsync(StoreTransaction transaction) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE closed_at IS NULL AND service = '' ORDER BY number + 0", transaction: transaction.Transaction));

    /// <summary>The open ones of these services, on whatever machine.</summary>
    /// <param name="transaction">The connection.</param>
    /// <param name="services">As they are stored: what is the same name is not the database's to say.</param>
    public static async Task<IReadOnlyList<Incident>> OpenOfServicesAsync(StoreTransaction transaction, IEnumerable<string> services)
    {
        var open = new List<Incident>();
        foreach (var service in services)
        {
            open.AddRange(IncidentStore.Read(await transaction.Connection.QueryAsync<IncidentRow>(
                $"SELECT {IncidentStore.Columns} FROM incident WHERE closed_at IS NULL AND service = @Service ORDER BY number + 0",
                new { Service = service },
                transaction.Transaction)));
        }

        return open;
    }

    /// <summary>The open ones whose inhibiting incident has ended, or that have been inhibited for too long.</summary>
    public static async Task<IReadOnlyList<Incident>> UninhibitedAsync(StoreTransaction transaction, DateTimeOffset openedUntil) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident
            WHERE closed_at IS NULL AND suppressed_by IN ('inhibited', 'overloaded') AND (opened_at <= @Until OR NOT EXISTS (
                SELECT 1 FROM incident cause
                WHERE cause.number = incident.inhibited_by AND cause.closed_at IS NULL AND cause.state NOT IN ('OK', 'UP')))
            ORDER BY number + 0
            """,
            new { Until = Moment.Store(openedUntil) },
            transaction.Transaction));

    /// <summary>How many incidents each of these inhibits or inhibited, of those that do.</summary>
    public static async Task<IReadOnlyDictionary<long, InhibitedCount>> InhibitedAsync(StoreTransaction transaction, IEnumerable<Incident> causes)
    {
        var inhibited = new Dictionary<long, InhibitedCount>();

        // Most are younger than whatever inhibited anything.
        var last = await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MAX(inhibited_by) FROM incident WHERE inhibited_by IS NOT NULL", transaction: transaction.Transaction);
        foreach (var cause in causes.Where(cause => cause.Number <= last))
        {
            var row = await transaction.Connection.QueryFirstAsync<InhibitedRow>(
                "SELECT COUNT(*) AS total, COUNT(*) - COUNT(closed_at) AS still FROM incident WHERE inhibited_by = @Cause",
                new { Cause = cause.Number },
                transaction.Transaction);
            if (row.Total > 0)
            {
                inhibited[cause.Number] = new InhibitedCount(row.Total, row.Still, IsLoad: false);
            }
        }

        return inhibited;
    }

    /// <summary>When each machine was last announced, of those that were since a moment.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> AnnouncedSinceAsync(StoreTransaction transaction, DateTimeOffset since) =>
        (await transaction.Connection.QueryAsync<AnnouncedRow>(
            "SELECT machine || '' AS machine, MAX(announced_at) AS announced_at FROM incident WHERE announced_at > @Since GROUP BY machine || ''",
            new { Since = Moment.Store(since) },
            transaction.Transaction)).ToDictionary(row => row.Machine, row => Moment.Read(row.AnnouncedAt), StringComparer.Ordinal);

    /// <summary>
    /// Open, announced, unacknowledged, not suppressed, not flapping, last announced until a moment; where the program never reports an end, also
    /// reported so long after that.
    /// </summary>
    public static async Task<IReadOnlyList<Incident>> UnacknowledgedAsync(StoreTransaction transaction, DateTimeOffset until, TimeSpan repeat) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE {IsWaiting} AND announced_at <= @Until ORDER BY number + 0",
            new { Until = Moment.Store(until), Repeat = (long)repeat.TotalMilliseconds },
            transaction.Transaction));

    /// <summary>When the first of these was announced, of those that were after a moment; null where there is none.</summary>
    public static async Task<DateTimeOffset?> FirstUnacknowledgedAsync(StoreTransaction transaction, DateTimeOffset after, TimeSpan repeat) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            $"SELECT MIN(announced_at) FROM incident WHERE {IsWaiting} AND announced_at > @After",
            new { After = Moment.Store(after), Repeat = (long)repeat.TotalMilliseconds },
            transaction.Transaction));

    /// <summary>When the next of those that were inhibited is to be announced; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextUninhibitedAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(announce_at) FROM incident WHERE closed_at IS NULL AND suppressed_by IN ('inhibited', 'overloaded')",
            transaction: transaction.Transaction));

    /// <summary>Whether one is open whose program never reports an end, and that is not silent yet.</summary>
    public static async Task<bool> IsAnyRepeatingAsync(StoreTransaction transaction) => await transaction.Connection.ExecuteScalarAsync<long>(
        $"SELECT COUNT(*) FROM incident WHERE {IsRepeating}", transaction: transaction.Transaction) > 0;

    /// <summary>Time has passed without a message about these.</summary>
    /// <returns>All of them.</returns>
    public static async Task<IReadOnlyList<Incident>> PassUnheardAsync(StoreTransaction transaction, TimeSpan listened)
    {
        await transaction.Connection.ExecuteAsync(
            $"UPDATE incident SET unheard = unheard + @Listened WHERE {IsRepeating}",
            new { Listened = (long)listened.TotalMilliseconds },
            transaction.Transaction);
        return IncidentStore.Read(await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE {IsRepeating} ORDER BY number + 0", transaction: transaction.Transaction));
    }

    /// <summary>When those began, from a moment on, that ended without being announced.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> EndedUnannouncedAsync(StoreTransaction transaction, DateTimeOffset since) =>
        (await transaction.Connection.QueryAsync<long>(
            "SELECT opened_at FROM incident WHERE announced_state IS NULL AND opened_at >= @Since AND closed_at IS NOT NULL",
            new { Since = Moment.Store(since) },
            transaction.Transaction)).Select(Moment.Read).ToList();

    /// <summary>What was never announced: the open ones that a person suppresses, and those that ended from <paramref name="since"/> on.</summary>
    public static async Task<IReadOnlyList<Incident>> SuppressedAsync(StoreTransaction transaction, DateTimeOffset since) => IncidentStore.Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident
            WHERE (closed_at IS NULL AND suppressed_by IN ('muted', 'intervention')) OR (announced_state IS NULL AND closed_at >= @Since) ORDER BY number + 0
            """,
            new { Since = Moment.Store(since) },
            transaction.Transaction));

    /// <summary>The next moment at which something is to be announced; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextToAnnounceAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(announce_at) FROM incident WHERE announce_at IS NOT NULL AND suppressed_by IS NULL", transaction: transaction.Transaction));

    /// <summary>When the next acknowledgement expires; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextAcknowledgedUntilAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(acknowledged_until) FROM incident WHERE closed_at IS NULL AND acknowledged_until IS NOT NULL", transaction: transaction.Transaction));
}
