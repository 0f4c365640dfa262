using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What is decided but not yet delivered.</summary>
internal static class OutboxStore
{
    /// <summary>A line for a channel.</summary>
    public const string LineKind = "line";

    /// <summary>A line for the changelog file of a machine.</summary>
    public const string ChangelogKind = "changelog";

    /// <summary>An order for the monitor, see <see cref="Core.Monitoring.MonitorOrders"/>.</summary>
    public const string MonitorKind = "monitor";

    public static async Task<long> AddAsync(
        StoreTransaction transaction, string kind, string target, Audience audience, string text, DateTimeOffset at, About? about = null)
    {
        transaction.WakeAfterCommit(Wakeup.Outbox);
        return await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO outbox (kind, target, audience, text, created_at, topic, machine, incidents)
            VALUES (@Kind, @Target, @Audience, @Text, @At, @Topic, @Machine, @Incidents) RETURNING id
            """,
            new
            {
                Kind = kind,
                Target = target,
                Audience = Remarks.Store(audience),
                Text = text,
                At = Moment.Store(at),
                Topic = AboutCodec.Store(about?.Topic ?? Topic.Other),
                Machine = about?.Machine?.Value,
                Incidents = AboutCodec.Store(about?.Incidents ?? []),
            },
            transaction.Transaction);
    }

    /// <summary>The next ones for a target, oldest first.</summary>
    /// <param name="transaction">The connection.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="target">Where to.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="after">Only those with a greater id.</param>
    public static async Task<IReadOnlyList<OutboxRow>> PendingAsync(
        StoreTransaction transaction, string kind, string target, int count, long after = 0) =>
        (await transaction.Connection.QueryAsync<OutboxRow>(
            """
            SELECT id, target, audience, text, created_at, topic, machine, incidents FROM outbox
            WHERE kind = @Kind AND target = @Target AND done_at IS NULL AND id > @After ORDER BY id LIMIT @Count
            """,
            new { Kind = kind, Target = target, Count = count, After = after },
            transaction.Transaction)).ToList();

    public static async Task<IReadOnlyList<OutboxCount>> CountPendingAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<OutboxCount>(
            "SELECT kind, target, audience, COUNT(*) AS pending FROM outbox WHERE done_at IS NULL GROUP BY kind, target, audience",
            transaction: transaction.Transaction)).ToList();

    /// <summary>The same, of one kind.</summary>
    public static async Task<IReadOnlyList<OutboxCount>> CountPendingAsync(StoreTransaction transaction, string kind) =>
        (await CountPendingAsync(transaction)).Where(row => row.Kind == kind).ToList();

    /// <summary>Gives up all that waits for a target and audience.</summary>
    public static Task DropAsync(StoreTransaction transaction, string kind, string target, string audience, DateTimeOffset at) =>
        transaction.Connection.ExecuteAsync(
            "UPDATE outbox SET done_at = @At WHERE kind = @Kind AND target = @Target AND audience = @Audience AND done_at IS NULL",
            new { Kind = kind, Target = target, Audience = audience, At = Moment.Store(at) },
            transaction.Transaction);

    public static Task DoneAsync(StoreTransaction transaction, long id, DateTimeOffset at) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET done_at = @At WHERE id = @Id AND done_at IS NULL",
        new { Id = id, At = Moment.Store(at) },
        transaction.Transaction);

    /// <summary>Counts that the server refused these very words.</summary>
    /// <returns>How often it has by now.</returns>
    public static Task<long> RefusedAsync(StoreTransaction transaction, long id) => transaction.Connection.ExecuteScalarAsync<long>(
        "UPDATE outbox SET refusals = refusals + 1 WHERE id = @Id RETURNING refusals", new { Id = id }, transaction.Transaction);

    /// <summary>Will never be said: done, with the reason.</summary>
    public static Task SetAsideAsync(StoreTransaction transaction, long id, string reason, DateTimeOffset at) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET done_at = @At, set_aside = @Reason WHERE id = @Id AND done_at IS NULL",
        new { Id = id, At = Moment.Store(at), Reason = reason },
        transaction.Transaction);
}
