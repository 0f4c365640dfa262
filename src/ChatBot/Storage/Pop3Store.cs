using Dapper;

namespace ChatBot.Storage;

/// <summary>Which mails of a POP3 mailbox are stored, by the names the server gives them (UIDL, RFC 1939 §7).</summary>
internal static class Pop3Store
{
    /// <summary>Those of a listing that are stored. What is no longer listed is forgotten: its name may be used again.</summary>
    public static async Task<IReadOnlySet<string>> StoredAsync(StoreTransaction transaction, string mailbox, IReadOnlySet<string> listed)
    {
        var known = await transaction.Connection.QueryAsync<string>(
            "SELECT uidl FROM pop3_mail WHERE mailbox = @Mailbox", new { Mailbox = mailbox }, transaction.Transaction);
        var stored = known.ToHashSet(StringComparer.Ordinal);
        await ForgetAsync(transaction, mailbox, stored.Where(uidl => !listed.Contains(uidl)));
        stored.IntersectWith(listed);
        return stored;
    }

    public static async Task AddAsync(StoreTransaction transaction, string mailbox, IEnumerable<string> uidls)
    {
        foreach (var uidl in uidls)
        {
            await transaction.Connection.ExecuteAsync(
                "INSERT INTO pop3_mail (mailbox, uidl) VALUES (@Mailbox, @Uidl) ON CONFLICT (mailbox, uidl) DO NOTHING",
                new { Mailbox = mailbox, Uidl = uidl },
                transaction.Transaction);
        }
    }

    public static async Task ForgetAsync(StoreTransaction transaction, string mailbox, IEnumerable<string> uidls)
    {
        foreach (var uidl in uidls)
        {
            await transaction.Connection.ExecuteAsync(
                "DELETE FROM pop3_mail WHERE mailbox = @Mailbox AND uidl = @Uidl",
                new { Mailbox = mailbox, Uidl = uidl },
                transaction.Transaction);
        }
    }
}
