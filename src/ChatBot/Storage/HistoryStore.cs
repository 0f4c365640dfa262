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
            return await LatestOfAsync(transaction, machine, service);
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

    private static async Task<Incident?> LatestOfAsync(StoreTransaction transaction, string machine, string? service) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident
            WHERE machine = @Machine AND (@AnyService = 1 OR service = @Service) ORDER BY opened_at DESC, number DESC LIMIT 1
            """,
            new { Machine = machine, Service = service ?? "", AnyService = service is null ? 1L : 0L },
            transaction.Transaction))?.Read();

    /// <summary>Those that began, ended or were acknowledged since then, newest first.</summary>
    public static async Task<IReadOnlyList<Incident>> SinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {IncidentStore.Columns} FROM incident
            WHERE opened_at >= @Since OR closed_at >= @Since OR acknowledged_at >= @Since ORDER BY number DESC LIMIT @Most
            """,
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    private const string Columns = "i.number, i.machine, i.service, i.for_root, i.opened_at, i.closed_at, i.acknowledged_at";

    /// <summary>Those that began or were open since then with what their events add up to, newest first.</summary>
    public static async Task<IReadOnlyList<PastIncident>> PastAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<PastRow>(
            $"""
            SELECT {Columns}, i.notifications + {PastCounts.Notifications} AS notifications, i.changes + {PastCounts.Changes} AS changes,
                i.acknowledgements + {PastCounts.Acknowledgements} AS acknowledgements, i.flappings + {PastCounts.Flappings} AS flappings,
                i.downs + {PastCounts.Downs} AS downs
            FROM (
                SELECT {Columns}, i.notifications, i.changes, i.acknowledgements, i.flappings, i.downs FROM incident i
                WHERE i.opened_at >= @Since OR i.closed_at >= @Since OR i.closed_at IS NULL ORDER BY i.opened_at DESC, i.number DESC LIMIT @Most
            ) i LEFT JOIN incident_event e ON e.incident = i.number
            GROUP BY {Columns}, i.notifications, i.changes, i.acknowledgements, i.flappings, i.downs
            ORDER BY i.opened_at DESC, i.number DESC
            """,
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    internal sealed class PastRow
    {
        public long Number { get; init; }

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
