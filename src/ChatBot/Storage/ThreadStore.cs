using ChatBot.Core.Mail;
using Dapper;

namespace ChatBot.Storage;

/// <summary>
/// Which threads of people's mails were announced lately: an answer within the hour is counted, and the next line says how many.
/// </summary>
internal static class ThreadStore
{
    /// <summary>One line a thread in so long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Notes a mail.</summary>
    /// <returns>How many of its thread were not announced since the last that was; null where this one is not to be announced either.</returns>
    public static async Task<long?> AddAsync(StoreTransaction transaction, MailThread mail, DateTimeOffset now)
    {
        var known = mail.IsAnswer ? await FindAsync(transaction, mail) : null;
        var since = known is null ? Quiet : now - Moment.Read(known.AnnouncedAt);
        var isSuppressed = known is not null && since < Quiet && since > -Quiet;
        var row = new { Thread = known?.Thread ?? mail.Marks[0], AnnouncedAt = isSuppressed ? known!.AnnouncedAt : Moment.Store(now), Suppressed = isSuppressed ? known!.Suppressed + 1 : 0 };
        if (known is not null)
        {
            await transaction.Connection.ExecuteAsync(
                "UPDATE mail_thread SET announced_at = @AnnouncedAt, suppressed = @Suppressed WHERE thread = @Thread", row, transaction.Transaction);
        }

        foreach (var mark in mail.Marks)
        {
            await transaction.Connection.ExecuteAsync(
                """
                INSERT INTO mail_thread (mark, thread, announced_at, suppressed) VALUES (@Mark, @Thread, @AnnouncedAt, @Suppressed)
                ON CONFLICT (mark) DO UPDATE SET thread = excluded.thread, announced_at = excluded.announced_at, suppressed = excluded.suppressed
                """,
                new { Mark = mark, row.Thread, row.AnnouncedAt, row.Suppressed },
                transaction.Transaction);
        }

        return isSuppressed ? null : known?.Suppressed ?? 0;
    }

    private static async Task<ThreadRow?> FindAsync(StoreTransaction transaction, MailThread mail)
    {
        foreach (var mark in mail.Marks)
        {
            if (await transaction.Connection.QueryFirstOrDefaultAsync<ThreadRow>(
                    "SELECT thread, announced_at, suppressed FROM mail_thread WHERE mark = @Mark", new { Mark = mark }, transaction.Transaction) is { } row)
            {
                return row;
            }
        }

        return null;
    }
}

/// <summary>What is known of a thread of people's mails, as each of its marks has it in <c>mail_thread</c>.</summary>
internal sealed class ThreadRow
{
    public string Thread { get; init; } = "";

    [DbValue(Name = "announced_at")]
    public long AnnouncedAt { get; init; }

    public long Suppressed { get; init; }
}
