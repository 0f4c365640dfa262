using Dapper;

namespace ChatBot.Storage;

/// <summary>The threads of incidents that came by mail.</summary>
internal static class IncidentThreadStore
{
    public static Task AddAsync(StoreTransaction transaction, long incident, string messageId, string subject, DateTimeOffset at) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO incident_thread (incident, message_id, subject, last_at, day, mails)
        VALUES (@Incident, @MessageId, @Subject, @At, 0, 0) ON CONFLICT (incident) DO NOTHING
        """,
        new { Incident = incident, MessageId = messageId, Subject = subject, At = Moment.Store(at) },
        transaction.Transaction);

    /// <summary>Null where the incident did not come by mail, or so long ago that this is not kept.</summary>
    public static async Task<IncidentThreadRow?> FindAsync(StoreTransaction transaction, long incident) =>
        await transaction.Connection.QueryFirstOrDefaultAsync<IncidentThreadRow>(
            "SELECT incident, message_id, subject, day, mails FROM incident_thread WHERE incident = @Incident",
            new { Incident = incident },
            transaction.Transaction);

    /// <summary>The number of the incident that a mail opened, by its Message-ID with angle brackets; null where it opened none.</summary>
    public static Task<long?> NumberOfAsync(StoreTransaction transaction, string messageId) => transaction.Connection.ExecuteScalarAsync<long?>(
        "SELECT MIN(incident) FROM incident_thread WHERE message_id = @MessageId", new { MessageId = messageId }, transaction.Transaction);

    /// <summary>All incidents that a mail opened, as <see cref="NumberOfAsync"/>.</summary>
    public static async Task<IReadOnlyList<long>> NumbersOfAsync(StoreTransaction transaction, string messageId) => [.. await transaction.Connection.QueryAsync<long>(
        "SELECT incident FROM incident_thread WHERE message_id = @MessageId ORDER BY incident", new { MessageId = messageId }, transaction.Transaction)];

    /// <summary>Those of open incidents, the newest first.</summary>
    public static async Task<IReadOnlyList<IncidentThreadRow>> OpenAsync(StoreTransaction transaction) => [.. await transaction.Connection.QueryAsync<IncidentThreadRow>(
        """
        SELECT t.incident, t.message_id, t.subject, t.day, t.mails FROM incident i CROSS JOIN incident_thread t
        WHERE i.closed_at IS NULL AND t.incident = i.number ORDER BY t.incident + 0 DESC
        """,
        transaction: transaction.Transaction)];

    /// <summary>Counts a mail that is written.</summary>
    public static Task MailedAsync(StoreTransaction transaction, IncidentThreadRow thread, long day, DateTimeOffset at) => transaction.Connection.ExecuteAsync(
        "UPDATE incident_thread SET last_at = @At, day = @Day, mails = @Mails WHERE incident = @Incident",
        new { thread.Incident, At = Moment.Store(at), Day = day, Mails = thread.On(day) + 1 },
        transaction.Transaction);
}

/// <summary>A row of <c>incident_thread</c>.</summary>
internal sealed class IncidentThreadRow
{
    public long Incident { get; init; }

    [DbValue(Name = "message_id")]
    public string MessageId { get; init; } = "";

    public string Subject { get; init; } = "";

    public long Day { get; init; }

    public long Mails { get; init; }

    /// <summary>How many mails were written on a day.</summary>
    public long On(long day) => Day == day ? Mails : 0;
}
