using Dapper;

namespace ChatBot.Storage;

/// <summary>How long the sources that are watched have been silent.</summary>
internal static class WatchStore
{
    public static async Task<IReadOnlyList<WatchRow>> AllAsync(StoreTransaction transaction) =>
        (await transaction.Connection.QueryAsync<WatchRow>(
            "SELECT source, machine, silent_for, incident FROM watch", transaction: transaction.Transaction)).ToList();

    public static Task SaveAsync(StoreTransaction transaction, WatchRow watch) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO watch (source, machine, silent_for, incident) VALUES (@Source, @Machine, @SilentFor, @Incident)
        ON CONFLICT (source, machine) DO UPDATE SET silent_for = excluded.silent_for, incident = excluded.incident
        """,
        new { watch.Source, watch.Machine, watch.SilentFor, watch.Incident },
        transaction.Transaction);

    public static Task DeleteAsync(StoreTransaction transaction, WatchRow watch) => transaction.Connection.ExecuteAsync(
        "DELETE FROM watch WHERE source = @Source AND machine = @Machine", new { watch.Source, watch.Machine }, transaction.Transaction);
}

/// <summary>A row of <c>watch</c>.</summary>
internal sealed record WatchRow
{
    public string Source { get; init; } = "";

    public string Machine { get; init; } = "";

    /// <summary>Milliseconds during which a mail would have been read.</summary>
    [DbValue(Name = "silent_for")]
    public long SilentFor { get; init; }

    /// <summary>The incident about the silence; null where there is none.</summary>
    public long? Incident { get; init; }
}
