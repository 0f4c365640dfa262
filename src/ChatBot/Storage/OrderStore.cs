using Dapper;

namespace ChatBot.Storage;

/// <summary>The orders of the outbox that the monitor has not carried out yet.</summary>
internal static class OrderStore
{
    /// <summary>The next ones, oldest first.</summary>
    public static async Task<IReadOnlyList<OrderRow>> PendingAsync(StoreTransaction transaction, int count) =>
        (await transaction.Connection.QueryAsync<OrderRow>(
            """
            SELECT id, text, created_at, written_at, trouble FROM outbox
            WHERE kind = @Kind AND done_at IS NULL ORDER BY id LIMIT @Count
            """,
            new { Kind = OutboxStore.MonitorKind, Count = count },
            transaction.Transaction)).ToList();

    /// <summary>Notes that the monitor is told now, before it is: an order that a kill cut off is looked for, not written blindly.</summary>
    public static Task WrittenAsync(StoreTransaction transaction, long id, DateTimeOffset? at) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET written_at = @At WHERE id = @Id", new { Id = id, At = Moment.Store(at) }, transaction.Transaction);

    /// <summary>Notes which trouble the channels were told of.</summary>
    public static Task TroubleAsync(StoreTransaction transaction, long id, string trouble) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET trouble = @Trouble WHERE id = @Id", new { Id = id, Trouble = trouble }, transaction.Transaction);
}
