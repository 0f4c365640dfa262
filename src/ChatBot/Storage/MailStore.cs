using Dapper;

namespace ChatBot.Storage;

/// <summary>Which mails were seen, and which were begun and never finished.</summary>
internal static class MailStore
{
    /// <summary>Notes a mail.</summary>
    /// <returns>False where it was seen before.</returns>
    public static async Task<bool> AddSeenAsync(
        StoreTransaction transaction, string hash, string source, string kind, string outcome, DateTimeOffset at) =>
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO seen_mail (hash, seen_at, source, kind, outcome)
            VALUES (@Hash, @At, @Source, @Kind, @Outcome) ON CONFLICT (hash) DO NOTHING
            """,
            new { Hash = hash, At = Moment.Store(at), Source = source, Kind = kind, Outcome = outcome },
            transaction.Transaction) == 1;

    /// <summary>Those that could not be read, or that the bot failed on.</summary>
    public static async Task<long> CountSetAsideAsync(StoreTransaction transaction) =>
        await transaction.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM seen_mail WHERE outcome = 'set-aside'", transaction: transaction.Transaction);

    /// <summary>Notes that a mail is about to be read, alone or among others.</summary>
    /// <returns>How many times it was begun alone, this one included.</returns>
    public static async Task<long> BeginAsync(StoreTransaction transaction, string mail, bool alone, DateTimeOffset at) =>
        await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO mail_attempt (mail, attempts, last_at) VALUES (@Mail, @Alone, @At)
            ON CONFLICT (mail) DO UPDATE SET attempts = mail_attempt.attempts + excluded.attempts, last_at = excluded.last_at
            RETURNING attempts
            """,
            new { Mail = mail, Alone = alone ? 1L : 0L, At = Moment.Store(at) },
            transaction.Transaction);

    public static Task EndAsync(StoreTransaction transaction, string mail) => transaction.Connection.ExecuteAsync(
        "DELETE FROM mail_attempt WHERE mail = @Mail", new { Mail = mail }, transaction.Transaction);

    /// <summary>Those that were begun and not ended; usually none.</summary>
    public static async Task<IReadOnlySet<string>> UnfinishedAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<string>("SELECT mail FROM mail_attempt", transaction: transaction.Transaction)).ToHashSet();
}
