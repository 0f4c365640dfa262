using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Incidents and what happened to them.</summary>
internal static class IncidentStore
{
    internal const string Columns =
        "number, machine, service, source, state, opened_at, closed_at, announced_state, announce_at, detail, flapping, suppressed_by, inhibited_by, timed_out, "
        + "announced_at, acknowledged_by, acknowledged_reason, acknowledged_audience, acknowledged_at, acknowledged_until";

    private const string IsWaiting =
        "closed_at IS NULL AND announced_state IS NOT NULL AND announce_at IS NULL AND suppressed_by IS NULL AND acknowledged_by IS NULL AND flapping = 0";

    public static async Task<Incident?> FindAsync(StoreTransaction transaction, long number) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE number = @Number", new { Number = number }, transaction.Transaction))?.Read();

    public static async Task<Incident?> OpenOneAsync(StoreTransaction transaction, PublicText machine, PublicText? service) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE machine = @Machine AND service = @Service AND closed_at IS NULL",
            new { Machine = machine.Value, Service = service?.Value ?? "" },
            transaction.Transaction))?.Read();

    /// <summary>The open ones, of one machine or of all.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenAsync(StoreTransaction transaction, string? machine) => Read(
        machine is null
            ? await transaction.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL ORDER BY number", transaction: transaction.Transaction)
            : await transaction.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND machine = @Machine ORDER BY number",
                new { Machine = machine },
                transaction.Transaction));

    /// <summary>All of which the channel has still to be told, open or closed, and that nothing holds back.</summary>
    public static async Task<IReadOnlyList<Incident>> UnannouncedAsync(StoreTransaction transaction) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE announce_at IS NOT NULL AND suppressed_by IS NULL ORDER BY number", transaction: transaction.Transaction));

    /// <summary>The open ones that somebody had until <paramref name="now"/>.</summary>
    public static async Task<IReadOnlyList<Incident>> AcknowledgedUntilAsync(StoreTransaction transaction, DateTimeOffset now) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND acknowledged_until <= @Now ORDER BY number",
            new { Now = Moment.Store(now) },
            transaction.Transaction));

    /// <summary>The services of which one is open, each once.</summary>
    public static async Task<IReadOnlyList<string>> OpenServicesAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<string>(
            "SELECT DISTINCT service FROM incident WHERE closed_at IS NULL AND service <> ''", transaction: transaction.Transaction)).ToList();

    /// <summary>The open ones that may inhibit others: of machines themselves, and of these services.</summary>
    /// <param name="transaction">The connection.</param>
    /// <param name="services">As they are stored: what is the same name is not the database's to say.</param>
    public static async Task<IReadOnlyList<Incident>> CausesAsync(StoreTransaction transaction, IReadOnlyCollection<string> services)
    {
        var causes = Read(await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND service = '' ORDER BY number", transaction: transaction.Transaction));
        foreach (var service in services)
        {
            causes.AddRange(Read(await transaction.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND service = @Service ORDER BY number",
                new { Service = service },
                transaction.Transaction)));
        }

        return causes;
    }

    /// <summary>The open ones that another incident explained that is over now, or that are explained for too long.</summary>
    public static async Task<IReadOnlyList<Incident>> UninhibitedAsync(StoreTransaction transaction, DateTimeOffset openedUntil) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {Columns} FROM incident
            WHERE closed_at IS NULL AND suppressed_by IN ('inhibited', 'overloaded') AND (opened_at <= @Until OR NOT EXISTS (
                SELECT 1 FROM incident cause
                WHERE cause.number = incident.inhibited_by AND cause.closed_at IS NULL AND cause.state NOT IN ('OK', 'UP')))
            ORDER BY number
            """,
            new { Until = Moment.Store(openedUntil) },
            transaction.Transaction));

    /// <summary>How many incidents each inhibits or inhibited, of those that are open or still to be announced.</summary>
    public static async Task<IReadOnlyDictionary<long, InhibitedCount>> InhibitedAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<InhibitedRow>(
            """
            SELECT inhibited_by, COUNT(*) AS total, SUM(CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END) AS still FROM incident
            WHERE inhibited_by IN (
                SELECT number FROM incident WHERE closed_at IS NULL UNION SELECT number FROM incident WHERE announce_at IS NOT NULL)
            GROUP BY inhibited_by
            """,
            transaction: transaction.Transaction)).ToDictionary(row => row.InhibitedBy, row => new InhibitedCount(row.Total, row.Still, IsLoad: false));

    /// <summary>When each machine was last announced, of those that were since a moment.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> AnnouncedSinceAsync(StoreTransaction transaction, DateTimeOffset since) =>
        (await transaction.Connection.QueryAsync<AnnouncedRow>(
            "SELECT machine, MAX(announced_at) AS announced_at FROM incident WHERE announced_at > @Since GROUP BY machine",
            new { Since = Moment.Store(since) },
            transaction.Transaction)).ToDictionary(row => row.Machine, row => Moment.Read(row.AnnouncedAt), StringComparer.Ordinal);

    /// <summary>Open ones that were told and that nobody has, nothing holds and no monitor calls unstable, told last until a moment.</summary>
    public static async Task<IReadOnlyList<Incident>> UnacknowledgedAsync(StoreTransaction transaction, DateTimeOffset until) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE {IsWaiting} AND announced_at <= @Until ORDER BY number",
            new { Until = Moment.Store(until) },
            transaction.Transaction));

    /// <summary>When the one of these that was told first was told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> FirstUnacknowledgedAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>($"SELECT MIN(announced_at) FROM incident WHERE {IsWaiting}", transaction: transaction.Transaction));

    /// <summary>When the next of those that were explained is to be told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextUninhibitedAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(announce_at) FROM incident WHERE closed_at IS NULL AND suppressed_by IN ('inhibited', 'overloaded')",
            transaction: transaction.Transaction));

    /// <summary>When those began, from a moment on, that ended without being announced.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> EndedUnannouncedAsync(StoreTransaction transaction, DateTimeOffset since) =>
        (await transaction.Connection.QueryAsync<long>(
            "SELECT opened_at FROM incident WHERE announced_state IS NULL AND opened_at >= @Since AND closed_at IS NOT NULL",
            new { Since = Moment.Store(since) },
            transaction.Transaction)).Select(Moment.Read).ToList();

    /// <summary>What was never told: the open ones that a person holds back, and those that ended from <paramref name="since"/> on.</summary>
    public static async Task<IReadOnlyList<Incident>> SuppressedAsync(StoreTransaction transaction, DateTimeOffset since) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {Columns} FROM incident
            WHERE (closed_at IS NULL AND suppressed_by IN ('muted', 'intervention')) OR (announced_state IS NULL AND closed_at >= @Since) ORDER BY number
            """,
            new { Since = Moment.Store(since) },
            transaction.Transaction));

    /// <summary>The next moment at which something is to be told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextToAnnounceAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(announce_at) FROM incident WHERE announce_at IS NOT NULL AND suppressed_by IS NULL", transaction: transaction.Transaction));

    /// <summary>The next moment until which somebody has an incident in hand; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextAcknowledgedUntilAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(acknowledged_until) FROM incident WHERE closed_at IS NULL AND acknowledged_until IS NOT NULL", transaction: transaction.Transaction));

    /// <summary>Stores an incident as it is now; a new one (number 0) gets its number.</summary>
    public static async Task<Incident> SaveAsync(StoreTransaction transaction, Incident incident)
    {
        transaction.WakeAfterCommit(Wakeup.Schedule);
        var row = new
        {
            incident.Number,
            Machine = incident.Machine.Value,
            Service = incident.Service?.Value ?? "",
            Source = incident.Source?.Value,
            State = incident.State.Word(),
            OpenedAt = Moment.Store(incident.OpenedAt),
            ClosedAt = Moment.Store(incident.ClosedAt),
            AnnouncedState = incident.AnnouncedState?.Word(),
            AnnounceAt = Moment.Store(incident.AnnounceAt),
            Detail = incident.Detail?.Value,
            Flapping = incident.Flapping ? 1L : 0L,
            SuppressedBy = incident.SuppressedBy?.Word(),
            incident.InhibitedBy,
            TimedOut = incident.TimedOut ? 1L : 0L,
            AnnouncedAt = Moment.Store(incident.AnnouncedAt),
            AcknowledgedBy = incident.Acknowledgement?.By.Value,
            AcknowledgedReason = incident.Acknowledgement?.Reason.Text.Value,
            AcknowledgedAudience = incident.Acknowledgement is { } taken ? Remarks.Store(taken.Reason.SaidTo) : null,
            AcknowledgedAt = Moment.Store(incident.Acknowledgement?.At),
            AcknowledgedUntil = Moment.Store(incident.Acknowledgement?.Until),
        };
        if (incident.Number != 0)
        {
            await transaction.Connection.ExecuteAsync(
                """
                UPDATE incident SET state = @State, closed_at = @ClosedAt, announced_state = @AnnouncedState, announce_at = @AnnounceAt,
                    detail = @Detail, flapping = @Flapping, suppressed_by = @SuppressedBy, inhibited_by = @InhibitedBy, timed_out = @TimedOut,
                    announced_at = @AnnouncedAt, acknowledged_by = @AcknowledgedBy, acknowledged_reason = @AcknowledgedReason,
                    acknowledged_audience = @AcknowledgedAudience, acknowledged_at = @AcknowledgedAt, acknowledged_until = @AcknowledgedUntil
                WHERE number = @Number
                """,
                row,
                transaction.Transaction);
            return incident;
        }

        var number = await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO incident (machine, service, source, state, opened_at, closed_at, announced_state, announce_at, detail, flapping, suppressed_by,
                inhibited_by, timed_out, announced_at, acknowledged_by, acknowledged_reason, acknowledged_audience, acknowledged_at, acknowledged_until)
            VALUES (@Machine, @Service, @Source, @State, @OpenedAt, @ClosedAt, @AnnouncedState, @AnnounceAt, @Detail, @Flapping, @SuppressedBy,
                @InhibitedBy, @TimedOut, @AnnouncedAt, @AcknowledgedBy, @AcknowledgedReason, @AcknowledgedAudience, @AcknowledgedAt, @AcknowledgedUntil)
            RETURNING number
            """,
            row,
            transaction.Transaction);
        return incident with { Number = number };
    }

    public static Task AddEventAsync(StoreTransaction transaction, long incident, IncidentEvent happened) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO incident_event (incident, at, reason, state, said_by, said, said_audience)
        VALUES (@Incident, @At, @Reason, @State, @SaidBy, @Said, @SaidAudience)
        """,
        new
        {
            Incident = incident,
            At = Moment.Store(happened.At),
            Reason = happened.Reason.Word(),
            State = happened.State.Word(),
            SaidBy = happened.By?.Value,
            Said = happened.Said?.Text.Value,
            SaidAudience = happened.Said is { } said ? Remarks.Store(said.SaidTo) : null,
        },
        transaction.Transaction);

    public static async Task<IReadOnlyList<IncidentEvent>> StoryAsync(StoreTransaction transaction, long incident) =>
        (await transaction.Connection.QueryAsync<EventRow>(
            """
            SELECT incident, at, reason, state, said_by, said, said_audience FROM incident_event
            WHERE incident = @Incident ORDER BY id
            """,
            new { Incident = incident },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Words in the store that a later version of the bot wrote and this one does not know.</summary>
    public static async Task<IReadOnlyList<string>> UnknownWordsAsync(StoreTransaction transaction)
    {
        var words = await transaction.Connection.QueryAsync<string>(
            """
            SELECT reason FROM incident_event GROUP BY reason
            UNION SELECT suppressed_by FROM incident WHERE suppressed_by IS NOT NULL GROUP BY suppressed_by
            """,
            transaction: transaction.Transaction);
        return words.Where(word => Reasons.Parse(word) == Reason.Unreadable && Reasons.ParseSuppression(word) is null).ToList();
    }

    private static List<Incident> Read(IEnumerable<IncidentRow> rows) => rows.Select(row => row.Read()).ToList();
}
