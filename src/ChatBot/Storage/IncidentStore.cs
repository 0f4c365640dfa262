using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Incidents and what happened to them.</summary>
internal static class IncidentStore
{
    internal const string Columns =
        "number, machine, service, source, state, opened_at, closed_at, told_state, tell_at, detail, flapping, held, covered_by, timed_out, "
        + "told_at, taken_by, taken_reason, taken_audience, taken_at, taken_until";

    private const string IsWaiting =
        "closed_at IS NULL AND told_state IS NOT NULL AND tell_at IS NULL AND held IS NULL AND taken_by IS NULL AND flapping = 0";

    public static async Task<Incident?> FindAsync(StoreTransaction work, long number) =>
        (await work.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE number = @Number", new { Number = number }, work.Transaction))?.Read();

    public static async Task<Incident?> OpenOneAsync(StoreTransaction work, PublicText machine, PublicText? service) =>
        (await work.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE machine = @Machine AND service = @Service AND closed_at IS NULL",
            new { Machine = machine.Value, Service = service?.Value ?? "" },
            work.Transaction))?.Read();

    /// <summary>The open ones, of one machine or of all.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenAsync(StoreTransaction work, string? machine) => Read(
        machine is null
            ? await work.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL ORDER BY number", transaction: work.Transaction)
            : await work.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND machine = @Machine ORDER BY number",
                new { Machine = machine },
                work.Transaction));

    /// <summary>All of which the channel has still to be told, open or closed, and that nothing holds back.</summary>
    public static async Task<IReadOnlyList<Incident>> UntoldAsync(StoreTransaction work) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE tell_at IS NOT NULL AND held IS NULL ORDER BY number", transaction: work.Transaction));

    /// <summary>The open ones that somebody had until <paramref name="now"/>.</summary>
    public static async Task<IReadOnlyList<Incident>> TakenUntilAsync(StoreTransaction work, DateTimeOffset now) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND taken_until <= @Now ORDER BY number",
            new { Now = Moment.Store(now) },
            work.Transaction));

    /// <summary>The open ones that may explain others: of machines themselves, and of services of these names.</summary>
    public static async Task<IReadOnlyList<Incident>> CausesAsync(StoreTransaction work, IReadOnlyCollection<string> services) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {Columns} FROM incident
            WHERE closed_at IS NULL AND (service = '' OR @Services LIKE '%|' || LOWER(service) || '|%') ORDER BY number
            """,
            new { Services = $"|{string.Join('|', services).ToLowerInvariant()}|" },
            work.Transaction));

    /// <summary>The open ones that another incident explained that is over now, or that are explained for too long.</summary>
    public static async Task<IReadOnlyList<Incident>> UncoveredAsync(StoreTransaction work, DateTimeOffset openedUntil) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {Columns} FROM incident
            WHERE closed_at IS NULL AND held IN ('Covered', 'Overloaded') AND (opened_at <= @Until OR NOT EXISTS (
                SELECT 1 FROM incident cause
                WHERE cause.number = incident.covered_by AND cause.closed_at IS NULL AND cause.state NOT IN ('OK', 'UP')))
            ORDER BY number
            """,
            new { Until = Moment.Store(openedUntil) },
            work.Transaction));

    /// <summary>How many incidents one explains or explained, and how many of them are open.</summary>
    public static Task<CoveredCount> CountCoveredAsync(StoreTransaction work, long cause) =>
        work.Connection.QuerySingleAsync<CoveredCount>(
            """
            SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END), 0) AS still FROM incident
            WHERE covered_by = @Cause
            """,
            new { Cause = cause },
            work.Transaction);

    /// <summary>When each machine was last told of, of those that were since a moment.</summary>
    public static async Task<IReadOnlyList<MachineTold>> ToldSinceAsync(StoreTransaction work, DateTimeOffset since) =>
        (await work.Connection.QueryAsync<MachineTold>(
            "SELECT machine, MAX(told_at) AS told_at FROM incident WHERE told_at > @Since GROUP BY machine",
            new { Since = Moment.Store(since) },
            work.Transaction)).ToList();

    /// <summary>Open ones that were told and that nobody has, nothing holds and no monitor calls unstable, told last until a moment.</summary>
    public static async Task<IReadOnlyList<Incident>> ForgottenAsync(StoreTransaction work, DateTimeOffset until) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE {IsWaiting} AND told_at <= @Until ORDER BY number",
            new { Until = Moment.Store(until) },
            work.Transaction));

    /// <summary>When the one of these that was told first was told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> FirstForgottenAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>($"SELECT MIN(told_at) FROM incident WHERE {IsWaiting}", transaction: work.Transaction));

    /// <summary>When the next of those that were explained is to be told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextUncoveredAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(tell_at) FROM incident WHERE closed_at IS NULL AND held IN ('Covered', 'Overloaded')",
            transaction: work.Transaction));

    /// <summary>How many began and ended within a time without being told.</summary>
    public static Task<long> CountUnheardAsync(StoreTransaction work, DateTimeOffset since) => work.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM incident WHERE told_state IS NULL AND opened_at >= @Since AND closed_at IS NOT NULL",
        new { Since = Moment.Store(since) },
        work.Transaction);

    /// <summary>What was never told: the open ones that a person holds back, and those that ended from <paramref name="since"/> on.</summary>
    public static async Task<IReadOnlyList<Incident>> HiddenAsync(StoreTransaction work, DateTimeOffset since) => Read(
        await work.Connection.QueryAsync<IncidentRow>(
            $"""
            SELECT {Columns} FROM incident
            WHERE (closed_at IS NULL AND held IN ('Muted', 'Intervention')) OR (told_state IS NULL AND closed_at >= @Since) ORDER BY number
            """,
            new { Since = Moment.Store(since) },
            work.Transaction));

    /// <summary>The next moment at which something is to be told; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextToTellAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(tell_at) FROM incident WHERE tell_at IS NOT NULL AND held IS NULL", transaction: work.Transaction));

    /// <summary>The next moment until which somebody has an incident in hand; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextTakenUntilAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(taken_until) FROM incident WHERE closed_at IS NULL AND taken_until IS NOT NULL", transaction: work.Transaction));

    /// <summary>Stores an incident as it is now; a new one (number 0) gets its number.</summary>
    public static async Task<Incident> SaveAsync(StoreTransaction work, Incident incident)
    {
        var row = new
        {
            incident.Number,
            Machine = incident.Machine.Value,
            Service = incident.Service?.Value ?? "",
            Source = incident.Source?.Value,
            State = incident.State.Word(),
            OpenedAt = Moment.Store(incident.OpenedAt),
            ClosedAt = Moment.Store(incident.ClosedAt),
            ToldState = incident.AnnouncedState?.Word(),
            TellAt = Moment.Store(incident.AnnounceAt),
            Detail = incident.Detail?.Value,
            Flapping = incident.Flapping ? 1L : 0L,
            Held = incident.SuppressedBy?.ToString(),
            incident.InhibitedBy,
            TimedOut = incident.TimedOut ? 1L : 0L,
            ToldAt = Moment.Store(incident.AnnouncedAt),
            TakenBy = incident.Acknowledgement?.By.Value,
            TakenReason = incident.Acknowledgement?.Reason.Text.Value,
            TakenAudience = incident.Acknowledgement is { } taken ? Remarks.Store(taken.Reason.SaidTo) : null,
            TakenAt = Moment.Store(incident.Acknowledgement?.At),
            TakenUntil = Moment.Store(incident.Acknowledgement?.Until),
        };
        if (incident.Number != 0)
        {
            await work.Connection.ExecuteAsync(
                """
                UPDATE incident SET state = @State, closed_at = @ClosedAt, told_state = @ToldState, tell_at = @TellAt,
                    detail = @Detail, flapping = @Flapping, held = @Held, covered_by = @CoveredBy, timed_out = @TimedOut,
                    told_at = @ToldAt, taken_by = @TakenBy, taken_reason = @TakenReason,
                    taken_audience = @TakenAudience, taken_at = @TakenAt, taken_until = @TakenUntil
                WHERE number = @Number
                """,
                row,
                work.Transaction);
            return incident;
        }

        var number = await work.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO incident (machine, service, source, state, opened_at, closed_at, told_state, tell_at, detail, flapping, held,
                covered_by, timed_out, told_at, taken_by, taken_reason, taken_audience, taken_at, taken_until)
            VALUES (@Machine, @Service, @Source, @State, @OpenedAt, @ClosedAt, @ToldState, @TellAt, @Detail, @Flapping, @Held,
                @CoveredBy, @TimedOut, @ToldAt, @TakenBy, @TakenReason, @TakenAudience, @TakenAt, @TakenUntil)
            RETURNING number
            """,
            row,
            work.Transaction);
        return incident with { Number = number };
    }

    public static Task AddEventAsync(StoreTransaction work, long incident, IncidentEvent happened) => work.Connection.ExecuteAsync(
        """
        INSERT INTO incident_event (incident, at, why, state, said_by, said, said_audience)
        VALUES (@Incident, @At, @Why, @State, @SaidBy, @Said, @SaidAudience)
        """,
        new
        {
            Incident = incident,
            At = Moment.Store(happened.At),
            Why = happened.Reason.ToString(),
            State = happened.State.Word(),
            SaidBy = happened.By?.Value,
            Said = happened.Said?.Text.Value,
            SaidAudience = happened.Said is { } said ? Remarks.Store(said.SaidTo) : null,
        },
        work.Transaction);

    public static async Task<IReadOnlyList<IncidentEvent>> StoryAsync(StoreTransaction work, long incident) =>
        (await work.Connection.QueryAsync<EventRow>(
            """
            SELECT incident, at, why, state, said_by, said, said_audience FROM incident_event
            WHERE incident = @Incident ORDER BY id
            """,
            new { Incident = incident },
            work.Transaction)).Select(row => row.Read()).ToList();

    private static List<Incident> Read(IEnumerable<IncidentRow> rows) => rows.Select(row => row.Read()).ToList();
}
