using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Looks back at incidents.</summary>
internal static class HistoryStore
{
    /// <summary>The last incident of a machine, or of one of its checks, case-insensitive in every script.</summary>
    public static async Task<Incident?> LatestAsync(StoreTransaction transaction, string machine, string? service)
    {
        if (service is null)
        {
            return await LatestOfAsync(transaction, machine);
        }

        // LOWER of a database knows ASCII alone, or a locale.
        var names = await transaction.Connection.QueryAsync<string>(
            "SELECT service FROM incident WHERE machine = @Machine GROUP BY service", new { Machine = machine }, transaction.Transaction);
        Incident? latest = null;
        foreach (var name in names.Where(name => name.Equals(service, StringComparison.OrdinalIgnoreCase)))
        {
            if (await LatestOfAsync(transaction, machine, name) is { } found && (latest is null || found.OpenedAt > latest.OpenedAt))
            {
                latest = found;
            }
        }

        return latest;
    }

    private static async Task<Incident?> LatestOfAsync(StoreTransaction transaction, string machine) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE machine = @Machine ORDER BY opened_at DESC, number DESC LIMIT 1",
            new { Machine = machine },
            transaction.Transaction))?.Read();

    private static async Task<Incident?> LatestOfAsync(StoreTransaction transaction, string machine, string service) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident WHERE machine = @Machine AND service = @Service ORDER BY opened_at DESC, number DESC LIMIT 1
            """,
            new { Machine = machine, Service = service },
            transaction.Transaction))?.Read();

    /// <summary>Those that began, ended or were acknowledged since then, newest first.</summary>
    public static async Task<IReadOnlyList<Incident>> SinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident WHERE number IN (
                SELECT number FROM (SELECT number FROM incident WHERE opened_at >= @Since ORDER BY opened_at DESC LIMIT @Most) opened
                UNION SELECT number FROM (SELECT number FROM incident WHERE closed_at >= @Since ORDER BY closed_at DESC LIMIT @Most) closed
                UNION SELECT number FROM (SELECT number FROM incident WHERE acknowledged_at >= @Since ORDER BY acknowledged_at DESC LIMIT @Most) acknowledged)
            ORDER BY number + 0 DESC LIMIT @Most
            """,
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    private const string Columns =
        "machine, service, for_root, opened_at, closed_at, acknowledged_at, notifications, changes, acknowledgements, flappings, downs";

    /// <summary>Those that began or were open since then with what their steps add up to, newest first.</summary>
    public static async Task<IReadOnlyList<PastIncident>> PastAsync(StoreTransaction transaction, DateTimeOffset since, int most)
    {
        var rows = (await transaction.Connection.QueryAsync<PastRow>(
            $"SELECT {Columns} FROM incident WHERE opened_at >= @Since ORDER BY opened_at DESC, number DESC LIMIT @Most",
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).ToList();
        if (rows.Count < most)
        {
            rows.AddRange(await transaction.Connection.QueryAsync<PastRow>(
                $"""
                SELECT {Columns} FROM incident WHERE opened_at + 0 < @Since AND number IN (
                    SELECT number FROM incident WHERE closed_at >= @Since UNION ALL SELECT number FROM incident WHERE closed_at IS NULL)
                ORDER BY opened_at + 0 DESC, number DESC LIMIT @Left
                """,
                new { Since = Moment.Store(since), Left = most - rows.Count },
                transaction.Transaction));
        }

        return rows.Select(row => row.Read()).ToList();
    }

    internal sealed class PastRow
    {
        public string Machine { get; init; } = "";

        public string Service { get; init; } = "";

        [DbValue(Name = "for_root")]
        public long ForRoot { get; init; }

        [DbValue(Name = "opened_at")]
        public long OpenedAt { get; init; }

        [DbValue(Name = "closed_at")]
        public long? ClosedAt { get; init; }

        [DbValue(Name = "acknowledged_at")]
        public long? AcknowledgedAt { get; init; }

        public long Notifications { get; init; }

        public long Changes { get; init; }

        public long Acknowledgements { get; init; }

        public long Flappings { get; init; }

        public long Downs { get; init; }

        public PastIncident Read() => new()
        {
            Machine = Name.OfMachine(Machine, ForRoot != 0),
            Service = Service.Length == 0 ? null : Name.OfService(Service, ForRoot != 0),
            OpenedAt = Moment.Read(OpenedAt),
            ClosedAt = Moment.Read(ClosedAt),
            Notifications = (int)Notifications,
            Changes = (int)Changes,
            WasAcknowledged = Acknowledgements > 0 || AcknowledgedAt is not null,
            WasFlapping = Flappings > 0,
            WasDown = Downs > 0,
        };
    }
}
