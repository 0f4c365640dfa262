using ChatBot.Core.Speech;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What is decided but not yet delivered.</summary>
internal static class OutboxStore
{
    /// <summary>A line for a channel.</summary>
    public const string LineKind = "line";

    /// <summary>A line for the changelog file of a machine.</summary>
    public const string ChangelogKind = "changelog";

    public static async Task<long> AddAsync(
        Work work, string kind, string target, Audience audience, string text, DateTimeOffset at) =>
        await work.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO outbox (kind, target, audience, text, created_at)
            VALUES (@Kind, @Target, @Audience, @Text, @At) RETURNING id
            """,
            new { Kind = kind, Target = target, Audience = Remarks.Store(audience), Text = text, At = Moment.Store(at) },
            work.Transaction);

    /// <summary>The next ones for a target, oldest first.</summary>
    public static async Task<IReadOnlyList<OutboxRow>> PendingAsync(Work work, string kind, string target, int count) =>
        (await work.Connection.QueryAsync<OutboxRow>(
            """
            SELECT id, target, audience, text, created_at FROM outbox
            WHERE kind = @Kind AND target = @Target AND done_at IS NULL ORDER BY id LIMIT @Count
            """,
            new { Kind = kind, Target = target, Count = count },
            work.Transaction)).ToList();

    public static async Task<IReadOnlyList<OutboxCount>> CountPendingAsync(Work work) =>
        (await work.Connection.QueryAsync<OutboxCount>(
            "SELECT kind, target, audience, COUNT(*) AS pending FROM outbox WHERE done_at IS NULL GROUP BY kind, target, audience",
            transaction: work.Transaction)).ToList();

    /// <summary>The same, of one kind.</summary>
    public static async Task<IReadOnlyList<OutboxCount>> CountPendingAsync(Work work, string kind) =>
        (await CountPendingAsync(work)).Where(row => row.Kind == kind).ToList();

    /// <summary>Gives up all that waits for a target and audience.</summary>
    public static Task DropAsync(Work work, string kind, string target, string audience, DateTimeOffset at) =>
        work.Connection.ExecuteAsync(
            "UPDATE outbox SET done_at = @At WHERE kind = @Kind AND target = @Target AND audience = @Audience AND done_at IS NULL",
            new { Kind = kind, Target = target, Audience = audience, At = Moment.Store(at) },
            work.Transaction);

    public static Task DoneAsync(Work work, long id, DateTimeOffset at) => work.Connection.ExecuteAsync(
        "UPDATE outbox SET done_at = @At WHERE id = @Id AND done_at IS NULL",
        new { Id = id, At = Moment.Store(at) },
        work.Transaction);
}
