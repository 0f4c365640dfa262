using ChatBot.Core.Interventions;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Interventions, planned and past.</summary>
internal static class InterventionStore
{
    private const string Columns =
        "number, machines, planned_by, what, audience, planned_at, begins_at, ends_at, day_before, just_before, began_at, over_at, cancelled, "
        + "moves";

    private const string Coming = "coming interventions";

    public static async Task<Intervention?> FindAsync(StoreTransaction transaction, long number) =>
        (await transaction.Connection.QueryFirstOrDefaultAsync<InterventionRow>(
            $"SELECT {Columns} FROM intervention WHERE number = @Number", new { Number = number }, transaction.Transaction))?.Read();

    /// <summary>Those planned and under way, the one that begins first at the front.</summary>
    public static Task<IReadOnlyList<Intervention>> ComingAsync(StoreTransaction transaction) => transaction.OnceAsync(Coming, ReadComingAsync);

    private static async Task<IReadOnlyList<Intervention>> ReadComingAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<InterventionRow>(
            $"SELECT {Columns} FROM intervention WHERE over_at IS NULL ORDER BY begins_at, number",
            transaction: transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those that begin until a moment and have not, and those that were over from another on.</summary>
    public static async Task<IReadOnlyList<Intervention>> AboutToBeginOrOverAsync(StoreTransaction transaction, DateTimeOffset beginsUntil, DateTimeOffset overSince) =>
        (await transaction.Connection.QueryAsync<InterventionRow>(
            $"""
            SELECT {Columns} FROM intervention
            WHERE over_at >= @OverSince OR (over_at IS NULL AND began_at IS NULL AND begins_at <= @BeginsUntil)
            """,
            new { BeginsUntil = Moment.Store(beginsUntil), OverSince = Moment.Store(overSince) },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Stores an intervention as it is now; a new one (number 0) gets its number.</summary>
    public static async Task<Intervention> SaveAsync(StoreTransaction transaction, Intervention one)
    {
        transaction.RescheduleAfterCommit();
        transaction.Changes(Coming);
        var row = new
        {
            one.Number,
            Machines = string.Join('\n', one.Machines.Select(machine => machine.Value)),
            PlannedBy = one.By.Value,
            What = one.What.Text.Value,
            Audience = Remarks.Store(one.What.SaidTo),
            PlannedAt = Moment.Store(one.PlannedAt),
            BeginsAt = Moment.Store(one.BeginsAt),
            EndsAt = Moment.Store(one.EndsAt),
            DayBefore = one.DayBeforeDone ? 1L : 0L,
            JustBefore = one.JustBeforeDone ? 1L : 0L,
            BeganAt = Moment.Store(one.BeganAt),
            OverAt = Moment.Store(one.OverAt),
            Cancelled = one.IsCancelled ? 1L : 0L,
            one.Moves,
        };
        if (one.Number != 0)
        {
            await transaction.Connection.ExecuteAsync(
                """
                UPDATE intervention SET begins_at = @BeginsAt, ends_at = @EndsAt, day_before = @DayBefore, just_before = @JustBefore,
                    began_at = @BeganAt, over_at = @OverAt, cancelled = @Cancelled, moves = @Moves
                WHERE number = @Number
                """,
                row,
                transaction.Transaction);
            return one;
        }

        var number = await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO intervention (machines, planned_by, what, audience, planned_at, begins_at, ends_at, day_before, just_before,
                began_at, over_at, cancelled, moves)
            VALUES (@Machines, @PlannedBy, @What, @Audience, @PlannedAt, @BeginsAt, @EndsAt, @DayBefore, @JustBefore,
                @BeganAt, @OverAt, @Cancelled, @Moves)
            RETURNING number
            """,
            row,
            transaction.Transaction);
        return one with { Number = number };
    }
}
