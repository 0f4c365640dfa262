using ChatBot.Core.Incidents;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Deletes what is no longer needed: nothing about people is kept longer than it serves.</summary>
internal static class Retention
{
    /// <summary>Delivered lines serve to look for a fault.</summary>
    public static readonly TimeSpan Delivered = TimeSpan.FromDays(14);

    /// <summary>A mail that comes again after so long is another one.</summary>
    public static readonly TimeSpan SeenMails = TimeSpan.FromDays(180);

    /// <summary>Who was greeted; somebody who comes back after so long is welcome again.</summary>
    public static readonly TimeSpan Greeted = TimeSpan.FromDays(365);

    /// <summary>
    /// Who acknowledged an incident, muted or planned something, and what they said, once it has ended; who wrote a changelog entry;
    /// and the lines of a changelog that came by mail.
    /// </summary>
    public static readonly TimeSpan WhoDidWhat = TimeSpan.FromDays(90);

    /// <summary>What a check printed, once its incident has ended: it may name customers, files and addresses.</summary>
    public static readonly TimeSpan Details = TimeSpan.FromDays(90);

    /// <summary>The mails of the bot's own spool, once they are stored.</summary>
    public static readonly TimeSpan Spooled = TimeSpan.FromDays(30);

    // So many rows in one transaction: no mail waits for more.
    private const int AtOnce = 500;

    /// <summary>A mail that was begun and is in its mailbox no more.</summary>
    public static readonly TimeSpan Attempts = TimeSpan.FromDays(30);

    /// <summary>Of what a check did so long ago nothing is left in what it is judged by.</summary>
    public static readonly TimeSpan CheckHistories = TimeSpan.FromDays(1);

    /// <summary>A mail that waits for the key of its signature.</summary>
    public static readonly TimeSpan Unchecked = TimeSpan.FromHours(1);

    /// <summary>Who answered whom, by hashes alone.</summary>
    public static readonly TimeSpan Threads = TimeSpan.FromDays(7);

    // What must not outlive its time because the clock was wrong once.
    private static readonly string[] Clamped =
    [
        "UPDATE outbox SET done_at = @Now WHERE done_at > @Now",
        "UPDATE seen_mail SET seen_at = @Now WHERE seen_at > @Now",
        "UPDATE mail_attempt SET last_at = @Now WHERE last_at > @Now",
        "UPDATE unchecked_mail SET kept_at = @Now WHERE kept_at > @Now",
        "UPDATE mail_thread SET announced_at = @Now WHERE announced_at > @Now",
        "UPDATE greeted SET greeted_at = @Now WHERE greeted_at > @Now",
        "UPDATE incident SET closed_at = @Now WHERE closed_at > @Now",
        "UPDATE incident SET announced_at = @Now WHERE announced_at > @Now",
        "UPDATE incident SET repeated_at = @Now WHERE repeated_at > @Now",
        "UPDATE check_history SET ends_at = @Now + ends_at - last_at, last_at = @Now WHERE last_at > @Now",
        "UPDATE check_history SET problem_at = NULL WHERE problem_at > @Now",
        "UPDATE check_history SET well_at = NULL WHERE well_at > @Now",
        "UPDATE incident SET acknowledged_until = @Now + acknowledged_until - acknowledged_at, acknowledged_at = @Now WHERE acknowledged_at > @Now",
        "UPDATE mute SET ends_at = @Now + ends_at - muted_at, muted_at = @Now WHERE ended_at IS NULL AND muted_at > @Now",
        "UPDATE mute SET ended_at = @Now WHERE ended_at > @Now",
        "UPDATE intervention SET over_at = @Now WHERE over_at > @Now",
        "UPDATE changelog_entry SET at = @Now WHERE at > @Now",
        "UPDATE machine_change SET at = @Now WHERE at > @Now",
    ];

    /// <summary>Deletes what has had its time.</summary>
    /// <returns>Whether some is left for another transaction.</returns>
    public static async Task<bool> DeleteAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var clamp in Clamped)
        {
            await transaction.Connection.ExecuteAsync(clamp, new { Now = Moment.Store(now) }, transaction.Transaction);
        }

        await transaction.Connection.ExecuteAsync(
            "DELETE FROM outbox WHERE done_at < @Before", new { Before = Moment.Store(now - Delivered) }, transaction.Transaction);
        await transaction.Connection.ExecuteAsync(
            "DELETE FROM seen_mail WHERE seen_at < @Before", new { Before = Moment.Store(now - SeenMails) }, transaction.Transaction);
        await CheckHistoryStore.DeleteAsync(transaction, now - CheckHistories, now - LastReports.LongestDelay);
        await transaction.Connection.ExecuteAsync(
            "DELETE FROM mail_attempt WHERE last_at < @Before", new { Before = Moment.Store(now - Attempts) }, transaction.Transaction);
        await UncheckedMailStore.DeleteAsync(transaction, now - Unchecked);
        await transaction.Connection.ExecuteAsync(
            "DELETE FROM mail_thread WHERE announced_at < @Before", new { Before = Moment.Store(now - Threads) }, transaction.Transaction);
        await transaction.Connection.ExecuteAsync(
            "DELETE FROM greeted WHERE greeted_at < @Before", new { Before = Moment.Store(now - Greeted) }, transaction.Transaction);
        await PersonStore.EraseAsync(transaction, null, now - WhoDidWhat);
        await transaction.Connection.ExecuteAsync(
            "UPDATE machine_change SET changelog = '' WHERE changelog <> '' AND at < @Before",
            new { Before = Moment.Store(now - WhoDidWhat) },
            transaction.Transaction);
        return await transaction.Connection.ExecuteAsync(
            """
            UPDATE incident SET detail = NULL WHERE number IN (
                SELECT number FROM incident WHERE detail IS NOT NULL AND closed_at < @Before ORDER BY number LIMIT @AtOnce)
            """,
            new { Before = Moment.Store(now - Details), AtOnce },
            transaction.Transaction) == AtOnce;
    }
}
