using Dapper;

namespace ChatBot.Storage;

/// <summary>Mails that ask for something, from their arrival until they are answered; and what such mails have used up.</summary>
internal static class MailOrderStore
{
    public static Task AddAsync(StoreTransaction transaction, MailOrderRow row) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO mail_order (mail, arrived_at, address, message_id, subject, thread, refusal, content)
        VALUES (@Mail, @ArrivedAt, @Address, @MessageId, @Subject, @Thread, @Refusal, @Content)
        ON CONFLICT (mail) DO NOTHING
        """,
        new { row.Mail, row.ArrivedAt, row.Address, row.MessageId, row.Subject, row.Thread, row.Refusal, row.Content },
        transaction.Transaction);

    /// <summary>The one that has waited longest.</summary>
    public static Task<MailOrderRow?> NextAsync(StoreTransaction transaction) => transaction.Connection.QueryFirstOrDefaultAsync<MailOrderRow>(
        "SELECT mail, arrived_at, address, message_id, subject, thread, refusal, content FROM mail_order ORDER BY arrived_at, mail LIMIT 1",
        transaction: transaction.Transaction);

    /// <returns>Whether it was still there.</returns>
    public static async Task<bool> DeleteAsync(StoreTransaction transaction, string mail) => await transaction.Connection.ExecuteAsync(
        "DELETE FROM mail_order WHERE mail = @Mail", new { Mail = mail }, transaction.Transaction) > 0;

    /// <summary>When it was marked; null where it is not.</summary>
    public static async Task<DateTimeOffset?> MarkedAtAsync(StoreTransaction transaction, string mark) =>
        await transaction.Connection.ExecuteScalarAsync<long?>("SELECT marked_at FROM mail_mark WHERE mark = @Mark", new { Mark = mark }, transaction.Transaction) is { } at
            ? Moment.Read(at)
            : null;

    /// <summary>Marks something as used.</summary>
    /// <param name="transaction">The transaction of what uses it.</param>
    /// <param name="mark">What it is, and a hash.</param>
    /// <param name="now">The moment.</param>
    /// <param name="again">After how long it may be used again; null for as long as it is kept.</param>
    /// <returns>Whether it was free.</returns>
    public static async Task<bool> MarkAsync(StoreTransaction transaction, string mark, DateTimeOffset now, TimeSpan? again) =>
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO mail_mark (mark, marked_at) VALUES (@Mark, @Now)
            ON CONFLICT (mark) DO UPDATE SET marked_at = excluded.marked_at WHERE mail_mark.marked_at <= @Before
            """,
            new { Mark = mark, Now = Moment.Store(now), Before = again is { } time ? Moment.Store(now - time) : -1 },
            transaction.Transaction) > 0;
}

/// <summary>A row of <c>mail_order</c>.</summary>
internal sealed record MailOrderRow
{
    /// <summary>SHA-256 of its bytes, lower-case hexadecimal.</summary>
    public string Mail { get; init; } = "";

    [DbValue(Name = "arrived_at")]
    public long ArrivedAt { get; init; }

    /// <summary>Of somebody in the people file, who it says that it is from.</summary>
    public string Address { get; init; } = "";

    /// <summary>With its angle brackets; empty where it has none that can be repeated.</summary>
    [DbValue(Name = "message_id")]
    public string MessageId { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>Hash of the first mail that it goes back to.</summary>
    public string Thread { get; init; } = "";

    /// <summary>The name of the reason for which it proves nothing, where its look shows that; else empty.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>The mail in Base64; empty where it is refused already.</summary>
    public string Content { get; init; } = "";
}
