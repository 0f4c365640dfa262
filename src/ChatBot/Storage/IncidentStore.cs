using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Incidents and what happened to them.</summary>
internal static class IncidentStore
{
    private const string StepsRead = "steps-read";

    internal const string Columns =
        "number, machine, service, for_root, part, part_name, part_audience, source, state, opened_at, closed_at, announced_state, announce_at, detail, flapping, suppressed_by, inhibited_by, timed_out, "
        + "announced_at, acknowledged_by, acknowledged_reason, acknowledged_audience, acknowledged_at, acknowledged_until, "
        + "repeats, repeated_at, longest_gap, unheard, is_silent, folded_at, notifications, changes, acknowledgements";

    public static async Task<Incident?> FindAsync(StoreTransaction transaction, long number) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE number = @Number", new { Number = number }, transaction.Transaction))?.Read();

    /// <summary>The open one of a check.</summary>
    public static async Task<Incident?> OpenOneAsync(StoreTransaction transaction, CheckKey check) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE machine = @Machine AND service = @Service AND part = @Part AND closed_at IS NULL",
            new { Machine = check.Machine.Value, Service = check.Service?.Value ?? "", Part = check.Part.Key },
            transaction.Transaction))?.Read();

    /// <summary>The last one of a check, open or ended.</summary>
    public static async Task<Incident?> LastOneAsync(StoreTransaction transaction, CheckKey check) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE machine = @Machine AND service = @Service AND part = @Part ORDER BY number DESC LIMIT 1",
            new { Machine = check.Machine.Value, Service = check.Service?.Value ?? "", Part = check.Part.Key },
            transaction.Transaction))?.Read();

    /// <summary>The open ones of a service, or of a machine itself, whichever of its checks they are of.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenOfAsync(StoreTransaction transaction, Name machine, Name? service) => Read(
        await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE machine = @Machine AND service = @Service AND closed_at IS NULL ORDER BY number + 0",
            new { Machine = machine.Value, Service = service?.Value ?? "" },
            transaction.Transaction));

    /// <summary>The open ones, of one machine, case-insensitive in every script, or of all.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenAsync(StoreTransaction transaction, string? machine) => machine is not null
        ? await OpenOfAsync(transaction, [machine])
        : Read(await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {Columns} FROM incident WHERE closed_at IS NULL ORDER BY number + 0", transaction: transaction.Transaction));

    /// <summary>The open ones of these machines, case-insensitive in every script.</summary>
    public static async Task<IReadOnlyList<Incident>> OpenOfAsync(StoreTransaction transaction, IReadOnlyCollection<string> machines)
    {
        if (machines.Count == 0)
        {
            return [];
        }

        var names = await transaction.Connection.QueryAsync<string>(
            """
            WITH RECURSIVE named (machine) AS (
                SELECT MIN(machine) FROM incident WHERE closed_at IS NULL
                UNION ALL
                SELECT (SELECT MIN(incident.machine) FROM incident WHERE closed_at IS NULL AND incident.machine > named.machine) FROM named
                WHERE named.machine IS NOT NULL)
            SELECT machine FROM named WHERE machine IS NOT NULL
            """,
            transaction: transaction.Transaction);
        var open = new List<Incident>();
        foreach (var name in names.Where(name => machines.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            open.AddRange(Read(await transaction.Connection.QueryAsync<IncidentRow>(
                $"SELECT {Columns} FROM incident WHERE closed_at IS NULL AND machine = @Machine ORDER BY number + 0",
                new { Machine = name },
                transaction.Transaction)));
        }

        return open;
    }

    /// <summary>Stores an incident as it is now; a new one (number 0) gets its number.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="incident">It.</param>
    /// <param name="steps">What happened to it, which <see cref="AddCountedAsync"/> adds: they are counted.</param>
    public static async Task<Incident> SaveAsync(StoreTransaction transaction, Incident incident, params IReadOnlyCollection<IncidentEvent> steps)
    {
        var counts = StepCounts.Of(steps);
        var row = new
        {
            incident.Number,
            Machine = incident.Machine.Value,
            Service = incident.Service?.Value ?? "",
            ForRoot = incident.Machine.IsForRoot ? 1L : 0L,
            Part = incident.Part.Key,
            PartName = incident.Part.Name.Value,
            PartAudience = Remarks.Store(incident.Part.Public is null ? Audience.Root : Audience.Public),
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
            AcknowledgedAudience = incident.Acknowledgement is { } acknowledgement ? Remarks.Store(acknowledgement.Reason.SaidTo) : null,
            AcknowledgedAt = Moment.Store(incident.Acknowledgement?.At),
            AcknowledgedUntil = Moment.Store(incident.Acknowledgement?.Until),
            Repeats = incident.Repeats?.Count,
            RepeatedAt = Moment.Store(incident.Repeats?.LastAt),
            LongestGap = (long)(incident.Repeats?.Longest.TotalMilliseconds ?? 0),
            Unheard = (long)(incident.Repeats?.Unheard.TotalMilliseconds ?? 0),
            IsSilent = incident.Repeats is { IsSilent: true } ? 1L : 0L,
            IsUnfolded = steps.Count > 0 ? 1L : 0L,
            counts.Notifications,
            counts.Changes,
            counts.Acknowledgements,
            counts.Flappings,
            counts.Downs,
        };
        if (incident.Number != 0)
        {
            await transaction.Connection.ExecuteAsync(
                """
                UPDATE incident SET part = @Part, part_name = @PartName, part_audience = @PartAudience, state = @State, closed_at = @ClosedAt, announced_state = @AnnouncedState, announce_at = @AnnounceAt,
                    detail = @Detail, flapping = @Flapping, suppressed_by = @SuppressedBy, inhibited_by = @InhibitedBy, timed_out = @TimedOut,
                    announced_at = @AnnouncedAt, acknowledged_by = @AcknowledgedBy, acknowledged_reason = @AcknowledgedReason,
                    acknowledged_audience = @AcknowledgedAudience, acknowledged_at = @AcknowledgedAt, acknowledged_until = @AcknowledgedUntil,
                    repeats = @Repeats, repeated_at = @RepeatedAt, longest_gap = @LongestGap, unheard = @Unheard, is_silent = @IsSilent,
                    folded_at = CASE WHEN @IsUnfolded = 1 THEN NULL ELSE folded_at END, notifications = notifications + @Notifications,
                    changes = changes + @Changes, acknowledgements = acknowledgements + @Acknowledgements, flappings = flappings + @Flappings,
                    downs = downs + @Downs
                WHERE number = @Number
                """,
                row,
                transaction.Transaction);
            return Rescheduled(transaction, incident);
        }

        var number = await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO incident (machine, service, for_root, part, part_name, part_audience, source, state, opened_at, closed_at, announced_state, announce_at, detail, flapping, suppressed_by,
                inhibited_by, timed_out, announced_at, acknowledged_by, acknowledged_reason, acknowledged_audience, acknowledged_at, acknowledged_until,
                repeats, repeated_at, longest_gap, unheard, is_silent, notifications, changes, acknowledgements, flappings, downs)
            VALUES (@Machine, @Service, @ForRoot, @Part, @PartName, @PartAudience, @Source, @State, @OpenedAt, @ClosedAt, @AnnouncedState, @AnnounceAt, @Detail, @Flapping, @SuppressedBy,
                @InhibitedBy, @TimedOut, @AnnouncedAt, @AcknowledgedBy, @AcknowledgedReason, @AcknowledgedAudience, @AcknowledgedAt, @AcknowledgedUntil,
                @Repeats, @RepeatedAt, @LongestGap, @Unheard, @IsSilent, @Notifications, @Changes, @Acknowledgements, @Flappings, @Downs)
            RETURNING number
            """,
            row,
            transaction.Transaction);
        return Rescheduled(transaction, incident with { Number = number });
    }

    // A reminder, and what a cause inhibits without a moment, are due much later.
    private static Incident Rescheduled(StoreTransaction transaction, Incident incident)
    {
        DateTimeOffset?[] due = [incident.AnnounceAt, incident.Acknowledgement?.Until];
        transaction.RescheduleAfterCommit(incident.Number, due.Min());
        return incident;
    }

    /// <summary>Adds a step and counts it. A folded incident, to which a step comes late, is folded again.</summary>
    public static async Task AddEventAsync(StoreTransaction transaction, long incident, IncidentEvent happened)
    {
        await AddCountedAsync(transaction, incident, happened);
        var counts = StepCounts.Of(happened);
        await transaction.Connection.ExecuteAsync(
            """
            UPDATE incident SET folded_at = NULL, notifications = notifications + @Notifications, changes = changes + @Changes,
                acknowledgements = acknowledgements + @Acknowledgements, flappings = flappings + @Flappings, downs = downs + @Downs
            WHERE number = @Incident AND (@IsCounted = 1 OR folded_at IS NOT NULL)
            """,
            new
            {
                Incident = incident,
                IsCounted = counts == default ? 0L : 1L,
                counts.Notifications,
                counts.Changes,
                counts.Acknowledgements,
                counts.Flappings,
                counts.Downs,
            },
            transaction.Transaction);
    }

    /// <summary>Adds a step that is counted already.</summary>
    public static Task AddCountedAsync(StoreTransaction transaction, long incident, IncidentEvent happened) => transaction.Connection.ExecuteAsync(
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

    /// <summary>The identifier of the last event of the incidents of a check; 0 where there is none.</summary>
    public static async Task<long> LastEventAsync(StoreTransaction transaction, Name machine, Name? service) =>
        await transaction.Connection.ExecuteScalarAsync<long?>(
            """
            SELECT MAX(event.id) FROM incident_event event JOIN incident ON incident.number = event.incident
            WHERE incident.machine = @Machine AND incident.service = @Service
            """,
            new { Machine = machine.Value, Service = service?.Value ?? "" },
            transaction.Transaction) ?? 0;

    /// <summary>Words in the store that a later version of the bot wrote and this one does not know.</summary>
    public static async Task<IReadOnlyList<string>> UnknownWordsAsync(StoreTransaction transaction)
    {
        // Steps that were read once are known: they are not all read again at every start.
        var read = await SettingStore.GetAsync(transaction, StepsRead);
        var last = await transaction.Connection.ExecuteScalarAsync<long?>("SELECT MAX(id) FROM incident_event", transaction: transaction.Transaction) ?? 0;
        var reasons = await transaction.Connection.QueryAsync<string>(
            "SELECT reason FROM incident_event WHERE id > @Read AND id <= @Last GROUP BY reason",
            new { Read = read is null ? 0 : long.Parse(read, CultureInfo.InvariantCulture), Last = last },
            transaction.Transaction);
        var suppressions = await transaction.Connection.QueryAsync<string>(
            "SELECT suppressed_by FROM incident WHERE closed_at IS NULL AND suppressed_by IS NOT NULL GROUP BY suppressed_by",
            transaction: transaction.Transaction);
        var unknown = reasons.Where(word => Reasons.Parse(word) == Reason.Unreadable).ToList();
        if (unknown.Count == 0)
        {
            await SettingStore.SetAsync(transaction, StepsRead, last.ToString(CultureInfo.InvariantCulture));
        }

        return [.. unknown.Union(suppressions.Where(word => Reasons.ParseSuppression(word) is null))];
    }

    internal static List<Incident> Read(IEnumerable<IncidentRow> rows) => rows.Select(row => row.Read()).ToList();
}

/// <summary>How many incidents one inhibits or inhibited.</summary>
internal sealed class InhibitedRow
{
    public long Total { get; init; }

    /// <summary>Those that are open.</summary>
    public long Still { get; init; }
}

/// <summary>When a machine was last announced.</summary>
internal sealed class AnnouncedRow
{
    public string Machine { get; init; } = "";

    [DbValue(Name = "announced_at")]
    public long AnnouncedAt { get; init; }
}
