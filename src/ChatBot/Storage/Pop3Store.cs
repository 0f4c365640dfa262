using Dapper;

namespace ChatBot.Storage;

/// <summary>Which mails that stand in a POP3 mailbox were taken, by the names the server gives them (UIDL, RFC 1939 §7).</summary>
internal static class Pop3Store
{
    /// <summary>Those of a listing that were taken. What is listed no more is forgotten: its name may be given again.</summary>
    public static async Task<IReadOnlySet<string>> TakenAsync(StoreTransaction transaction, string mailbox, IReadOnlySet<string> listed)
    {
        var known = await transaction.Connection.QueryAsync<string>(
            "SELECT uidl FROM pop3_mail WHERE mailbox = @Mailbox", new { Mailbox = mailbox }, transaction.Transaction);
        var taken = known.ToHashSet(StringComparer.Ordinal);
        await ForgetAsync(transaction, mailbox, taken.Where(uidl => !listed.Contains(uidl)));
        taken.IntersectWith(listed);
        return taken;
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
