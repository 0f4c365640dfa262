using Dapper;

namespace ChatBot.Storage;

/// <summary>Mails that wait for the key of their signature, so that a kill makes none of them a refused one.</summary>
internal static class UncheckedMailStore
{
    public static async Task<IReadOnlyList<UncheckedMailRow>> AllAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<UncheckedMailRow>(
            "SELECT mailbox, mail, arrived_at, kept_at, content FROM unchecked_mail ORDER BY kept_at, mail",
            transaction: transaction.Transaction)).ToList();

    public static Task AddAsync(StoreTransaction transaction, UncheckedMailRow row) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO unchecked_mail (mailbox, mail, arrived_at, kept_at, content) VALUES (@Mailbox, @Mail, @ArrivedAt, @KeptAt, @Content)
        ON CONFLICT (mailbox, mail) DO NOTHING
        """,
        new { row.Mailbox, row.Mail, row.ArrivedAt, row.KeptAt, row.Content },
        transaction.Transaction);

    public static Task DeleteAsync(StoreTransaction transaction, string mailbox, string mail) => transaction.Connection.ExecuteAsync(
        "DELETE FROM unchecked_mail WHERE mailbox = @Mailbox AND mail = @Mail", new { Mailbox = mailbox, Mail = mail }, transaction.Transaction);

    /// <summary>Deletes what was kept before a moment.</summary>
    public static Task<int> DeleteAsync(StoreTransaction transaction, DateTimeOffset before) => transaction.Connection.ExecuteAsync(
        "DELETE FROM unchecked_mail WHERE kept_at <= @Before", new { Before = Moment.Store(before) }, transaction.Transaction);
}

/// <summary>A row of <c>unchecked_mail</c>.</summary>
internal sealed record UncheckedMailRow
{
    public string Mailbox { get; init; } = "";

    public string Mail { get; init; } = "";

    [DbValue(Name = "arrived_at")]
    public long ArrivedAt { get; init; }

    [DbValue(Name = "kept_at")]
    public long KeptAt { get; init; }

    /// <summary>The whole mail in Base64.</summary>
    public string Content { get; init; } = "";
}
