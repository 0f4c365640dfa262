using ChatBot.Core.Mutes;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What is muted, and was.</summary>
internal static class MuteStore
{
    /// <summary>Those in force, the one that ends first at the front.</summary>
    public static async Task<IReadOnlyList<Mute>> InForceAsync(StoreTransaction work) =>
        (await work.Connection.QueryAsync<MuteRow>(
            """
            SELECT machine, service, muted_by, reason, audience, muted_at, ends_at FROM mute
            WHERE ended_at IS NULL ORDER BY ends_at, id
            """,
            transaction: work.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>When the next one ends; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextEndAsync(StoreTransaction work) => Moment.Read(
        await work.Connection.ExecuteScalarAsync<long?>("SELECT MIN(ends_at) FROM mute WHERE ended_at IS NULL", transaction: work.Transaction));

    /// <summary>Stores one; of one in force of the same machine and service all but the beginning is replaced.</summary>
    public static async Task SaveAsync(StoreTransaction work, Mute mute)
    {
        var row = new
        {
            Machine = mute.Machine.Value,
            Service = mute.Service?.Value ?? "",
            MutedBy = mute.By.Value,
            Reason = mute.Reason.Text.Value,
            Audience = Remarks.Store(mute.Reason.SaidTo),
            MutedAt = Moment.Store(mute.At),
            EndsAt = Moment.Store(mute.Until),
        };
        await work.Connection.ExecuteAsync(
            """
            INSERT INTO mute (machine, service, muted_by, reason, audience, muted_at, ends_at)
            VALUES (@Machine, @Service, @MutedBy, @Reason, @Audience, @MutedAt, @EndsAt)
            ON CONFLICT (machine, service) WHERE ended_at IS NULL DO UPDATE SET
                muted_by = excluded.muted_by, reason = excluded.reason, audience = excluded.audience, ends_at = excluded.ends_at
            """,
            row,
            work.Transaction);
    }

    /// <summary>Ends the one in force of that machine and service.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> EndAsync(StoreTransaction work, Mute mute, DateTimeOffset at) =>
        await work.Connection.ExecuteAsync(
            "UPDATE mute SET ended_at = @At WHERE machine = @Machine AND service = @Service AND ended_at IS NULL",
            new { Machine = mute.Machine.Value, Service = mute.Service?.Value ?? "", At = Moment.Store(at) },
            work.Transaction) > 0;
}
