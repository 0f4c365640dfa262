using ChatBot.Core.Mutes;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What is muted, and was.</summary>
internal static class MuteStore
{
    private const string InForce = "mutes in force";

    /// <summary>Those in force, the one that ends first at the front.</summary>
    public static Task<IReadOnlyList<Mute>> InForceAsync(StoreTransaction transaction) => transaction.OnceAsync(InForce, ReadInForceAsync);

    private static async Task<IReadOnlyList<Mute>> ReadInForceAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<MuteRow>(
            """
            SELECT machine, service, for_root, muted_by, reason, audience, muted_at, ends_at FROM mute
            WHERE ended_at IS NULL ORDER BY ends_at, id
            """,
            transaction: transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>When the next one ends; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextEndAsync(StoreTransaction transaction) => Moment.Read(
        await transaction.Connection.ExecuteScalarAsync<long?>("SELECT MIN(ends_at) FROM mute WHERE ended_at IS NULL", transaction: transaction.Transaction));

    /// <summary>Stores one; of one in force of the same machine and service all but the beginning is replaced.</summary>
    public static async Task SaveAsync(StoreTransaction transaction, Mute mute)
    {
        transaction.RescheduleAfterCommit();
        transaction.Changes(InForce);
        var row = new
        {
            Machine = mute.Machine.Value,
            Service = mute.Service?.Value ?? "",
            ForRoot = mute.Machine.IsForRoot ? 1L : 0L,
            MutedBy = mute.By.Value,
            Reason = mute.Reason.Text.Value,
            Audience = Remarks.Store(mute.Reason.SaidTo),
            MutedAt = Moment.Store(mute.At),
            EndsAt = Moment.Store(mute.Until),
        };
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO mute (machine, service, for_root, muted_by, reason, audience, muted_at, ends_at)
            VALUES (@Machine, @Service, @ForRoot, @MutedBy, @Reason, @Audience, @MutedAt, @EndsAt)
            ON CONFLICT (machine, service) WHERE ended_at IS NULL DO UPDATE SET
                muted_by = excluded.muted_by, reason = excluded.reason, audience = excluded.audience, ends_at = excluded.ends_at
            """,
            row,
            transaction.Transaction);
    }

    /// <summary>Ends the one in force of that machine and service.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> EndAsync(StoreTransaction transaction, Mute mute, DateTimeOffset at)
    {
        transaction.RescheduleAfterCommit();
        transaction.Changes(InForce);
        return await transaction.Connection.ExecuteAsync(
            "UPDATE mute SET ended_at = @At WHERE machine = @Machine AND service = @Service AND ended_at IS NULL",
            new { Machine = mute.Machine.Value, Service = mute.Service?.Value ?? "", At = Moment.Store(at) },
            transaction.Transaction) > 0;
    }
}
