using ChatBot.Core.Mail;
using Dapper;

namespace ChatBot.Storage;

/// <summary>
/// Which threads of people's mails were told lately: an answer within the hour is counted, and the next line tells how many.
/// </summary>
internal static class ThreadStore
{
    /// <summary>One line a thread in so long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Notes a mail.</summary>
    /// <returns>How many of its thread were not told since the last that was; null where this one is not to be told either.</returns>
    public static async Task<long?> AddAsync(StoreTransaction work, MailThread mail, DateTimeOffset now)
    {
        var known = mail.IsAnswer ? await FindAsync(work, mail) : null;
        var since = known is null ? Quiet : now - Moment.Read(known.ToldAt);
        var isHeld = known is not null && since < Quiet && since > -Quiet;
        var row = new { Thread = known?.Thread ?? mail.Marks[0], ToldAt = isHeld ? known!.ToldAt : Moment.Store(now), Held = isHeld ? known!.Held + 1 : 0 };
        if (known is not null)
        {
            await work.Connection.ExecuteAsync(
                "UPDATE mail_thread SET told_at = @ToldAt, held = @Held WHERE thread = @Thread", row, work.Transaction);
        }

        foreach (var mark in mail.Marks)
        {
            await work.Connection.ExecuteAsync(
                """
                INSERT INTO mail_thread (mark, thread, told_at, held) VALUES (@Mark, @Thread, @ToldAt, @Held)
                ON CONFLICT (mark) DO UPDATE SET thread = excluded.thread, told_at = excluded.told_at, held = excluded.held
                """,
                new { Mark = mark, row.Thread, row.ToldAt, row.Held },
                work.Transaction);
        }

        return isHeld ? null : known?.Held ?? 0;
    }

    private static async Task<ThreadRow?> FindAsync(StoreTransaction work, MailThread mail)
    {
        foreach (var mark in mail.Marks)
        {
            if (await work.Connection.QueryFirstOrDefaultAsync<ThreadRow>(
                    "SELECT thread, told_at, held FROM mail_thread WHERE mark = @Mark", new { Mark = mark }, work.Transaction) is { } row)
            {
                return row;
            }
        }

        return null;
    }
}
