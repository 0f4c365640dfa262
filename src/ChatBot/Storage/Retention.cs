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

    /// <summary>Who took an incident, and what they said, once it is over.</summary>
    public static readonly TimeSpan WhoDidWhat = TimeSpan.FromDays(90);

    public static async Task DeleteAsync(Work work, DateTimeOffset now)
    {
        await work.Connection.ExecuteAsync(
            "DELETE FROM outbox WHERE done_at < @Before", new { Before = Moment.Store(now - Delivered) }, work.Transaction);
        await work.Connection.ExecuteAsync(
            "DELETE FROM seen_mail WHERE seen_at < @Before", new { Before = Moment.Store(now - SeenMails) }, work.Transaction);
        await work.Connection.ExecuteAsync(
            "DELETE FROM greeted WHERE greeted_at < @Before", new { Before = Moment.Store(now - Greeted) }, work.Transaction);
        var closedBefore = new { Before = Moment.Store(now - WhoDidWhat) };
        await work.Connection.ExecuteAsync(
            """
            UPDATE incident_event SET said_by = NULL, said = NULL, said_audience = NULL
            WHERE said_by IS NOT NULL AND incident IN (SELECT number FROM incident WHERE closed_at < @Before)
            """,
            closedBefore,
            work.Transaction);
        await work.Connection.ExecuteAsync(
            """
            UPDATE incident SET taken_by = NULL, taken_reason = NULL, taken_audience = NULL
            WHERE taken_by IS NOT NULL AND closed_at < @Before
            """,
            closedBefore,
            work.Transaction);
    }
}
