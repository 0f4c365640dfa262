using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
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

    /// <summary>A mail, see <see cref="OutgoingMail"/>.</summary>
    public const string MailKind = "mail";

    public static async Task<long> AddAsync(
        StoreTransaction transaction, string kind, string target, Audience audience, string payload, DateTimeOffset at, About? about = null)
    {
        transaction.DeliverAfterCommit(kind, target);
        return await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO outbox (kind, target, audience, payload, created_at, topic, machine, incidents)
            VALUES (@Kind, @Target, @Audience, @Payload, @At, @Topic, @Machine, @Incidents) RETURNING id
            """,
            new
            {
                Kind = kind,
                Target = target,
                Audience = Remarks.Store(audience),
                Payload = payload,
                At = Moment.Store(at),
                Topic = AboutCodec.Store(about?.Topic ?? Topic.Other),
                Machine = about?.Machine?.Value,
                Incidents = AboutCodec.Store(about?.Incidents ?? []),
            },
            transaction.Transaction);
    }

    /// <summary>Stores a mail that the bot writes.</summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="target">See <see cref="MailTarget"/>.</param>
    /// <param name="mail">Root's alone to read, as all that the bot mails.</param>
    /// <param name="at">Its date.</param>
    public static Task<long> AddMailAsync(StoreTransaction transaction, string target, OutgoingMail mail, DateTimeOffset at) =>
        AddAsync(transaction, MailKind, target, Audience.Root, mail.Write(), at);

    /// <summary>The next ones for a target, oldest first; none once another bot has the lease.</summary>
    /// <param name="transaction">The connection.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="target">Where to.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="after">Only those with a greater id.</param>
    public static async Task<IReadOnlyList<OutboxRow>> PendingAsync(
        StoreTransaction transaction, string kind, string target, int count, long after = 0) =>
        (await transaction.Connection.QueryAsync<OutboxRow>(
            """
            SELECT id, audience, payload, created_at, next_try, handed_at, result, topic, machine, incidents FROM outbox
            WHERE kind = @Kind AND target = @Target AND done_at IS NULL AND id > @After
                AND (@Epoch = 0 OR EXISTS (SELECT 1 FROM lease WHERE name = 'speaker' AND epoch = @Epoch))
            ORDER BY id LIMIT @Count
            """,
            new { Kind = kind, Target = target, Count = count, After = after, transaction.Epoch },
            transaction.Transaction)).ToList();

    /// <summary>What waits, counted by kind, target and audience.</summary>
    public static async Task<IReadOnlyList<OutboxCount>> CountPendingAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<OutboxCount>(
            "SELECT kind, target, audience, COUNT(*) AS pending, MIN(created_at) AS oldest FROM outbox WHERE done_at IS NULL GROUP BY kind, target, audience",
            transaction: transaction.Transaction)).ToList();

    /// <summary>Gives up all that waits for a target and audience, for one reason.</summary>
    public static Task DropAsync(StoreTransaction transaction, OutboxCount rows, string reason, DateTimeOffset at) =>
        transaction.Connection.ExecuteAsync(
            """
            UPDATE outbox SET done_at = @At, result = @Reason
            WHERE kind = @Kind AND target = @Target AND audience = @Audience AND done_at IS NULL
            """,
            new { rows.Kind, rows.Target, rows.Audience, Reason = reason, At = Moment.Store(at) },
            transaction.Transaction);

    /// <param name="transaction">The transaction.</param>
    /// <param name="id">The row.</param>
    /// <param name="at">When it ended.</param>
    /// <param name="reason">Why it was never delivered; null where it was.</param>
    public static Task DoneAsync(StoreTransaction transaction, long id, DateTimeOffset at, string? reason = null) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET done_at = @At, result = @Reason WHERE id = @Id AND done_at IS NULL",
        new { Id = id, At = Moment.Store(at), Reason = reason },
        transaction.Transaction);

    public static async Task<bool> IsDoneAsync(StoreTransaction transaction, long id) => await transaction.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM outbox WHERE id = @Id AND done_at IS NOT NULL", new { Id = id }, transaction.Transaction) > 0;

    /// <summary>Whether it is done without having been delivered.</summary>
    public static async Task<bool> IsGivenUpAsync(StoreTransaction transaction, long id) => await transaction.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM outbox WHERE id = @Id AND done_at IS NOT NULL AND result IS NOT NULL", new { Id = id }, transaction.Transaction) > 0;

    /// <summary>Counts that the target refused this very row.</summary>
    /// <returns>How often it has by now.</returns>
    public static Task<long> RefusedAsync(StoreTransaction transaction, long id) => transaction.Connection.ExecuteScalarAsync<long>(
        "UPDATE outbox SET attempts = attempts + 1 WHERE id = @Id RETURNING attempts", new { Id = id }, transaction.Transaction);

    /// <summary>From now on it is tried alone, and not before then.</summary>
    public static Task RestAsync(StoreTransaction transaction, long id, DateTimeOffset until) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET next_try = @Until WHERE id = @Id", new { Id = id, Until = Moment.Store(until) }, transaction.Transaction);

    /// <summary>Notes why it waits.</summary>
    public static Task WaitsAsync(StoreTransaction transaction, long id, string reason) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET result = @Reason WHERE id = @Id AND done_at IS NULL", new { Id = id, Reason = reason }, transaction.Transaction);

    /// <summary>Notes that it is handed over now, before it is: what a kill cut off is looked for, not handed over blindly.</summary>
    public static Task HandedAsync(StoreTransaction transaction, long id, DateTimeOffset? at) => transaction.Connection.ExecuteAsync(
        "UPDATE outbox SET handed_at = @At WHERE id = @Id", new { Id = id, At = Moment.Store(at) }, transaction.Transaction);
}
