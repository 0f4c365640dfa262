using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>
/// Erases what has had its time, some hundreds of rows a transaction, so that no mail waits long: nothing about people is kept longer than
/// it serves.
/// </summary>
internal static class Retention
{
    /// <summary>A mail that comes again after so long is another one.</summary>
    public static readonly TimeSpan SeenMails = TimeSpan.FromDays(180);

    /// <summary>A mail that was begun and is in its mailbox no more.</summary>
    public static readonly TimeSpan Attempts = TimeSpan.FromDays(30);

    /// <summary>Of what a check did so long ago nothing is left in what it is judged by.</summary>
    public static readonly TimeSpan CheckHistories = TimeSpan.FromDays(1);

    /// <summary>A mail that waits for the key of its signature.</summary>
    public static readonly TimeSpan Unchecked = TimeSpan.FromHours(1);

    /// <summary>What mails that asked for something have used up, longer than a signature counts; and those that could not be answered.</summary>
    public static readonly TimeSpan MailedOrders = TimeSpan.FromDays(7);

    /// <summary>Who answered whom, by hashes alone.</summary>
    public static readonly TimeSpan Threads = TimeSpan.FromDays(7);

    /// <summary>So many rows in one transaction.</summary>
    public const int AtOnce = 500;

    // What must not outlive its time because the clock was wrong once.
    private static readonly string[] Clamped =
    [
        "UPDATE outbox SET done_at = @Now WHERE done_at > @Now",
        "UPDATE seen_mail SET seen_at = @Now WHERE seen_at > @Now",
        "UPDATE mail_attempt SET last_at = @Now WHERE last_at > @Now",
        "UPDATE unchecked_mail SET kept_at = @Now WHERE kept_at > @Now",
        "UPDATE mail_order SET arrived_at = @Now WHERE arrived_at > @Now",
        "UPDATE mail_mark SET marked_at = @Now WHERE marked_at > @Now",
        "UPDATE mail_thread SET announced_at = @Now WHERE announced_at > @Now",
        "UPDATE greeted SET greeted_at = @Now WHERE greeted_at > @Now",
        "UPDATE incident SET closed_at = @Now WHERE closed_at > @Now",
        "UPDATE incident SET announced_at = @Now WHERE announced_at > @Now",
        "UPDATE incident SET repeated_at = @Now WHERE closed_at IS NULL AND repeats IS NOT NULL AND repeated_at > @Now",
        "UPDATE check_history SET ends_at = @Now + ends_at - last_at, last_at = @Now WHERE last_at > @Now",
        "UPDATE check_history SET problem_at = NULL WHERE problem_at > @Now",
        "UPDATE check_history SET well_at = NULL WHERE well_at > @Now",
        "UPDATE incident SET acknowledged_until = @Now + acknowledged_until - acknowledged_at, acknowledged_at = @Now WHERE acknowledged_at > @Now",
        "UPDATE mute SET ends_at = @Now + ends_at - muted_at, muted_at = @Now WHERE ended_at IS NULL AND muted_at > @Now",
        "UPDATE mute SET ended_at = @Now WHERE ended_at > @Now",
        "UPDATE intervention SET over_at = @Now WHERE over_at > @Now",
        "UPDATE changelog_entry SET at = @Now WHERE at > @Now",
        "UPDATE changelog_entry SET learned_at = @Now WHERE learned_at > @Now",
        "UPDATE machine_change SET at = @Now WHERE at > @Now",
        "UPDATE machine_change SET learned_at = @Now WHERE learned_at > @Now",
        "UPDATE forgetting SET asked_at = @Now WHERE asked_at > @Now",
    ];

    /// <summary>Erases some of what has had its time, a step a transaction.</summary>
    /// <param name="database">Where.</param>
    /// <param name="keep">How long things are kept.</param>
    /// <param name="names">What an incident is still called once its texts are gone.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public static async Task<RetentionRound> RunAsync(
        Database database, RetentionSettings keep, PublicNames names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.WriteAsync(transaction => ClampAsync(transaction, now), cancellationToken);
        var (rows, isMore) = (0L, false);
        foreach (var step in Steps(keep, names, now))
        {
            var done = await database.WriteAsync(step.RunAsync, cancellationToken);
            rows += done;
            isMore |= done >= step.AtOnce;
        }

        return new RetentionRound(rows, isMore);
    }

    private static IEnumerable<Step> Steps(RetentionSettings keep, PublicNames names, DateTimeOffset now)
    {
        yield return Delete("outbox", "id", "done_at", now - keep.Delivered);
        yield return Delete("seen_mail", "hash", "seen_at", now - SeenMails);
        yield return Delete("mail_attempt", "mail", "last_at", now - Attempts);
        yield return Delete("mail_thread", "mark", "announced_at", now - Threads);
        yield return Delete("mail_order", "mail", "arrived_at", now - MailedOrders);
        yield return Delete("mail_mark", "mark", "marked_at", now - MailedOrders);
        yield return Delete("incident_thread", "incident", "last_at", now - keep.PluginOutput);
        yield return Delete("greeted", "hash", "greeted_at", now - keep.Greeted);
        yield return Delete("mute", "id", "ended_at", now - keep.Incidents);
        yield return new(int.MaxValue, transaction => CheckHistoryStore.DeleteAsync(transaction, now - CheckHistories, now - LastReports.LongestDelay));
        yield return new(int.MaxValue, transaction => UncheckedMailStore.DeleteAsync(transaction, now - Unchecked));
        foreach (var place in PersonPlace.All)
        {
            yield return new(AtOnce, transaction => place.EraseAsync(transaction, null, now - keep.Names, AtOnce));
        }

        if (keep.ChangelogAuthors is { } authors)
        {
            yield return new(AtOnce, transaction => PersonPlace.ChangelogAuthor.EraseAsync(transaction, null, now - authors, AtOnce));
        }

        yield return Update("incident", "number", "detail = NULL", "detail IS NOT NULL AND closed_at < @Before", now - keep.PluginOutput);
        yield return new(Folding.AtOnce, transaction => Folding.ChangesAsync(transaction, now - keep.Names, now));
        yield return new(Folding.AtOnce, transaction => Folding.IncidentsAsync(transaction, names, now - keep.Incidents, now));
    }

    private static Step Delete(string table, string key, string at, DateTimeOffset before) => Run(
        $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {at} < @Before LIMIT @AtOnce)", before);

    private static Step Update(string table, string key, string values, string condition, DateTimeOffset before) => Run(
        $"UPDATE {table} SET {values} WHERE {key} IN (SELECT {key} FROM {table} WHERE {condition} LIMIT @AtOnce)", before);

    // Names of ours alone are put together; the moment is a parameter.
    private static Step Run(string sql, DateTimeOffset before) => new(AtOnce, transaction => transaction.Connection.ExecuteAsync(
        sql, new { Before = Moment.Store(before), AtOnce }, transaction.Transaction));

    private static async Task ClampAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var clamp in Clamped)
        {
            await transaction.Connection.ExecuteAsync(clamp, new { Now = Moment.Store(now) }, transaction.Transaction);
        }
    }

    /// <summary>What one transaction does.</summary>
    /// <param name="AtOnce">As many rows as it takes; where it took so many there may be more.</param>
    /// <param name="RunAsync">Returns how many it took.</param>
    private sealed record Step(int AtOnce, Func<StoreTransaction, Task<int>> RunAsync);
}

/// <summary>What one round of <see cref="Retention"/> did.</summary>
/// <param name="Rows">How many rows it erased or shortened.</param>
/// <param name="IsMore">Whether some are left for the next one.</param>
internal readonly record struct RetentionRound(long Rows, bool IsMore);
